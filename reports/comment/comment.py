"""The comment: a headline, what to look at twice, then a section for each area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.comment.alerts import CONDITIONS, ORDER, AlertChange, alert_changes
from reports.comment.areas import Area, area_of, called
from reports.comment.changes import Change, Kind, changes_of
from reports.comment.checkout import Checkout
from reports.comment.cost import Cost, cost
from reports.comment.danger import dangers
from reports.comment.dashboards import dashboard_line
from reports.comment.escape import code, plain, url
from reports.comment.findings import findings, warnings
from reports.comment.fit import Item, Section, fitted, whole
from reports.comment.preview import Preview
from reports.comment.routing import World, told_otherwise, worlds
from reports.comment.told import told_section
from reports.comment.values import difference_words
from reports.comment.words import counted, number_of
from reports.markdown import table

FIRST = (Kind.DELETED, Kind.REPLACED, Kind.CHANGED, Kind.CREATED, Kind.ADOPTED)
"""What may hurt stands above what is new."""
MOST_DIFFERENCES = 6
"""Values of one object that stand in its line; all of them stand below it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """The parts of a comment."""

    opening: str
    sections: tuple[Section, ...]

    def fitted(self, left_out: str) -> str:
        """As GitHub takes it. `left_out` says where the whole can be read, should it not fit."""
        return fitted(self.opening, self.sections, left_out)

    @property
    def whole(self) -> str:
        """All of it, whatever its size."""
        return whole(self.opening, self.sections)


def marker(stack: str) -> str:
    """The first line of a stack's comment, by which it is found and edited in place."""
    return f"<!-- genonaut-monitoring preview: {stack} -->"


def comment(preview: Preview, known: Checkout, pictures_url: str = "") -> Comment:
    """What a reviewer wants to know of a preview. Raises PreviewError for one that holds what is not known here."""
    changes = changes_of(preview)
    alerts = alert_changes(changes, known)
    before, after = worlds(changes, known)
    told = tuple(told_otherwise(before, after))
    costs = cost(preview.outputs, known.bill) if known.bill else None
    problems = findings(preview)
    opening = [marker(known.stack), f"## Monitoring of {plain(known.stack)}"]
    if problems:
        opening.append(_failed(problems.count))
        changes_shown: list[Section | None] = []
    else:
        opening += [_headline(changes, alerts, before, after, costs), _counts(changes, alerts), _unchanged(preview)]
        changes_shown = [
            _look_twice(tuple(dangers(changes, alerts, told))),
            *(_alerts(tier, [one for one in alerts if one.tier == tier]) for tier in ORDER),
            told_section(told),
            costs.section() if costs and (costs.difference != 0 or costs.after.over) else None,
            _runbooks(before, after, known.runbook_base_url),
            *(_area(area, changes, pictures_url) for area in Area if area is not Area.ALERTS),
        ]
    sections = (problems, *changes_shown, warnings(preview))
    return Comment(opening="\n\n".join(filter(None, opening)), sections=tuple(one for one in sections if one))


def _failed(problems: int) -> str:
    return (
        f"**The program fails with {number_of(problems, 'problem')}: nothing can be deployed before "
        f"{'it is' if problems == 1 else 'they are'} mended.** What it would change is therefore not known."
    )


def _headline(
    changes: Sequence[Change], alerts: Sequence[AlertChange], before: World, after: World, costs: Cost | None
) -> str:
    spent = [costs.headline] if costs else []
    if not changes:
        return f"**{', '.join(['Nothing changes', *spent])}.**"
    real = [one for one in alerts if one.tier != CONDITIONS]
    parts = []
    for kind in Kind:
        if number := sum(one.kind is kind for one in real):
            parts.append(f"{number_of(number, 'alert')} {kind.value}")
    others = sum(area_of(one.type) is not Area.ALERTS for one in changes)
    if not real:
        parts.append("no alert changes")
    if others:
        parts.append(f"{number_of(others, 'other object')} {'differs' if others == 1 else 'differ'}")
    parts += [*_paged(before, after), *spent]
    sentence = ", ".join(parts)
    return f"**{sentence[:1].upper()}{sentence[1:]}.**"


def _paged(before: World, after: World) -> Iterator[str]:
    was, will_be = before.paged(), after.paged()
    if came := will_be - was:
        handles = ", ".join(code(one) for one in sorted({handle for _, handle in came}))
        yield f"{handles} is paged by {number_of(len({key for key, _ in came}), 'more alert')}"
    if went := {(key, handle) for key, handle in was - will_be if key in after.heard}:
        yield f"{number_of(len({key for key, _ in went}), 'alert')} no longer {'pages' if len(went) == 1 else 'page'}"
    if not came:
        yield "nobody new is paged"


def _counts(changes: Sequence[Change], alerts: Sequence[AlertChange]) -> str:
    if not changes:
        return ""
    rows = {f"alerts, {tier}": [one.kind for one in alerts if one.tier == tier] for tier in ORDER if tier != CONDITIONS}
    rows["parts of alerts on objectives"] = [one.kind for one in alerts if one.tier == CONDITIONS]
    rows |= {
        area.value: [one.kind for one in changes if area_of(one.type) is area]
        for area in Area
        if area is not Area.ALERTS
    }
    shown = {name: kinds for name, kinds in rows.items() if kinds}
    columns = [kind for kind in Kind if any(kind in kinds for kinds in shown.values())]
    lines = [
        (name, *(f"{number:,}" if (number := kinds.count(kind)) else "" for kind in columns))
        for name, kinds in shown.items()
    ]
    return table(("", *columns), lines)


def _unchanged(preview: Preview) -> str:
    same = preview.change_summary.get("same", 0)
    words = [f"{count:,} to {op}" for op, count in sorted(preview.change_summary.items()) if op != "same"]
    return f"The engine counts {', '.join([*words, f'{same:,} unchanged'])}; one alert may be several objects."


def _look_twice(sentences: Sequence[str]) -> Section | None:
    items = [Item(line=f"- {one}") for one in sentences]
    return Section(title="Look twice", count=len(items), items=items, collapsed=False) if items else None


def _alerts(tier: str, alerts: Sequence[AlertChange]) -> Section | None:
    if not alerts:
        return None
    parts = tier == CONDITIONS
    many_new = all(one.kind is Kind.CREATED for one in alerts)
    return Section(
        title="Parts of alerts on objectives" if parts else f"Alerts: {tier}",
        count=len(alerts),
        items=[_alert(one) for one in sorted(alerts, key=lambda one: FIRST.index(one.kind))],
        opening=_kinds([one.kind for one in alerts]),
        collapsed=parts or many_new,
    )


def _kinds(kinds: Sequence[Kind]) -> str:
    """How many of each kind; empty where all are of one."""
    return f"{counted(kinds)}\n" if len(set(kinds)) > 1 else ""


def _alert(alert: AlertChange) -> Item:
    title = f"- **{alert.kind.value}** {code(alert.key)} {plain(alert.title)}"
    said = list(alert.words.said)
    if alert.kind in {Kind.CREATED, Kind.DELETED} and alert.condition:
        said.append(alert.condition if alert.kind is Kind.CREATED else f"it {alert.condition}")
    if alert.kind is Kind.CREATED and alert.burns_in:
        said.append("in burn-in: recorded, and nobody is told")
    runbook = f" ([runbook]({url(alert.runbook)}))" if alert.runbook and alert.kind is not Kind.DELETED else ""
    line = f"{title}: {'; '.join(said)}" if said else title
    return Item(line=f"{line}{runbook}", detail="\n\n".join(alert.words.detail))


def _runbooks(before: World, after: World, base_url: str) -> Section | None:
    old, new = ({one.runbook for one in world.heard.values() if one.runbook} for world in (before, after))
    address = base_url.rstrip("/")
    items = [
        *(Item(line=f"- **new** [{plain(name)}]({url(f'{address}/{name}.md')})") for name in sorted(new - old)),
        *(Item(line=f"- no alert names {code(name)} any more") for name in sorted(old - new)),
    ]
    opening = "The link works once this is merged.\n" if new - old else ""
    return Section(title="Runbooks", count=len(items), items=items, opening=opening) if items else None


def _area(area: Area, changes: Iterable[Change], pictures_url: str) -> Section | None:
    found = [one for one in changes if area_of(one.type) is area]
    if not found:
        return None
    found.sort(key=lambda one: (FIRST.index(one.kind), one.type, one.name))
    return Section(
        title=area.value[0].upper() + area.value[1:],
        count=len(found),
        items=[
            Item(line=dashboard_line(one, pictures_url)) if area is Area.DASHBOARDS else _object(one) for one in found
        ],
        opening=_kinds([one.kind for one in found]),
        collapsed=area not in {Area.DASHBOARDS, Area.ROUTING},
    )


def _object(change: Change) -> Item:
    line = f"- **{change.kind.value}** {called(change.type)} {code(change.name)}"
    words = [difference_words(one) for one in change.differences]
    if change.because:
        reason = "is known only during the run" if change.uncertain else "cannot change"
        words.insert(0, f"because {', '.join(map(code, change.because))} {reason}")
    more = len(words) - MOST_DIFFERENCES
    shown = "; ".join([*words[:MOST_DIFFERENCES], *([f"{more} more"] if more > 0 else [])])
    detail = "\n".join(f"- {one}" for one in words) if more > 0 else ""
    return Item(line=f"{line}: {shown}" if shown else line, detail=detail)
