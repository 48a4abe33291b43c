"""The proof of monitors made of others, before any of them has an id."""

from __future__ import annotations

import re
from collections.abc import Mapping

from contract.proof.hints import did_you_mean
from contract.query import QueryError
from contract.query.composite import parse_composite

_NAME = re.compile(r"\{([^{}]*)\}")


def prove_composite(query: str, monitors: Mapping[str, str]) -> list[str]:
    """Findings about a composite whose members stand as `{logical-name}`: `{api-errors} && !{deploying}`.

    Args:
        query: the query with the members' logical names in braces.
        monitors: the types of all monitors there are, by logical name; a composite cannot be a member of another.
    """
    names = list(dict.fromkeys(_NAME.findall(query)))
    numbers = {name: number for number, name in enumerate(names, 1)}
    try:
        parse_composite(_NAME.sub(lambda match: str(numbers[match[1]]), query))
    except QueryError as error:
        return [error.reason]
    found = []
    for name in names:
        if name not in monitors:
            found.append(f"there is no alert {name}{did_you_mean(name, monitors)}")
        elif monitors[name] == "composite":
            found.append(f"{name} is a composite itself, which cannot be part of another")
    return found
