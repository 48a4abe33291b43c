"""To Datadog's agent, over UDP or a Unix socket.

The official client does the work: it adds up counts, collects the rest in a buffer, and sends both every few tenths of
a second, the buffer also when it is full. Its socket never waits: what an agent that is slow or gone does not take is
lost, and costs no time of a request. A queue with a thread of its own to send costs more than sending does.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from datadog.dogstatsd.base import DogStatsd

from genonaut_telemetry.metrics.model import Kind, Series
from genonaut_telemetry.settings import Settings


class DogStatsdSink:
    """Sends with the unified tags (env, service, version)."""

    def __init__(self, settings: Settings) -> None:
        url = urlsplit(settings.dogstatsd_url or f"udp://{settings.agent_host}:{settings.dogstatsd_port}")
        unix = url.scheme == "unix"
        self._client = DogStatsd(
            host=None if unix else url.hostname,
            port=None if unix else url.port or settings.dogstatsd_port,
            socket_path=url.path if unix else None,
            constant_tags=_unified(settings),
            disable_buffering=False,
            disable_aggregation=False,
            socket_timeout=0,
            disable_telemetry=True,
        )
        self._send = {
            Kind.COUNT: self._client.increment,
            Kind.GAUGE: self._client.gauge,
            Kind.DISTRIBUTION: self._client.distribution,
        }

    def take(self, series: Series, value: float) -> None:
        """Put a value into the buffer."""
        self._send[series.metric.kind](series.metric.name, value, series.tags)

    def close(self, seconds: float) -> None:
        """Send what is in the buffer, within this time."""
        self._client.stop(seconds)


def _unified(settings: Settings) -> list[str]:
    """What the client does not add by itself: it reads these variables, and would send each tag twice."""
    tags = {"env": settings.environment, "service": settings.service, "version": settings.version}
    return [f"{key}:{value}" for key, value in tags.items() if f"DD_{key.upper()}" not in os.environ]
