"""For those who tend PostgreSQL and Redis, and for those whose queries are slow."""

from __future__ import annotations

from components.dashboards.palette import Tone
from components.dashboards.spec import (
    DashboardSpec,
    Display,
    Group,
    MonitorStatus,
    Reduce,
    Series,
    Table,
    Timeseries,
    Toplist,
    Value,
)
from components.dashboards.units import Unit
from infra.naming import Team
from stacks.catalog.dashboards.series import count, line, of, percent, share, share_of_both
from stacks.catalog.dashboards.view import View, deployments
from stacks.catalog.services import POSTGRES, REDIS

_ENV = "$env"
_PG = "postgresql"


def dashboard(view: View) -> DashboardSpec:
    """The database performance dashboard."""
    return DashboardSpec(
        key="database-performance",
        title=f"Genonaut: database performance ({view.environment})",
        description="Have PostgreSQL and Redis room, which statements take the time, and what do services notice?",
        owner=Team.PLATFORM,
        variables=(view.env,),
        groups=(
            _now(view),
            _work(),
            _statements(),
            _locks(),
            _replication(view),
            _tables(),
            _clients(view),
            _redis(view),
        ),
        deployments=deployments(_ENV),
    )


def _now(view: View) -> Group:
    connections = percent("in use", of("max", f"{_PG}.percent_usage_connections", _ENV))
    used, most = (of("max", f"redis.mem.{name}", _ENV) for name in ("used", "maxmemory"))
    return Group(
        title="Now",
        widgets=(
            MonitorStatus(title="Alerts of PostgreSQL", tags=(f"service:{POSTGRES.service}",), height=3),
            MonitorStatus(title="Alerts of Redis", tags=(f"service:{REDIS.service}",), height=3),
            Value(
                title="PostgreSQL: connections, of all allowed",
                series=connections,
                reduce=Reduce.HIGHEST,
                alert=view.alert("postgres-connections"),
                height=3,
            ),
            Value(
                title="Redis: memory, of its limit",
                series=share("used", used, most),
                reduce=Reduce.HIGHEST,
                alert=view.alert("redis-memory"),
                height=3,
            ),
            Timeseries(
                title="Connections, of all allowed", series=(connections,), alert=view.alert("postgres-connections")
            ),
            Timeseries(
                title="Connections by database",
                series=(line("open", of("sum", f"{_PG}.connections", _ENV, "db"), Unit.CONNECTION),),
                display=Display.AREA,
            ),
            Timeseries(
                title="Blocks found in the buffer cache",
                series=(
                    share_of_both(
                        "found",
                        of("sum", f"{_PG}.buffer_hit", _ENV),
                        of("sum", f"{_PG}.disk_read", _ENV),
                        tone=Tone.GOOD,
                    ),
                ),
            ),
        ),
    )


def _rate(label: str, name: str, unit: Unit, tone: Tone = Tone.NEUTRAL) -> Series:
    return line(label, of("sum", f"{_PG}.{name}", _ENV), unit, per="second", tone=tone)


def _work() -> Group:
    return Group(
        title="PostgreSQL: work",
        widgets=(
            Timeseries(
                title="Transactions",
                series=(
                    _rate("committed", "commits", Unit.TRANSACTION, Tone.GOOD),
                    _rate("rolled back", "rollbacks", Unit.TRANSACTION, Tone.BAD),
                ),
            ),
            Timeseries(
                title="Rows read",
                series=(
                    _rate("fetched", "rows_fetched", Unit.ROW),
                    _rate("returned by scans", "rows_returned", Unit.ROW),
                ),
            ),
            Timeseries(
                title="Rows written",
                series=tuple(_rate(what, f"rows_{what}", Unit.ROW) for what in ("inserted", "updated", "deleted")),
                display=Display.AREA,
            ),
            Timeseries(title="Spilled to disk", series=(_rate("spilled", "temp_bytes", Unit.BYTE, Tone.WARNING),)),
            Timeseries(
                title="Checkpoints",
                series=(
                    line("at their time", count(f"{_PG}.bgwriter.checkpoints_timed", _ENV), None, tone=Tone.GOOD),
                    line("too early", count(f"{_PG}.bgwriter.checkpoints_requested", _ENV), None, tone=Tone.WARNING),
                ),
                display=Display.BARS,
            ),
            Timeseries(
                title="Size of databases",
                series=(line("size", of("max", f"{_PG}.database_size", _ENV, "db"), Unit.BYTE),),
                display=Display.AREA,
            ),
        ),
    )


def _statements() -> Group:
    """Database Monitoring counts the time in statements in nanoseconds."""
    time, calls = (count(f"{_PG}.queries.{name}", _ENV, "query_signature") for name in ("time", "count"))
    return Group(
        title="PostgreSQL: statements",
        widgets=(
            Table(
                title="Statements that take the most time",
                columns=(
                    (line("time", time, Unit.NANOSECOND), Reduce.TOTAL),
                    (line("calls", calls, Unit.QUERY), Reduce.TOTAL),
                    (
                        Series(
                            label="time per call",
                            formula="time / calls",
                            queries=(("time", time), ("calls", calls)),
                            unit=Unit.NANOSECOND,
                        ),
                        Reduce.TOTAL,
                    ),
                ),
                width=8,
            ),
            Toplist(
                title="Users of the database by time",
                series=line("time", count(f"{_PG}.queries.time", _ENV, "user"), Unit.NANOSECOND),
                reduce=Reduce.TOTAL,
            ),
        ),
    )


def _locks() -> Group:
    return Group(
        title="PostgreSQL: waiting",
        widgets=(
            Timeseries(
                title="Queries at work and waiting",
                series=(
                    line("at work", of("sum", f"{_PG}.active_queries", _ENV), None),
                    line("waiting", of("sum", f"{_PG}.waiting_queries", _ENV), None, tone=Tone.WARNING),
                ),
            ),
            Timeseries(
                title="Locks waited for",
                series=(line("locks", of("sum", f"{_PG}.locks", f"{_ENV},granted:false", "lock_mode"), Unit.LOCK),),
                display=Display.BARS,
            ),
            Timeseries(
                title="Deadlocks",
                series=(line("deadlocks", count(f"{_PG}.deadlocks.count", _ENV), Unit.LOCK, tone=Tone.BAD),),
                display=Display.BARS,
            ),
            Timeseries(
                title="Transactions that do nothing",
                series=(
                    line(
                        "idle",
                        of("sum", f"{_PG}.transactions.idle_in_transaction", _ENV, "app"),
                        Unit.TRANSACTION,
                        tone=Tone.WARNING,
                    ),
                ),
            ),
            Timeseries(
                title="Oldest transaction",
                series=(line("age", of("max", f"{_PG}.activity.xact_start_age", _ENV, "app"), Unit.SECOND),),
            ),
            Timeseries(
                title="Transactions left before identifiers wrap around",
                series=(line("left", of("min", f"{_PG}.before_xid_wraparound", _ENV, "db"), Unit.TRANSACTION),),
            ),
        ),
    )


def _replication(view: View) -> Group:
    return Group(
        title="PostgreSQL: replication",
        widgets=(
            Timeseries(
                title="Replicas behind, in time",
                series=(line("behind", of("max", f"{_PG}.replication_delay", _ENV, "host"), Unit.SECOND),),
                alert=view.alert("postgres-replication-lag"),
            ),
            Timeseries(
                title="Replicas behind, in log",
                series=(line("behind", of("max", f"{_PG}.replication_delay_bytes", _ENV, "host"), Unit.BYTE),),
            ),
            Timeseries(
                title="Log that slots hold back",
                series=(
                    line(
                        "held back",
                        of("max", f"{_PG}.replication_slot.restart_delay_bytes", _ENV, "slot_name"),
                        Unit.BYTE,
                    ),
                ),
            ),
        ),
    )


def _tables() -> Group:
    return Group(
        title="PostgreSQL: tables",
        widgets=(
            Toplist(
                title="Largest",
                series=line("size", of("max", f"{_PG}.total_size", _ENV, "table"), Unit.BYTE),
                reduce=Reduce.LAST,
            ),
            Toplist(
                title="Read as a whole most often",
                series=line("scans", of("sum", f"{_PG}.seq_scans", _ENV, "table"), None),
                reduce=Reduce.AVERAGE,
            ),
            Toplist(
                title="Longest without vacuum",
                series=line("age", of("max", f"{_PG}.last_autovacuum_age", _ENV, "table"), Unit.SECOND),
                reduce=Reduce.LAST,
            ),
            Timeseries(
                title="Dead rows of the tables behind lists",
                series=(percent("dead", of("max", "genonaut.postgres.table.dead_fraction", _ENV, "table")),),
                width=6,
            ),
            Timeseries(
                title="Rows of them that changed unknown to the planner",
                series=(percent("unknown", of("max", "genonaut.postgres.table.unanalyzed_fraction", _ENV, "table")),),
                width=6,
            ),
        ),
    )


def _clients(view: View) -> Group:
    pool = "genonaut.database.pool"
    return Group(
        title="What services notice",
        widgets=(
            Timeseries(
                title="Pool in use, of its size",
                series=(
                    share(
                        "in use",
                        of("max", f"{pool}.in_use", _ENV, "service"),
                        of("max", f"{pool}.size", _ENV, "service"),
                    ),
                ),
            ),
            Timeseries(
                title="Waiting for a connection, 95th percentile",
                series=(line("p95", of("p95", f"{pool}.wait", _ENV, "service"), Unit.SECOND, tone=Tone.WARNING),),
            ),
            Timeseries(
                title="Connections that fail",
                series=(
                    line(
                        "failed",
                        count("genonaut.database.connection.errors", _ENV, "reason"),
                        Unit.ERROR,
                        tone=Tone.BAD,
                    ),
                ),
                display=Display.BARS,
            ),
            Timeseries(
                title="Duration of queries",
                series=(
                    line("p50", of("p50", "trace.postgres.query", _ENV), Unit.SECOND, tone=Tone.GOOD),
                    line("p95", of("p95", "trace.postgres.query", _ENV), Unit.SECOND, tone=Tone.WARNING),
                ),
            ),
            Toplist(
                title="Slowest queries, 95th percentile",
                series=line("p95", of("p95", "trace.postgres.query", _ENV, "resource_name"), Unit.SECOND),
                reduce=Reduce.PERCENTILE,
                width=8,
                height=3,
            ),
        ),
    )


def _redis(view: View) -> Group:
    used, most = (of("max", f"redis.mem.{name}", _ENV, "host") for name in ("used", "maxmemory"))
    return Group(
        title="Redis",
        widgets=(
            Timeseries(
                title="Memory, of its limit", series=(share("used", used, most),), alert=view.alert("redis-memory")
            ),
            Timeseries(
                title="Keys thrown out and run out",
                series=(
                    line("thrown out", of("sum", "redis.keys.evicted", _ENV), Unit.KEY, tone=Tone.BAD),
                    line("run out", of("sum", "redis.keys.expired", _ENV), Unit.KEY),
                ),
            ),
            Timeseries(
                title="Look-ups that find something",
                series=(
                    share_of_both(
                        "found",
                        of("sum", "redis.stats.keyspace_hits", _ENV),
                        of("sum", "redis.stats.keyspace_misses", _ENV),
                        tone=Tone.GOOD,
                    ),
                ),
            ),
            Timeseries(
                title="Commands, per second",
                series=(line("commands", of("sum", "redis.net.commands", _ENV), Unit.COMMAND),),
            ),
            Timeseries(
                title="Clients",
                series=(
                    line("connected", of("sum", "redis.net.clients", _ENV), Unit.CONNECTION),
                    line("waiting", of("sum", "redis.clients.blocked", _ENV), Unit.CONNECTION),
                    line("refused", of("sum", "redis.net.rejected", _ENV), Unit.CONNECTION, tone=Tone.BAD),
                ),
            ),
            Timeseries(
                title="Slow commands, 95th percentile",
                series=(
                    line("p95", of("max", "redis.slowlog.micros.95percentile", _ENV, "command"), Unit.MICROSECOND),
                ),
            ),
        ),
    )
