"""What triggers an alert, and what then must hold, in the shapes of Sentry's workflows.

Source of the vocabulary: Sentry's API description and the help texts of its workflow endpoints
(https://docs.sentry.io/api/monitors/create-an-alert-for-an-organization/).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sentry_alerts.model.base import Inputs, Positive

Interval = Literal["1m", "5m", "15m", "1h", "1d", "1w", "30d"]
Percent = Annotated[float, Field(gt=0, le=100)]
Match = Literal["co", "nc", "eq", "ne", "sw", "nsw", "ew", "new", "is", "ns", "in", "nin"]


class _Condition(Inputs):
    condition_result: bool = True


class StateChange(_Condition):
    """A change of an issue's state, as a trigger."""

    type: Literal[
        "first_seen_event", "regression_event", "reappeared_event", "issue_resolved_trigger",
        "new_high_priority_issue", "existing_high_priority_issue",
    ]  # fmt: skip
    comparison: Literal[True] = True


class _Filter(Inputs):
    key: str | None = None
    attribute: str | None = None
    match: Match | None = None
    value: str | None = None


class _Count(Inputs):
    value: Positive
    interval: Interval
    filters: list[_Filter] | None = None


class _Increase(_Count):
    comparison_interval: Interval


class _SessionShare(Inputs):
    value: Percent
    interval: Interval


class _SessionIncrease(Inputs):
    value: Positive
    interval: Interval
    comparison_interval: Interval


class EventFrequencyCount(_Condition):
    """More than `value` events of the issue in the interval; also a trigger."""

    type: Literal["event_frequency_count"]
    comparison: _Count


class EventFrequencyPercent(_Condition):
    """Events of the issue up by more than `value` percent against an interval before."""

    type: Literal["event_frequency_percent"]
    comparison: _Increase


class UserFrequencyCount(_Condition):
    """More than `value` people met the issue in the interval."""

    type: Literal["event_unique_user_frequency_count"]
    comparison: _Count


class PercentSessionsCount(_Condition):
    """The issue was met in more than `value` percent of the sessions of the interval."""

    type: Literal["percent_sessions_count"]
    comparison: _SessionShare


class PercentSessionsPercent(_Condition):
    """The share of sessions with the issue is up by more than `value` percent."""

    type: Literal["percent_sessions_percent"]
    comparison: _SessionIncrease


class _Age(Inputs):
    time: Literal["minute", "hour", "day", "week"]
    value: Positive
    comparison_type: Literal["older", "newer"]


class AgeComparison(_Condition):
    """How old the issue is."""

    type: Literal["age_comparison"]
    comparison: _Age


class _Assignee(Inputs):
    target_type: Literal["Unassigned", "NoOne", "Member", "Team"]
    target_identifier: str | int


class AssignedTo(_Condition):
    """Whom the issue is assigned to."""

    type: Literal["assigned_to"]
    comparison: _Assignee


class _Category(Inputs):
    value: Literal[1, 6, 10, 11, 12, 13, 14, 15, 17, 19]
    include: bool | None = None


class IssueCategory(_Condition):
    """1 error, 6 feedback, 10 outage, 11 metric, 12 database query, 13 HTTP client, 14 front end, 15 mobile."""

    type: Literal["issue_category"]
    comparison: _Category


class _Type(Inputs):
    value: Annotated[str, Field(min_length=1)]
    include: bool


class IssueType(_Condition):
    """The type of the issue, such as `performance_n_plus_one_db_queries`."""

    type: Literal["issue_type"]
    comparison: _Type


class _Occurrences(Inputs):
    value: Positive


class IssueOccurrences(_Condition):
    """The issue has happened at least `value` times."""

    type: Literal["issue_occurrences"]
    comparison: _Occurrences


class IssuePriority(_Condition):
    """25 low, 50 medium, 75 high."""

    type: Literal["issue_priority_greater_or_equal"]
    comparison: Literal[25, 50, 75]


class IssueDeescalating(_Condition):
    """The issue's priority has gone down."""

    type: Literal["issue_priority_deescalating"]
    comparison: bool | int = True


class _Attribute(Inputs):
    attribute: Annotated[str, Field(min_length=1)]
    match: Match
    value: str | None = None


class EventAttribute(_Condition):
    """An attribute of the event, such as `exception.type`."""

    type: Literal["event_attribute"]
    comparison: _Attribute


class _Tag(Inputs):
    key: Annotated[str, Field(min_length=1)]
    match: Match
    value: str | None = None


class TaggedEvent(_Condition):
    """A tag of the event."""

    type: Literal["tagged_event"]
    comparison: _Tag


class LatestRelease(_Condition):
    """The event comes from the latest release."""

    type: Literal["latest_release"]
    comparison: Literal[True] = True


class _AdoptedRelease(Inputs):
    environment: str
    age_comparison: Literal["older", "newer"]
    release_age_type: Literal["oldest", "newest"]


class LatestAdoptedRelease(_Condition):
    """How the event's release compares with the latest adopted one."""

    type: Literal["latest_adopted_release"]
    comparison: _AdoptedRelease


class _Level(Inputs):
    match: Literal["eq", "gte", "lte"]
    level: Literal[0, 10, 20, 30, 40, 50]


class Level(_Condition):
    """The event's level: 50 fatal, 40 error, 30 warning, 20 info, 10 debug, 0 sample."""

    type: Literal["level"]
    comparison: _Level


Trigger = Annotated[StateChange | EventFrequencyCount, Field(discriminator="type")]
Condition = Annotated[
    AgeComparison | AssignedTo | EventAttribute | EventFrequencyCount | EventFrequencyPercent | IssueCategory
    | IssueDeescalating | IssueOccurrences | IssuePriority | IssueType | LatestAdoptedRelease | LatestRelease | Level
    | PercentSessionsCount | PercentSessionsPercent | TaggedEvent | UserFrequencyCount,
    Field(discriminator="type"),
]  # fmt: skip
