"""The job that makes the monitoring user, on the real engine: other SQL, another password."""

from __future__ import annotations

from tests.e2e.lab import Lab
from tests.e2e.test_lifecycle import program_with

OURS = ("datadog-postgres", "datadog-postgres-setup", "datadog-postgres-setup-files")


def ids(lab: Lab) -> dict[str, tuple[str, int]]:
    """What is in the cloud, by logical name: its id, and when it was made."""
    return {one.name: (one.id, one.sequence) for one in lab.cloud.objects() if one.name in OURS}


def test_other_sql_is_another_job_and_the_old_one_goes(running: Lab) -> None:
    before = ids(running)
    program_with(running, "components/databases/sql/verify.sql", "-- Run as", "-- To be run as")
    assert running.changes() == {"replace": 2}
    running.up()
    after = ids(running)
    assert set(after) == set(before) == set(OURS)
    assert {name for name in OURS if after[name] != before[name]} == set(OURS) - {"datadog-postgres"}
    assert running.changes() == {}


def test_another_password_is_set_by_another_run(running: Lab) -> None:
    before = ids(running)
    running.pulumi("destroy", "--yes", "--skip-preview", "--target", "**datadog-postgres", "--target-dependents")
    assert ids(running) == {}
    running.up()
    assert set(ids(running)) == set(OURS)
    assert all(made > before[name][1] for name, (_, made) in ids(running).items())
    assert running.changes() == {}
