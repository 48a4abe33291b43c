"""The settings, from environment variables by the names that Datadog, Sentry and Prometheus use."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, field_validator

from genonaut_telemetry.metrics.vocabulary import Collection, JobType

Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
Tag = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\w./+-]+$")]


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueError("must be JSON") from error


Json = BeforeValidator(_decoded)


class SettingsError(ValueError):
    """Settings that cannot be used: every problem, one a line, with the name of its variable."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("the settings of the telemetry cannot be used:\n" + "\n".join(f"- {p}" for p in problems))
        self.problems = tuple(problems)


class Settings(BaseModel):
    """What is sent, and where. Every field is an environment variable; its alias is the name."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, extra="forbid", hide_input_in_errors=True)

    service: Tag = Field(default="app", validation_alias="DD_SERVICE")
    environment: Tag = Field(default="development", validation_alias="DD_ENV")
    version: Tag = Field(default="0", validation_alias="DD_VERSION")

    agent_host: str | None = Field(default=None, validation_alias="DD_AGENT_HOST")
    agent_url: str | None = Field(default=None, validation_alias="DD_TRACE_AGENT_URL")
    """Where traces go: http://host:port or unix:///path."""
    traces: bool | None = Field(default=None, validation_alias="DD_TRACE_ENABLED")
    """None: where an agent is named and ddtrace is installed."""
    sampling_rules: Annotated[tuple[Mapping[str, Any], ...], Json] | None = Field(
        default=None, validation_alias="DD_TRACE_SAMPLING_RULES"
    )
    log_correlation: bool = Field(default=True, validation_alias="DD_LOGS_INJECTION")
    json_logs: bool = Field(default=False, validation_alias="GENONAUT_TELEMETRY_JSON_LOGS")
    profiling: bool = Field(default=False, validation_alias="DD_PROFILING_ENABLED")

    dogstatsd_url: str | None = Field(default=None, validation_alias="DD_DOGSTATSD_URL")
    """udp://host:port or unix:///path; without it, the agent's host."""
    dogstatsd_port: int = Field(default=8125, ge=1, le=65535, validation_alias="DD_DOGSTATSD_PORT")

    prometheus: bool | None = Field(default=None, validation_alias="GENONAUT_TELEMETRY_PROMETHEUS")
    """None: where prometheus_client is installed."""
    prometheus_folder: Path | None = Field(default=None, validation_alias="PROMETHEUS_MULTIPROC_DIR")
    """Where processes of one container share their values."""
    metrics_path: str = Field(default="/metrics", validation_alias="GENONAUT_TELEMETRY_METRICS_PATH")
    worker_metrics_port: int | None = Field(
        default=None, ge=1, le=65535, validation_alias="GENONAUT_TELEMETRY_WORKER_PORT"
    )
    """The port on which a Celery worker answers Prometheus; None for no port."""

    sentry_dsn: SecretStr | None = Field(default=None, validation_alias="SENTRY_DSN")
    sentry_environment: Tag | None = Field(default=None, validation_alias="SENTRY_ENVIRONMENT")
    """None: DD_ENV."""
    sentry_release: str | None = Field(default=None, max_length=200, validation_alias="SENTRY_RELEASE")
    """None: DD_SERVICE@DD_VERSION."""
    sentry_sample_rate: Fraction = Field(default=1.0, validation_alias="SENTRY_SAMPLE_RATE")
    sentry_traces_sample_rate: Fraction | None = Field(default=None, validation_alias="SENTRY_TRACES_SAMPLE_RATE")
    """None: the traces are Datadog's alone."""
    sentry_drop: Annotated[tuple[str, ...], Json] = Field(default=(), validation_alias="GENONAUT_TELEMETRY_SENTRY_DROP")
    """Names of exceptions that are no errors, such as `app.errors.NotFound` or `NotFound`."""
    monitored_jobs: Annotated[tuple[str, ...], Json] = Field(
        default=("beat-heartbeat",), validation_alias="GENONAUT_TELEMETRY_MONITORED_JOBS"
    )
    """Entries of beat's schedule that send check-ins to Sentry, each of which costs."""

    slow_query: Seconds = Field(default=0.5, validation_alias="GENONAUT_TELEMETRY_SLOW_QUERY_SECONDS")
    paginated_routes: Annotated[Mapping[str, Collection], Json] = Field(
        default={}, validation_alias="GENONAUT_TELEMETRY_PAGINATED_ROUTES"
    )
    """The path of a route as it is declared, and which collection it lists."""
    generation_tasks: Annotated[Mapping[str, JobType], Json] = Field(
        default={}, validation_alias="GENONAUT_TELEMETRY_GENERATION_TASKS"
    )
    """Names of Celery tasks that are a generation job each, and its type."""
    excluded_paths: Annotated[tuple[str, ...], Json] = Field(
        default=("/health",), validation_alias="GENONAUT_TELEMETRY_EXCLUDED_PATHS"
    )
    """Paths that are not traced, besides those that are made here."""
    health_cache: Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)] = Field(
        default=2.0, validation_alias="GENONAUT_TELEMETRY_HEALTH_CACHE_SECONDS"
    )

    @field_validator("agent_url", "dogstatsd_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        url = urlsplit(value)
        if url.scheme not in ("http", "https", "udp", "unix") or not (url.path if url.scheme == "unix" else url.netloc):
            raise ValueError("must be http://host:port, udp://host:port or unix:///path")
        return value

    @field_validator("sentry_dsn")
    @classmethod
    def _a_dsn(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        url = urlsplit(value.get_secret_value())
        if url.scheme not in ("http", "https") or not url.username or not url.hostname or not url.path.strip("/"):
            raise ValueError("must be a DSN as Sentry shows it, https://key@host/project")
        return value

    @field_validator("metrics_path", "excluded_paths", "paginated_routes")
    @classmethod
    def _paths(cls, value: Any) -> Any:
        for path in (value,) if isinstance(value, str) else value:
            if not path.startswith("/"):
                raise ValueError(f"{path!r} must begin with /")
        return value

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Self:
        """The settings of this process. Raises SettingsError with all problems at once; an empty value is none."""
        environ = os.environ if environ is None else environ
        names = {str(field.validation_alias) for field in cls.model_fields.values()}
        values = {name: environ[name] for name in sorted(names) if environ.get(name)}
        problems: list[str] = []
        try:
            settings = cls.model_validate(values)
        except ValidationError as error:
            problems = [_text(detail) for detail in error.errors(include_input=False, include_url=False)]
            wrong = {detail["loc"][0] for detail in error.errors()}
            settings = cls.model_validate({name: value for name, value in values.items() if name not in wrong})
        problems += settings.contradictions()
        if problems:
            raise SettingsError(problems)
        return settings

    def contradictions(self) -> list[str]:
        """What cannot be done as it is set, one sentence each."""
        return list(self._contradictions())

    def _contradictions(self) -> Iterator[str]:
        for variable, wanted, module, extra in (
            ("DD_TRACE_ENABLED", self.traces, "ddtrace", "datadog"),
            ("DD_PROFILING_ENABLED", self.profiling, "ddtrace", "datadog"),
            ("DD_DOGSTATSD_URL", self.dogstatsd_url, "datadog", "datadog"),
            ("SENTRY_DSN", self.sentry_dsn, "sentry_sdk", "sentry"),
            ("GENONAUT_TELEMETRY_PROMETHEUS", self.prometheus, "prometheus_client", "prometheus"),
            ("GENONAUT_TELEMETRY_WORKER_PORT", self.worker_metrics_port, "prometheus_client", "prometheus"),
        ):
            if wanted and not installed(module):
                yield f"{variable}: {module} is not installed: pip install 'genonaut-telemetry[{extra}]'"
        if self.sends:
            for name in ("service", "environment", "version"):
                if name not in self.model_fields_set:
                    alias = type(self).model_fields[name].validation_alias
                    yield f"{alias}: missing, and without it nobody can tell what the telemetry is about"
        if self.prometheus_folder and not self.prometheus_folder.is_dir():
            yield f"PROMETHEUS_MULTIPROC_DIR: {self.prometheus_folder} is not a folder"

    @property
    def names_agent(self) -> bool:
        """Whether it is said where Datadog's agent is."""
        return bool(self.agent_host or self.agent_url or self.dogstatsd_url)

    @property
    def sends(self) -> bool:
        """Whether anything leaves the process."""
        return self.names_agent or bool(self.traces or self.profiling or self.sentry_dsn)

    @property
    def traces_on(self) -> bool:
        """Whether requests, queries and tasks are traced."""
        return (self.names_agent if self.traces is None else self.traces) and installed("ddtrace")

    @property
    def dogstatsd_on(self) -> bool:
        """Whether metrics are sent to Datadog's agent."""
        return bool(self.dogstatsd_url or self.agent_host) and installed("datadog")

    @property
    def prometheus_on(self) -> bool:
        """Whether metrics are kept for Prometheus."""
        return self.prometheus is not False and installed("prometheus_client")


def installed(module: str) -> bool:
    """Whether this module can be imported; it is not imported."""
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _text(detail: Any) -> str:
    message = str(detail["msg"]).removeprefix("Value error, ")
    where = ".".join(str(part) for part in detail["loc"])
    return f"{where}: {message[:1].lower()}{message[1:]}"
