"""Hides secrets from the rules, so that a rule can tell a secret from plain text, and no message can show one.

The engine hands a pack every secret with a mark around it. pulumi-policy takes the mark off before a rule sees it, but
for rules that mend. Should this stop working with another release, `no-plain-secrets` refuses every stack that has a
secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_policy import policy as library

from policy.rules.model import SECRET

# How secrets travel (sdk/python/lib/pulumi/runtime/rpc.py).
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105


def put_on() -> None:
    """From now on rules that only look are shown SECRET in place of every secret."""
    whole = library.deserialize_properties

    def veiled(properties: Mapping[str, Any], proxy_secrets: bool = False) -> Any:
        return whole(properties if proxy_secrets else hidden(properties), proxy_secrets)

    library.deserialize_properties = veiled


def hidden(value: Any) -> Any:
    """Properties as the engine sends them, with SECRET in place of every secret."""
    if isinstance(value, Mapping):
        if value.get(_SIGNATURE) == _SECRET:
            return SECRET
        return {key: hidden(item) for key, item in value.items()}
    return [hidden(item) for item in value] if isinstance(value, list) else value
