"""The Postgres check (agent integration `postgres`).

It does not add the agent's own tags (`propagate_agent_tags` is false by default): `env` and `service` are there
because the instance in our configuration says so. Our instance also sets `disable_generic_tags`, so there is no
`server`; `relations`, for the tables; `dbm`, for statements; and a query of its own, for `genonaut.postgres.*`. It
does not set `collect_bloat_metrics` and `collect_wal_metrics`.
"""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import ServiceCheck, Source, Status, Tag
from contract.telemetry.tags import fixed, free

ACTIVITY = "postgres"
"""What the `service` of the database does."""

_SERVER = (
    Tag("env"),
    Tag("service", doing=ACTIVITY),
    *free("host", "port", "database_hostname", "database_instance", "postgresql_version"),
    *free("kube_cluster_name", "cluster_name"),
    fixed("replication_role", "master", "standby"),
)
_DB = (*_SERVER, Tag("db"))
_TABLE = (*_DB, *free("schema", "table"))
_WATCHED = (*_DB, Tag("table"))
_INDEX = (*_TABLE, Tag("index"))
_SESSION = (*_DB, *free("app", "user"))
_LOCKS = (*_TABLE, *free("lock_mode", "lock_type"), fixed("granted", "true", "false"))
_SLOT = (*_SERVER, *free("slot_name", "slot_type"), fixed("slot_state", "active", "inactive"))
_STANDBY = (*_SERVER, *free("wal_app_name", "wal_state", "wal_sync_state", "wal_client_addr"))

_gauge = partial(model.gauge, source=Source.POSTGRES)
_count = partial(model.count, source=Source.POSTGRES)
_rate = partial(model.rate, source=Source.POSTGRES)

METRICS = (
    # Connections.
    _gauge("postgresql.connections", "connection", _DB, "Open connections to a database."),
    _gauge("postgresql.max_connections", "connection", _SERVER, "Connections the server allows."),
    _gauge("postgresql.percent_usage_connections", "fraction", _SERVER, "Share of allowed connections in use."),
    _gauge("postgresql.running", None, _SERVER, "Servers that answer."),
    _gauge("postgresql.uptime", "second", _SERVER, "Time since the server started."),
    # Work.
    _rate("postgresql.commits", "transaction", _DB, "Transactions committed."),
    _rate("postgresql.rollbacks", "transaction", _DB, "Transactions rolled back."),
    _rate("postgresql.rows_fetched", "row", _DB, "Rows that queries fetched."),
    _rate("postgresql.rows_returned", "row", _DB, "Rows that scans returned."),
    _rate("postgresql.rows_inserted", "row", _DB, "Rows inserted."),
    _rate("postgresql.rows_updated", "row", _DB, "Rows updated."),
    _rate("postgresql.rows_deleted", "row", _DB, "Rows deleted."),
    _rate("postgresql.temp_bytes", "byte", _DB, "What queries spilled to disk."),
    _rate("postgresql.temp_files", "file", _DB, "Files that queries spilled to."),
    # The cache: hits against what had to be read from disk.
    _rate("postgresql.buffer_hit", "hit", _DB, "Blocks found in the buffer cache."),
    _rate("postgresql.disk_read", "block", _DB, "Blocks read from disk."),
    # Locks and long transactions.
    _rate("postgresql.deadlocks", "lock", _DB, "Deadlocks found per second."),
    _count("postgresql.deadlocks.count", "lock", _DB, "Deadlocks found."),
    _gauge("postgresql.locks", "lock", _LOCKS, "Locks held or waited for."),
    _gauge("postgresql.waiting_queries", None, _SESSION, "Queries that wait for something."),
    _gauge("postgresql.active_queries", None, _SESSION, "Queries at work."),
    _gauge("postgresql.transactions.open", "transaction", _SESSION, "Open transactions."),
    _gauge(
        "postgresql.transactions.idle_in_transaction", "transaction", _SESSION, "Open transactions that do nothing."
    ),
    _gauge("postgresql.activity.xact_start_age", "second", _SESSION, "Age of the oldest open transaction."),
    _gauge("postgresql.before_xid_wraparound", "transaction", _DB, "Transactions left before identifiers wrap around."),
    # Replication.
    _gauge("postgresql.replication_delay", "second", _SERVER, "How far a standby is behind, in time."),
    _gauge("postgresql.replication_delay_bytes", "byte", _SERVER, "How far a standby is behind, in log."),
    _gauge("postgresql.replication.wal_replay_lag", "second", _STANDBY, "From writing here to replay on a standby."),
    _gauge("postgresql.replication_slot.restart_delay_bytes", "byte", _SLOT, "Log that a slot holds back."),
    # Size and dead rows, which are what bloats a table.
    _gauge("postgresql.database_size", "byte", _DB, "Disk space of a database."),
    _gauge("postgresql.table_size", "byte", _TABLE, "Disk space of a table without its indexes."),
    _gauge("postgresql.index_size", "byte", _TABLE, "Disk space of a table's indexes."),
    _gauge("postgresql.total_size", "byte", _TABLE, "Disk space of a table with all that belongs to it."),
    _gauge("postgresql.live_rows", "row", _TABLE, "Rows in use."),
    _gauge("postgresql.dead_rows", "row", _TABLE, "Rows that vacuum has not removed yet."),
    _gauge("postgresql.seq_scans", "scan", _TABLE, "Scans over a whole table.", per="second"),
    _gauge("postgresql.index_scans", "scan", _INDEX, "Scans over an index.", per="second"),
    _gauge("postgresql.last_autovacuum_age", "second", _TABLE, "Time since a table was last vacuumed by itself."),
    _gauge("genonaut.postgres.table.dead_fraction", "fraction", _WATCHED, "Share of a table's rows that are dead."),
    _gauge(
        "genonaut.postgres.table.unanalyzed_fraction",
        "fraction",
        _WATCHED,
        "Share of a table's rows that changed unknown to the planner.",
    ),
    # The write-ahead log.
    _count("postgresql.archiver.failed_count", None, _SERVER, "Pieces of the log that could not be archived."),
    _count("postgresql.bgwriter.checkpoints_requested", None, _SERVER, "Checkpoints that came too early."),
    _count("postgresql.bgwriter.checkpoints_timed", None, _SERVER, "Checkpoints at their time."),
    # Statements, by Database Monitoring.
    _count("postgresql.queries.count", "query", (*_DB, *free("user", "query_signature")), "Statements executed."),
    _count("postgresql.queries.time", "nanosecond", (*_DB, *free("user", "query_signature")), "Time in statements."),
)

CHECKS = (
    ServiceCheck(
        name="postgres.can_connect",
        tags=_DB,
        statuses=frozenset({Status.OK, Status.CRITICAL}),
        source=Source.POSTGRES,
        description="Whether the check reaches the database and may log in.",
    ),
)
