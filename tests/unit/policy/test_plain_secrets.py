"""The rule about secrets in plain text: what it finds, what it leaves alone, and that it never repeats one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.rules import plain_secrets
from policy.rules.model import SECRET, UNKNOWN
from tests.unit.policy.examples import broken, resource

HEX = "0123456789abcdef0123456789abcdef"
PEM = "-----BEGIN RSA PRIVATE " + "KEY-----\nmade-up"


def found(**properties: Any) -> list[str]:
    return broken(plain_secrets.RULE, resource("some:index:Thing", **properties))


@pytest.mark.parametrize(
    "properties",
    [
        {"apiKey": "made-up"},
        {"serviceKey": "made-up"},
        {"token": "made-up"},
        {"config": {"db_password": "made-up"}},
        {"whatever": HEX},
        {"whatever": HEX + "01234567"},
        {"whatever": PEM},
        {"url": "postgresql://genonaut:made-up@db.example.com/genonaut"},
        {"url": "https://hooks.slack.com/services/T0000/B0000/made-up"},
        {"data": {"agent.yaml": "instances:\n- host: db\n  password: made-up-word\n"}},
        {"message": "curl -d 'api_key=made-up-word' example.com"},
        {"env": [{"name": "DD_API_KEY", "value": "made-up"}]},
    ],
)
def test_found_and_not_repeated(properties: dict[str, Any]) -> None:
    (violation,) = found(**properties)
    assert "stands in plain text" in violation
    assert "made-up" not in violation
    assert HEX not in violation


@pytest.mark.parametrize(
    "properties",
    [
        {"apiKey": SECRET},
        {"apiKey": UNKNOWN},
        {"apiKey": ""},
        {"apiKey": "${DD_API_KEY}"},
        {"password": "ENC[k8s_secret@datadog/postgres/password]"},
        {"password": "%%env_PASSWORD%%"},
        {"passwordFile": "/etc/secrets/password"},
        {"secretName": "datadog-agent-api-key"},
        {"valueFrom": {"secretKeyRef": {"name": "datadog", "key": "api-key"}}},
        {"annotations": {"checksum": HEX}},
        {"internalId": HEX},
        {"image": f"example.com/agent@sha256:{HEX}{HEX}"},
        {"url": "https://example.com:8443/path"},
        {"url": "redis://:%%env_PASSWORD%%@cache.example.com"},
        {"data": {"agent.yaml": "password: ENC[k8s_secret@a/b/c]"}},
        {"message": "The token is rotated; the password: see the runbook"},
    ],
)
def test_left_alone(properties: dict[str, Any]) -> None:
    assert found(**properties) == []


def test_values_of_a_kubernetes_secret_are_secret_whatever_they_look_like() -> None:
    kind = "kubernetes:core/v1:Secret"
    shown = broken(plain_secrets.RULE, resource(kind, stringData={"user": "word"}, metadata={"name": "a"}))
    assert [one.partition(":")[0] for one in shown] == ["stringData.user"]
    assert broken(plain_secrets.RULE, resource(kind, stringData={"user": SECRET})) == []
    assert broken(plain_secrets.RULE, resource(kind, data=SECRET)) == []


def test_what_only_looks_like_one_can_be_named() -> None:
    one = resource("some:index:Thing", data={"token": "word"})
    assert broken(plain_secrets.RULE, one, public=["data.token"]) == []
    assert len(broken(plain_secrets.RULE, one, public=["token"])) == 1


@given(st.text(alphabet="0123456789abcdef", min_size=1, max_size=50))
def test_keys_are_told_by_their_length(text: str) -> None:
    assert bool(found(anything=text)) is (len(text) in {32, 40})


NESTED = st.recursive(
    st.just("value"), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("a"), inner)
)


@given(NESTED)
def test_a_secret_is_found_at_any_depth(around: Any) -> None:
    assert len(found(one=[around, {"two": [{"password": "made-up"}]}])) == 1
