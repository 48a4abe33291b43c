"""Every command of the docs is run by a test, or is marked as one that needs an account."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.docs.commands import ACCOUNT, MARKED_PROGRAMS, Command, commands, pages
from tools.engine.engine import ROOT

SHELL = {
    "base64", "cat", "cp", "export", "eval", "grep", "head", "mv", "sed", "sort", "tail", "test", "wc", "xargs",
    "git", "[",
}  # fmt: skip
"""What every shell has, or what changes nothing of ours."""
COMMANDS, RECOVERY = "tests/e2e/test_commands.py", "tests/e2e/test_recovery.py"
ROTATION, DOCUMENTED = "tests/e2e/test_rotation.py", "tests/e2e/test_documented.py"
RUN_BY: dict[str, tuple[str, str]] = {
    r"make( STACK=\S+)?": (f"{COMMANDS}::test_help_lists_the_targets", 'run("make")'),
    r"make up\b.*": (f"{COMMANDS}::test_production_runs_on_a_sandbox_of_its_own_and_can_be_taken_down", '"up"'),
    r"make (preview|refresh|stop|-s env|env)\b.*": (f"{DOCUMENTED}::test_targets_of_a_stack", "make -s env"),
    r"(refresh|destroy|stop)": (f"{DOCUMENTED}::test_targets_of_a_stack", "make preview"),
    r"make destroy\b.*": (f"{COMMANDS}::test_production_runs_on_a_sandbox_of_its_own_and_can_be_taken_down", "destroy"),
    r"make recover\b.*": (f"{COMMANDS}::test_recover_has_nothing_to_do_after_an_undisturbed_run", "recover"),
    r"make (mute|unmute)\b.*": (
        f"{COMMANDS}::test_a_mute_around_a_rollout_is_no_difference_for_the_next_run",
        "unmute",
    ),
    r"make (backup|restore)\b.*": (f"{DOCUMENTED}::test_a_backup_is_made_verified_and_restored", "make -s restore"),
    r"sha256sum --check SHA256SUMS": ("tests/unit/backup/test_folder.py::test_other_tools_can_check_it", "--check"),
    r"python -m tools\.backup verify \S+": (f"{DOCUMENTED}::test_a_backup_is_made_verified_and_restored", "verify"),
    r"make drill\b.*": (f"{RECOVERY}::test_whatever_is_lost_comes_back_as_it_was", "Drill("),
    r"make (manifests|golden)\b.*": ("tests/unit/reports/test_manifests.py::", "manifests"),
    r"make (runbooks)\b.*": ("tests/unit/reports/test_runbooks.py::", "runbooks"),
    r"make catalogue": ("tests/unit/reports/test_catalogue.py::", "catalogue"),
    r"make telemetry": ("tests/unit/reports/test_telemetry.py::", "telemetry"),
    r"make pictures\b.*": (f"{DOCUMENTED}::test_it_runs", "reports"),
    r"python -m reports (routing|logs)\b.*": (f"{DOCUMENTED}::test_it_runs", "python -m reports routing"),
    r"(make|python -m reports) cost\b.*": (f"{DOCUMENTED}::test_it_runs", "python -m reports cost"),
    r"make pr-comment\b.*": ("tests/e2e/test_comment.py::", "comment"),
    r"python -m reports comment .*": ("tests/e2e/test_comment.py::", "comment"),
    r"pulumi preview --json --stack production > preview\.json": ("tests/e2e/test_comment.py::", '"preview", "--json"'),
    r"make policy\b( STACK=\S+)?": (
        "tests/e2e/test_policy.py::test_a_preview_of_our_stack_keeps_the_rules",
        '"preview"',
    ),
    r"(make policy-analyze\b|python -m tools\.policy analyze ).*": (
        "tests/e2e/test_policy.py::test_the_state_of_our_stack_keeps_the_rules_until_it_is_changed",
        "analyze(",
    ),
    r"pulumi preview --policy-pack .*": (
        "tests/e2e/test_policy.py::test_a_violating_program_is_refused_before_anything_is_made",
        "--policy-pack",
    ),
    r"python -m reports policy": ("tests/unit/reports/test_policy.py::", "up_to_date"),
    r"make ownership CLOUD=sandbox": ("tests/e2e/test_commands.py::", "tools.ownership --cloud sandbox"),
    r"make ownership STATES=.*": ("tests/unit/ownership/test_collisions.py::test_the_command", "run(main"),
    r"make import .*": (
        "tests/e2e/test_import.py::test_what_was_made_by_hand_comes_in_without_a_change",
        "adoption(own).run",
    ),
    r"python -m reports load .*": ("tests/load/", "load"),
    r"python -m reports\.agents": ("tests/unit/reports/test_agents.py::", "agents"),
    r"python -m reports\.tagging .*": ("tests/unit/reports/test_tagging.py::", "tagging"),
    r"python -m contract (check|explain) .*": (f"{DOCUMENTED}::test_it_runs", "python -m contract explain"),
    r"python -m sandbox --help": (f"{DOCUMENTED}::test_it_runs", "python -m sandbox --help"),
    r"pulumi (preview|refresh|up|destroy)( --yes| --skip-preview)*": (
        f"{COMMANDS}::test_plain_pulumi_works_in_a_prepared_shell",
        "pulumi up",
    ),
    r"pulumi preview --expect-no-changes": (f"{ROTATION}::test_a_new_passphrase_opens_everything", "pulumi preview"),
    r"pulumi stack export --show-secrets > .*": (
        f"{ROTATION}::test_a_new_passphrase_opens_everything",
        "export",
    ),
    r"pulumi stack change-secrets-provider passphrase < \$NEW": (
        f"{ROTATION}::test_a_new_passphrase_opens_everything",
        "change-secrets-provider",
    ),
    r"pulumi config set --secret (datadogApiKey|datadogAppKey|sentryAuthToken)": (
        f"{ROTATION}::test_new_keys_change_who_uses_them",
        "pulumi config set --secret",
    ),
    r"pulumi destroy --target \*\*datadog-postgres --target-dependents": (
        f"{ROTATION}::test_the_password_of_the_monitoring_user",
        "--target-dependents",
    ),
}
"""A command, as a pattern -> the test that runs it (or a part of its name, or a folder), and a text that is in it."""
BY_HAND = {
    r"make (demo|bench|lint|format|lock|clean|test|test-quick|test-cluster)\b.*",
    r"make (browser-packages|browser-snippet|engine|policy-setup)\b.*",
    r"python -m (pytest|tests\.render_comment|tools\.demo|tests\.bench)\b.*",
    r"tools/install-debian\.sh",
    r"pip install \./telemetry\[all\]",
    r"npm install @datadog/browser-rum@\S+",
    r"helm template .*",
    r"celery worker -E",
}
"""Whole suites, long runs and installers: CI runs them. Targets must exist all the same."""


def _beginnings() -> set[str]:
    section = MARKED_PROGRAMS.read_text().partition(f"## What {ACCOUNT}")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    return {program for row in rows for program in re.findall(r"`([^`]+)`", row)}


def _needs_account(command: Command) -> bool:
    return any(f"{command.text} ".startswith(f"{beginning} ") for beginning in _beginnings())


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def problem(command: Command) -> str | None:
    """Why this command is neither run nor marked."""
    if command.words[0] == "make":
        named = [word for word in command.words[1:] if not word.startswith("-") and "=" not in word]
        missing = [word for word in named if word not in targets()]
        if missing:
            return f"{command}: the Makefile has no target {missing[0]}"
    if command.needs_account or _needs_account(command) or command.words[0] in SHELL:
        return None
    if any(re.fullmatch(pattern, command.text) for pattern in [*RUN_BY, *BY_HAND]):
        return None
    return (
        f"{command}: no test runs it. Add it to RUN_BY in tests/unit/docs/test_commands.py with the test that does, "
        f"or end its line with `# {ACCOUNT}`."
    )


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_each_command_is_run_or_marked(page: Path) -> None:
    problems = [found for command in commands(page) if (found := problem(command))]
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("pattern", RUN_BY)
def test_the_test_that_runs_it_exists(pattern: str) -> None:
    place, contained = RUN_BY[pattern]
    path, _, name = place.partition("::")
    files = sorted((ROOT / path).rglob("*.py")) if path.endswith("/") else [ROOT / path]
    text = "".join(file.read_text() for file in files)
    assert not name or f"def {name}" in text, place
    assert contained in text, f"{place} does not run {contained}"


def test_a_made_up_command_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# Page\nType `make frobnicate` or `pulumi frobnicate`.\n\n```sh\nls | wc -l\nfrob 'a\nb' # why\n```\n"
    )
    found = [problem(command) for command in commands(page)]
    assert [bool(text) for text in found] == [True, True, True, False, True]
    assert found[0] == f"{page}:2: `make frobnicate`: the Makefile has no target frobnicate"
    assert str(found[1]).startswith(f"{page}:2: `pulumi frobnicate`: no test runs it. Add it to RUN_BY")
    assert str(found[4]).startswith(f"{page}:7: `frob a\nb`")


def test_what_is_marked_is_not_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        f"`pulumi x` ({ACCOUNT}), `pulumi y`.\n```sh\npulumi a  # {ACCOUNT}\npulumi b\n```\n"
        f"```sh\n# {ACCOUNT}\npulumi c\nf() {{ pulumi d; }}\nf now\n```\n"
    )
    asked = [command.words[1] for command in commands(page) if problem(command)]
    assert asked == ["y", "b"]
    assert [command.words[1] for command in commands(page)] == ["x", "y", "a", "b", "c", "d"]
