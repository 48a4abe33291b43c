"""The values that tags have: those of the contract, those that a dashboard names itself, and plausible ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from contract.telemetry.model import Facet, Tag

SERVICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fastapi.request": ("genonaut-api",),
        "celery.run": ("genonaut-worker",),
        "pagination": ("genonaut-api",),
        "browser": ("genonaut-web",),
        "postgres": ("genonaut-postgres",),
        "redis": ("genonaut-redis",),
        "flower": ("genonaut-flower",),
        "load_test": ("genonaut-load-test",),
    }
)
"""Who does what, by the contract's words; a test holds this against the catalog."""
_ALL_SERVICES = ("genonaut-api", "genonaut-worker", "genonaut-web", "genonaut-postgres", "genonaut-redis")
_NODES = tuple(f"node-{letter}" for letter in "abcd")
_ROUTES = (
    "GET /api/v1/content/unified", "GET /api/v1/content", "POST /api/v1/content/search", "GET /api/v1/recommendations",
    "GET /api/v1/tags", "GET /api/v1/bookmarks", "GET /api/v1/generation-jobs", "GET /api/v1/content/{id}",
    "POST /api/v1/bookmarks", "GET /api/v1/users/me", "POST /api/v1/generation-jobs",
    "GET /api/v1/content/{id}", "POST /api/v1/bookmarks", "GET /api/v1/users/me", "POST /api/v1/users",
)  # fmt: skip
_WORKLOADS = ("genonaut-api", "genonaut-worker", "genonaut-web", "genonaut-beat", "genonaut-flower")
_PODS = ("genonaut-api-6d9f7-k2x4p", "genonaut-api-6d9f7-w8q7z", "genonaut-worker-7c5b8-m4t9d",
"genonaut-worker-7c5b8-r6j2h",
         "genonaut-web-58f6c-v9s3n", "genonaut-beat-66d4b-x7l5g")  # fmt: skip
_TABLES = ("content_items", "content_items_auto", "generation_jobs", "users", "user_interactions", "tags")
_VIEWS = ("/dashboard", "/content", "/content/:id", "/generate", "/search", "/settings")
_TASKS = ("generate_image", "refresh_recommendations", "index_content", "send_notifications")

_PLAUSIBLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "env": ("production",), "version": ("1.8.2", "1.8.1"), "host": _NODES, "node": _NODES,
        "kube_namespace": ("genonaut", "datadog"),
        "kube_deployment": _WORKLOADS, "kube_container_name": ("api", "worker", "web", "beat", "flower"),
        "kube_stateful_set": ("genonaut-postgres", "genonaut-redis"), "kube_daemon_set": ("datadog-agent",),
        "pod_name": _PODS, "resource": _ROUTES, "resource_name": _ROUTES, "http.route": _ROUTES,
        "http.status_code": ("200", "201", "304", "404", "422", "500"),
        "status_code": ("200", "201", "404", "422", "500"), "device": ("/dev/nvme0n1p1", "/dev/nvme1n1"),
        "db": ("genonaut",), "schema": ("public",),
        "table": _TABLES, "lock_mode": ("AccessShareLock", "RowExclusiveLock", "ExclusiveLock"),
        "query_signature": ("a4f1c09e", "7b22d1c8", "1e90b3fa", "c7d35e11"),
        "command": ("GET", "SETEX", "LPUSH", "BRPOP"), "worker": ("celery@worker-1", "celery@worker-2",
        "celery@worker-3"), "task": _TASKS, "celery.task": _TASKS,
        "persistentvolumeclaim": ("data-genonaut-postgres-0", "data-genonaut-redis-0"), "team": ("backend", "frontend",
        "platform"),
        "view.name": _VIEWS, "view.url_path_group": _VIEWS, "geo.country": ("Germany", "United States", "Japan",
        "Brazil", "India"),
        "browser.name": ("Chrome", "Safari", "Firefox", "Edge"), "os.name": ("Windows", "macOS", "Android", "iOS"),
        "location": ("aws:eu-central-1", "aws:us-east-1", "aws:ap-northeast-1"),
        "url": ("https://api.genonaut.example/api/v1/health", "https://genonaut.example/"),
        "instance": ("api-health", "web"), "datadog_index": ("main", "errors"),
        "metric_name": ("trace.fastapi.request", "pagination.query.duration", "genonaut.cache.hits"),
        "error.kind": ("TimeoutError", "OperationalError", "ValidationError", "ConnectionResetError", "KeyError"),
        "error.type": ("TypeError", "ChunkLoadError", "NetworkError"),
        "source": ("python", "postgresql", "redis", "nginx"), "reason": ("BackOff", "Unhealthy", "FailedScheduling",
        "Killing"),
        "user": ("genonaut", "datadog"), "app": ("genonaut-api", "genonaut-worker"), "slot_name": ("replica_1",),
        "server_hostname": ("api.genonaut.example", "genonaut.example"), "eviction_signal": ("memory.available",),
        "action.name": ("Search", "Next page", "Generate", "Bookmark", "Open item", "Sign in"),
        "error.message": ("Failed to fetch", "Loading chunk 7 failed", "undefined is not an object"),
        "error.source": ("source", "network", "console"), "name": ("api", "web"),
        "image_tag": ("1.8.2", "1.8.1"), "short_image": _WORKLOADS, "monitor": ("api-error-rate", "disk-usage"),
    }
)  # fmt: skip

_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "http.status_class:1xx": 0.0001, "http.status_class:2xx": 0.96, "http.status_class:3xx": 0.02,
        "http.status_class:4xx": 0.016,
        "http.status_class:5xx": 0.004, "http.status_code:200": 0.93, "http.status_code:201": 0.03,
        "http.status_code:304": 0.02,
        "http.status_code:404": 0.012, "http.status_code:422": 0.004, "http.status_code:500": 0.004,
        "status:info": 0.93, "status:warn": 0.04,
        "status:error": 0.006, "status:debug": 0.01, "status:notice": 0.01, "status:ok": 0.003,
        "status:critical": 0.0002,
        "status:alert": 0.0001, "status:emergency": 0.0001, "version:1.8.2": 0.92, "version:1.8.1": 0.08,
        "queue:default": 0.96, "queue:generation": 0.04,
        "status:success": 0.998, "status:failure": 0.002, "device.type:Desktop": 0.68, "device.type:Mobile": 0.26,
        "device.type:Tablet": 0.05, "device.type:Bot": 0.005, "device.type:Other": 0.005,
    }
)  # fmt: skip
_SERVER_ERRORS = frozenset({"5xx", "500"})
_STATEMENTS = (
    "SELECT content_items WHERE ... ORDER BY created_at LIMIT ?", "SELECT tags JOIN content_tags ...",
    "UPDATE generation_jobs SET status = ?", "INSERT INTO user_interactions ...", "SELECT users WHERE id = ?",
)  # fmt: skip
_RESOURCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"trace.postgres": _STATEMENTS, "trace.redis": ("GET", "SETEX", "LPUSH", "BRPOP", "DEL"), "trace.celery": _TASKS}
)
"""What the resources of traces are, where they are not routes."""
_WORKLOAD_KEYS = frozenset({"pod_name", "kube_deployment", "kube_container_name", "container_name"})
ABSENT = frozenset({"pod_phase:failed", "pod_phase:pending", "pod_phase:unknown", "status:failure"})
"""Tags of gauges that count nothing while all is well."""
_WHOLE = frozenset({"env", "kube_cluster_name", "cluster_name", "kube_namespace", "type", "source"})
"""Keys whose one value here is nearly all there is."""
_MOST = 12
"""Values of one key that are told apart."""


@dataclass(frozen=True, slots=True)
class Known:
    """The values that a dashboard names itself, by tag key, and what its variables are set to, by their names."""

    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    variables: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    emitter: str = ""
    """The metric whose tags they are."""

    def of(self, metric: str) -> Known:
        """The values that the tags of this metric have."""
        return replace(self, emitter=metric)

    def values(self, key: str, tag: Tag | Facet | None) -> tuple[str, ...]:
        """The values of a tag, the most common one first."""
        fixed = tag.values if tag else None
        if fixed is not None:
            return tuple(sorted(fixed, key=lambda value: (-_WEIGHTS.get(f"{_bare(key)}:{value}", 0), value)))[:_MOST]
        if _bare(key) == "service":
            doing = tag.doing if tag else None
            return SERVICES.get(doing, _ALL_SERVICES) if doing else _ALL_SERVICES
        if _bare(key) in ("resource", "resource_name"):
            own = next((each for name, each in _RESOURCES.items() if self.emitter.startswith(name)), None)
            if own:
                return own
        named = self.named.get(key, ())
        return tuple(dict.fromkeys((*_PLAUSIBLE.get(_bare(key), ()), *named)))[:_MOST] or (
            f"{_bare(key)}-1",
            f"{_bare(key)}-2",
        )

    def weights(self, key: str, tag: Tag | Facet | None, *, bad: bool = False) -> dict[str, float]:
        """What share of all events each value has; of bad ones, only server errors where the key is a status."""
        values = self.values(key, tag)
        if bad and any(value in _SERVER_ERRORS for value in values):
            return {value: float(value in _SERVER_ERRORS) for value in values}
        raw = [_WEIGHTS.get(f"{_bare(key)}:{value}", 1 / (rank + 1) ** 0.8) for rank, value in enumerate(values)]
        return {value: weight / sum(raw) for value, weight in zip(values, raw, strict=True)}

    def share(self, key: str, wanted: Iterable[str], tag: Tag | Facet | None, *, bad: bool = False) -> float:
        """What share of all events has one of these values, which may hold wildcards at their ends."""
        if key in _WHOLE:
            return 1.0
        weights = self.weights(key, tag, bad=bad)
        wanted = tuple(wanted)
        found = sum(weight for value, weight in weights.items() if any(_fits(value, each) for each in wanted))
        return found or 0.3

    def resolved(self, value: str) -> str:
        """A value as it is written, or what its variable is set to."""
        if not value.startswith("$"):
            return value
        return self.variables.get(value[1:].removesuffix(".value"), ("", "*"))[1]


def belonging(key: str, values: tuple[str, ...], service: str | None) -> tuple[str, ...]:
    """Of workloads, pods and containers, those of a service."""
    if service is None or key not in _WORKLOAD_KEYS:
        return values
    short = service.removeprefix("genonaut-")
    return tuple(each for each in values if each.startswith(service) or each == short) or (f"{service}-0",)


def _bare(key: str) -> str:
    return key.removeprefix("@")


def _fits(value: str, wanted: str) -> bool:
    if "*" not in wanted:
        return value == wanted
    head, *_, tail = wanted.split("*")
    return value.startswith(head) and value.endswith(tail)
