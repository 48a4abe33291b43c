"""What the detector calls a collision, and what not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tools.ownership.__main__ import main
from tools.ownership.collisions import Collision, collisions
from tools.ownership.state import State, StateError, read
from tools.recover.found import DATADOG_TEAM, DOWNTIME, INDEX, INDEX_ORDER, MONITOR, PROJECT, RULE, RUM

NAMESPACE = "kubernetes:core/v1:Namespace"
DATADOG, SENTRY = "pulumi:providers:datadog", "pulumi:providers:sentry"


def urn(stack: str, token: str, name: str) -> str:
    return f"urn:pulumi:{stack}::genonaut-monitoring::{token}::{name}"


def exported(
    stack: str, *resources: tuple[str, str, dict[str, Any]], owner: str = "production", cluster: str = "one"
) -> str:
    root = {
        "urn": urn(stack, "pulumi:pulumi:Stack", stack), "type": "pulumi:pulumi:Stack",
        "outputs": {"ownership": {"owner": owner, "cluster": cluster}},
    }  # fmt: skip
    providers = [
        {"urn": urn(stack, token, "own"), "type": token, "id": "p", "inputs": inputs}
        for token, inputs in ((DATADOG, {"apiUrl": "https://api.example.com"}), (SENTRY, {}))
    ]
    own = [
        {
            "urn": urn(stack, token, f"n{number}"), "type": token, "id": id_, "inputs": inputs,
            "provider": urn(stack, "pulumi:providers:" + token.split(":")[0], "own") + "::p",
        }
        for number, (token, id_, inputs) in enumerate(resources)
    ]  # fmt: skip
    return json.dumps({"version": 3, "deployment": {"resources": [root, *providers, *own]}})


def state(stack: str, *resources: tuple[str, str, dict[str, Any]], **says: str) -> State:
    found = read(exported(stack, *resources, **says), stack)
    assert found is not None
    return found


def only(*states: State) -> Collision:
    (found,) = collisions(states)
    return found


def test_one_object_in_two_states_is_named_with_both_urns_and_a_way_out() -> None:
    mine, theirs = state("production", (MONITOR, "7", {})), state("staging", (MONITOR, "7", {}))
    found = only(mine, theirs)
    assert "7" in found.what
    assert found.owners == (
        ("production", urn("production", MONITOR, "n0")), ("staging", urn("staging", MONITOR, "n0")),
    )  # fmt: skip
    assert f"pulumi state delete '{urn('staging', MONITOR, 'n0')}' --stack staging" in found.advice


@pytest.mark.parametrize(
    ("token", "inputs"),
    [
        (RULE, {"name": "notify"}),
        (RUM, {"name": "web"}),
        (PROJECT, {"organization": "o", "slug": "api"}),
        (DOWNTIME, {"scope": "env:x", "monitorIdentifier": {"monitorTags": ["b", "a"]}}),
    ],
)
def test_two_objects_of_one_name_collide(token: str, inputs: dict[str, Any]) -> None:
    found = only(state("a", (token, "1", inputs)), state("b", (token, "2", inputs)))
    assert found.advice.startswith("Rename")
    other = {**inputs, next(iter(inputs)): "another"}
    assert collisions([state("a", (token, "1", inputs)), state("b", (token, "2", other))]) == []


def test_two_objects_of_the_organisation_are_told_of_both_ways() -> None:
    states = [
        state(stack, (token, f"{stack}-{token}", inputs))
        for stack in ("production", "staging")
        for token, inputs in [(DATADOG_TEAM, {"handle": "backend"})]
    ]
    whats = [one.what for one in collisions(states)]
    assert any("the handle backend" in what for what in whats)
    assert any("staging is not its owner stack" in what for what in whats)


def test_there_is_one_order_whatever_it_is_called() -> None:
    first = state("a", (INDEX_ORDER, "x", {"name": "x"}), owner="a")
    second = state("b", (INDEX_ORDER, "y", {"name": "y"}), owner="b")
    assert "the order" in only(first, second).what


def test_a_type_of_the_organisation_in_another_stack_is_named_alone() -> None:
    found = only(state("staging", (INDEX, "main", {"name": "main"})))
    assert "`datadog.ownerStack`" in found.advice
    assert [stack for stack, _ in found.owners] == ["staging"]
    assert collisions([state("staging", (INDEX, "main", {"name": "main"}), owner="staging")]) == []


def test_the_owner_keeps_what_is_the_organisations() -> None:
    found = [
        one
        for one in collisions(
            [state(stack, (INDEX, "main", {"name": "main"}), owner="z-owner") for stack in ("a", "z-owner")]
        )
        if len(one.owners) == 2
    ]
    assert "--stack a`" in found[0].advice
    assert "--stack z-owner" not in found[0].advice


def test_clusters_are_told_apart() -> None:
    namespace: tuple[str, str, dict[str, Any]] = (NAMESPACE, "datadog", {})
    assert only(state("a", namespace), state("b", namespace)).what == "the object datadog (cluster one)"
    assert collisions([state("a", namespace), state("b", namespace, cluster="two")]) == []
    assert collisions([state("a", namespace, cluster=""), state("b", namespace, cluster="")]) == []


def test_what_is_read_only_or_on_its_way_out_is_nobodys() -> None:
    whole = json.loads(exported("b", (MONITOR, "7", {}), (MONITOR, "8", {})))
    one, two = whole["deployment"]["resources"][-2:]
    one["external"], two["delete"] = True, True
    other = read(json.dumps(whole), "b")
    assert other
    assert collisions([state("a", (MONITOR, "7", {}), (MONITOR, "8", {})), other]) == []


def test_sandboxes_are_clouds_of_their_own() -> None:
    both = [
        read(exported(stack, (MONITOR, "7", {}), (RULE, f"{stack}", {"name": "notify"})), stack, f"sandbox {stack}")
        for stack in ("a", "b")
    ]
    assert collisions([one for one in both if one]) == []


STATES = st.lists(
    st.builds(
        state,
        st.sampled_from(["a", "b", "production"]),
        st.tuples(
            st.sampled_from([MONITOR, RULE, INDEX, NAMESPACE]),
            st.sampled_from(["1", "2"]),
            st.sampled_from([{"name": "x"}, {"name": "y"}]),
        ),
    ),
    max_size=4,
    unique_by=lambda one: one.stack,
)


@given(STATES, st.randoms())
def test_the_order_of_states_and_reading_one_twice_make_no_difference(states: list[State], chance: Any) -> None:
    shuffled = [*states, *states]
    chance.shuffle(shuffled)
    assert collisions(shuffled) == collisions(states)


@given(STATES)
def test_a_stack_alone_owns_nothing_twice(states: list[State]) -> None:
    for one in states:
        assert all(len(found.owners) == 1 for found in collisions([one]))


@pytest.mark.parametrize("text", ["", "[]", "{}", "7", '{"deployment": {"resources": [1]}}', '{"deployment": 1}',
                                  '{"terraform_version": "1.9", "resources": []}'])  # fmt: skip
def test_what_is_no_state_gets_one_sentence(text: str) -> None:
    with pytest.raises(StateError, match=r"file\.json is no exported state"):
        read(text, "file.json")


def test_a_stack_that_was_never_deployed_owns_nothing() -> None:
    assert read('{"version": 3, "deployment": {}}', "new") is None


def test_the_command(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.json", "b.json", "c.json")]
    files[0].write_text(exported("a", (MONITOR, "1", {})))
    files[1].write_text(exported("b", (MONITOR, "2", {})))
    files[2].write_text(exported("c", (MONITOR, "2", {})))
    run = CliRunner().invoke
    good = run(main, [str(file) for file in files[:2]])
    assert (good.exit_code, good.output) == (0, "== Ownership: a (1 objects), b (1 objects): no collisions\n")
    bad = run(main, [str(file) for file in files])
    assert bad.exit_code == 1
    assert "1 collision\n" in bad.output
    files[0].write_bytes(b"\xff\xfe\x00")
    unreadable = run(main, [str(files[0]), str(tmp_path / "missing.json")])
    assert unreadable.exit_code == 1
    assert unreadable.output.count("could not read") == 2
    assert "== Ownership: no deployed stack: no collisions; 2 not read\n" in unreadable.output
    assert run(main, []).exit_code == 2
