"""The body of the dashboard API."""

from __future__ import annotations

import dataclasses

from datadog_api_client.v1.model.dashboard import Dashboard

from components.dashboards.spec import Display, Group, Note, Reduce, Series, Table, Timeseries, Toplist, Value
from components.dashboards.units import Unit
from components.monitors.condition import Comparator
from contract.proof import EventQuery
from sandbox.checks.models import check_model
from tests.unit.components.dashboards.examples import (
    ALERTS,
    BOARD,
    GROUPED,
    OF_EACH_KIND,
    SERIES,
    board,
    compiled,
    widget_of,
)
from tests.unit.components.monitors import examples as monitors


def test_every_kind_of_widget_passes_the_official_models() -> None:
    body = compiled(BOARD)
    assert check_model(Dashboard, body) == []
    kinds = [widget["definition"]["type"] for widget in body["widgets"][0]["definition"]["widgets"]]
    assert kinds == [
        "timeseries", "query_value", "toplist", "query_table", "heatmap", "list_stream", "timeseries", "slo",
        "manage_status", "alert_graph", "note",
    ]  # fmt: skip


def test_it_says_what_the_server_would_add() -> None:
    body = compiled(BOARD)
    assert body["notify_list"] == []
    assert body["reflow_type"] == "fixed"
    assert body["description"].endswith("Managed by Pulumi: x")


def test_groups_stand_below_each_other() -> None:
    two = board(groups=(Group(title="One", widgets=OF_EACH_KIND[:4]), Group(title="Two", widgets=OF_EACH_KIND[4:])))
    first, second = (group["layout"] for group in compiled(two)["widgets"])
    assert (first["x"], first["y"], first["width"]) == (0, 0, 12)
    assert second["y"] == first["height"]
    inside = compiled(two)["widgets"][0]["definition"]["widgets"]
    # One more than its widgets need: the heading.
    assert first["height"] == 1 + max(one["layout"]["y"] + one["layout"]["height"] for one in inside)


def test_limits_are_lines_in_the_colours_of_their_alert() -> None:
    definition = widget_of(Timeseries(title="Graph", series=(SERIES,), alert="lists"))
    assert definition["markers"] == [
        {"value": "y = 0.5", "label": " alert > 0.5 s ", "display_type": "error dashed"},
        {"value": "y = 0.25", "label": " warning > 0.25 s ", "display_type": "warning dashed"},
    ]


def test_a_number_is_red_yellow_or_green_as_its_alert_has_it() -> None:
    value = Value(title="Number", series=SERIES, reduce=Reduce.PERCENTILE, alert="lists")
    assert widget_of(value)["requests"][0]["conditional_formats"] == [
        {"comparator": ">", "value": 0.5, "palette": "white_on_red"},
        {"comparator": ">", "value": 0.25, "palette": "white_on_yellow"},
        {"comparator": "<=", "value": 0.25, "palette": "white_on_green"},
    ]
    few = monitors.spec(key="lists", condition=monitors.metric(comparator=Comparator.BELOW, critical=1))
    (group,) = compiled(board(value), {**ALERTS, "lists": few})["widgets"]
    assert group["definition"]["widgets"][0]["definition"]["requests"][0]["conditional_formats"] == [
        {"comparator": "<", "value": 1, "palette": "white_on_red"},
        {"comparator": ">=", "value": 1, "palette": "white_on_green"},
    ]


def test_rollouts_are_lines_and_a_graph_leads_further() -> None:
    definition = widget_of(Timeseries(title="Graph", series=(SERIES,), alert="lists"))
    assert definition["events"] == [{"q": "event_type:deployment $env"}]
    assert definition["custom_links"] == [
        {"label": "Runbook", "link": "https://example.com/runbooks/error-rate.md"},
        {"label": "Logs", "link": "https://app.datadoghq.com/logs?query=env%3A{{$env.value}}"},
    ]
    bare = widget_of(Timeseries(title="Graph", series=(SERIES,)), deployments=None, links=())
    assert not {"events", "custom_links", "markers"} & bare.keys()


def test_series_keep_their_units() -> None:
    rate = Series(
        label="in", formula="v * 2", queries=(("v", "sum:system.net.bytes_rcvd{$env}"),), unit=Unit.BYTE, per="second"
    )
    definition = widget_of(Timeseries(title="Graph", series=(rate,), display=Display.BARS))
    (request,) = definition["requests"]
    assert request["display_type"] == "bars"
    assert request["formulas"] == [
        {
            "formula": "v * 2",
            "alias": "in",
            "number_format": {
                "unit": {"type": "canonical_unit", "unit_name": "byte", "per_unit_name": "second"},
            },
        }
    ]


def test_an_event_query_is_sorted_by_what_it_measures() -> None:
    query = EventQuery(source="spans", search="$env", method="pc95", measure="@duration", by=("resource_name",))
    series = Series(label="p95", formula="value", queries=(("value", query),), unit=Unit.NANOSECOND)
    (request,) = widget_of(Toplist(title="Slowest", series=series, reduce=Reduce.AVERAGE))["requests"]
    (found,) = request["queries"]
    assert found["data_source"] == "spans"
    assert found["compute"] == {"aggregation": "pc95", "metric": "@duration"}
    assert found["group_by"][0]["sort"] == {"aggregation": "pc95", "metric": "@duration", "order": "desc"}


def test_columns_of_a_table_do_not_share_names() -> None:
    share = dataclasses.replace(
        GROUPED, formula="(value - values) / value", queries=(*GROUPED.queries, ("values", GROUPED.queries[0][1]))
    )
    table = Table(title="Table", columns=((GROUPED, Reduce.PERCENTILE), (share, Reduce.AVERAGE)))
    (request,) = widget_of(table)["requests"]
    assert [query["name"] for query in request["queries"]] == ["c0_value", "c1_value", "c1_values"]
    assert [one["formula"] for one in request["formulas"]] == ["c0_value", "(c1_value - c1_values) / c1_value"]
    assert [query["aggregator"] for query in request["queries"]] == ["percentile", "avg", "avg"]


def test_alerts_that_speak_through_others_are_not_listed() -> None:
    definition = widget_of(OF_EACH_KIND[8])
    assert definition["query"] == (
        'tag:("env:production" AND "service:genonaut-api" AND "tier:warning") -tag:("role:symptom" OR "role:aftermath")'
    )


def test_a_note_is_its_text() -> None:
    assert widget_of(Note(text="# Hello"))["content"] == "# Hello"
