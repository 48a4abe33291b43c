"""Whether two backups hold the same: the same resources, objects and definitions, whatever their ids are. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tools.backup.folder import DEFINITIONS, OBJECTS, Backup

_SIGNATURE = "4dabf18193072939515e22adb298388d"
"""Marks a special value in a state (pulumi: sdk/go/common/resource/sig). Of those, our states hold secrets."""
_SHORTEST_ID = 4
"""Shorter texts are no ids but counts, and may stand anywhere."""
_ID_OUTPUTS = ("internalId", "projectId", "monitorId")
_OF_THE_ENGINE = "pulumi:"


def differences(before: Backup, after: Backup) -> list[str]:
    """What is not the same, a line each; empty when all is there again."""
    # An id that is the same in both is a name that we chose, and may be that of several.
    kept = _given(before).items() & _given(after).items()
    old, new = (_comparable(backup, {id_ for id_, _ in kept}) for backup in (before, after))
    lines = [f"missing: {key}" for key in sorted(old.keys() - new.keys())]
    lines += [f"new: {key}" for key in sorted(new.keys() - old.keys())]
    lines += [f"different: {key}" for key in sorted(old.keys() & new.keys()) if old[key] != new[key]]
    return lines


def _comparable(backup: Backup, kept: set[str]) -> dict[str, str]:
    """Key -> text, with the ids that a cloud gave replaced by the names of what they are of."""
    resources = _custom(backup)
    named = {id_: f"<{name}>" for id_, name in _given(backup).items() if id_ not in kept}

    def text(value: Any) -> str:
        return _replaced(json.dumps(_without_secrets(value), sort_keys=True), named)

    own = [one for one in resources if not one["type"].startswith(_OF_THE_ENGINE)]
    return {
        **{f"resource {one['urn'].split('::', 2)[2]}": text(one.get("inputs")) for one in own},
        **{f"object {one['type']} {text(one['identity'])}": "" for one in backup.json(OBJECTS)},
        **{name: text(json.loads(content)) for name, content in backup.files.items() if name.startswith(DEFINITIONS)},
    }


def _custom(backup: Backup) -> list[dict[str, Any]]:
    """The resources that exist in a cloud, in an order that no run has a say in: the first one names an id."""
    return sorted((one for one in backup.deployment["resources"] if one.get("custom")), key=lambda one: str(one["urn"]))


def _given(backup: Backup) -> dict[str, str]:
    named: dict[str, str] = {}
    for one in _custom(backup):
        for id_ in _ids(one):
            named.setdefault(id_, one["urn"].rsplit("::", 1)[1])
    return named


def _ids(resource: Mapping[str, Any]) -> Iterator[str]:
    outputs = resource.get("outputs") or {}
    for id_ in (resource.get("id"), *(outputs.get(name) for name in _ID_OUTPUTS)):
        if isinstance(id_, str | int | float) and len(text := str(id_)) >= _SHORTEST_ID:
            yield text
            # Sentry's are ORGANIZATION/NUMBER, and other objects name the number.
            if text.rpartition("/")[2].isdigit():
                yield text.rpartition("/")[2]


def _replaced(text: str, named: Mapping[str, str]) -> str:
    if not named:
        return text
    ids = "|".join(re.escape(id_) for id_ in sorted(named, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{ids})(?![\w-])", lambda match: named[match[0]], text)


def _without_secrets(value: Any) -> Any:
    """Encrypted values differ at every encryption; that something is secret does not."""
    if isinstance(value, Mapping):
        return "[secret]" if _SIGNATURE in value else {key: _without_secrets(item) for key, item in value.items()}
    return [_without_secrets(item) for item in value] if isinstance(value, list) else value
