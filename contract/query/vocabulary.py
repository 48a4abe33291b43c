"""The words of the query languages, and what each may be given.

Sources, by group (page names of Datadog's documentation unless said otherwise):

- Space and time aggregators, windows, operators: the "Create a monitor" call of the API reference, "Metric Monitors".
- `MODIFIERS`: "Rollup", "Interpolation" (fill), "Metric Type Modifiers" (as_count, as_rate), "Smoothing" (weighted).
- `FUNCTIONS`: "Algorithms", "Arithmetic", "Beta Functions", "Count", "Exclusion", "Interpolation", "Rank", "Rate",
  "Regression", "Rollup", "Smoothing", "Timeshift"; `is_greater`, `is_less`, `is_between` and the additional
  aggregators: "Nested Queries"; `default`, `rate` and `calendar_shift` are in none of these pages, but in monitors and
  dashboards that Datadog publishes with its integrations.
- Anomaly, outlier and forecast parameters: "Anomaly Monitor", "Outlier Monitor", "Forecasts Monitor".
- `EVENT_SOURCES` and their steps: the "Create a monitor" call; `EVENT_ROLLUPS` adds the aggregations of the API
  client's `MonitorFormulaAndFunctionEventAggregation`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TIME_AGGREGATORS = frozenset({"avg", "max", "min", "percentile", "sum"})
CHANGE_AGGREGATORS = frozenset({"change", "pct_change"})
SPACE_AGGREGATORS = frozenset({"avg", "count", "max", "min", "sum"})
NESTED_AGGREGATORS = frozenset({"avg", "max", "min", "stddev", "sum"})
ROLLUP_METHODS = frozenset({"avg", "count", "max", "min", "sum"})
NESTED_ROLLUP_METHODS = ROLLUP_METHODS | {"stddev"}
CALENDAR_INTERVALS = frozenset({"daily", "monthly", "weekly"})
FILL_METHODS = frozenset({"last", "linear", "null", "zero"})
MODIFIERS = frozenset({"as_count", "as_rate", "fill", "rollup", "weighted"})

SHIFT_UNITS = frozenset({"m", "h", "d"})
WINDOW_UNITS = {
    "last": frozenset({"m", "h", "d", "w", "mo"}),
    "next": frozenset({"h", "d", "w", "mo"}),
    "current": frozenset({"h", "d", "mo"}),
}
LONGEST_WINDOW = {"last": 730 * 3_600, "next": 90 * 86_400, "current": 30 * 86_400}
"""Seconds: 730 hours back ("Configure Monitors"), three months ahead ("Forecasts Monitor"), one month to date."""

_PERCENTILE = re.compile(r"p[0-9]{1,2}(?:\.[0-9]+)?")


def is_percentile(word: str) -> bool:
    """Tell whether a word is a percentile such as p95 or p99.9."""
    return _PERCENTILE.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a function: `kind` is series, number, text or duration; `choices` ignore case."""

    name: str
    kind: str
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes: parameters in order, the first `required` of them not to be left out, and keywords."""

    parameters: tuple[Parameter, ...]
    required: int
    keywords: Mapping[str, Parameter] = field(default_factory=dict)
    in_monitors: bool = True


def _choice(name: str, *choices: str) -> Parameter:
    return Parameter(name, "text", frozenset(choices))


def _signature(*parameters: Parameter, optional: int = 0, **keywords: Parameter) -> Signature:
    return Signature(parameters, len(parameters) - optional, keywords)


_SERIES = Parameter("series", "series")
_ONE_SERIES = Signature((_SERIES,), 1)
_THRESHOLD = Parameter("threshold", "number")
_SEASONALITY = _choice("seasonality", "hourly", "daily", "weekly")
_TIMEZONE = Parameter("timezone", "text")
_ROLLUP = _choice("method", *ROLLUP_METHODS)
_RANK_METHODS = ("area", "l2norm", "last", "max", "mean", "min", "sum")

ANOMALY_ALGORITHMS = frozenset({"agile", "basic", "robust"})
FORECAST_FORBIDDEN = frozenset(
    {"anomalies", "cumsum", "integral", "outliers", "piecewise_constant", "robust_trend", "trend_line"}
)

FUNCTIONS: Mapping[str, Signature] = {
    # Arithmetic
    **dict.fromkeys(("abs", "cumsum", "integral", "log10", "log2"), _ONE_SERIES),
    "pow": _signature(_SERIES, Parameter("exponent", "series")),
    # Count, Interpolation, Exclusion
    **dict.fromkeys(("count_nonzero", "count_not_null", "default_zero", "exclude_null"), _ONE_SERIES),
    "default": _signature(_SERIES, Parameter("value", "number")),
    **dict.fromkeys(("clamp_max", "clamp_min", "cutoff_max", "cutoff_min"), _signature(_SERIES, _THRESHOLD)),
    # Nested Queries
    **dict.fromkeys(("is_greater", "is_less"), _signature(_SERIES, _THRESHOLD)),
    "is_between": _signature(_SERIES, Parameter("lower bound", "number"), Parameter("upper bound", "number")),
    # Rank
    **dict.fromkeys(("max", "min"), _signature(_SERIES, Parameter("other series", "series"))),
    "top": _signature(
        _SERIES, Parameter("limit", "number"), _choice("method", *_RANK_METHODS), _choice("direction", "asc", "desc")
    ),
    **{
        f"{end}{limit}_{method}": _ONE_SERIES
        for end in ("bottom", "top")
        for limit in (5, 10, 15, 20)
        for method in _RANK_METHODS
    },
    # Rate
    **dict.fromkeys(
        ("derivative", "diff", "dt", "monotonic_diff", "per_hour", "per_minute", "per_second", "rate", "throughput"),
        _ONE_SERIES,
    ),
    # Regression
    **dict.fromkeys(("piecewise_constant", "robust_trend", "trend_line"), _ONE_SERIES),
    # Rollup
    "rollup": _signature(_SERIES, _ROLLUP, Parameter("seconds", "number"), optional=1),
    "moving_rollup": _signature(_SERIES, Parameter("seconds", "number"), _ROLLUP),
    # Smoothing, Beta Functions
    "autosmooth": Signature((_SERIES,), 1, in_monitors=False),
    **{f"ewma_{span}": _ONE_SERIES for span in (3, 5, 7, 10, 20)},
    **{f"median_{span}": _ONE_SERIES for span in (3, 5, 7, 9)},
    **{f"rollingavg_{span}": _ONE_SERIES for span in (5, 13, 21, 29)},
    # Timeshift
    **dict.fromkeys(("day_before", "hour_before", "month_before", "week_before"), _ONE_SERIES),
    "timeshift": _signature(_SERIES, Parameter("seconds", "number")),
    "calendar_shift": _signature(_SERIES, Parameter("shift", "duration"), _TIMEZONE, optional=1),
    # Algorithms
    "anomalies": _signature(
        _SERIES,
        Parameter("algorithm", "text", ANOMALY_ALGORITHMS),
        Parameter("deviations", "number"),
        optional=1,
        direction=_choice("direction", "above", "below", "both"),
        alert_window=Parameter("alert window", "window"),
        interval=Parameter("seconds", "number"),
        count_default_zero=_choice("switch", "true", "false"),
        seasonality=_SEASONALITY,
        timezone=_TIMEZONE,
    ),
    "outliers": _signature(
        _SERIES,
        _choice("algorithm", "dbscan", "mad", "scaleddbscan", "scaledmad"),
        Parameter("tolerance", "number"),
        Parameter("percentage", "number"),
        optional=1,
    ),
    "forecast": _signature(
        _SERIES,
        _choice("algorithm", "linear", "seasonal"),
        Parameter("deviations", "number"),
        interval=Parameter("interval", "duration"),
        history=Parameter("history", "duration"),
        model=_choice("model", "default", "reactive", "simple"),
        seasonality=_SEASONALITY,
        timezone=_TIMEZONE,
    ),
}

JOB_FUNCTIONS: Mapping[str, Signature] = {"failed_runs": _ONE_SERIES}
"""Functions over the runs of data jobs; the API client's examples show this one only."""

EVENT_SOURCES: Mapping[str, frozenset[str]] = {
    "audit alert": frozenset({"audits"}),
    "ci-pipelines alert": frozenset({"ci-pipelines"}),
    "ci-tests alert": frozenset({"ci-tests"}),
    "database-monitoring alert": frozenset({"database-monitoring"}),
    "error-tracking alert": frozenset(
        {"error-tracking", "error-tracking-logs", "error-tracking-rum", "error-tracking-traces"}
    ),
    "event alert": frozenset({"events"}),
    "event-v2 alert": frozenset({"events"}),
    "llm-observability alert": frozenset({"llm-observability"}),
    "log alert": frozenset({"logs"}),
    "network-path alert": frozenset({"network-path"}),
    "network-performance alert": frozenset({"network-performance"}),
    "process alert": frozenset({"processes"}),
    "rum alert": frozenset({"rum"}),
    "trace-analytics alert": frozenset({"trace-analytics"}),
}
FORMULA_TYPES = frozenset(EVENT_SOURCES) - {"event alert", "process alert"} | {
    "cost alert",
    "data-jobs alert",
    "data-quality alert",
    "metric alert",
    "query alert",
}
METRIC_TYPES = frozenset({"metric alert", "query alert"})
SINGLE_QUOTED_TYPES = frozenset({"event alert", "process alert"})
"""Types whose queries are documented with single quotes."""

EVENT_STEPS = frozenset({"by", "current", "index", "last", "rollup"})
EXTRA_STEPS: Mapping[str, frozenset[str]] = {
    "error-tracking alert": frozenset({"impact", "new", "source"}),
    "process alert": frozenset({"over"}),
}
EVENT_ROLLUPS = frozenset(
    {"avg", "cardinality", "count", "max", "median", "min", "pc75", "pc90", "pc95", "pc98", "pc99", "sum"}
)
ISSUE_SOURCES = frozenset({"all", "backend", "browser", "mobile"})
NETWORK_PATH_INDEXES = frozenset({"netpath-hop", "netpath-path"})
EVENT_UNITS = frozenset({"m", "h", "d"})
PROCESS_UNITS = EVENT_UNITS | {"s"}
LONGEST_EVENT_WINDOW = 2 * 86_400
"""Seconds ("Configure Monitors", "Log Monitor")."""

FORMULA_STEPS = frozenset({"anomaly", "by", "change", "current", "forecast", "last", "rollup"})
FORMULA_UNITS = EVENT_UNITS | {"w", "mo"}
FORMULA_ROLLUPS = EVENT_ROLLUPS | {"last"}

CHECK_STEPS = frozenset({"by", "count_by_status", "exclude", "last", "over", "pct_by_status"})
"""`pct_by_status` (cluster alerts) is in public Terraform modules, not in the API reference."""
MOST_CHECKS = 100

SLO_WINDOWS = frozenset({"7d", "30d", "90d"})
SLO_OPERATORS = frozenset({">", ">="})
LONGEST_BURN_WINDOW = 48 * 3_600
MOST_COMPOSITE_MEMBERS = 10
