from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery, signals
from genonaut_telemetry import Settings, instrument_celery
from genonaut_telemetry.metrics import emit
from genonaut_telemetry.worker import PUBLISHED, reason_of
from recording import Recorded


@pytest.fixture(scope="module")
def celery() -> Celery:
    app = Celery("test", broker="memory://")
    app.conf.update(task_default_queue="default", task_routes={"generation.*": {"queue": "generation"}})
    instrument_celery(app, Settings(prometheus=False, generation_tasks={"generation.image": "image"}))
    return app


@pytest.fixture(scope="module")
def image(celery: Celery) -> Any:
    def image() -> None: ...

    return celery.task(name="generation.image")(image)


@pytest.fixture
def task(image: Any) -> Any:
    image.push_request(delivery_info={"routing_key": "generation"}, **{PUBLISHED: time.time() - 3})
    yield image
    image.pop_request()


def test_a_task_that_delivers(task: Any, recorded: Recorded) -> None:
    signals.task_prerun.send(sender=task, task=task, task_id="1")
    signals.task_success.send(sender=task, result=None)
    assert recorded.named("genonaut.tasks.started") == [(1, ("generation",))]
    [(wait, queue)] = recorded.named("genonaut.tasks.wait")
    assert (round(wait), queue) == (3, ("generation",))
    assert recorded.named("genonaut.generation.jobs.completed") == [(1, ("image",))]
    assert len(recorded.named("genonaut.generation.jobs.duration")) == 1


def test_a_task_that_fails_or_is_tried_again(task: Any, recorded: Recorded) -> None:
    signals.task_retry.send(sender=task, request=task.request, reason=None, einfo=None)
    signals.task_failure.send(sender=task, task_id="1", exception=MemoryError())
    assert recorded.named("genonaut.tasks.retried") == [(1, ("generation",))]
    assert recorded.named("genonaut.tasks.failed") == [(1, ("generation",))]
    assert recorded.named("genonaut.generation.jobs.failed") == [(1, ("image", "out_of_memory"))]


def test_who_publishes_says_when(celery: Celery, recorded: Recorded) -> None:
    headers: dict[str, Any] = {}
    signals.before_task_publish.send(sender="generation.image", headers=headers, body=())
    assert abs(headers[PUBLISHED] - time.time()) < 5
    again: dict[str, Any] = {"retries": 1, "eta": "2100-01-01T00:00:00+00:00"}
    signals.before_task_publish.send(sender="generation.image", headers=again, body=())
    assert again[PUBLISHED] > time.time() + 1e6
    assert recorded.named("genonaut.generation.jobs.submitted") == [(1, ("image",))]


def test_every_round_of_beat_counts(celery: Celery, recorded: Recorded) -> None:
    scheduler = SimpleNamespace(tick=lambda: 5.0)

    class Service:
        def __init__(self) -> None:
            self.scheduler = scheduler

    signals.beat_init.send(sender=Service())
    assert scheduler.tick() == 5.0
    assert recorded.named("genonaut.beat.ticks") == [(1, ())]


def test_what_is_odd_breaks_no_task(celery: Celery, recorded: Recorded) -> None:
    signals.task_prerun.send(sender=None, task=None)
    signals.before_task_publish.send(sender="x", headers={"eta": "never"})
    assert recorded.values == []


class _ComfyUIError(Exception): ...


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError(), "timeout"),
        (_ComfyUIError(), "comfyui"),
        (ValueError(), "invalid_input"),
        (KeyError(), "other"),
    ],
)
def test_reasons(error: Exception, reason: str) -> None:
    assert reason_of(error) == reason


def teardown_module() -> None:
    emit.stop()
