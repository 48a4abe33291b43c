"""Service check monitors: how often in a row a check may fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract.query.errors import Fault
from contract.query.signatures import unquoted
from contract.query.tree import offset
from contract.query.vocabulary import CHECK_STEPS, MOST_CHECKS

if TYPE_CHECKING:
    from contract.query.chain import Chain, Step


@dataclass(frozen=True, slots=True)
class ServiceCheckMonitor:
    """The query of a service check monitor.

    `last` is how many of the latest statuses are looked at. `by_percent` is set for cluster alerts, which compare the
    share of failing checks instead of counting in a row.
    """

    check: str
    over: tuple[str, ...]
    group_by: tuple[str, ...]
    last: int
    exclude: tuple[str, ...] = ()
    by_percent: bool = False
    position: int = offset()


def read_service_check(chain: Chain) -> ServiceCheckMonitor:
    """Give a chain the meaning of a service check monitor.

    Raises:
        Fault: a step is unknown, missing or wrong.
    """
    if chain.head or chain.subject is None:
        raise Fault('a service check starts with its name in quotes: "http.can_connect".over("*")…', chain.position)
    check = unquoted(chain.subject)
    if not check.strip():
        raise Fault("the check has no name", chain.position)
    steps = chain.read(CHECK_STEPS)
    if chain.comparison:
        raise Fault(
            "a service check compares with the thresholds of its options, not in the query", chain.comparison.position
        )
    by_percent = _counting(chain, steps)
    if "by" not in steps:
        raise Fault(f'a service check needs a grouping: add .by("host") or .by("*") ({check})', chain.position)
    return ServiceCheckMonitor(
        check,
        _needed(chain, steps, "over").words('the tags, or "*"'),
        steps["by"].words('the tags to group by, or "*"'),
        _last(_needed(chain, steps, "last")),
        steps["exclude"].words("the tags to leave out") if "exclude" in steps else (),
        by_percent,
        chain.position,
    )


def _needed(chain: Chain, steps: dict[str, Step], name: str) -> Step:
    if name not in steps:
        raise Fault(f"a service check needs .{name}(…)", chain.position)
    return steps[name]


def _counting(chain: Chain, steps: dict[str, Step]) -> bool:
    ends = [steps[name] for name in ("count_by_status", "pct_by_status") if name in steps]
    if len(ends) != 1 or ends[0] is not chain.steps[-1]:
        raise Fault("a service check ends with .count_by_status() or .pct_by_status()", chain.position)
    ends[0].nothing()
    return ends[0].name == "pct_by_status"


def _last(step: Step) -> int:
    text = step.word("a number of statuses")
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:9]) <= MOST_CHECKS:
        raise Fault(f".last({text}) must be a whole number from 1 to {MOST_CHECKS}", step.position)
    return int(text)
