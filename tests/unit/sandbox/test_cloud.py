"""The cloud on disk: nothing twice, nothing lost, faults where they were asked for."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sandbox.cloud import AlreadyExists, Cloud, InjectedFault, NotFound
from tests.unit.sandbox.examples import MONITOR, urn

ROOT = Path(__file__).resolve().parents[3]


def create(cloud: Cloud, name: str = "it", key: str | None = None) -> str:
    return cloud.create(
        MONITOR, urn(MONITOR, name), {"name": name}, lambda number: (str(number), {"n": number}), key
    ).id


def test_each_create_makes_a_new_object_even_with_the_same_urn_and_inputs(cloud: Cloud) -> None:
    assert create(cloud) != create(cloud)
    assert [each.name for each in cloud.objects()] == ["it", "it"]


def test_a_unique_name_is_refused_the_second_time_and_free_again_after_delete(cloud: Cloud) -> None:
    first = create(cloud, key="team a")
    with pytest.raises(AlreadyExists, match="team a"):
        create(cloud, key="team a")
    cloud.delete(MONITOR, first)
    assert create(cloud, key="team a") != first


def test_creation_numbers_are_never_used_again_until_reset(cloud: Cloud) -> None:
    create(cloud)
    cloud.delete(MONITOR, create(cloud))
    assert create(cloud) == "3"
    cloud.reset()
    assert (create(cloud), len(cloud.operations())) == ("1", 1)


def test_the_log_tells_every_operation_and_its_outcome(cloud: Cloud) -> None:
    id_ = create(cloud)
    cloud.update(MONITOR, id_, urn(MONITOR), lambda each: ({"name": "new"}, each.properties))
    cloud.read(MONITOR, id_)
    cloud.delete(MONITOR, id_)
    with pytest.raises(NotFound):
        cloud.delete(MONITOR, id_)
    assert [(each.operation, each.outcome.split(":")[0]) for each in cloud.operations()] == [
        ("create", "ok"), ("update", "ok"), ("read", "ok"), ("delete", "ok"), ("delete", "NotFound"),
    ]  # fmt: skip


def test_the_nth_operation_of_its_kind_fails_once(cloud: Cloud) -> None:
    cloud.faults.add("fail", "create", 2, message="boom")
    first = create(cloud)
    cloud.update(MONITOR, first, "", lambda each: (each.inputs, each.properties))
    with pytest.raises(InjectedFault, match="boom"):
        create(cloud)
    create(cloud)
    assert (len(cloud.objects()), cloud.faults.list()) == (2, [])


def test_a_failure_after_the_commit_leaves_the_object(cloud: Cloud) -> None:
    cloud.faults.add("fail", "create", 1, when="after")
    with pytest.raises(InjectedFault):
        create(cloud)
    assert len(cloud.objects()) == 1


def test_a_rate_limit_refuses_the_next_k_operations_of_any_kind(cloud: Cloud) -> None:
    id_ = create(cloud)
    cloud.faults.add("rate-limit", None, 2)
    for attempt in (lambda: create(cloud), lambda: cloud.delete(MONITOR, id_)):
        with pytest.raises(InjectedFault) as refused:
            attempt()
        assert refused.value.kind == "rate-limit"
    cloud.delete(MONITOR, id_)
    assert cloud.objects() == []


@pytest.mark.parametrize(("when", "seen"), [("before", 0), ("after", 1)])
def test_a_slow_create_waits_before_or_after_the_commit(cloud: Cloud, when: str, seen: int) -> None:
    cloud.faults.add("slow", "create", 1, delay=0.4, when="before" if when == "before" else "after")
    worker = threading.Thread(target=create, args=(cloud,))
    begin = time.monotonic()
    worker.start()
    time.sleep(0.2)
    assert len(cloud.objects()) == seen
    worker.join()
    assert (time.monotonic() - begin >= 0.4, len(cloud.objects())) == (True, 1)


def test_many_threads_and_two_clouds_on_one_file_lose_nothing(cloud: Cloud) -> None:
    other = Cloud(cloud.store.path)
    cloud.faults.add("fail", "create", 17)
    failures: list[InjectedFault] = []

    def work(mine: Cloud) -> None:
        for _ in range(10):
            try:
                create(mine)
            except InjectedFault as fault:
                failures.append(fault)

    workers = [threading.Thread(target=work, args=(each,)) for each in (cloud, other, cloud, other)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (len(cloud.objects()), len(failures)) == (39, 1)
    assert len({each.id for each in cloud.objects()}) == 39


def test_a_killed_writer_leaves_whole_objects_only(tmp_path: Path) -> None:
    path = tmp_path / "cloud.db"
    code = (
        "import sys; from pathlib import Path; from sandbox.cloud import Cloud\n"
        "from tests.unit.sandbox.test_cloud import create\n"
        "cloud = Cloud(Path(sys.argv[1]))\nwhile True: create(cloud)"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not (path.exists() and _count(path) > 20):
        time.sleep(0.05)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    cloud = Cloud(path)
    objects = cloud.objects()
    assert len(objects) > 20
    assert all(each.properties == {"n": each.sequence} for each in objects)
    assert len(cloud.operations()) == len(objects)


def _count(path: Path) -> int:
    try:
        with sqlite3.connect(path) as connection:
            return int(connection.execute("select count(*) from objects").fetchone()[0])
    except sqlite3.Error:
        return 0
