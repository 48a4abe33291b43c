"""A downtime around a deployment: made by a command, and ending by itself.

It is no resource of the stack, whose next run would find it gone; and it carries no mark, so that recovery leaves it
alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from datadog_api_client import ApiClient, Configuration
from datadog_api_client.v2.api.downtimes_api import DowntimesApi
from datadog_api_client.v2.model.downtime_create_request import DowntimeCreateRequest
from datadog_api_client.v2.model.downtime_create_request_attributes import DowntimeCreateRequestAttributes
from datadog_api_client.v2.model.downtime_create_request_data import DowntimeCreateRequestData
from datadog_api_client.v2.model.downtime_monitor_identifier_tags import DowntimeMonitorIdentifierTags
from datadog_api_client.v2.model.downtime_notify_end_state_actions import DowntimeNotifyEndStateActions
from datadog_api_client.v2.model.downtime_notify_end_state_types import DowntimeNotifyEndStateTypes
from datadog_api_client.v2.model.downtime_resource_type import DowntimeResourceType
from datadog_api_client.v2.model.downtime_response_data import DowntimeResponseData
from datadog_api_client.v2.model.downtime_schedule_one_time_create_update_request import (
    DowntimeScheduleOneTimeCreateUpdateRequest,
)

from infra.naming import PROJECT, ROLLOUT, Mark
from infra.settings import Settings
from tools.vendors import DATADOG

LONGEST = 120
"""Minutes. Whoever needs longer has no rollout that goes well."""
_ENDED = {"canceled", "ended"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rollout:
    """The mute around the deployments of one stack."""

    stack: str
    settings: Settings
    url: str
    """Of Datadog's API, without a path of its own."""

    def mute(self, minutes: int) -> datetime:
        """Mute from now on, instead of what was muted before; returns when it ends. Raises ValueError, VendorError."""
        if not 1 <= minutes <= LONGEST:
            raise ValueError(f"{minutes} minutes is no length of a rollout: 1 to {LONGEST}")
        end = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=minutes)
        with self._api() as api:
            before = list(self._found(api))
            api.create_downtime(self._request(end))
            for downtime in before:
                api.cancel_downtime(downtime.id)
        return end

    def unmute(self) -> int:
        """End every such mute of this stack; returns how many there were. Raises VendorError."""
        with self._api() as api:
            found = list(self._found(api))
            for downtime in found:
                api.cancel_downtime(downtime.id)
        return len(found)

    @property
    def _message(self) -> str:
        return f"A rollout of {PROJECT}/{self.stack}, muted by `make mute`."

    def _request(self, end: datetime) -> DowntimeCreateRequest:
        attributes = DowntimeCreateRequestAttributes(
            message=self._message,
            monitor_identifier=DowntimeMonitorIdentifierTags(
                monitor_tags=[*Mark(self.stack).tag_filter, ROLLOUT],
            ),
            scope="*",
            schedule=DowntimeScheduleOneTimeCreateUpdateRequest(end=end),
            mute_first_recovery_notification=True,
            # What a rollout has broken is told when it should be over.
            notify_end_states=[
                DowntimeNotifyEndStateTypes.ALERT,
                DowntimeNotifyEndStateTypes.NO_DATA,
                DowntimeNotifyEndStateTypes.WARN,
            ],
            notify_end_types=[DowntimeNotifyEndStateActions.CANCELED, DowntimeNotifyEndStateActions.EXPIRED],
        )
        return DowntimeCreateRequest(
            data=DowntimeCreateRequestData(attributes=attributes, type=DowntimeResourceType.DOWNTIME)
        )

    def _found(self, api: DowntimesApi) -> Iterator[DowntimeResponseData]:
        for downtime in api.list_downtimes_with_pagination():
            own = downtime.attributes
            if own.get("message") == self._message and str(own.get("status")) not in _ENDED:
                yield downtime

    @contextmanager
    def _api(self) -> Iterator[DowntimesApi]:
        keys = {
            "apiKeyAuth": self.settings.datadog_api_key.get_secret_value(),
            "appKeyAuth": self.settings.datadog_app_key.get_secret_value(),
        }
        configuration = Configuration(host=self.url, api_key=keys, enable_retry=True)
        with DATADOG.asked(self.url), ApiClient(configuration) as client:
            yield DowntimesApi(client)
