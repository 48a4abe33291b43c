"""The catalog of services: every entry is one that Datadog takes, and what is wrong is told with its place."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from components.apm.software.check import check
from components.apm.software.compile import compile_entry, entity, entry_key
from components.apm.software.spec import Contact, EntrySpec, Kind, SoftwareSpec
from infra.naming import Mark
from reports.runbooks.pages import FOLDER
from reports.stacks import settings_of
from sandbox.checks.datadog.apm import check_entity
from stacks.specs import compose
from tests.examples import STACKS, VALUES, settings

URLS = {
    "executive-overview": "/dashboard/abc/overview",
    "service-api": "/dashboard/def/api",
    "service-worker": "/dashboard/ghi/worker",
    "service-web": "/dashboard/jkl/web",
}


def catalog(stack: str = "production") -> SoftwareSpec:
    """The catalog as the stack would make it if it were the owner."""
    configured = settings_of(stack)
    owning = configured.model_copy(update={"datadog": configured.datadog.model_copy(update={"owner_stack": stack})})
    found = compose(owning, stack).software
    assert found
    return found


def told(**changes: Any) -> str:
    """The problems of a catalog whose first entry, the API's, is changed."""
    spec = catalog()
    entries = (dataclasses.replace(spec.entries[0], **changes), *spec.entries[1:])
    return "\n".join(map(str, check(dataclasses.replace(spec, entries=entries))))


@pytest.mark.parametrize("stack", STACKS)
def test_every_entry_fits_the_official_model(stack: str) -> None:
    spec = catalog(stack)
    assert check(spec) == []
    for entry in spec.entries:
        assert check_entity({"entity": compile_entry(entry, spec, URLS)}) == []


def test_there_is_one_entry_for_each_service_and_database() -> None:
    kinds = {entry.name: entry.kind for entry in catalog().entries}
    assert kinds == {
        **dict.fromkeys(("genonaut-api", "genonaut-worker", "genonaut-web"), Kind.SERVICE),
        **dict.fromkeys(("genonaut-postgres", "genonaut-redis"), Kind.DATASTORE),
    }


def test_an_entry_says_who_owns_it_what_it_needs_and_where_to_read_on() -> None:
    spec = catalog()
    api = entity(spec.entries[0], spec, URLS)
    assert api["metadata"]["owner"] == "genonaut-backend"
    assert api["spec"]["dependsOn"] == [
        "service:genonaut-worker", "datastore:genonaut-postgres", "datastore:genonaut-redis",
    ]  # fmt: skip
    links = {(link["type"], link["name"]): link["url"] for link in api["metadata"]["links"]}
    assert links["runbook", "latency"].endswith("/docs/runbooks/latency.md")
    assert links["dashboard", "executive-overview"] == "https://app.datadoghq.com/dashboard/abc/overview"
    assert ("repo", "Source") in links
    assert {"name": "#alerts", "type": "slack", "contact": "https://genonaut.slack.com/archives/alerts"} in api[
        "metadata"
    ]["contacts"]
    assert set(Mark("production").tag_filter) <= set(api["metadata"]["tags"])


def test_every_runbook_that_is_linked_exists() -> None:
    for entry in catalog().entries:
        for page in entry.runbooks:
            assert (FOLDER / f"{page}.md").exists(), (entry.name, page)


def test_dashboards_are_linked_where_people_open_them() -> None:
    spec = dataclasses.replace(catalog(), page_url="https://us3.datadoghq.com")
    text = compile_entry(spec.entries[0], spec, URLS)
    urls = [link["url"] for link in json.loads(text)["metadata"]["links"] if link["type"] == "dashboard"]
    assert urls == [f"https://us3.datadoghq.com{URLS[key]}" for key in ("executive-overview", "service-api")]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"owner": "genonaut-nobody"}, "software.api: nobody is genonaut-nobody (one of genonaut-backend"),
        ({"runbooks": ()}, "software.api: has no runbook"),
        ({"needs": ("genonaut-nothing",)}, "software.api: needs genonaut-nothing, which has no entry"),
        ({"needs": ("genonaut-api",)}, "software.api: needs itself: genonaut-api -> genonaut-api"),
        (
            {"needs": ("genonaut-web",)},
            "software.api: needs itself: genonaut-api -> genonaut-web -> genonaut-api",
        ),
        ({"dashboards": ("unknown",)}, "software.api: is shown on no dashboard unknown"),
        ({"repository": "git@example.com"}, "software.api: its repository 'git@example.com' is no URL"),
        ({"description": " "}, "software.api: has no description"),
        ({"name": "Genonaut API"}, "software.api: 'Genonaut API' is no value of the tag service"),
        ({"name": "genonaut-web"}, "software: genonaut-web has 2 entries: api, web"),
        ({"kind": Kind.DATASTORE}, "software.api: a datastore has no dependencies and languages"),
        ({"key": "API"}, "software.API: its key cannot be part of a name"),
    ],
)
def test_wrong_entries_are_told(changes: dict[str, Any], problem: str) -> None:
    assert problem in told(**changes)


def test_a_cycle_is_told_once() -> None:
    assert told(needs=("genonaut-web",)).count("needs itself") == 1


def test_whom_critical_alerts_wake_is_the_contact() -> None:
    routing = {**VALUES["routing"], "critical": ["pagerduty-example", "ops@example.com", "slack-team-alerts"]}
    owning = {"datadog": {"ownerStack": "example"}}
    made = compose(settings(routing=routing, **owning), "example").software
    assert made
    assert check(made) == []
    assert [(one.type, one.contact) for one in made.contacts] == [
        ("pagerduty", "@pagerduty-example"),
        ("email", "ops@example.com"),
        ("slack", "@slack-team-alerts"),
    ]


@pytest.mark.parametrize(
    "contact",
    [
        Contact(name="x", type="slack", contact="https://example.com"),
        Contact(name="mail", type="email", contact="nobody"),
        Contact(name="mail", type="email", contact=""),
    ],
)
def test_wrong_contacts_are_told(contact: Contact) -> None:
    (problem,) = check(dataclasses.replace(catalog(), contacts=(contact,)))
    assert problem.where == f"software.contacts.{contact.name}"


def test_the_sandbox_says_what_the_provider_would_hide() -> None:
    spec = catalog()
    entry: EntrySpec = spec.entries[0]
    assert entry_key(entry) == "api-entry"

    def refused(**changes: Any) -> list[str]:
        body = {**entity(entry, spec, URLS), **changes}
        return [problem.reason for problem in check_entity({"entity": json.dumps(body)})]

    assert refused() == []
    assert refused(kind="servise") == ["kind: 'servise' is not allowed; did you mean 'service'?"]
    assert "apiVersion is 'v2.2'" in refused(apiVersion="v2.2")[0]
    assert refused(spec={"lifecycle": ""}) == ["spec.lifecycle: breaks the API's limit: min length 1"]
    (unknown,) = refused(spec={"ownr": "x"})
    assert unknown.startswith("spec.ownr: the API knows no such member")
