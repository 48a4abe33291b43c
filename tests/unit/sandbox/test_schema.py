"""The schemas derived from the installed SDK classes."""

from __future__ import annotations

import importlib
import json
import re
from importlib.metadata import version

import pulumi
import pytest

from sandbox.schema.cache import Schemas
from sandbox.schema.export import pulumi_schema
from sandbox.schema.model import PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_a_schema_has_the_version_of_the_installed_sdk(schemas: Schemas, package: str) -> None:
    assert schemas.package(package).version == version(PACKAGES[package].replace("_", "-"))


def test_every_class_that_an_sdk_exports_at_its_top_is_known(schemas: Schemas) -> None:
    sentry = importlib.import_module("pulumiverse_sentry")
    classes = [
        each for each in vars(sentry).values() if isinstance(each, type) and issubclass(each, pulumi.CustomResource)
    ]
    known = {token.rsplit(":", 1)[-1] for token in schemas.package("sentry").resources}
    assert known == {each.__name__ for each in classes} - {"Provider"}


def test_a_monitor_is_described_as_its_class_declares_it(schemas: Schemas) -> None:
    monitor = schemas.package("datadog").resources["datadog:index/monitor:Monitor"]
    assert {name for name, each in monitor.inputs.items() if each.required} == {"name", "type", "query", "message"}
    assert monitor.inputs["priority"].type == "string"
    assert monitor.inputs["tags"].type == {"array": "string"}
    assert monitor.inputs["notifyBies"].type == {"array": "string"}


def test_secret_outputs_come_from_the_generated_code(schemas: Schemas) -> None:
    assert schemas.package("kubernetes").resources["kubernetes:core/v1:Secret"].secrets == {"data", "stringData"}
    assert schemas.package("sentry").resources["sentry:index/sentryKey:SentryKey"].secrets == {"secret", "dsnSecret"}


def test_every_reference_between_types_leads_somewhere(schemas: Schemas) -> None:
    for package in map(schemas.package, PACKAGES):
        properties = [each.inputs for each in package.resources.values()] + list(package.types.values())
        names = {name for each in properties for entry in each.values() for name in _references(entry.type)}
        assert names
        assert names <= set(package.types)


@pytest.mark.parametrize("name", PACKAGES)
def test_the_schema_for_import_has_every_type_and_no_dangling_reference(schemas: Schemas, name: str) -> None:
    package = schemas.package(name)
    document = pulumi_schema(package)
    assert set(document["resources"]) == set(package.resources)
    assert len(document["types"]) == len(package.types)
    references = set(re.findall(r"#/types/([^\"]+)", json.dumps(document["resources"]) + json.dumps(document["types"])))
    assert references
    assert references <= set(document["types"])


def _references(expression: object) -> set[str]:
    if isinstance(expression, list):
        return {name for each in expression for name in _references(each)}
    if not isinstance(expression, dict):
        return set()
    if "ref" in expression:
        return {expression["ref"]}
    return {name for each in expression.values() for name in _references(each)}
