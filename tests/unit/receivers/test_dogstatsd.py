"""The protocol as Datadog describes it: what is in it is understood, what an agent would drop is an error."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.telemetry.model import MetricType
from tools.receivers.dogstatsd import TYPES, ProtocolError, Sample, parse
from tools.receivers.statsd_listener import listening


def one(text: str) -> Sample:
    (sample,) = parse(text.encode())
    return sample


def test_a_count_at_a_rate_stands_for_more() -> None:
    sample = one("users.online:1|c|@0.5|#country:china")
    assert (sample.name, sample.type, sample.tags) == ("users.online", MetricType.COUNT, (("country", "china"),))
    assert sample.total == 2


def test_several_values_in_one_message_are_of_version_1_1() -> None:
    assert one("page.views:1:2:32|d|#sample_tag").values == (1, 2, 32)


def test_origin_and_time_are_read() -> None:
    sample = one("page.views:15|c|#env:dev|c:ci-83c0a99c0a54|T1656581400|e:it-false,cn-api|card:low")
    assert sample.container == "ci-83c0a99c0a54"
    assert sample.timestamp == 1656581400
    assert sample.tags == (("env", "dev"),)


def test_a_value_may_have_colons() -> None:
    assert one("a:1|g|#url:http://x:80").tags == (("url", "http://x:80"),)


def test_a_datagram_has_messages_by_lines() -> None:
    assert [sample.name for sample in parse(b"a:1|c\nb:2|g\n")] == ["a", "b"]


@pytest.mark.parametrize(
    "message",
    [
        "", "a", "a:1", "a:1|", "a:1|x", "a:one|c", "a:|c", "a:nan|g", "a:inf|g", "1a:1|c", "a b:1|c", "ü:1|c",
        "a:1|c|@0", "a:1|c|@2", "a:1|g|@0.5", "a:1|c|#", "a:1|c|#x y:1", "a:1|c|#a:1,,b:2", "a:1|c|#a|#b", "a:1|c|z:1",
        "a:1|h", "a:1|ms", "a:1|s", "a:1|c|Tnow", f"{'a' * 201}:1|c", "_e{1,1}:a|b", "_sc|a|0",
    ],
)  # fmt: skip
def test_what_an_agent_would_not_take_as_meant_is_wrong(message: str) -> None:
    with pytest.raises(ProtocolError):
        list(parse(message.encode()))


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_.]{0,50}", fullmatch=True)
WORDS = st.text("abcxyz019_-./:", min_size=1, max_size=20)
TAGS = st.lists(st.tuples(NAMES, WORDS), max_size=4)


@given(
    NAMES, st.lists(st.integers() | st.floats(-1e9, 1e9), min_size=1, max_size=4), st.sampled_from(sorted(TYPES)), TAGS
)
def test_what_is_written_is_read(name: str, values: list[float], letter: str, tags: list[tuple[str, str]]) -> None:
    written = f"{name}:{':'.join(str(value) for value in values)}|{letter}"
    written += f"|#{','.join(f'{key}:{value}' for key, value in tags)}" if tags else ""
    sample = one(written)
    assert (sample.name, sample.values, sample.type) == (name, tuple(map(float, values)), TYPES[letter])
    assert sample.tags == tuple(tags)


@given(st.binary(max_size=60))
def test_anything_else_is_refused_with_one_kind_of_error(datagram: bytes) -> None:
    try:
        list(parse(datagram))
    except ProtocolError:
        pass


def test_both_ways_in_are_heard(tmp_path: Path) -> None:
    with listening(tmp_path / "dsd.socket") as received:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as unix:
            unix.sendto(b"a:1|c\ndatadog.dogstatsd.client.metrics:3|c", str(received.path))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.sendto(b"b:1|c", ("127.0.0.1", received.port))
            udp.sendto(b"nonsense", ("127.0.0.1", received.port))
        deadline = time.monotonic() + 5
        while len(received.samples()) < 2 or not received.wrong:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert {sample.name for sample in received.samples()} == {"a", "b"}
        assert received.about_itself() == {"metrics": 3}
        assert len(received.wrong) == 1
    assert not (tmp_path / "dsd.socket").exists()
