"""Values on the wire and on the disk: nothing is lost on the way, and no secret arrives where it can be read."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.vault import CHANGED, MASK, Vault, masked
from sandbox.wire import Secret, decode, encode, plain, redacted

MARKER = "hunter2"
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**50), 2**50)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
)
PLAIN = st.recursive(
    SCALARS,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=3), each, max_size=3),
    max_leaves=8,
)
NESTED = st.recursive(
    PLAIN | PLAIN.map(Secret),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=3), each, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(min_size=1, max_size=5), NESTED, max_size=4)
VAULT = Vault(b"key")


@given(OBJECTS)
def test_values_survive_the_wire(values: dict[str, Any]) -> None:
    assert decode(encode(values)) == values


@given(OBJECTS)
def test_the_reader_who_knows_the_secrets_gets_everything_back(values: dict[str, Any]) -> None:
    stored = json.loads(json.dumps(VAULT.conceal(values)))
    assert plain(VAULT.reveal(stored, values)) == plain(values)


@given(OBJECTS, st.sampled_from(["a", "b"]))
def test_no_secret_is_in_what_is_stored_shown_or_told(values: dict[str, Any], name: str) -> None:
    values = {**values, name: Secret({"inner": [MARKER, {MARKER: "x"}]} if name == "a" else MARKER)}
    stored = VAULT.conceal(values)
    texts = [json.dumps(stored["b"]) if name == "b" else json.dumps(stored["a"]["inner"][0]), repr(values[name])]
    assert not [text for text in texts if MARKER in text]
    assert MARKER not in json.dumps(redacted({"b": values[name]} if name == "b" else {"a": Secret([MARKER])}))


def test_a_changed_secret_is_told_as_changed_and_not_as_it_is() -> None:
    stored = VAULT.conceal({"key": Secret("new")})
    assert VAULT.reveal(stored, {"key": Secret("old")}) == {"key": Secret(CHANGED)}
    assert VAULT.reveal(stored, {}, {"key": "new"}) == {"key": Secret("new")}


def test_another_cloud_cannot_compare_fingerprints() -> None:
    assert VAULT.conceal(Secret("a")) != Vault(b"other").conceal(Secret("a"))


def test_people_see_dots() -> None:
    assert masked(VAULT.conceal({"a": [Secret("x")], "b": 1})) == {"a": [MASK], "b": 1}
