"""Whether a line fits a search, by the rules of Datadog's log search syntax."""

from __future__ import annotations

import fnmatch
import ipaddress
import operator
import re
from functools import cache
from typing import Any

from components.logs.interpret.line import Line
from contract.query import parse_search
from contract.query.search import Attribute, Limit, Network, Phrase, Range, Search, Term
from contract.query.tree import And, Everything, Not, Or

_COMPARE = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


def fits(line: Line, query: str) -> bool:
    """Whether the line is among those that the search finds."""
    return _fits(line, _parsed(query))


@cache
def _parsed(query: str) -> Search:
    return parse_search(query)


def _fits(line: Line, search: Any) -> bool:  # noqa: PLR0911 -- one for each kind of node
    match search:
        case And(operands=operands):
            return all(_fits(line, one) for one in operands)
        case Or(operands=operands):
            return any(_fits(line, one) for one in operands)
        case Not(operand=operand):
            return not _fits(line, operand)
        case Everything():
            return True
        case Attribute(name=name, value=value):
            return _value(line.value(name), value)
        case Network(attribute=name, blocks=blocks):
            return _inside(line.value(name), blocks)
        case Term(text=text) | Phrase(text=text):
            return _said(line.message, text)
    raise ValueError(f"{search} stands for nothing outside of dashboards")


def _value(value: Any, search: Any) -> bool:  # noqa: PLR0911 -- one for each kind of node
    match search:
        case And(operands=operands):
            return all(_value(value, one) for one in operands)
        case Or(operands=operands):
            return any(_value(value, one) for one in operands)
        case Not(operand=operand):
            return not _value(value, operand)
        case Limit(operator=sign, value=limit):
            given = _number(value)
            return given is not None and bool(_COMPARE[sign](given, float(limit)))
        case Range(low=low, high=high, inclusive=inclusive):
            number = _number(value)
            if number is None:
                return False
            above = low == "*" or (number >= float(low) if inclusive else number > float(low))
            return above and (high == "*" or (number <= float(high) if inclusive else number < float(high)))
        case Term(text=text):
            return value is not None and _alike(str(value), text)
        case Phrase(text=text):
            return value is not None and str(value) == text
    return False


def _alike(value: str, pattern: str) -> bool:
    plain = re.sub(r"\\(.)", r"\1", pattern)
    return fnmatch.fnmatchcase(value, plain.replace("[", "[[]"))


def _said(message: str, words: str) -> bool:
    """Words are found whole, and in any case."""
    inside = re.escape(re.sub(r"\\(.)", r"\1", words)).replace(r"\*", r"\w*").replace(r"\?", r"\w")
    return re.search(rf"(?<!\w){inside}(?!\w)", message, re.IGNORECASE) is not None


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _inside(value: Any, blocks: tuple[str, ...]) -> bool:
    try:
        address = ipaddress.ip_address(str(value))
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(block) for block in blocks)
