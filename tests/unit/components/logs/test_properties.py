"""What holds for any line: it is followed to its end, and no secret is left in it."""

from __future__ import annotations

import json
import re
import string
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from components.logs.interpret.scanning import scrubbed
from components.logs.processors import Grok
from stacks.catalog.logs.scanning import RULES
from tests.unit.components.logs.examples import SPEC, follow

SERVICES = ("genonaut-api", "genonaut-worker", "genonaut-postgres", "genonaut-redis")
SAMPLES = sorted(
    {
        sample
        for pipeline in SPEC.pipelines
        for processor in pipeline.processors
        if isinstance(processor, Grok)
        for sample in processor.samples
    }
)
NAMES = ("level", "status", "timestamp", "date", "message", "dd.trace_id", "http", "url", "duration", "error", "stack")
TOKEN = string.ascii_letters + string.digits


def with_other_digits(line: str) -> st.SearchStrategy[str]:
    """Lines of a known form whose numbers may be no hour, port or month."""
    digits = st.text("0123456789", min_size=(places := len(re.findall(r"\d", line))), max_size=places)
    return digits.map(lambda given: re.sub(r"\d", "{}", line.replace("{", "(").replace("}", ")")).format(*given))


def objects() -> st.SearchStrategy[Any]:
    values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just("http://["))
    return st.recursive(
        st.dictionaries(st.sampled_from(NAMES), values, max_size=6),
        lambda inner: st.dictionaries(
            st.sampled_from(NAMES), st.one_of(inner, st.lists(inner, max_size=2)), max_size=3
        ),
        max_leaves=4,
    )


LINES = st.one_of(st.text(), st.sampled_from(SAMPLES).flatmap(with_other_digits), objects().map(json.dumps))


@given(LINES, st.sampled_from(SERVICES))
@example('{"a":' * 5_000, "genonaut-api")
@example('{"a":' * 400 + "1" + "}" * 400, "genonaut-api")
@example('{"duration": 1' + "0" * 400 + "}", "genonaut-postgres")
@example('{"duration": 1' + "0" * 5_000 + "}", "genonaut-postgres")
@example('{"timestamp": Infinity}', "genonaut-api")
@example('{"timestamp": "0001-01-01T00:00:00"}', "genonaut-api")
@example('INFO:     10.2.0.17:4 - "GET http://[ HTTP/1.1" 200 OK', "genonaut-api")
@example("2026-13-45 99:15:04.120 UTC [71] LOG:  x", "genonaut-postgres")
@example("2026-03-02 08:15:04.120 CEST [71] LOG:  x", "genonaut-postgres")
def test_every_line_is_followed_to_its_end(line: str, service: str) -> None:
    found = follow(line, service)
    assert found.index is not None
    assert found.line.date is None or isinstance(found.line.date, int)


def text_of(characters: str, shortest: int, longest: int = 40) -> st.SearchStrategy[str]:
    return st.text(characters, min_size=shortest, max_size=longest)


def cards() -> st.SearchStrategy[str]:
    beginnings = st.sampled_from(["4000", "5105", "5555", "2221", "6011", "6500"])
    rest = st.text("0123456789", min_size=12, max_size=12)
    return st.builds(
        lambda first, others, sign: sign.join([first, others[:4], others[4:8], others[8:]]),
        beginnings, rest, st.sampled_from(["", " ", "-"]),
    )  # fmt: skip


TOKENS = st.one_of(
    # What stands before the secret, and the secret.
    st.tuples(st.sampled_from(["Bearer ", "bearer ", "Basic ", "Token "]), text_of(TOKEN + "._~+/-", 16)),
    st.tuples(st.just(""), st.tuples(*[text_of(TOKEN + "_-", 8)] * 3).map(lambda parts: "eyJ" + ".".join(parts))),
    st.tuples(
        st.sampled_from(["sntrys_", "sntryu_", "ghp_", "github_pat_", "xoxb-", "sk_live_", "AKIA"]), text_of(TOKEN, 16)
    ),
    st.tuples(st.sampled_from(["DD_API_KEY=", "dd-app-key: "]), text_of("0123456789abcdef", 32, 32)),
    st.tuples(st.sampled_from(["password=", "Secret=", "api_key=", "AccessToken="]), text_of(TOKEN + "!%*+-_.", 8)),
    st.tuples(st.just("postgresql://app:"), text_of(TOKEN + "!%*+-_.", 8).map(lambda secret: f"{secret}@db")),
    st.tuples(st.just("PASSWORD '"), text_of(TOKEN + "!%*+-_.", 8).map(lambda secret: f"{secret}'")),
)
OF_PEOPLE = st.one_of(cards(), st.builds(lambda name, host: f"{name}@{host}.example.com", *[text_of(TOKEN, 3)] * 2))
SECRETS = TOKENS | st.tuples(st.just(""), OF_PEOPLE)
AROUND = st.text(" \n\t\"',;()<>", min_size=1, max_size=3)


Secrets = list[tuple[str, tuple[str, str]]]


def line_of(secrets: Secrets) -> str:
    return "".join(f"{before}{name}{secret}" for before, (name, secret) in secrets)


@given(st.lists(st.tuples(AROUND, SECRETS), min_size=1, max_size=3), AROUND)
def test_no_secret_survives(secrets: Secrets, end: str) -> None:
    left, _ = scrubbed(line_of(secrets) + end, RULES)
    for _, (_, secret) in secrets:
        assert secret.rstrip("'") not in left


@given(st.lists(st.tuples(AROUND, TOKENS), min_size=1, max_size=3), AROUND)
def test_no_token_in_json_leaves_the_cluster(secrets: Secrets, end: str) -> None:
    left, _ = scrubbed(json.dumps({"message": line_of(secrets) + end}), [rule for rule in RULES if rule.at_agent])
    assert json.loads(left).keys() == {"message"}
    for _, (_, secret) in secrets:
        assert secret.rstrip("'") not in left


WORDS = st.one_of(
    SECRETS.map("".join),
    st.sampled_from(["Bearer ", "token ", "password=", "PASSWORD '", "://", ":", "@", "4111 ", "eyJ", ".", "[", "]"]),
    st.sampled_from([rule.replacement for rule in RULES]),
    st.text(max_size=5),
)


@given(st.lists(st.tuples(AROUND, WORDS).map("".join), max_size=8).map("".join))
def test_what_is_scrubbed_needs_it_only_once(text: str) -> None:
    once, _ = scrubbed(text, RULES)
    assert scrubbed(once, RULES) == (once, ())
