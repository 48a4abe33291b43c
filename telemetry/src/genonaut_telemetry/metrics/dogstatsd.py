"""To Datadog's agent, over UDP or a Unix socket.

The official client does the work: it collects in a buffer, a thread of its own sends, and its queue has an end, so that
an agent that is slow or gone costs memory up to that end and no time of a request.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from datadog.dogstatsd.base import DogStatsd

from genonaut_telemetry.metrics.model import Kind, Series
from genonaut_telemetry.settings import Settings

_QUEUE = 1000
"""Packets, each of some kilobytes at most."""


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
            disable_background_sender=False,
            sender_queue_size=_QUEUE,
            sender_queue_timeout=0,
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
        self._client.wait_for_pending(seconds)
        self._client.stop()


def _unified(settings: Settings) -> list[str]:
    """What the client does not add by itself: it reads these variables, and would send each tag twice."""
    tags = {"env": settings.environment, "service": settings.service, "version": settings.version}
    return [f"{key}:{value}" for key, value in tags.items() if f"DD_{key.upper()}" not in os.environ]
