"""Alerts and monitors: objects that are made and removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from sentry_alerts.client import Client, NotFoundError
from sentry_alerts.model import alert
from sentry_alerts.model.alert import AlertInputs
from sentry_alerts.model.monitors import CronMonitorInputs, MetricMonitorInputs, UptimeMonitorInputs
from sentry_alerts.provider.kind import Kind, Values

ISSUE_STREAM = "issue_stream"
"""The monitor that Sentry keeps for each project, through which all its issues go."""
Monitor = type[MetricMonitorInputs] | type[CronMonitorInputs] | type[UptimeMonitorInputs]


class Alerts(Kind):
    """Alerts, which the API calls workflows."""

    immutable = frozenset({"organization"})

    @override
    def create(self, client: Client, values: Values) -> str:
        inputs = AlertInputs.model_validate(values)
        path = f"organizations/{inputs.organization}/workflows/"
        made = client.create(
            path,
            alert.to_body(inputs, self._detectors(client, inputs)),
            alike=lambda: [one for one in client.pages(path) if one["name"] == inputs.name],
            remove=lambda one: client.delete(f"{path}{one['id']}/"),
        )
        return f"{inputs.organization}/{made['id']}"

    @override
    def read(self, client: Client, id_: str, known: Values) -> Values | None:
        organization, number = id_.split("/")
        try:
            answer = client.get(f"organizations/{organization}/workflows/{number}/")
        except NotFoundError:
            return None
        streams = {}
        for project in known.get("projects") or ():
            if (stream := self._stream(client, organization, project)) is not None:
                streams[stream] = project
        return {"organization": organization, **alert.from_body(answer, streams)}

    @override
    def update(self, client: Client, id_: str, values: Values) -> None:
        inputs = AlertInputs.model_validate(values)
        organization, number = id_.split("/")
        body = {"id": number, **alert.to_body(inputs, self._detectors(client, inputs))}
        client.put(f"organizations/{organization}/workflows/{number}/", body)

    @override
    def delete(self, client: Client, id_: str) -> None:
        organization, number = id_.split("/")
        client.delete(f"organizations/{organization}/workflows/{number}/")

    def _detectors(self, client: Client, inputs: AlertInputs) -> list[str]:
        streams = []
        for project in inputs.projects:
            stream = self._stream(client, inputs.organization, project)
            if stream is None:
                raise LookupError(f"project {project} has no issue stream: is it there, and of {inputs.organization}?")
            streams.append(stream)
        return [*streams, *inputs.monitor_ids]

    @staticmethod
    def _stream(client: Client, organization: str, project: str) -> str | None:
        params = {"project": project, "query": f"type:{ISSUE_STREAM}"}
        found = client.pages(f"organizations/{organization}/detectors/", params)
        return next((str(one["id"]) for one in found if one["type"] == ISSUE_STREAM), None)


class Monitors(Kind):
    """Monitors of one type, which the API calls detectors."""

    immutable = frozenset({"organization", "project"})

    def __init__(self, model: Monitor) -> None:
        self._model = model

    @override
    def create(self, client: Client, values: Values) -> str:
        inputs = self._model.model_validate(values)
        body = inputs.request()
        listed = f"organizations/{inputs.organization}/detectors/"

        def same(one: Mapping[str, Any]) -> bool:
            return (one["name"], one["type"], str(one["projectId"])) == (inputs.name, body["type"], inputs.project)

        made = client.create(
            f"organizations/{inputs.organization}/projects/{inputs.project}/detectors/",
            body,
            alike=lambda: [one for one in client.pages(listed, {"project": inputs.project}) if same(one)],
            remove=lambda one: client.delete(f"{listed}{one['id']}/"),
        )
        return f"{inputs.organization}/{made['id']}"

    @override
    def read(self, client: Client, id_: str, known: Values) -> Values | None:
        organization, number = id_.split("/")
        try:
            answer = client.get(f"organizations/{organization}/detectors/{number}/")
        except NotFoundError:
            return None
        return {"organization": organization, **self._model.inputs(answer)}

    @override
    def update(self, client: Client, id_: str, values: Values) -> None:
        organization, number = id_.split("/")
        client.put(f"organizations/{organization}/detectors/{number}/", self._model.model_validate(values).request())

    @override
    def delete(self, client: Client, id_: str) -> None:
        organization, number = id_.split("/")
        client.delete(f"organizations/{organization}/detectors/{number}/")
