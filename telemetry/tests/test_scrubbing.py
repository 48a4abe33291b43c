from __future__ import annotations

import json
from typing import Any

import pytest
from genonaut_telemetry.errors.rules import fingerprint, is_no_error
from genonaut_telemetry.errors.scrubbing import REMOVED, scrub, scrub_event, scrub_text
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

_SECRET = st.from_regex(r"[A-Za-z0-9]{8,20}", fullmatch=True).filter(lambda s: not s.isdigit())
_PLACES = [
    "cannot connect to postgresql://app:{}@db:5432/genonaut",
    "Authorization: Bearer {}",
    "sent to {}@example.com",
    "password={} is wrong",
    '{{"api_key": "{}"}}',
    "(psycopg.errors.UniqueViolation) [SQL: INSERT] [parameters: {{'name': '{}'}}]",
    "DETAIL:  Key (email)=({}) already exists.",
    "Failing row contains (1, {}, null).",
]


@pytest.mark.parametrize("place", _PLACES)
@given(secret=_SECRET)
def test_no_secret_is_left_in_a_text(place: str, secret: str) -> None:
    secret = f"zq{secret}"
    assert secret not in scrub_text(place.format(secret))


@pytest.mark.parametrize(
    "name", ["password", "db_password", "apiKey", "API-KEY", "accessToken", "Set-Cookie", "email", "user_name", "dsn"]
)
def test_all_is_taken_out_under_names_of_secrets(name: str) -> None:
    assert scrub({"a": [{name: {"deep": "value"}}]}) == {"a": [{name: REMOVED}]}


def test_what_is_needed_stays() -> None:
    text = "ValueError: page 3 of collection tags has 25 rows, took 0.5 s, request 7f3a"
    assert scrub_text(text) == text
    assert scrub({"author_count": 3, "tokenizer": "x", "module": "app.auth.views"}) == {
        "author_count": 3, "tokenizer": "x", "module": "app.auth.views",
    }  # fmt: skip


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


@given(_JSON)
def test_whatever_comes_can_be_scrubbed_and_scrubbing_twice_changes_nothing(value: Any) -> None:
    once = scrub(value)
    json.dumps(once)
    assert scrub(once) == once


def test_an_event_carries_nothing_of_the_request_but_where_it_went() -> None:
    event = {
        "request": {"url": "https://x.example/a?q=me", "query_string": "q=me", "cookies": {"a": "b"}, "data": "d"},
        "user": {"id": "7", "email": "a@b.example", "ip_address": "10.0.0.1"},
        "release": "genonaut-api@1",
    }
    assert scrub_event(event) == {
        "request": {"url": "https://x.example/a"},
        "user": {"id": "7"},
        "release": "genonaut-api@1",
    }


class _OurError(Exception): ...


def test_what_tells_clients_something_is_no_error() -> None:
    assert is_no_error(HTTPException(404), ())
    assert not is_no_error(HTTPException(500), ())
    assert is_no_error(BrokenPipeError(), ())
    assert not is_no_error(_OurError(), ())
    assert is_no_error(_OurError(), ("_OurError",))


def test_a_database_that_is_down_is_one_problem_wherever_it_is_noticed() -> None:
    down = OperationalError("SELECT 1", {}, Exception("connection refused"))
    outer = RuntimeError("cannot list")
    outer.__cause__ = down
    assert fingerprint(down) == fingerprint(outer) == ["database", "OperationalError", "refused"]
    assert fingerprint(ValueError()) is None
