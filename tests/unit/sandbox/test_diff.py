"""What counts as a change, and what replaces an object."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.provider.diff import compare
from sandbox.provider.immutable import immutable
from sandbox.provider.naming import is_autonamed, must_go_first, with_name
from sandbox.schema.cache import Schemas
from sandbox.wire import Secret
from tests.unit.sandbox import examples as ex

LEAVES = st.integers(0, 3) | st.booleans() | st.text("ab", max_size=2)
VALUES = st.recursive(
    LEAVES,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from("abc"), each, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.sampled_from(["x", "y"]), VALUES, max_size=2)


@given(OBJECTS)
def test_nothing_changed_between_equal_inputs_marked_secret_or_not(values: dict[str, Any]) -> None:
    assert not compare(values, {name: Secret(value) for name, value in values.items()}, ()).changes


@given(OBJECTS, OBJECTS)
def test_a_change_is_seen_exactly_when_there_is_one_and_reversed_both_ways(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    forth, back = compare(old, new, ()).changes, compare(new, old, ()).changes
    assert bool(forth) == (json.dumps(old, sort_keys=True) != json.dumps(new, sort_keys=True))
    opposite = {"add": "delete", "delete": "add", "update": "update"}
    assert {path: opposite[kind] for path, kind in forth.items()} == back


def test_paths_are_pulumis() -> None:
    old = {"metadata": {"labels": {"app.kubernetes.io/name": "a"}}, "tags": ["x"]}
    new = {"metadata": {"labels": {"app.kubernetes.io/name": "b"}}, "tags": ["x", "y"], "name": "n"}
    difference = compare(old, new, ())
    assert difference.changes == {
        'metadata.labels["app.kubernetes.io/name"]': "update", "tags[1]": "add", "name": "add",
    }  # fmt: skip
    assert difference.properties == ["metadata", "name", "tags"]


CASES: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    (ex.MONITOR, {"name": "a", "type": "query alert"}, {"name": "b", "type": "query alert"}, []),
    (ex.MONITOR, {"type": "query alert"}, {"type": "metric alert"}, []),
    (ex.MONITOR, {"type": "query alert"}, {"type": "log alert"}, ["type"]),
    (
        ex.DASHBOARD,
        {"dashboard": '{"title": "a", "layout_type": "ordered"}'},
        {"dashboard": '{"title": "b", "layout_type": "ordered"}'},
        [],
    ),
    (
        ex.DASHBOARD,
        {"dashboard": '{"layout_type": "ordered"}'},
        {"dashboard": '{"layout_type": "free"}'},
        ["dashboard"],
    ),
    (ex.SLO, {"type": "metric"}, {"type": "monitor"}, ["type"]),
    (ex.KEY, {"project": "a", "name": "x"}, {"project": "b", "name": "y"}, ["project"]),
    (ex.TEAM, {"slug": "a"}, {"slug": "b"}, []),
    (ex.NAMESPACE, {"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}, ["metadata.name"]),
    (ex.NAMESPACE, {"metadata": {"name": "a"}}, {"metadata": {"name": "a", "labels": {"x": "y"}}}, []),
    (
        ex.DAEMON_SET,
        {"spec": {"selector": {"matchLabels": {"a": "b"}}}},
        {"spec": {"selector": {"matchLabels": {"a": "c"}}}},
        ["spec.selector.matchLabels.a"],
    ),
    (ex.DAEMON_SET, {"spec": {"template": {"spec": {}}}}, {"spec": {"template": {"spec": {"hostPID": True}}}}, []),
    (ex.CONFIG_MAP, {"data": {"a": "1"}}, {"data": {"a": "2"}}, ["data.a"]),
]


@pytest.mark.parametrize(("token", "old", "new", "replaces"), CASES)
def test_a_change_is_an_update_or_a_replacement(
    schemas: Schemas, token: str, old: dict[str, Any], new: dict[str, Any], replaces: list[str]
) -> None:
    resource = schemas.package(token.split(":", 1)[0]).resources[token]
    difference = compare(old, new, immutable(resource, old, new, {}))
    assert difference.changes
    assert sorted(difference.replaces) == replaces


def test_a_provider_setting_lets_config_maps_change_in_place(schemas: Schemas) -> None:
    resource = schemas.package("kubernetes").resources[ex.CONFIG_MAP]
    assert "data" not in immutable(resource, {}, {}, {"enableConfigMapMutable": "true"})


def test_names_are_made_once_and_kept() -> None:
    first = with_name("agent", {}, {"metadata": {"labels": {}}}, b"seed")
    assert first["metadata"]["name"].startswith("agent-")
    assert is_autonamed(first)
    assert with_name("agent", first, {"metadata": {}}, b"other seed")["metadata"]["name"] == first["metadata"]["name"]
    assert with_name("agent", {}, {"metadata": {}}, b"other seed")["metadata"]["name"] != first["metadata"]["name"]
    given_name = {"metadata": {"name": "mine"}}
    assert with_name("agent", {}, given_name, b"seed") == given_name


def test_an_object_with_a_given_name_goes_before_its_successor_comes() -> None:
    named = {"metadata": {"name": "mine"}}
    assert must_go_first(named, named)
    assert not must_go_first(named, {"metadata": {"name": "other"}})
    made = with_name("agent", {}, {}, b"")
    assert not must_go_first(made, made)
