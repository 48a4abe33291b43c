"""The dashboards of the business metrics, for people without an account at Datadog."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from components.business.spec import Board, Course, Limit, Line, Number, Unit
from contract.promql import Query, exposed, quantile, recorded
from infra.naming import Environment
from stacks.catalog import business
from stacks.catalog.limits import Limits


def boards(environment: Environment, limits: Limits) -> Iterator[Board]:
    """Every dashboard of an environment."""
    env = environment.value
    yield _people(env, limits)
    yield _discovery(env, limits)
    yield _features(env)
    yield _prometheus(env)


def _people(env: str, limits: Limits) -> Board:
    seen = partial(recorded, env=env)
    registered, created = business.REGISTRATIONS, business.CONTENT
    fewer_people, less_content = (
        Limit(value=-drop, bad_above=False) for drop in (limits.registrations_drop, limits.content_drop)
    )
    by_type = exposed("genonaut.content.created", env=env).increase("1h").total("content_type", "origin")
    return Board(
        key="genonaut-people-content",
        title="People and content",
        about="Who registers, and what is created.",
        panels=(
            _number("Registrations", "In the last 24 hours.", seen(registered), Unit.NUMBER),
            _number(
                "Change", "Against the day before.", seen(business.REGISTRATIONS_CHANGE), Unit.PERCENT, fewer_people
            ),
            _number("Content created", "In the last 24 hours.", seen(created), Unit.NUMBER),
            _number(
                "Change of content",
                "Against the day before.",
                seen(business.CONTENT_CHANGE),
                Unit.PERCENT,
                less_content,
            ),
            _course(
                "Registrations, a day up to each moment", "Weeks have their rhythm.", seen(registered), Unit.NUMBER
            ),
            _course(
                "Change of registrations",
                "The line is where the alert begins.",
                seen(business.REGISTRATIONS_CHANGE),
                Unit.PERCENT,
                fewer_people,
            ),
            Course(
                title="Content by kind, per hour",
                about="What people upload, and what is generated for them.",
                lines=(Line(query=by_type, legend="{{content_type}}, {{origin}}"),),
                unit=Unit.NUMBER,
                stacked=True,
            ),
            _course(
                "Change of content created",
                "The line is where the alert begins.",
                seen(business.CONTENT_CHANGE),
                Unit.PERCENT,
                less_content,
            ),
        ),
    )


def _discovery(env: str, limits: Limits) -> Board:
    seen = partial(recorded, env=env)
    failing = Limit(value=limits.search_failures, bad_above=True)
    reasons = exposed("genonaut.search.failures", env=env).increase("1h").total("reason")
    durations = tuple(
        Line(query=quantile(share, "genonaut.search.duration", "15m", env=env), legend=f"{share:.0%} are faster")
        for share in (0.5, 0.95)
    )
    return Board(
        key="genonaut-recommend-search",
        title="Recommendations and search",
        about="Whether people find what they like.",
        panels=(
            _number("Searches", "In the last 24 hours.", seen(business.SEARCHES), Unit.NUMBER),
            _number(
                "Failing now",
                "Of the searches of the last 24 hours.",
                seen(business.SEARCH_FAILURES),
                Unit.PERCENT,
                failing,
            ),
            _number(
                "Finding nothing", "Of the searches of the last 24 hours.", seen(business.SEARCHES_EMPTY), Unit.PERCENT
            ),
            _number(
                "Followed now", "Of the recommendations of the last 24 hours.", seen(business.ACCEPTANCE), Unit.PERCENT
            ),
            _course(
                "Searches that fail",
                "The line is where the alert begins.",
                seen(business.SEARCH_FAILURES),
                Unit.PERCENT,
                failing,
            ),
            Course(
                title="Failures by reason, per hour",
                about="Where to look first.",
                lines=(Line(query=reasons, legend="{{reason}}"),),
                unit=Unit.NUMBER,
                stacked=True,
            ),
            Course(title="Duration of searches", about="Over 15 minutes.", lines=durations, unit=Unit.SECONDS),
            _course("Recommendations followed", "Of those shown in 24 hours.", seen(business.ACCEPTANCE), Unit.PERCENT),
        ),
    )


def _features(env: str) -> Board:
    def of_each(name: str) -> tuple[Line, ...]:
        return (Line(query=recorded(name, env=env), legend="{{feature}}"),)

    return Board(
        key="genonaut-features",
        title="Features",
        about="Which features people use.",
        panels=(
            Course(
                title="Uses per day",
                about="Of each feature, in the 24 hours up to each moment.",
                lines=of_each(business.FEATURE_USES),
                unit=Unit.NUMBER,
            ),
            Course(
                title="Share of all uses",
                about="Adoption: a new feature climbs here, or does not.",
                lines=of_each(business.FEATURE_SHARE),
                unit=Unit.PERCENT,
            ),
        ),
    )


def _prometheus(env: str) -> Board:
    def own(name: str) -> str:
        return f"prometheus_{name}"

    reads = recorded("up", env=env, job="genonaut").compared("==", 1).number().or_zero()
    firing = recorded("ALERTS", env=env, alertstate="firing").highest("alertname")
    failed = recorded(own("rule_evaluation_failures_total"), env=env).increase("1h").total("rule_group")
    return Board(
        key="genonaut-prometheus",
        title="Prometheus",
        about="Whether the other dashboards can be believed.",
        panels=(
            Number(
                title="Pods that are read",
                about="Of Genonaut; zero makes an alert.",
                line=Line(query=reads, legend="pods"),
                unit=Unit.NUMBER,
                limit=Limit(value=1, bad_above=False),
            ),
            Number(
                title="Series",
                about="In memory; it grows with labels.",
                line=Line(query=recorded(own("tsdb_head_series"), env=env).total(), legend="series"),
                unit=Unit.NUMBER,
            ),
            Number(
                title="Blocks on disk",
                about="The volume and the limit are settings.",
                line=Line(query=recorded(own("tsdb_storage_blocks_bytes"), env=env).total(), legend="bytes"),
                unit=Unit.BYTES,
            ),
            Course(
                title="Alerts that are on",
                about="Each at 1 while it is on.",
                lines=(Line(query=firing, legend="{{alertname}}"),),
                unit=Unit.NUMBER,
            ),
            Course(
                title="Samples taken in",
                about="All pods together.",
                lines=(
                    Line(
                        query=recorded(own("tsdb_head_samples_appended_total"), env=env).rate("5m").total(),
                        legend="samples",
                    ),
                ),
                unit=Unit.PER_SECOND,
            ),
            Course(
                title="Rules that failed, per hour",
                about="Any is a mistake in a rule.",
                lines=(Line(query=failed, legend="{{rule_group}}"),),
                unit=Unit.NUMBER,
            ),
        ),
    )


def _number(title: str, about: str, query: Query, unit: Unit, limit: Limit | None = None) -> Number:
    return Number(title=title, about=about, line=Line(query=query, legend=title), unit=unit, limit=limit)


def _course(title: str, about: str, query: Query, unit: Unit, limit: Limit | None = None) -> Course:
    return Course(title=title, about=about, lines=(Line(query=query, legend=title),), unit=unit, limit=limit)
