"""How the vendors word what goes wrong."""

from __future__ import annotations

from sandbox.kubernetes.kinds import api_version_of, group_of, kind_of, plural

NAMES = {
    "datadog": "Datadog", "sentry": "Sentry", "sentry-alerts": "Sentry", "kubernetes": "Kubernetes", "docker": "Docker",
}  # fmt: skip


def _resource(token: str) -> str:
    group = group_of(api_version_of(token))
    return f"{plural(kind_of(token))}.{group}" if group else plural(kind_of(token))


def not_found(token: str, id_: str) -> str:
    """An object that is not there."""
    if token.startswith("kubernetes:"):
        return f'{_resource(token)} "{id_.rsplit("/", 1)[-1]}" not found'
    return f"404 Not Found: no {token.rsplit(':', 1)[-1]} {id_!r}"


def already_exists(token: str, name: str) -> str:
    """A name that is taken; of a Kubernetes object it is `group/Kind namespace/name`."""
    if token.startswith("kubernetes:"):
        return f'{_resource(token)} "{name.rsplit(maxsplit=1)[-1].rsplit("/", 1)[-1]}" already exists'
    return f"409 Conflict: {name} already exists"


def injected(token: str, kind: str, message: str) -> str:
    """A failure that was asked for, in the vendor's words unless a message was given."""
    if message:
        return message
    vendor = NAMES[token.split(":", 1)[0]]
    if kind == "rate-limit":
        return f"429 Too Many Requests: {vendor}: rate limit reached, please try again later (made by the sandbox)"
    return f"500 Internal Server Error: {vendor}: the request failed (made by the sandbox)"
