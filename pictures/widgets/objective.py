"""Objectives: how much of what was promised was kept, and what is left of the error budget."""

from __future__ import annotations

from pictures.canvas import SMALLEST
from pictures.layout import Box
from pictures.synthetic import chance
from pictures.widgets.context import Context

_LINE = 22
_DEFAULT_TARGET = 99.9


def draw_objective(context: Context) -> None:
    """An SLO widget: status, target and budget for each time window."""
    box, theme, slo = context.body, context.theme, str(context.definition.get("slo_id"))
    known = context.around.objectives.get(slo)
    windows = [each for each in context.definition.get("time_windows") or ("30d",)]
    target = next(iter(known.targets.values())) if known and known.targets else _DEFAULT_TARGET
    if known:
        context.canvas.text(box.left + 12, box.top + 10, known.name, 12, theme.soft, width=box.width - 24)
    width = (box.width - 20) / len(windows)
    top = box.top + (26 if known else 8)
    for index, window in enumerate(windows):
        left = known.targets.get(window, target) if known else target
        _window(context, slo, window, left, Box(box.left + 10 + index * width, top, width - 8, box.bottom - top - 10))


def _window(context: Context, slo: str, window: str, target: float, box: Box) -> None:
    theme = context.theme
    budget = 0.38 + 0.5 * chance.share("budget", slo, window)
    status = 100 - (100 - target) * (1 - budget)
    size = min(box.width / 6, box.height / 3.6, 34)
    context.canvas.text(box.left + 4, box.top + 8, f"past {window}", SMALLEST, theme.soft)
    context.canvas.text(
        box.left + 4, box.top + 14 + size, f"{status:.{_digits(target)}f} %", size, theme.good, bold=True
    )
    y = box.top + 14 + size * 1.9 + 8
    if y + _LINE <= box.bottom + 6:
        context.canvas.text(box.left + 4, y, f"target {target:g} %", 12, theme.soft, width=box.width - 8)
    if y + 2.2 * _LINE <= box.bottom + 6 and context.definition.get("show_error_budget", True):
        bar = Box(box.left + 4, y + _LINE * 0.75, box.width - 12, 8)
        context.canvas.rectangle(bar, theme.grid)
        context.canvas.rectangle(Box(bar.left, bar.top, bar.width * budget, bar.height), theme.good)
        context.canvas.text(
            bar.left,
            bar.bottom + 12,
            f"{budget:.0%} of the error budget left",
            SMALLEST,
            theme.soft,
            width=box.width - 8,
        )


def _digits(target: float) -> int:
    """One digit more than the target has."""
    return len(f"{target:g}".partition(".")[2]) + 1
