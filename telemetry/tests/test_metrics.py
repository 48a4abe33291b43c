from __future__ import annotations

import inspect
import math
import socket
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from genonaut_telemetry import Settings, metrics
from genonaut_telemetry.guard import dropped
from genonaut_telemetry.metrics import api, emit
from genonaut_telemetry.metrics.definitions import METRICS
from genonaut_telemetry.metrics.dogstatsd import DogStatsdSink
from genonaut_telemetry.metrics.prometheus import PrometheusSink
from genonaut_telemetry.pagination import offset_range, page_size_range
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry
from recording import Recorded

from contract.prometheus import series
from contract.telemetry.application import METRICS as CONTRACT
from contract.telemetry.application import OFFSET_RANGES, PAGE_SIZES


def _counted(reason: str) -> int:
    return dropped().get(reason, 0)


def test_every_metric_of_the_contract_has_a_function_and_there_are_no_others() -> None:
    names = {metric.name.removeprefix("genonaut.").replace(".", "_") for metric in CONTRACT}
    assert set(api.__all__) == names
    assert {metric.name for metric in METRICS} == {metric.name for metric in CONTRACT}


def test_every_function_sends_its_metric_with_every_value_of_its_tags(recorded: Recorded) -> None:
    before = dict(dropped())
    for metric in CONTRACT:
        function = getattr(metrics, metric.name.removeprefix("genonaut.").replace(".", "_"))
        own = {tag.key: sorted(tag.values) for tag in metric.tags if tag.values is not None}
        assert {p.name for p in inspect.signature(function).parameters.values() if p.kind is p.KEYWORD_ONLY} == set(own)
        for position in range(max(map(len, own.values()), default=1)):
            function(1, **{key: values[position % len(values)] for key, values in own.items()})
    assert {name for name, _, _ in recorded.values} == {metric.name for metric in CONTRACT}
    assert dict(dropped()) == before


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_not_finite_is_counted_and_dropped(recorded: Recorded, value: float) -> None:
    before = _counted("not finite")
    metrics.search_duration(value)
    assert (recorded.values, _counted("not finite")) == ([], before + 1)


@pytest.mark.parametrize(("value", "reason"), [("x", "tag outside its set"), ("x" * 201, "tag too long")])
def test_a_tag_that_is_not_allowed_is_counted_and_dropped(recorded: Recorded, value: Any, reason: str) -> None:
    before = _counted(reason)
    metrics.cache_hits(cache=value)
    assert (recorded.values, _counted(reason)) == ([], before + 1)


def test_what_is_no_number_and_what_is_no_text_goes_no_further(recorded: Recorded) -> None:
    odd: Any = ["a"]
    metrics.search_duration(odd)
    metrics.cache_hits(cache=odd)
    metrics.users_registered(-1)
    assert recorded.values == []


def test_a_metric_after_shutdown_is_counted_and_dropped(recorded: Recorded) -> None:
    emit.stop()
    before = _counted("after shutdown")
    metrics.users_registered()
    assert (recorded.values, _counted("after shutdown")) == ([], before + 1)


class _Broken:
    def take(self, *_: Any) -> None:
        raise OSError("full")

    def close(self, seconds: float) -> None:
        raise OSError("gone")


def test_a_sink_that_raises_breaks_nothing() -> None:
    emit.start([_Broken()])
    metrics.users_registered()
    emit.stop()
    assert _counted("failed: metric")
    assert _counted("failed: close")


@given(st.floats() | st.integers())
def test_every_page_size_is_in_the_range_that_has_it(size: float) -> None:
    name = page_size_range(size)
    assert name in PAGE_SIZES
    if isinstance(size, int) and size >= 1:
        low, _, high = name.partition("-")
        assert size > int(high) if low == "over" else int(low) <= size <= int(high)


@given(st.none() | st.floats() | st.integers())
def test_every_offset_is_in_the_range_that_has_it(offset: float | None) -> None:
    name = offset_range(offset)
    assert name in OFFSET_RANGES
    assert (name == "cursor") == (offset is None)
    if isinstance(offset, int) and offset >= 0:
        low, _, high = name.partition("-")
        assert offset > int(high) if low == "over" else int(low) <= offset <= int(high)


def test_prometheus_reads_names_types_and_bounds_of_the_contract() -> None:
    registry = CollectorRegistry()
    sink = PrometheusSink(Settings(), registry, METRICS)
    emit.start([sink])
    metrics.search_duration(0.4)
    metrics.content_created(2, content_type="image", origin="user")
    metrics.database_pool_in_use(3)
    emit.stop()
    assert registry.get_sample_value("genonaut_search_duration_seconds_bucket", {"le": "0.5"}) == 1
    assert registry.get_sample_value("genonaut_search_duration_seconds_bucket", {"le": "0.25"}) == 0
    created = {"content_type": "image", "origin": "user"}
    assert registry.get_sample_value("genonaut_content_created_total", created) == 2
    assert registry.get_sample_value("genonaut_database_pool_in_use") == 3
    families = {family.name: family.type for family in registry.collect()}
    for metric in CONTRACT:
        exposed = series(metric)
        assert families[exposed.name.removesuffix("_total")] == exposed.type.value


def _sent(receiver: socket.socket, url: str) -> str:
    sink = DogStatsdSink(Settings(service="api", environment="test", version="1", dogstatsd_url=url))
    emit.start([sink])
    metrics.content_created(content_type="image", origin="user")
    metrics.search_duration(0.25)
    emit.stop()
    receiver.settimeout(5)
    return receiver.recv(65536).decode()


def test_the_agent_gets_counts_and_distributions_with_unified_tags_over_udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        text = _sent(receiver, f"udp://127.0.0.1:{receiver.getsockname()[1]}")
    lines = sorted(line.split("|") for line in text.split())  # counts are added up, and come by themselves
    assert [line[:2] for line in lines] == [["genonaut.content.created:1", "c"], ["genonaut.search.duration:0.25", "d"]]
    tags = set(lines[0][2].removeprefix("#").split(","))
    assert tags == {"content_type:image", "origin:user", "env:test", "service:api", "version:1"}


def test_the_agent_gets_them_over_a_unix_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(tmp_path / "s"))
        assert "genonaut.search.duration:0.25|d" in _sent(receiver, f"unix://{tmp_path / 's'}")


@pytest.mark.parametrize("agent", ["absent", "full", "closed port"])
def test_an_agent_that_takes_nothing_holds_up_nobody(tmp_path: Path, agent: str) -> None:
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    if agent == "full":
        receiver.bind(str(tmp_path / "s"))  # and nobody reads
    url = "udp://127.0.0.1:9" if agent == "closed port" else f"unix://{tmp_path / 's'}"
    sink = DogStatsdSink(Settings(service="api", environment="test", version="1", dogstatsd_url=url))
    emit.start([sink])
    slowest = max(_took() for _ in range(20_000))
    receiver.close()
    emit.stop(0.2)
    # The machine may take the processor away for a moment; a socket's time-out would be seconds.
    assert slowest < 0.5


def _took() -> float:

    began = perf_counter()
    metrics.users_registered()
    return perf_counter() - began
