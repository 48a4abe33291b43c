"""Pictures of the cloud's dashboards, drawn when somebody looks at them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from pictures.problems import DashboardError
from pictures.surroundings import Monitor, Objective, Surroundings
from sandbox.cloud import Cloud

DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
_OBJECTIVE = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
_MONITOR = "datadog:index/monitor:Monitor"
_KEPT = 64
_DRAWING = Lock()
"""The plotting library's caches of letters are not made for several threads."""


class Pictures:
    """Draws the dashboards of a cloud; what is drawn is kept until it, or what it refers to, changes."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._kept = lru_cache(_KEPT)(_drawn)

    def answer(self, request: Request) -> Response:
        """`/pictures/<id>.png?theme=dark`: the PNG, 404 without such a dashboard, 422 with what cannot be drawn."""
        found = self._cloud.find(DASHBOARD, request.path_params["id"])
        if found is None:
            return PlainTextResponse("no such dashboard\n", status_code=404)
        around = json.dumps([dict(self._objectives()), dict(self._monitors())], sort_keys=True)
        theme = "dark" if request.query_params.get("theme") == "dark" else "light"
        try:
            with _DRAWING:
                png = self._kept(str(found.properties["dashboard"]), around, theme)
        except DashboardError as error:
            return PlainTextResponse(f"{error}\n", status_code=422)
        return Response(png, media_type="image/png", headers={"Cache-Control": "no-store"})

    def _objectives(self) -> Iterator[tuple[str, Any]]:
        for each in self._cloud.objects(_OBJECTIVE):
            targets = {one["timeframe"]: one["target"] for one in each.properties.get("thresholds") or ()}
            yield each.id, {"name": str(each.properties.get("name")), "targets": targets}

    def _monitors(self) -> Iterator[tuple[str, Any]]:
        for each in self._cloud.objects(_MONITOR):
            given = {name: str(each.properties.get(name)) for name in ("name", "type", "query")}
            yield each.id, {**given, "tags": list(each.properties.get("tags") or ())}


def _drawn(body: str, around: str, theme: str) -> bytes:
    # Imported here: the sandbox starts, and serves everything else, without the plotting library.
    from pictures.draw import draw  # noqa: PLC0415
    from pictures.theme import THEMES  # noqa: PLC0415

    objectives, monitors = json.loads(around)
    return draw(json.loads(body), _surroundings(objectives, monitors), THEMES[theme])


def _surroundings(objectives: Mapping[str, Any], monitors: Mapping[str, Any]) -> Surroundings:
    return Surroundings(
        objectives={id_: Objective(**each) for id_, each in objectives.items()},
        monitors={id_: Monitor(**{**each, "tags": frozenset(each["tags"])}) for id_, each in monitors.items()},
    )
