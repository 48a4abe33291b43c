"""The client: pages, retries, and what it says when GitHub refuses."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.unit.delivery.conftest import Waits
from tests.unit.delivery.hub import REPOSITORY, TOKEN, Hub
from tools.delivery.github import MOST_CHARACTERS, GitHub, GitHubError


def test_all_pages_are_read(hub: Hub, github: GitHub) -> None:
    for number in range(250):
        hub.add_comment(7, f"comment {number}")
    hub.add_comment(8, "of another")
    assert [one["body"] for one in github.comments(7)] == [f"comment {number}" for number in range(250)]
    assert len(hub.asked) == 3


def test_a_server_that_fails_is_asked_again_and_more_and_more_slowly(hub: Hub, github: GitHub, waits: Waits) -> None:
    hub.add_comment(7, "there")
    hub.failures = [(502, {"message": "Server Error"}, {})] * 3
    assert len(list(github.comments(7))) == 1
    assert waits.seconds == [2, 4, 8]


def test_it_gives_up_and_says_what_it_asked_and_was_told(hub: Hub, github: GitHub, waits: Waits) -> None:
    hub.failures = [(503, {"message": "No server is available"}, {})] * 9
    with pytest.raises(
        GitHubError, match=r"GET /repos/example/monitoring/issues/7/comments: 503, No server is available"
    ):
        list(github.comments(7))
    assert len(hub.asked) == 5
    assert waits.seconds == [2, 4, 8, 16]


def test_it_waits_as_long_as_github_says(hub: Hub, github: GitHub, waits: Waits) -> None:
    hub.failures = [
        (429, {"message": "slow down"}, {"Retry-After": "13"}),
        (
            403,
            {"message": "rate limit"},
            {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + 30)},
        ),
    ]
    github.add_comment(7, "text")
    assert waits.seconds[0] == 13
    assert 25 < waits.seconds[1] <= 30
    assert hub.comments_of(7) == ["text"]


def test_it_does_not_wait_for_an_hour(hub: Hub, github: GitHub, waits: Waits) -> None:
    hub.failures = [(429, {"message": "slow down"}, {"Retry-After": "3600"})]
    with pytest.raises(GitHubError, match="slow down"):
        github.add_comment(7, "text")
    assert waits.seconds == []


def test_what_may_have_been_made_is_not_made_twice(hub: Hub, github: GitHub, waits: Waits) -> None:
    hub.failures = [(502, {"message": "Server Error"}, {})]
    with pytest.raises(GitHubError, match="502"):
        github.add_comment(7, "text")
    assert len(hub.asked) == 1


def test_a_missing_permission_is_told_at_once_without_the_token(hub: Hub, github: GitHub, waits: Waits) -> None:
    hub.failures = [(403, {"message": "Resource not accessible by integration"}, {})]
    with pytest.raises(GitHubError, match="403, Resource not accessible") as told:
        github.add_comment(7, "text")
    assert waits.seconds == []
    assert TOKEN not in f"{told.value} {github!r}"


def test_a_wrong_token_is_told(hub: Hub) -> None:
    with pytest.raises(GitHubError, match="401, Bad credentials"):
        list(GitHub(REPOSITORY, TOKEN[1:], hub.address).comments(7))


def test_an_address_where_nobody_is_is_told(github: GitHub) -> None:
    with pytest.raises(GitHubError, match="POST /repos"):
        replace(github, api="http://127.0.0.1:9").add_comment(7, "text")


def test_a_text_that_github_would_refuse_is_not_sent(hub: Hub, github: GitHub) -> None:
    with pytest.raises(GitHubError, match="65537 characters; GitHub takes 65536"):
        github.add_comment(7, "x" * (MOST_CHARACTERS + 1))
    assert hub.asked == []
