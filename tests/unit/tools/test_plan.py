"""What recovery decides, from a state and the objects found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tools.recover.found import KEY, MONITOR, RUM, Found, identity
from tools.recover.plan import Plan, make_plan, mended_deployment


def urn(name: str, type_token: str = MONITOR) -> str:
    return f"urn:pulumi:example::genonaut-monitoring::{type_token}::{name}"


def known(name: str, id_: str) -> dict[str, Any]:
    return {"urn": urn(name), "type": MONITOR, "id": id_, "inputs": {}}


def begun(name: str, operation: str = "creating") -> dict[str, Any]:
    return {"type": operation, "resource": {"urn": urn(name), "type": MONITOR, "inputs": {"name": "title"}}}


def found(name: str, id_: str, order: int = 0) -> Found:
    return Found(type=MONITOR, id=id_, identity=name, title=name, delete=lambda: None, removal_order=order)


def test_nothing_to_do() -> None:
    assert make_plan({"resources": [known("a", "1")]}, [found("a", "1")]).is_empty
    assert make_plan({}, []).is_empty


def test_a_begun_creation_adopts_its_object() -> None:
    one = found("a", "1")
    plan = make_plan({"resources": [], "pending_operations": [begun("a")]}, [one])
    assert plan == Plan(adopt=((urn("a"), one),), forget=(), check=(), remove=())


def test_a_begun_creation_without_object_is_forgotten() -> None:
    plan = make_plan({"pending_operations": [begun("a")]}, [found("b", "1")])
    assert plan.forget == (urn("a"),)
    assert [one.identity for one in plan.remove] == ["b"]


def test_what_holds_history_is_named_and_never_removed() -> None:
    kept = replace(found("a", "1"), holds_history=True)
    plan = make_plan({}, [kept, found("b", "2")])
    assert plan.keep == (kept,)
    assert [one.identity for one in plan.remove] == ["b"]
    assert make_plan({}, [kept]).is_empty
    assert make_plan({"pending_operations": [begun("a")]}, [kept]).adopt == ((urn("a"), kept),)


def test_only_one_of_two_is_adopted() -> None:
    plan = make_plan({"pending_operations": [begun("a")]}, [found("a", "1"), found("a", "2")])
    assert [one.id for _, one in plan.adopt] == ["1"]
    assert [one.id for one in plan.remove] == ["2"]


def test_half_of_a_replacement_is_removed() -> None:
    deployment = {"resources": [known("a", "1")], "pending_operations": [begun("a")]}
    plan = make_plan(deployment, [found("a", "1"), found("a", "2")])
    assert plan.adopt == ()
    assert plan.forget == (urn("a"),)
    assert [one.id for one in plan.remove] == ["2"]


def test_begun_updates_and_deletions_are_looked_at() -> None:
    deployment = {
        "resources": [known("a", "1"), known("b", "2")],
        "pending_operations": [begun("a", "updating"), begun("b", "deleting")],
    }
    assert make_plan(deployment, [found("a", "1"), found("b", "2")]).check == (urn("a"), urn("b"))


def test_removal_goes_in_order() -> None:
    plan = make_plan({}, [found("namespace", "1", order=9), found("pods", "2", order=0)])
    assert [one.identity for one in plan.remove] == ["pods", "namespace"]


def test_what_carries_no_mark_is_told_by_its_name() -> None:
    browser = {"type": RUM, "urn": urn("web-rum", RUM), "inputs": {"name": "web [example]"}}
    key = {"type": KEY, "urn": urn("k", KEY), "inputs": {"project": "api-example", "name": "p/example/errors"}}
    assert identity(browser) == (RUM, "web [example]")
    assert identity(key) == (KEY, "api-example/p/example/errors")


def test_adopted_resources_join_the_state_and_operations_leave_it() -> None:
    deployment = {"version": 3, "resources": [known("a", "1")], "pending_operations": [begun("b"), begun("c")]}
    mended = mended_deployment(deployment, make_plan(deployment, [found("a", "1"), found("b", "2")]))
    assert "pending_operations" not in mended
    assert [(one["urn"], one["id"]) for one in mended["resources"]] == [(urn("a"), "1"), (urn("b"), "2")]
    assert mended["resources"][1]["outputs"] == {"name": "title"}


NAMES = st.sampled_from(["a", "b", "c", "d"])


@given(
    st.lists(st.tuples(NAMES, st.integers(0, 9)), unique_by=lambda one: one[1], max_size=6),
    st.sets(st.integers(0, 9)),
    st.lists(st.tuples(NAMES, st.sampled_from(["creating", "updating", "deleting"])), max_size=4),
)
def test_every_object_is_known_adopted_or_removed_exactly_once(
    objects: list[tuple[str, int]], in_state: set[int], pending: list[tuple[str, str]]
) -> None:
    deployment = {
        "resources": [known(name, str(id_)) for name, id_ in objects if id_ in in_state],
        "pending_operations": [begun(name, operation) for name, operation in pending],
    }
    plan = make_plan(deployment, [found(name, str(id_)) for name, id_ in objects])
    touched = [one.id for _, one in plan.adopt] + [one.id for one in plan.remove]
    assert sorted(touched) == sorted(str(id_) for _, id_ in objects if id_ not in in_state)
    assert len(plan.adopt) + len(plan.forget) + len(plan.check) == len(pending)
