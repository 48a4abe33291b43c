"""No secret stands where people and state files can read it.

The engine shows a secret to no rule (policy/veil.py): what is left to see is plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policy.rules.model import SECRET, UNKNOWN, Parameter, Resource, Rule, Settings

_NAMED = re.compile(
    r"(^|[_.-])(password|passwd|passphrase|secret|token|dsn|credentials?|private_?key|(api|app|application|service|access|"
    r"secret|auth|integration|encryption)_?key)$"
)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What stands for a secret: a variable, a template, the agents' own notation, a file.
_REFERENCE = re.compile(r"^(\$[({].*[)}]|\$\w+|\{\{.*\}\}|%%.+%%|ENC\[.*\]|/[\w./-]+|file://.*|<.*>)$", re.DOTALL)
_REFERENCES = ("$", "%%", "{{", "ENC[", "<", "/", "*")
_INLINE = re.compile(
    r"\b(?:password|passwd|pwd|secret|api_?key|app_?key|token)[\"']?\s*[=:]\s*[\"']?(?P<value>[^\s\"',;&}]{6,})",
    re.IGNORECASE,
)
SHAPES: Mapping[str, re.Pattern[str]] = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an address with a password": re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s:/@\"']*:(?![$%{<])[^\s:/@\"']+@[\w.-]+"),
    "a Slack webhook": re.compile(r"hooks\.slack\.com/(?:services|workflows)/\w+/\w+"),
    "a Slack token": re.compile(r"\bxox[abeprs]-[\w-]{10,}"),
    "a GitHub token": re.compile(r"\b(?:gh[oprsu]_\w{20,}|github_pat_\w{20,})"),
    "a Sentry token": re.compile(r"\bsntry[su]_[\w=+/-]{20,}"),
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a signed web token": re.compile(r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"),
    "a PagerDuty address with its key": re.compile(r"events\.pagerduty\.com/integration/\w{20,}"),
}
_KEY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}", re.IGNORECASE)
# Such values are public: hashes of content, and ids.
_PUBLIC = re.compile(r"(checksum|digest|hash|sha\d*|revision|commit|fingerprint|id|uid|uuid)s?$", re.IGNORECASE)


def check(resource: Resource, settings: Settings) -> Iterator[str]:
    """Values that look like secrets, or stand under the name of one. None is repeated in a message."""
    of_secret = resource.type.endswith(":core/v1:Secret")
    for path, value in _texts(resource):
        if value in {SECRET, UNKNOWN, ""} or path in settings["public"]:
            continue
        if of_secret and path.startswith(("data.", "stringData.")):
            what: str | None = "a value of a Kubernetes Secret"
        else:
            what = secret_in(path, value)
        if what:
            yield f"{path}: {what} stands in plain text; make it a secret, such as by `pulumi config set --secret`"


def secret_in(path: str, value: str) -> str | None:
    """What kind of secret a text looks like, by its shape or by the name at the end of its path."""
    name = _WORDS.sub("_", path.rpartition(".")[2]).lower()
    kinds = [what for what, shape in SHAPES.items() if shape.search(value)]
    if not _REFERENCE.match(value):
        kinds += ["what is named as a secret"] if _NAMED.search(name) else []
        kinds += ["what is shaped as an API key"] if _KEY.fullmatch(value) and not _PUBLIC.search(name) else []
        inline = (found["value"] for found in _INLINE.finditer(value))
        kinds += ["a password or token"] if any(not one.startswith(_REFERENCES) for one in inline) else []
    return kinds[0] if kinds else None


def _texts(resource: Resource) -> Iterator[tuple[str, str]]:
    """Every text and the path to it. What a list of names and values holds, such as variables, is found by its name."""

    def walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, Mapping):
            named = value.get("name") if isinstance(value.get("value"), str) else None
            for key, inner in value.items():
                last = f"{path}.{named}" if named and key == "value" else f"{path}.{key}"
                yield from walk(inner, last.removeprefix("."))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from walk(inner, f"{path}[{index}]")

    yield from walk(resource.properties, "")


RULE = Rule(
    name="no-plain-secrets",
    summary="No key, token, password or address with one stands in plain text.",
    remedy="Make it a secret of the stack's configuration, or of `infra/secrets.Generated`.",
    check=check,
    parameters={
        "public": Parameter(
            schema={"type": "array", "items": {"type": "string"}},
            default=[],
            meaning="paths of properties that are no secrets although they look so, such as `data.token`",
        ),
    },
)
