"""Envelopes as Sentry describes them."""

from __future__ import annotations

import gzip
import json

import brotli
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.receivers.sentry import KEY, EnvelopeError, parse, sentry

JSON = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(-9, 9), max_size=3)


@given(st.lists(st.tuples(st.sampled_from(["event", "check_in"]), JSON, st.booleans()), max_size=4), st.booleans())
def test_items_are_read_with_and_without_a_length(items: list[tuple[str, dict[str, object], bool]], end: bool) -> None:
    lines = ["{}"]
    for type_, payload, counted in items:
        text = json.dumps(payload)
        lines += [json.dumps({"type": type_, **({"length": len(text)} if counted else {})}), text]
    found = list(parse("\n".join(lines).encode() + b"\n" * end))
    assert [(item.type, item.payload) for item in found] == [(type_, payload) for type_, payload, _ in items]


def test_attachments_are_bytes() -> None:
    (item,) = parse(b'{}\n{"type":"attachment","length":4}\n\x00\n\n\x01\n')
    assert item.payload == b"\x00\n\n\x01"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"no", b"{}\nno\n{}", b'{}\n{"length":2}\n{}', b'{}\n{"type":"event","length":9}\n{}',
        b'{}\n{"type":"event","length":1}\n{}', b'{}\n{"type":"event"}\nno',
    ],
)  # fmt: skip
def test_what_sentry_would_refuse_is_wrong(body: bytes) -> None:
    with pytest.raises(EnvelopeError):
        list(parse(body))


def test_the_project_takes_envelopes_with_its_key_and_no_other() -> None:
    plain = b'{}\n{"type":"event"}\n{"message":"made up"}\n'
    body = gzip.compress(plain)
    with sentry() as project:
        url = f"http://{project.dsn.partition('@')[2].removesuffix('/1')}/api/1/envelope/"
        headers = {"Content-Encoding": "gzip", "X-Sentry-Auth": f"Sentry sentry_key={KEY}"}
        assert httpx.post(url, content=body, headers=headers).status_code == 200
        brotli_headers = {**headers, "Content-Encoding": "br"}
        assert httpx.post(url, content=brotli.compress(plain), headers=brotli_headers).status_code == 200
        assert httpx.post(url, content=plain, headers={**headers, "Content-Encoding": "zip"}).status_code == 400
        assert httpx.post(url, content=body, headers={"Content-Encoding": "gzip"}).status_code == 400
        assert httpx.post(url.replace("/1/", "/2/"), content=body, headers=headers).status_code == 400
        assert project.of_type("event") == [{"message": "made up"}] * 2
        assert len(project.wrong) == 3
