"""Answers that do not come, come late, or say no: nothing is made twice, nothing is lost."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.routes import sentry_common
from sentry_alerts import model
from sentry_alerts.client import ApiError, Client, Retry
from sentry_alerts.client.errors import reason_of
from sentry_alerts.model.base import with_defaults
from sentry_alerts.provider.kinds import KINDS
from tests.unit.sentry_alerts import examples
from tests.unit.sentry_alerts.conftest import TOKEN, Numbers
from tests.unit.sentry_alerts.server import Mishap, Sentry

MADE = [model.ALERT, model.METRIC_MONITOR, model.CRON_MONITOR, model.UPTIME_MONITOR]
CREATE = r"/(workflows|detectors)/$"
ONE = r"/(workflows|detectors)/\d+/$"


def sound(token: str, numbers: Numbers) -> dict[str, Any]:
    return with_defaults(model.MODELS[token], examples.inputs(numbers.project, numbers.team)[token])


def objects(sentry: Sentry, token: str) -> list[str]:
    return [one.id for one in sentry.cloud.objects(token)]


@pytest.mark.parametrize("token", MADE)
@pytest.mark.parametrize("after", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("how", ["500", "502", "cut"])
def test_a_creation_without_answer_happens_once(
    client: Client, sentry: Sentry, numbers: Numbers, token: str, *, after: bool, how: str
) -> None:
    sentry.mishaps += [Mishap("POST", CREATE, how, after=after)]
    id_ = KINDS[token].create(client, sound(token, numbers))
    assert sentry.mishaps == []
    assert objects(sentry, token) == [id_]
    assert len(sentry.requests("POST")) == (1 if after else 2)


@pytest.mark.parametrize("token", [model.ALERT, model.UPTIME_MONITOR])
def test_a_creation_answered_too_late_happens_once(
    client: Client, sentry: Sentry, numbers: Numbers, token: str
) -> None:
    sentry.mishaps += [Mishap("POST", CREATE, "slow", after=True)]
    id_ = KINDS[token].create(client, sound(token, numbers))
    assert objects(sentry, token) == [id_]


def test_a_creation_that_ends_after_it_was_repeated_is_taken_back(sentry: Sentry, numbers: Numbers) -> None:
    # The first request is worked on only after the client has asked again.
    sentry.mishaps += [
        Mishap("POST", CREATE, "slow", seconds=0.5),
        Mishap("POST", CREATE, "slow", seconds=0.4, after=True),
    ]
    client = Client(sentry.url, TOKEN, retry=Retry(attempts=4), timeout=0.3, sleep=lambda _: None)
    id_ = KINDS[model.ALERT].create(client, sound(model.ALERT, numbers))
    time.sleep(0.6)
    assert objects(sentry, model.ALERT) == [id_]


def test_one_of_the_same_name_that_was_there_is_never_taken_for_the_new_one(
    client: Client, sentry: Sentry, numbers: Numbers
) -> None:
    kind, values = KINDS[model.ALERT], sound(model.ALERT, numbers)
    before = kind.create(client, values)
    for after in (True, False):
        sentry.mishaps += [Mishap("POST", CREATE, "500", after=after)]
        made = kind.create(client, values)
        assert made != before
        assert sorted(objects(sentry, model.ALERT)) == sorted([before, made])
        kind.delete(client, made)


def test_a_creation_that_never_succeeds_is_given_up(
    client: Client, sentry: Sentry, numbers: Numbers, waits: list[float]
) -> None:
    sentry.mishaps += [Mishap("POST", CREATE, "503") for _ in range(4)]
    with pytest.raises(ApiError, match="gave up after 4 attempts: 503 made up"):
        KINDS[model.ALERT].create(client, sound(model.ALERT, numbers))
    assert len(sentry.requests("POST")) == 4
    assert objects(sentry, model.ALERT) == []
    assert waits == sorted(waits)


def test_the_last_attempt_may_have_done_it(client: Client, sentry: Sentry, numbers: Numbers) -> None:
    sentry.mishaps += [*(Mishap("POST", CREATE, "503") for _ in range(3)), Mishap("POST", CREATE, "503", after=True)]
    id_ = KINDS[model.ALERT].create(client, sound(model.ALERT, numbers))
    assert objects(sentry, model.ALERT) == [id_]


def test_two_creations_of_different_names_do_not_disturb_each_other(
    client: Client, sentry: Sentry, numbers: Numbers
) -> None:
    sentry.mishaps += [Mishap("POST", CREATE, "500", after=True) for _ in range(4)]
    made: list[str] = []

    def create(name: str) -> None:
        made.append(KINDS[model.ALERT].create(client, {**sound(model.ALERT, numbers), "name": name}))

    threads = [threading.Thread(target=create, args=(f"alert {number} [dev]",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == sorted(objects(sentry, model.ALERT))
    assert len(made) == 4


@pytest.mark.parametrize("how", ["500", "503", "cut", "slow"])
@pytest.mark.parametrize("after", [True, False])
def test_changes_removals_and_readings_are_repeated(
    client: Client, sentry: Sentry, numbers: Numbers, how: str, after: bool
) -> None:
    kind, values = KINDS[model.METRIC_MONITOR], sound(model.METRIC_MONITOR, numbers)
    id_ = kind.create(client, values)
    sentry.mishaps += [Mishap(method, ONE, how, after=after, seconds=0.35) for method in ("PUT", "GET", "DELETE")]
    kind.update(client, id_, {**values, "timeWindow": 600})
    found = kind.read(client, id_, values)
    assert found is not None
    assert found["timeWindow"] == 600
    kind.delete(client, id_)
    assert sentry.mishaps == []
    assert objects(sentry, model.METRIC_MONITOR) == []


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry-After": "2"}, 2.0),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"X-Sentry-Rate-Limit-Reset": "1"}, 0.0),
    ],
)
def test_a_rate_limit_is_waited_for(
    client: Client, sentry: Sentry, numbers: Numbers, waits: list[float], *, headers: dict[str, str], waited: float
) -> None:
    sentry.mishaps += [Mishap("POST", CREATE, "429", headers=headers)]
    id_ = KINDS[model.ALERT].create(client, sound(model.ALERT, numbers))
    assert objects(sentry, model.ALERT) == [id_]
    assert waits == [waited]


def test_a_rate_limit_without_end_is_an_error(
    client: Client, sentry: Sentry, numbers: Numbers, waits: list[float]
) -> None:
    sentry.mishaps += [Mishap("POST", CREATE, "429", headers={"Retry-After": "7200"})]
    with pytest.raises(ApiError, match="rate limit"):
        KINDS[model.ALERT].create(client, sound(model.ALERT, numbers))
    sentry.mishaps += [Mishap("POST", CREATE, "429") for _ in range(4)]
    with pytest.raises(ApiError, match="rate limit"):
        KINDS[model.ALERT].create(client, sound(model.ALERT, numbers))
    assert len(waits) == 3
    assert objects(sentry, model.ALERT) == []


@pytest.mark.parametrize(
    ("status", "hint"), [(400, "made up"), (401, "token"), (403, "alerts:write"), (409, "collide"), (410, "removed")]
)
def test_a_refusal_is_told_and_not_repeated(
    client: Client, sentry: Sentry, numbers: Numbers, waits: list[float], *, status: int, hint: str
) -> None:
    sentry.mishaps += [Mishap("POST", CREATE, str(status))]
    with pytest.raises(ApiError, match=hint) as refused:
        KINDS[model.ALERT].create(client, sound(model.ALERT, numbers))
    assert refused.value.status == status
    assert "made up" in str(refused.value)
    assert TOKEN not in str(refused.value)
    assert (len(sentry.requests("POST")), waits) == (1, [])


def test_check_ins_of_one_name_collide(client: Client, sentry: Sentry, numbers: Numbers) -> None:
    values = sound(model.CRON_MONITOR, numbers)
    KINDS[model.CRON_MONITOR].create(client, values)
    with pytest.raises(ApiError, match="already in use"):
        KINDS[model.CRON_MONITOR].create(client, {**values, "name": "Other [dev]"})
    assert len(objects(sentry, model.CRON_MONITOR)) == 1


@pytest.mark.parametrize("token", sorted(model.MODELS))
def test_a_404_on_reading_means_gone_and_a_403_does_not(
    client: Client, sentry: Sentry, numbers: Numbers, token: str
) -> None:
    kind, values = KINDS[token], sound(token, numbers)
    id_ = kind.create(client, values)
    sentry.mishaps += [Mishap("GET", ".", "403")]
    with pytest.raises(ApiError, match="403"):
        kind.read(client, id_, values)
    sentry.mishaps += [Mishap("GET", ".", "404")]
    assert kind.read(client, id_, values) is None
    assert kind.read(client, id_, values) is not None


def test_nobody_listens() -> None:
    waits: list[float] = []
    client = Client("http://127.0.0.1:9/api/", TOKEN, retry=Retry(attempts=3), sleep=waits.append)
    with pytest.raises(ApiError, match="cannot reach it") as unreachable:
        client.create("organizations/o/workflows/", {}, list, lambda _: None)
    assert TOKEN not in str(unreachable.value)
    assert len(waits) == 2


def test_all_pages_are_read(client: Client, sentry: Sentry, numbers: Numbers, monkeypatch: pytest.MonkeyPatch) -> None:
    values = sound(model.ALERT, numbers)
    monkeypatch.setattr(sentry_common, "PAGE", 10)
    for number in range(25):
        body = {"id": str(number), "name": f"alert {number}"}
        sentry.cloud.create(model.ALERT, "", body, lambda _, body=body: (f"o/{body['id']}", body))  # type: ignore[misc]
    assert len(list(client.pages("organizations/o/workflows/"))) == 25
    assert len(sentry.requests("GET")) == 3
    sentry.mishaps += [Mishap("POST", CREATE, "cut", after=True)]
    id_ = KINDS[model.ALERT].create(client, values)
    assert len(objects(sentry, model.ALERT)) == 26
    assert id_ == objects(sentry, model.ALERT)[-1]


JSON = st.recursive(
    st.none() | st.text(max_size=8) | st.integers(), lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=6), inner, max_size=3),
)  # fmt: skip


@given(JSON | st.binary(max_size=40))
def test_any_body_of_an_error_gives_a_line(content: Any) -> None:
    given_ = {"content": content} if isinstance(content, bytes) else {"json": content}
    response = httpx.Response(418, request=httpx.Request("GET", "http://x.example/"), **given_)
    assert reason_of(response)


def test_a_nested_refusal_names_its_fields() -> None:
    content = {"name": ["Too long."], "dataSources": [{"timeWindow": ["Not valid."]}], "detail": {"message": "No."}}
    response = httpx.Response(400, json=content)
    assert reason_of(response) == "name: Too long.; dataSources[0].timeWindow: Not valid.; No."


@given(st.integers(0, 60))
def test_waits_grow_but_not_beyond_their_limit(attempt: int) -> None:
    retry = Retry()
    assert 0 < retry.pause(attempt) <= retry.longest
