"""What a reviewer should look at twice: what ends with a change, and what nobody will hear of any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.comment.alerts import CONDITIONS, AlertChange
from reports.comment.areas import MONITOR, TEST, called, lost_with
from reports.comment.changes import Change, Kind
from reports.comment.escape import code
from reports.comment.routing import Told

_ENDS = frozenset({Kind.REPLACED, Kind.DELETED})


def dangers(changes: Iterable[Change], alerts: Iterable[AlertChange], told: Iterable[Told]) -> Iterator[str]:
    """One sentence in Markdown for each."""
    every = tuple(alerts)
    new = {alert.title: alert.key for alert in every if alert.kind is Kind.CREATED}
    for alert in every:
        yield from _alert(alert, new.get(alert.title, ""))
    fewer = dict.fromkeys(one.key for one in told if one.fewer)
    for key in fewer:
        yield f"{code(key)} **reaches fewer people** than now: see who is told."
    for change in changes:
        yield from _object(change)


def _alert(alert: AlertChange, successor: str) -> Iterator[str]:
    if alert.words.duller:
        yield f"{code(alert.key)} becomes **less sensitive**: {'; '.join(alert.words.duller)}."
    if alert.kind is not Kind.DELETED or alert.tier == CONDITIONS:
        return
    if successor:
        yield f"{code(alert.key)} is **deleted**, and {code(successor)} of the same title is new: its history ends."
    else:
        yield f"{code(alert.key)} ({alert.tier}) is **deleted**: nobody is told of it any more."


def _object(change: Change) -> Iterator[str]:
    name = f"{called(change.type)} {code(change.name)}"
    if change.kind in _ENDS and change.protected:
        yield f"{name} is **protected**: `up` refuses to end it before `pulumi state unprotect`."
    if change.unprotects:
        yield f"{name} **loses its protection**: it can be deleted from now on."
    # An alert that is deleted has its sentence.
    deleted_alert = change.kind is Kind.DELETED and change.type in {MONITOR, TEST}
    if change.kind not in _ENDS or deleted_alert:
        return
    if change.old and change.old.retain_on_delete:
        yield f"{name} is {change.kind.value}, and the old one **stays in the cloud**: nobody manages it from then on."
    elif (loses := lost_with(change.type)) and change.uncertain:
        reason = f"{', '.join(map(code, change.because))} is known only during the run"
        yield f"{name} **may be replaced**: {reason}. It would lose {loses}."
    elif loses:
        why = f", because {', '.join(map(code, change.because))} cannot change" if change.because else ""
        yield f"{name} is **{change.kind.value}**{why}. It loses {loses}."
