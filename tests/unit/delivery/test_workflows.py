"""What must hold for every workflow, beyond what its linters know."""

from __future__ import annotations

import re

import pytest

from reports.__main__ import main as reports
from tests.unit.delivery.workflows import ACTIONS, ROOT, STACKS, WORKFLOWS, jobs, make_targets, parsed, steps
from tools.delivery.__main__ import main as delivery

LIMITS = {"contents": "read", "id-token": "write", "issues": "write", "pull-requests": "write"}
"""The most that any job here is allowed."""
MAY_WRITE = {"pull-requests": {("preview.yml", "comment")}, "issues": {("drift.yml", "drift")}}
UNTRUSTED = ("head_ref", "head.ref", "title", "body", "head_commit", "label", "user.login", "inputs.")


def test_there_are_workflows_to_look_at() -> None:
    assert {file.stem for file in WORKFLOWS} >= {"check", "preview", "deploy", "drift", "maintenance"}
    assert ACTIONS


def test_nothing_is_allowed_beyond_what_a_job_asks_for() -> None:
    for file in WORKFLOWS:
        assert parsed(file)["permissions"] == {}, file.name
    for file, name, job in jobs():
        for scope, level in job["permissions"].items():
            assert LIMITS[scope] == level, f"{file.name}: {name}: {scope}"
            assert scope not in MAY_WRITE or (file.name, name) in MAY_WRITE[scope], f"{file.name}: {name}: {scope}"


def test_who_may_log_in_may_not_write_into_the_repository() -> None:
    for file, name, job in jobs():
        if file.name == "preview.yml":
            assert not {"id-token", "pull-requests"} <= set(job["permissions"]), name


def test_every_job_ends_by_itself_on_a_runner_of_a_fixed_release() -> None:
    for file, name, job in jobs():
        if "uses" not in job:
            assert 0 < job["timeout-minutes"] <= 90, f"{file.name}: {name}"
            assert job["runs-on"] == "ubuntu-24.04", f"{file.name}: {name}"


def test_no_two_runs_work_on_one_stack_at_a_time() -> None:
    for file, name, job in jobs():
        if file.name in {"deploy.yml", "drift.yml"}:
            stack = name if file.name == "deploy.yml" else "${{ matrix.stack }}"
            assert job["concurrency"] == {"group": f"{file.stem}-{stack}", "cancel-in-progress": False}
    for file in WORKFLOWS:
        # A called workflow is in the group of its caller.
        assert "workflow_call" in parsed(file)["on"] or "concurrency" in parsed(file) or file.name == "drift.yml"


def test_actions_are_pinned_to_a_commit_and_say_which_release_it_is() -> None:
    found = [line for file in (*WORKFLOWS, *ACTIONS) for line in file.read_text().splitlines() if "uses:" in line]
    pins: dict[str, set[str]] = {}
    for line in found:
        used = line.split("uses:")[1].strip()
        if not used.startswith("./"):
            action, pin = used.split("@")
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), line
            pins.setdefault(action, set()).add(pin)
        else:
            assert (ROOT / used).exists(), line
    assert pins["pulumi/actions"] == {"8e5e406f4007fca908480587cb9893c07090f58d # v7.0.0"}
    assert all(len(pin) == 1 for pin in pins.values()), "one release of each"


def test_no_checkout_leaves_a_token_behind() -> None:
    checkouts = [step for step in steps() if str(step.content.get("uses", "")).startswith("actions/checkout@")]
    assert checkouts
    for step in checkouts:
        assert step.content["with"] == {"persist-credentials": False}, step


def test_commands_take_no_text_that_others_write() -> None:
    for step in steps():
        assert "${{" not in step.run, f"{step}: give it in `env`"
        for name, value in (step.content.get("env") or {}).items():
            bad = [word for word in UNTRUSTED if word in str(value) and "inputs.organization" not in str(value)]
            assert not bad, f"{step}: {name}"


def test_no_workflow_uses_a_stored_secret_or_runs_others_code_with_rights() -> None:
    for file in (*WORKFLOWS, *ACTIONS):
        assert "secrets." not in file.read_text(), file.name
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(parsed(file).get("on", {})), file.name


def test_what_a_fork_can_start_has_no_rights() -> None:
    for file, name, job in jobs():
        if "pull_request" not in parsed(file)["on"]:
            continue
        own = "head.repo.full_name == github.repository" in str(job.get("if", ""))
        rights = set(job["permissions"]) - {"contents"}
        # What needs a job that a fork skips is skipped, too.
        assert own or not rights or job.get("needs") == "preview", f"{file.name}: {name}"


def test_every_make_target_exists() -> None:
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    called = list(make_targets())
    assert len(called) > 10
    assert [target for _, target in called if target not in known] == []


def test_check_runs_what_ci_runs() -> None:
    own = set(re.findall(r"^make ([a-z-]+)$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE))
    assert "lint" in own
    called = {target for where, target in make_targets() if where.startswith(("check.yml", "action.yml: setup"))}
    assert own <= called


def commands() -> list[tuple[str, str]]:
    found = [
        (module, verb)
        for step in steps()
        for module, verb in re.findall(r"python -m (tools\.delivery|reports) ([a-z-]+)", step.run)
    ]
    return sorted(set(found))


@pytest.mark.parametrize(("module", "verb"), commands())
def test_every_command_exists(module: str, verb: str) -> None:
    assert verb in {"tools.delivery": delivery, "reports": reports}[module].commands


def test_every_real_stack_is_previewed_deployed_and_watched() -> None:
    files = {file.name.split(".")[1] for file in ROOT.glob("Pulumi.*.yaml")}
    assert files == {*STACKS, "sandbox"}
    matrices = [(file.name, name, job["strategy"]["matrix"]) for file, name, job in jobs() if "strategy" in job]
    assert {name for name, *_ in matrices} >= {"preview.yml", "drift.yml"}
    for file, name, matrix in matrices:
        assert set(matrix["stack"]) == STACKS, f"{file}: {name}"
    deployed = parsed(ROOT / ".github/workflows/deploy.yml")["jobs"]
    assert {job["with"]["stack"] for job in deployed.values()} == STACKS
    assert deployed["production"]["needs"] == "staging"


def test_a_plan_is_applied_only_after_the_environments_approval() -> None:
    plan, apply = parsed(ROOT / ".github/workflows/deploy-stack.yml")["jobs"].values()
    assert "environment" not in plan
    assert apply["needs"] == "plan"
    assert apply["environment"] == "${{ inputs.stack }}"
    verbs = [re.findall(r"tools\.delivery ([a-z]+)", step.get("run", "")) for step in apply["steps"]]
    assert ["apply"] in verbs
    assert ["plan"] not in verbs


def test_the_installed_engine_is_the_one_that_tests_run() -> None:
    version = re.findall(r"pulumi-version: (\S+)", (ROOT / ".github/actions/pulumi/action.yml").read_text())
    assert [f"v{one}" for one in version] == re.findall(
        r"github\.com/pulumi/pulumi/pkg/v3 (v\S+)", (ROOT / "tools/engine/cli/go.mod").read_text()
    )
