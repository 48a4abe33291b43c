"""The price list. Confirm it against the contract with Datadog and Sentry, then give it a new date.

`STRATEGY` are the prices that the monitoring strategy names. `LIST` are public list prices (annual billing, US) as we
know them: nobody has offered them to us, and the vendors change them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from components.cost.spec import Price, PriceList

STRATEGY = "the monitoring strategy"
LIST = "public list price, to be confirmed"
MILLION = 1_000_000


def _price(
    key: str,
    title: str,
    unit: str,
    dollars: str,
    source: str,
    *,
    per: int = 1,
    comes_with: Mapping[str, int] | None = None,
) -> Price:
    return Price(
        key=key, title=title, unit=unit, dollars=Decimal(dollars), per=per, source=source, comes_with=comes_with or {}
    )


PRICES = PriceList(
    date=date(2026, 11, 24),
    prices=(
        _price("hosts", "Infrastructure hosts", "hosts", "15", STRATEGY),
        _price("apm-hosts", "APM hosts", "hosts", "31", STRATEGY),
        _price("containers", "Containers beyond those of hosts", "containers", "1", LIST, comes_with={"hosts": 5}),
        _price("network-hosts", "Hosts with network monitoring", "hosts", "5", LIST),
        _price("service-monitoring-hosts", "Hosts with service monitoring", "hosts", "9", LIST),
        _price("dbm-hosts", "Databases with Database Monitoring", "databases", "70", LIST),
        _price("custom-metrics", "Custom metrics", "metrics", "5", LIST, per=100, comes_with={"hosts": 100}),
        _price("spans-ingested", "Spans taken in", "GB", "0.10", LIST, comes_with={"apm-hosts": 150}),
        _price(
            "spans-indexed", "Spans kept 15 days", "spans", "1.70", LIST, per=MILLION, comes_with={"apm-hosts": MILLION}
        ),
        _price("logs-ingested", "Logs taken in", "GB", "0.10", LIST),
        _price("logs-3-days", "Logs kept 3 days", "lines", "1.06", LIST, per=MILLION),
        _price("logs-7-days", "Logs kept 7 days", "lines", "1.27", LIST, per=MILLION),
        # The strategy says 1.50 a GB, 75 dollars for 50 GB: the same at a thousand bytes a line.
        _price("logs-15-days", "Logs kept 15 days", "lines", "1.50", STRATEGY, per=MILLION),
        _price("logs-30-days", "Logs kept 30 days", "lines", "2.50", LIST, per=MILLION),
        _price("rum-sessions", "Browser sessions", "sessions", "0.60", STRATEGY, per=1_000),
        _price("rum-kept", "Browser sessions kept for search", "sessions", "3", LIST, per=1_000),
        _price("rum-replays", "Recorded browser sessions", "sessions", "2.50", LIST, per=1_000),
        _price("synthetics-api", "API test runs", "runs", "5", STRATEGY, per=10_000),
        _price("synthetics-browser", "Browser test runs", "runs", "12", LIST, per=1_000),
        _price("sentry-plan", "Sentry's Team plan", "plans", "26", LIST),
        _price("sentry-errors", "Sentry errors", "events", "0.36", LIST, per=1_000, comes_with={"sentry-plan": 50_000}),
        _price("sentry-crons", "Sentry cron monitors", "monitors", "0.78", LIST, comes_with={"sentry-plan": 1}),
        _price("sentry-uptime", "Sentry uptime monitors", "monitors", "1", LIST, comes_with={"sentry-plan": 1}),
    ),
)
