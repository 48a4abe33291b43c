"""Broken stack files: one clear message that names the key, an exit code that is not zero, nothing created."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from infra.settings import SECRETS
from sandbox.home import Home
from tests.e2e.lab import STACK, Lab
from tools.engine import Engine
from tools.engine.engine import ROOT
from tools.stack.workspace import THROW_AWAY

PREFIX = "genonaut-monitoring:"
OWN: dict[str, Any] = yaml.safe_load((ROOT / "Pulumi.sandbox.yaml").read_text())["config"]
PLAIN = {key.removeprefix(PREFIX): value for key, value in OWN.items() if "secure" not in str(value)}
EXAMPLES_PER_PART = 50
PARTS = 4


@st.composite
def broken(draw: st.DrawFn) -> tuple[dict[str, Any], set[str], str]:
    """Plain settings, the secrets that are set, and the key that is wrong."""
    values: dict[str, Any] = yaml.safe_load(yaml.safe_dump(PLAIN))
    secrets = set(SECRETS) - {"kubeconfig"}
    kind = draw(
        st.sampled_from(
            ["missing", "missing inside", "unknown", "unknown inside", "wrong", "plain secret", "no secret"]
        )
    )
    if kind == "missing":
        key = draw(st.sampled_from(["environment", "sentry", "kubernetes", "routing", "runbooks"]))
        del values[key]
    elif kind == "missing inside":
        section, inner = draw(st.sampled_from([
            ("sentry", "organization"), ("kubernetes", "clusterName"), ("runbooks", "baseUrl"),
            ("routing", "critical"), ("routing", "warning"), ("routing", "business"),
        ]))  # fmt: skip
        del values[section][inner]
        key = f"{section}.{inner}"
    elif kind == "unknown":
        key = draw(st.from_regex(r"[a-z]{3,12}", fullmatch=True).filter(lambda word: word not in KNOWN))
        values[key] = draw(WORDS)
    elif kind == "unknown inside":
        section = draw(st.sampled_from(["sentry", "kubernetes", "routing", "runbooks"]))
        inner = draw(st.from_regex(r"x[a-z]{2,10}", fullmatch=True))
        values[section][inner] = draw(WORDS)
        key = f"{section}.{inner}"
    elif kind == "wrong":
        key, wrong = draw(st.sampled_from(sorted(WRONG))), None
        wrong = draw(WRONG[key])
        section, _, inner = key.partition(".")
        if inner:
            values.setdefault(section, {})[inner] = wrong
        else:
            values[section] = wrong
    else:
        key = draw(st.sampled_from(sorted(secrets if kind == "plain secret" else secrets - OPTIONAL)))
        secrets.discard(key)
        if kind == "plain secret":
            values[key] = draw(WORDS)
    return values, secrets, key


KNOWN = frozenset(yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"])
OPTIONAL = frozenset({"pagerdutyServiceKey"})
WORDS = st.from_regex(r"[a-z][a-z0-9-]{2,12}", fullmatch=True)
WRONG: dict[str, st.SearchStrategy[Any]] = {
    "environment": WORDS | st.integers(1, 9) | st.lists(WORDS, min_size=1, max_size=2),
    "protect": WORDS | st.integers(2, 99),
    "datadog.site": WORDS,
    "datadog.apiUrl": WORDS | st.integers(1, 9),
    "sentry.organization": st.from_regex(r"[A-Z][a-z]{1,5} [a-z]{1,5}", fullmatch=True) | st.integers(1, 9),
    "sentry.baseUrl": WORDS,
    "kubernetes.version": st.floats(1, 2) | WORDS | st.integers(1, 40),
    "kubernetes.clusterName": st.lists(WORDS, max_size=2) | st.booleans(),
    "docker.host": WORDS,
    "endpoints.api": WORDS,
    "databases.namespace": st.from_regex(r"[A-Z][a-z]{1,5} [a-z]{1,5}", fullmatch=True) | st.integers(1, 9),
    "routing.critical": WORDS | st.lists(WORDS.map(lambda word: f"@{word}"), min_size=1, max_size=2) | st.just([]),
    "routing.business": st.just([]) | st.dictionaries(WORDS, WORDS, max_size=1),
    "runbooks.baseUrl": WORDS,
}


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory, home: Home, engine: Engine) -> tuple[Lab, dict[str, Any]]:
    """A stack to write broken files for, and its secrets as the engine encrypted them."""
    lab = Lab(tmp_path_factory.mktemp("configuration") / "lab", home, engine)
    lab.set_up(secrets=THROW_AWAY)
    written = yaml.safe_load(lab.stack_file.read_text())
    return lab, written


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_a_broken_stack_file_is_refused(encrypted: tuple[Lab, dict[str, Any]], part: int) -> None:
    lab, written = encrypted
    lab.cloud.reset()

    # Not derandomized: each part draws its own; nothing is shrunk, because every run of the engine takes a second.
    @settings(
        max_examples=EXAMPLES_PER_PART, deadline=None, phases=[Phase.generate], database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(broken())
    def refused(example: tuple[dict[str, Any], set[str], str]) -> None:
        values, secrets, key = example
        kept = {name: entry for name, entry in written["config"].items() if name.removeprefix(PREFIX) in secrets}
        config = {**{f"{PREFIX}{name}": value for name, value in values.items()}, **kept}
        lab.stack_file.write_text(yaml.safe_dump({**written, "config": config}))
        done = lab.up(check=False)
        said = done.stdout + done.stderr
        assert done.returncode != 0, said
        assert key.split(".")[-1] in said, said
        assert "Traceback" not in said, said
        assert lab.cloud.operations() == []

    refused()


def test_every_problem_of_a_file_is_shown_at_once(encrypted: tuple[Lab, dict[str, Any]]) -> None:
    lab, written = encrypted
    lab.cloud.reset()
    config = {
        f"{PREFIX}environment": "prod",
        f"{PREFIX}routing": {"critical": ["@a"]},
        f"{PREFIX}datadog": {"sight": 1},
    }
    lab.stack_file.write_text(yaml.safe_dump({**written, "config": config}))
    done = lab.pulumi("preview", check=False)
    said = done.stdout + done.stderr
    for key in (
        "environment", "routing.critical", "routing.warning", "routing.business", "datadog.sight",
        "sentry.organization", "kubernetes.clusterName", "runbooks.baseUrl",
        "datadogApiKey", "datadogAppKey", "sentryAuthToken",
    ):  # fmt: skip
        assert key in said
    assert f"Pulumi.{STACK}.yaml: 11 problems" in said


def test_a_file_that_is_no_yaml_is_refused_where_it_breaks(encrypted: tuple[Lab, dict[str, Any]]) -> None:
    lab, _ = encrypted
    lab.stack_file.write_text("config: [unclosed")
    done = lab.up(check=False)
    assert done.returncode != 0
    assert "invalid YAML file: yaml: line 1" in done.stderr
