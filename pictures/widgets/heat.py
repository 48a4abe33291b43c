"""How values are spread: over time as a heat map, altogether as a distribution."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pictures.clock import Values, ticks
from pictures.synthetic import chance
from pictures.synthetic.request import Answer, over_time
from pictures.units import scale_for
from pictures.widgets.context import Context

_SPREAD = 0.78
_BUCKETS, _COLUMNS = 24, 72


def draw_heatmap(context: Context) -> None:
    """A heat map: time across, values upwards, darker where there are more."""
    values, answer = _values(context)
    box = context.body.inside(left=62, top=6, right=10, bottom=22)
    axes, clock = context.canvas.axes(box), context.clock
    high = float(np.quantile(values, 0.995)) or 1.0
    scale = scale_for(high, answer.unit)
    edges = np.linspace(0, high, _BUCKETS + 1)
    grid = np.stack([np.histogram(column, edges)[0] for column in values], axis=1).astype(float)
    shown = np.ma.masked_equal(grid, 0)
    start = clock.times[0]
    axes.imshow(
        shown, origin="lower", aspect="auto", cmap=context.theme.ramp, interpolation="nearest",
        extent=(start, start + clock.length, 0, high / scale.divisor), vmin=-grid.max() * 0.15,
    )  # fmt: skip
    times = ticks(clock)
    axes.set_xticks([at for at, _ in times], [word for _, word in times])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: scale.text(value)))


def draw_distribution(context: Context) -> None:
    """A distribution: values across, how many upwards."""
    values, answer = _values(context)
    high = float(np.quantile(values, 0.99)) or 1.0
    scale = scale_for(high, answer.unit)
    counts, edges = np.histogram(values, np.linspace(0, high, 41))
    axes = context.canvas.axes(context.body.inside(left=62, top=6, right=10, bottom=22))
    width = float(edges[1] - edges[0]) / scale.divisor
    axes.bar(edges[:-1] / scale.divisor, counts, width * 0.9, align="edge", color=context.theme.series[0], linewidth=0)
    axes.set_xlim(0, high / scale.divisor)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: scale.text(value)))
    axes.grid(axis="y", color=context.theme.grid, linewidth=0.8)


def _values(context: Context) -> tuple[Values, Answer]:
    """Values at each of some points in time, spread about the lines that the query answers."""
    request = dict(context.requests()[0])
    answer = over_time(request, context.clock, context.known)[0]
    middle = np.mean([line.values for line in answer.lines], axis=0)
    several = max(len(middle) // _COLUMNS, 1)
    middle = middle[: len(middle) // several * several].reshape(-1, several).mean(axis=1)
    noise = chance.random("spread", str(request)).standard_normal((len(middle), 160))
    values: Values = middle[:, None] * np.exp(_SPREAD * noise - _SPREAD**2 / 2)
    return values, answer
