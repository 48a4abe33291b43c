"""The monitoring user on a real PostgreSQL server: what it sees, what it may not do, how it is made and unmade."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from components.databases.checks import table_health
from components.databases.compile import SQL
from tests.unit.databases.conftest import PASSWORD, Monitoring, NewServer, set_up
from tests.unit.databases.servers import SETTINGS, psql
from tools.servers.postgres import Postgres

pytestmark = pytest.mark.slow

ODD = 'it\'s "odd" \\ $HOME `id` é %s ; DROP ROLE datadog; --'
RIGHTS = """
SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolcanlogin
FROM pg_roles WHERE rolname = %s
"""


def verify(server: Postgres, password: str = PASSWORD) -> tuple[int, str]:
    done = psql(SQL / "verify.sql", server.variables("datadog", password=password))
    return done.returncode, done.stderr


def test_it_sees_what_others_run(server: Postgres, monitoring: Monitoring) -> None:
    with server.session("genonaut_app") as other:
        other.execute("SELECT 'seen from outside'")
        rows = monitoring.execute("SELECT query FROM pg_stat_activity WHERE usename = 'genonaut_app'").fetchall()
    assert ("SELECT 'seen from outside'",) in rows


def test_it_sees_the_statements_of_others_and_all_settings(server: Postgres, monitoring: Monitoring) -> None:
    with server.session("genonaut_app") as other:
        other.execute("SELECT count(*) FROM content_items WHERE title = 'normalized'")
    seen = monitoring.execute(
        "SELECT s.calls FROM pg_stat_statements AS s JOIN pg_roles AS r ON r.oid = s.userid"
        " WHERE r.rolname = 'genonaut_app' AND s.query LIKE 'SELECT count(*) FROM content_items%'"
    ).fetchone()
    assert seen is not None
    assert seen[0] >= 1
    # Visible to pg_read_all_settings only.
    assert monitoring.execute("SELECT current_setting('data_directory')").fetchone() is not None


@pytest.mark.parametrize(
    "view",
    ["pg_stat_replication", "pg_replication_slots", "pg_stat_wal_receiver", "pg_stat_database", "pg_stat_wal"],
)
def test_it_reads_what_the_check_reads(view: str, monitoring: Monitoring) -> None:
    monitoring.execute(f"TABLE {view}")


def test_the_custom_query_tells_of_dead_and_unanalyzed_rows(server: Postgres, monitoring: Monitoring) -> None:
    query = table_health(("content_items", "of_another_version"))
    with server.session() as connection:
        connection.execute("ALTER TABLE content_items SET (autovacuum_enabled = off)")
        connection.execute("VACUUM ANALYZE content_items")
        connection.execute("DELETE FROM content_items WHERE id > 750")
        connection.execute("SELECT pg_stat_force_next_flush()")
        connection.execute("SELECT 1")
    rows = monitoring.execute(query["query"]).fetchall()
    ((table, dead, unanalyzed),) = rows
    assert len(query["columns"]) == len(rows[0])
    assert table == "content_items"
    assert dead == pytest.approx(0.25)
    assert unanalyzed == pytest.approx(250 / 750)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM content_items",
        "SELECT * FROM private.keys",
        "INSERT INTO content_items VALUES (-1, 'written')",
        "TRUNCATE content_items",
        "CREATE TABLE public.mine (id int)",
        "CREATE TABLE datadog.mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('postgresql.conf')",
        "SET ROLE datadog_explain",
        "SET ROLE genonaut_app",
        "CREATE OR REPLACE FUNCTION datadog.explain_statement(l_query text, OUT explain json) RETURNS SETOF json"
        " LANGUAGE sql AS 'SELECT NULL::json'",
    ],
)
def test_it_can_do_nothing_else(statement: str, monitoring: Monitoring) -> None:
    monitoring.execute("SET default_transaction_read_only = off")  # it may: what holds is what it has no right to
    with pytest.raises(InsufficientPrivilege):
        monitoring.execute(statement)


def test_it_begins_read_only(monitoring: Monitoring) -> None:
    assert monitoring.execute("SHOW transaction_read_only").fetchone() == ("on",)


def test_nobody_logs_in_as_the_role_behind_the_function(server: Postgres) -> None:
    with server.session() as connection:
        assert connection.execute(RIGHTS, ["datadog"]).fetchone() == (False,) * 5 + (True,)
        assert connection.execute(RIGHTS, ["datadog_explain"]).fetchone() == (False,) * 6


def test_a_second_run_changes_nothing_and_a_changed_password_is_set(new_server: NewServer) -> None:
    with new_server() as server:
        for password in ("first", "first", ODD):
            done = set_up(server, password)
            assert done.returncode == 0, done.stderr
            assert verify(server, password) == (0, "")
        assert "password authentication failed" in verify(server, "first")[1]


def test_the_password_is_in_no_statement(new_server: NewServer) -> None:
    with new_server() as server:
        assert set_up(server, "plain-to-see").returncode == 0
        with server.session() as connection:
            rows = connection.execute("SELECT query FROM pg_stat_statements").fetchall()
        text = "\n".join(query for (query,) in rows)
        assert "datadog" in server.log  # statements are logged
        assert "CREATE ROLE" in text  # and kept, nested ones too
        assert "plain-to-see" not in server.log + text


def test_the_hash_is_a_good_one_whatever_the_servers_default(new_server: NewServer) -> None:
    with new_server(f"{SETTINGS}\npassword_encryption = 'md5'") as server:
        assert set_up(server).returncode == 0
        with server.session() as connection:
            (kept,) = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'datadog'").fetchall()
        assert kept[0].startswith("SCRAM-SHA-256$")


def test_passwords_that_differ_change_nothing(new_server: NewServer) -> None:
    with new_server() as server:
        done = psql(SQL / "monitoring-user.sql", server.variables("postgres"), ["one", "another"])
        assert done.returncode != 0
        with server.session() as connection:
            assert connection.execute(RIGHTS, ["datadog"]).fetchone() is None


def test_a_function_made_by_hand_is_taken_over(new_server: NewServer) -> None:
    with new_server() as server:
        with server.session() as connection:
            connection.execute("""
                CREATE SCHEMA datadog;
                CREATE FUNCTION datadog.explain_statement(l_query text, OUT explain json) RETURNS SETOF json
                LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN END'
            """)
        assert set_up(server).returncode == 0
        assert verify(server) == (0, "")
        with server.session() as connection:
            owner = connection.execute(
                "SELECT proowner::regrole::text FROM pg_proc WHERE proname = 'explain_statement'"
            ).fetchone()
        assert owner == ("datadog_explain",)


def test_a_role_with_more_rights_is_refused(new_server: NewServer) -> None:
    with new_server() as server:
        with server.session() as connection:
            connection.execute("CREATE ROLE datadog SUPERUSER")
        done = set_up(server)
        assert done.returncode != 0
        assert "the role datadog may do more than monitoring needs" in done.stderr
        assert "ALTER ROLE datadog NOSUPERUSER" in done.stderr


def test_an_administrator_who_is_no_superuser_can_do_it(new_server: NewServer) -> None:
    """As on a managed server, where the service's administrators may also make the extension."""
    with new_server() as server:
        with server.session() as connection:
            connection.execute("CREATE EXTENSION pg_stat_statements")
            connection.execute("CREATE ROLE administrator LOGIN CREATEROLE CREATEDB")
            connection.execute(
                "GRANT pg_monitor, pg_read_all_data, pg_write_all_data TO administrator WITH ADMIN OPTION"
            )
            connection.execute("GRANT genonaut_app TO administrator")
        for _ in range(2):
            done = set_up(server, user="administrator")
            assert done.returncode == 0, done.stderr
        assert verify(server) == (0, "")


def test_a_server_that_does_not_keep_statements_is_said_to_be_one(new_server: NewServer) -> None:
    with new_server(settings="listen_addresses = '127.0.0.1'\nfsync = off") as server:
        assert set_up(server).returncode == 0
        code, errors = verify(server)
        assert code != 0
        assert "pg_stat_statements must be loaded via" in errors


def test_a_schema_that_everybody_may_write_to_is_warned_of(new_server: NewServer) -> None:
    with new_server() as server:
        assert set_up(server).returncode == 0
        with server.session() as connection:
            connection.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
        code, errors = verify(server)
        assert code == 0
        assert "REVOKE CREATE ON SCHEMA public FROM PUBLIC" in errors


def test_a_database_whose_name_needs_quotes(new_server: NewServer) -> None:
    name = 'of "two"; DROP ROLE datadog; --'
    with new_server() as server:
        with server.session() as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        done = psql(SQL / "monitoring-user.sql", server.variables("postgres", name), [PASSWORD, PASSWORD])
        assert done.returncode == 0, done.stderr
        with server.session("datadog", PASSWORD, name) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == (name,)


def test_all_of_it_can_be_removed(new_server: NewServer) -> None:
    with new_server() as server:
        assert set_up(server).returncode == 0
        done = psql(SQL / "remove.sql", server.variables("postgres"))
        assert done.returncode == 0, done.stderr
        with server.session() as connection:
            left = connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'datadog%'").fetchall()
            assert left == []
        assert set_up(server).returncode == 0
