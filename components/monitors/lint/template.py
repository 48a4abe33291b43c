"""Reads the templates of messages: variables, and blocks that are only sent in some states.

https://docs.datadoghq.com/monitors/notify/variables/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"\{\{(?P<sigil>[#^/!]?)\s*(?P<body>[^{}]*?)\s*\}\}")
_HANDLE = re.compile(r"(?<![\w.])@[\w-]+(?:[.@][\w-]+)*")

CONDITIONS = frozenset(
    {
        "is_alert",
        "is_warning",
        "is_recovery",
        "is_alert_recovery",
        "is_warning_recovery",
        "is_alert_to_warning",
        "is_no_data",
        "is_no_data_recovery",
        "is_unknown",
        "is_renotify",
        "is_priority",
        "is_match",
        "is_exact_match",
    }
)
MATCHES = frozenset({"is_match", "is_exact_match"})


@dataclass(frozen=True, slots=True)
class Block:
    """A condition, with its quoted arguments."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """What a message refers to."""

    blocks: tuple[Block, ...]
    variables: tuple[str, ...]
    """Names between double braces, with the brackets that quote dotted keys taken off."""
    handles: tuple[str, ...]
    """Handles that are sent in every state."""
    faults: tuple[str, ...]
    """Blocks that are not opened, not closed, or closed in the wrong order."""

    def sent_in(self, condition: str) -> bool:
        """Whether there is a block for this state."""
        return any(block.name == condition for block in self.blocks)


def read(message: str) -> Template:
    """Read a message. What is wrong with it is part of the answer: nothing is raised."""
    blocks: list[Block] = []
    variables: list[str] = []
    faults: list[str] = []
    open_blocks: list[str] = []
    outside: list[str] = []
    position = 0
    for tag in _TAG.finditer(message):
        if not open_blocks:
            outside.append(message[position : tag.start()])
        position = tag.end()
        sigil, body = tag["sigil"], tag["body"]
        name = body.split(maxsplit=1)[0] if body else ""
        if sigil in {"#", "^"}:
            open_blocks.append(name)
            blocks.append(Block(name, tuple(re.findall(r'"([^"]*)"', body))))
        elif sigil == "/":
            faults += _closed(name, open_blocks)
        elif not sigil and body != "else":
            variables.append(_unbracketed(body))
    if not open_blocks:
        outside.append(message[position:])
    faults += [f"{{{{#{name}}}}} is never closed" for name in open_blocks]
    handles = tuple(handle for text in outside for handle in _HANDLE.findall(text))
    return Template(tuple(blocks), tuple(variables), handles, tuple(faults))


def _closed(name: str, open_blocks: list[str]) -> Iterator[str]:
    if not open_blocks:
        yield f"{{{{/{name}}}}} closes nothing"
    elif (opened := open_blocks.pop()) != name:
        yield f"{{{{/{name}}}}} closes {{{{#{opened}}}}}"


def _unbracketed(body: str) -> str:
    return re.sub(r"^\[(.+)\]", r"\1", body)
