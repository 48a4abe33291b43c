"""What differs per stack: `Pulumi.<stack>.yaml` read into one frozen, validated `Settings`.

This is the only reader of Pulumi's configuration. Every problem is reported at once, each with the key's path.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal, get_args

import pulumi
from pulumi.runtime.config import get_config_env, get_config_secret_keys_env
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from infra.naming import PROJECT, Environment, Tier
from infra.problems import Problem, ProblemsError

# https://docs.datadoghq.com/getting_started/site/
DatadogSite = Literal[
    "datadoghq.com", "us3.datadoghq.com", "us5.datadoghq.com", "datadoghq.eu", "ap1.datadoghq.com",
    "ap2.datadoghq.com", "ddog-gov.com",
]  # fmt: skip

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,48}[a-z0-9]$")]
Word = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S+$")]
Secret = Annotated[SecretStr, Field(min_length=1)]
# Recipients of a Datadog notification rule are handles without the leading @.
Recipient = Annotated[
    str, StringConstraints(pattern=r"^(slack-|pagerduty-|opsgenie-|webhook-|team-)\S+$|^[^\s@]+@[^\s@]+$")
]
Recipients = Annotated[tuple[Recipient, ...], Field(min_length=1)]

PAGERS = ("pagerduty-", "opsgenie-")
SECRETS = ("datadogApiKey", "datadogAppKey", "sentryAuthToken", "kubeconfig")


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True)


class DatadogSettings(_Section):
    """Which Datadog organisation's API to talk to."""

    site: DatadogSite = Field(default="datadoghq.com", description=f"one of {', '.join(get_args(DatadogSite))}")
    api_url: Url | None = Field(
        default=None, description="a URL such as https://api.datadoghq.eu; left out, it follows from site"
    )

    @property
    def api(self) -> str:
        """The API's base URL, without a path."""
        return (self.api_url or f"https://api.{self.site}").rstrip("/")


class SentrySettings(_Section):
    """Which Sentry organisation to talk to."""

    organization: Slug = Field(
        description="the organization's slug, as in its URL: lower case letters, digits, hyphens"
    )
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?/api/$")] = Field(
        default="https://sentry.io/api/",
        description="a URL that ends in /api/, such as https://sentry.example.com/api/",
    )


class KubernetesSettings(_Section):
    """Which cluster the agents run in. With neither path nor the secret `kubeconfig`, kubectl's default is used."""

    cluster_name: Slug = Field(
        description="the cluster's name as Datadog shows it: lower case letters, digits, hyphens"
    )
    version: Annotated[str, StringConstraints(strict=True, pattern=r"^1\.(2[5-9]|3[0-9])$")] = Field(
        default="1.34", description='the cluster\'s version in quotes, such as "1.34"; 1.25 is the oldest supported'
    )
    kubeconfig_path: Word | None = Field(default=None, description="the path of a kubeconfig file")
    context: Word | None = Field(default=None, description="a context of that kubeconfig")
    namespace: Slug = Field(default="datadog", description="the namespace the agents live in")


class DockerSettings(_Section):
    """Which Docker engine builds images."""

    host: Annotated[str, StringConstraints(pattern=r"^(unix|npipe|tcp|ssh)://\S+$")] = Field(
        default="unix:///var/run/docker.sock",
        description="an address such as unix:///var/run/docker.sock or tcp://builder:2376",
    )


class RoutingSettings(_Section):
    """Who is told about the alerts of each tier; fields are named as the members of `Tier`."""

    critical: Recipients = Field(description="a list of handles, such as [pagerduty-genonaut, slack-genonaut-alerts]")
    warning: Recipients = Field(description="a list of handles, such as [slack-genonaut-warnings]")
    business: Recipients = Field(description="a list of handles, such as [slack-genonaut-business]")

    def recipients(self, tier: Tier) -> tuple[str, ...]:
        """The handles for this tier."""
        found: tuple[str, ...] = getattr(self, tier.value)
        return found


class RunbookSettings(_Section):
    """Where people read the pages of docs/runbooks."""

    base_url: Url = Field(description="the URL under which docs/runbooks is read, without a slash at its end")


class Settings(_Section):
    """Everything that differs per stack."""

    environment: Environment = Field(description=f"one of {', '.join(Environment)}")
    datadog: DatadogSettings = DatadogSettings()
    sentry: SentrySettings
    kubernetes: KubernetesSettings
    docker: DockerSettings = DockerSettings()
    routing: RoutingSettings
    runbooks: RunbookSettings
    protect: bool = Field(default=False, description="true or false")
    datadog_api_key: Secret = Field(description="pulumi config set --secret datadogApiKey")
    datadog_app_key: Secret = Field(description="pulumi config set --secret datadogAppKey")
    sentry_auth_token: Secret = Field(description="pulumi config set --secret sentryAuthToken")
    kubeconfig: Secret | None = Field(default=None, description="pulumi config set --secret kubeconfig < FILE")

    @model_validator(mode="after")
    def _only_production_pages(self) -> Settings:
        pagers = [r for tier in Tier for r in self.routing.recipients(tier) if r.startswith(PAGERS)]
        if pagers and self.environment is not Environment.PRODUCTION:
            raise ValueError(
                f"routing|{', '.join(pagers)} would page somebody from {self.environment}|only production pages"
            )
        if self.kubeconfig and self.kubernetes.kubeconfig_path:
            raise ValueError("kubernetes.kubeconfigPath|given together with the secret kubeconfig|keep one of the two")
        return self


def read() -> Settings:
    """The settings of the stack that is running. Raises ProblemsError with every problem found."""
    prefix = f"{pulumi.get_project()}:"
    own = {key.removeprefix(prefix): value for key, value in get_config_env().items() if key.startswith(prefix)}
    secret = {key.removeprefix(prefix) for key in get_config_secret_keys_env()}
    return load(own, secret, source=f"Pulumi.{pulumi.get_stack()}.yaml")


def load(values: Mapping[str, str], secret_keys: Collection[str], source: str) -> Settings:
    """Settings from configuration as the engine hands it over: scalars as text, lists and mappings as JSON text.

    `secret_keys` are the keys stored encrypted. Raises ProblemsError with every problem found.
    """
    given = {key: _decode(key, value) for key, value in values.items() if value not in {"", "{}"}}
    problems = [
        Problem(
            key, "is a secret but stands in plain text", f"pulumi config set --secret {key}, and revoke the old value"
        )
        for key in SECRETS
        if key in given and key not in secret_keys
    ]
    try:
        settings = Settings.model_validate({**_empty_sections(), **given})
    except ValidationError as invalid:
        problems += [_explain(error) for error in _own(invalid.errors())]
    if problems:
        raise ProblemsError(source, (Problem(f"{PROJECT}:{p.where}", p.what, p.hint) for p in problems))
    return settings


def _decode(key: str, value: str) -> Any:
    annotation = next((f.annotation for f in Settings.model_fields.values() if f.alias == key), None)
    if isinstance(annotation, type) and issubclass(annotation, _Section):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _empty_sections() -> dict[str, Any]:
    # A section left out is validated as an empty one, so that each of its required keys is named.
    return {
        str(field.alias): {}
        for field in Settings.model_fields.values()
        if isinstance(field.annotation, type) and issubclass(field.annotation, _Section)
    }


def _own(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    # A list whose only item is wrong is also reported as too short; the item's own error says it better.
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(other["loc"][: len(error["loc"])] == error["loc"] and other is not error for other in errors)
    ]


def _explain(error: ErrorDetails) -> Problem:
    path = ".".join(str(part) for part in error["loc"])
    if error["type"] == "value_error":
        where, what, hint = str(error["ctx"]["error"]).split("|")
        return Problem(where, what, hint)
    if error["type"] == "extra_forbidden":
        return Problem(path, "is not a setting", _did_you_mean(error["loc"]))
    hint = _description(error["loc"])
    if error["type"] in {"missing", "too_short", "string_too_short"}:
        return Problem(path, "is missing or empty", hint)
    if str(error["loc"][0]) in SECRETS:
        return Problem(path, "cannot be used", hint)
    value = error["input"]
    if isinstance(value, str) and value.startswith("@"):
        hint = "write it without the leading @"
    return Problem(path, f"{json.dumps(value, default=str)[:80]} cannot be used", hint)


def _model_at(loc: tuple[int | str, ...]) -> type[BaseModel]:
    model: type[BaseModel] = Settings
    for part in loc:
        found = next((f.annotation for f in model.model_fields.values() if f.alias == part), None)
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            break
        model = found
    return model


def _description(loc: tuple[int | str, ...]) -> str:
    fields = {f.alias: f.description or "" for f in _model_at(loc).model_fields.values()}
    names = [str(part) for part in loc if str(part) in fields]
    return fields[names[-1]] if names else "a mapping of settings"


def _did_you_mean(loc: tuple[int | str, ...]) -> str:
    known = sorted(str(f.alias) for f in _model_at(loc[:-1]).model_fields.values())
    close = difflib.get_close_matches(str(loc[-1]), known, n=1)
    return f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"
