"""Property paths as Pulumi writes them: `spec.tags[0]`, `labels["app.kubernetes.io/name"]`."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, MutableSequence
from typing import Any

SIMPLE_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
STEP = re.compile(r"""\.?(?:(?P<name>[A-Za-z_$][\w$-]*)|\[(?P<index>\d+)\]|\["(?P<quoted>[^"]+)"\])""")


class PathError(ValueError):
    """A text is no path, or leads nowhere."""


def join(path: str, name: str) -> str:
    """The path of a member."""
    if not SIMPLE_NAME.fullmatch(name):
        return f'{path}["{name}"]'
    return f"{path}.{name}" if path else name


def top_level(path: str) -> str:
    """The property a path begins with."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def steps(path: str) -> list[str | int]:
    """The names and indexes of a path. Raises `PathError`."""
    found: list[str | int] = []
    position = 0
    while position < len(path):
        match = STEP.match(path, position)
        if match is None:
            raise PathError(f"{path!r} is no property path; write for example monitorThresholds.critical or tags[0]")
        found.append(int(match["index"]) if match["index"] else match["name"] or match["quoted"])
        position = match.end()
    if not found:
        raise PathError("the property path is empty")
    return found


def put(value: Any, path: list[str | int], new: Any) -> None:
    """Set what is at a path, or remove it with `None`. Objects on the way are made, lists grow by one at most.

    Raises `PathError`.
    """
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        if not isinstance(value, MutableSequence) or step > len(value):
            raise PathError(f"there is no item {step}")
        if step == len(value):
            value.append({} if rest else new)
        if rest:
            put(value[step], rest, new)
        elif new is None:
            del value[step]
        else:
            value[step] = new
        return
    if not isinstance(value, MutableMapping):
        raise PathError(f"{step!r} is asked of something that has no members")
    if rest:
        put(value.setdefault(step, {}), rest, new)
    elif new is None:
        value.pop(step, None)
    else:
        value[step] = new
