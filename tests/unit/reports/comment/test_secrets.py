"""What is secret is said to change, and never what it is."""

from __future__ import annotations

from typing import Any

import pytest

from reports.comment.changes import differences
from tests.unit.reports.comment.examples import known, preview, saved, step, text

MARKER = "made-up-marker-5d1c"
SIGNATURE = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": MARKER}
SECRET_TYPE = "kubernetes:core/v1:Secret"


def test_the_engines_own_preview_of_a_new_key() -> None:
    made = text(saved("secret"), known())
    assert "**replaced** Secret `datadog-agent-api-key`: because `stringData.api-key` cannot change" in made
    assert "`stringData` changes (secret: no value is shown)" in made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"url": "https://x.example"}, {"url": SIGNATURE}),
        ({"url": SIGNATURE}, {"url": "https://x.example"}),
        ({"url": "[secret]"}, {"url": MARKER}),
        ({"password": "x"}, {"password": MARKER}),
        ({"dsn": MARKER}, {}),
        ({"stringData": {"api-key": "x"}}, {"stringData": {"api-key": MARKER}}),
        ({"env": [{"name": "DD_API_KEY", "value": "x"}]}, {"env": [{"name": "DD_API_KEY", "value": MARKER}]}),
        ({"body": '{"token": "x"}'}, {"body": f'{{"token": "{MARKER}"}}'}),
        ({}, {"connection": {"password": MARKER}}),
        ({"list": []}, {"list": [{"secret": MARKER}]}),
    ],
)
def test_no_value_is_shown(old: dict[str, Any], new: dict[str, Any]) -> None:
    made = text(preview(step("update", old, new, type=SECRET_TYPE, name="thing")), known())
    assert MARKER not in made
    assert "**changed** Secret `thing`: `" in made
    assert "changes" in made


def test_what_is_no_secret_is_shown() -> None:
    (found,) = differences({"image": "a"}, {"image": "b"})
    assert (found.path, found.old, found.new, found.secret) == ("image", "a", "b", False)


def test_a_difference_in_the_cloud_alone_is_no_secret() -> None:
    same = {"image": "a"}
    made = text(preview(step("update", same, same, type=SECRET_TYPE, name="thing", diffReasons=["image"])), known())
    assert "`image` is put back as the program has it" in made
