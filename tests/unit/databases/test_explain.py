"""The function that gives the agent plans: what it explains, and that nothing can be done through it.

The attempts are those that work on the function as it is usually made: with a superuser's rights and no conditions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.databases.conftest import PASSWORD, Monitoring, NewServer, set_up
from tools.servers.postgres import Postgres

pytestmark = pytest.mark.slow

EXPLAIN = "SELECT datadog.explain_statement(%s)"


# The planner evaluates what is stable, for its estimate, and the error quotes what cannot be cast.
QUOTES_DATA = """
SELECT * FROM pg_class WHERE oid = (table_to_xml('content_items', true, false, '')::text)::int
"""

# https://www.postgresql.org/docs/current/errcodes-appendix.html
NOT_SUPPORTED = "0A000"
SEVERAL_STATEMENTS = "42P11"  # as a cursor's
READ_ONLY = "25006"
DIVISION_BY_ZERO = "22012"
UNDEFINED_PARAMETER = "42P02"
NOT_A_NUMBER = "22P02"
NO_RIGHT = "42501"


# Whoever evaluates the parameter, ends in an error.
PREPARED = "PREPARE dd_x(int) AS SELECT $1"
EVALUATED = "dd_x(1 / 0)"


def plan(session: Monitoring, statement: str) -> dict[str, Any]:
    (row,) = session.execute(EXPLAIN, [statement]).fetchall()
    found: dict[str, Any] = row[0][0]["Plan"]
    return found


def refused(session: Monitoring, statement: str) -> psycopg.Error:
    with pytest.raises(psycopg.Error) as raised:
        session.execute(EXPLAIN, [statement])
    return raised.value


def state(session: Monitoring, statement: str) -> str | None:
    """The code of the error that the attempt ends in; None where a plan comes back."""
    try:
        session.execute(EXPLAIN, [statement])
    except psycopg.Error as error:
        return error.sqlstate
    return None


@pytest.fixture
def titles(server: Postgres) -> Iterator[None]:
    """Holds that nothing is written in the test."""

    def content() -> list[Any]:
        with server.session() as connection:
            return connection.execute("SELECT count(*), max(title) FROM content_items").fetchall()

    before = content()
    yield
    assert content() == before


@pytest.mark.parametrize(
    ("statement", "node"),
    [
        ("SELECT * FROM content_items WHERE id = 1", "Index Scan"),
        ("select 1", "Result"),
        ("/* dddbs='genonaut',dde='production' */ SELECT * FROM content_items WHERE id = 1", "Index Scan"),
        ("-- of the ORM's\n  /* a */ /* b */\tTABLE content_items", "Seq Scan"),
        ("(SELECT 1) UNION ALL (SELECT 2)", "Append"),
        ("WITH one AS (SELECT 1) SELECT * FROM one;", "Result"),
        ("INSERT INTO content_items VALUES (-1, 'x')", "ModifyTable"),
        ("UPDATE content_items SET title = NULL", "ModifyTable"),
        ("DELETE FROM content_items", "ModifyTable"),
        ("SELECT * FROM content_items FOR UPDATE", "LockRows"),
        ("SELECT * FROM private.keys", "Seq Scan"),
    ],
)
@pytest.mark.usefixtures("titles")
def test_what_the_application_runs_is_explained(statement: str, node: str, monitoring: Monitoring) -> None:
    assert plan(monitoring, statement)["Node Type"] == node


def test_a_statement_with_parameters_is_explained_as_the_agent_does(monitoring: Monitoring) -> None:
    statement = "SELECT * FROM content_items WHERE id = $1 AND title = $2"
    # The agent goes by this code: it then prepares the statement, and asks for the plan of executing that.
    assert state(monitoring, statement) == UNDEFINED_PARAMETER
    monitoring.execute("SET plan_cache_mode = force_generic_plan")
    monitoring.execute(f"PREPARE dd_0a1b AS {statement}")
    assert plan(monitoring, "EXECUTE dd_0a1b(null,null)")["Index Cond"] == "(id = $1)"
    monitoring.execute("PREPARE dd_2c3d AS SELECT 1")
    assert plan(monitoring, "EXECUTE dd_2c3d")["Node Type"] == "Result"


@pytest.mark.parametrize(
    "statement",
    [
        "ANALYZE DELETE FROM content_items",
        "(ANALYZE) DELETE FROM content_items",
        "DROP TABLE content_items",
        "SELECT 1; DELETE FROM content_items",
        "DELETE FROM content_items; SELECT 1",
        f"EXECUTE {EVALUATED}",
        "EXECUTE dd_x(null, 1 / 0)",
        "EXECUTE dd_x(null); SELECT 1",
        f"CREATE TABLE mine AS EXECUTE {EVALUATED}",
        "DECLARE c CURSOR FOR SELECT 1",
        # PostgreSQL ends a comment at a carriage return, too, and nests comments.
        f"-- \rEXECUTE {EVALUATED} /*\nSELECT 1 */",
        f"/* /* */ SELECT 1 */ EXECUTE {EVALUATED}",
        f"/**/ /* SELECT */ EXECUTE {EVALUATED}",
        "",
        ";",
    ],
)
@pytest.mark.usefixtures("titles")
def test_nothing_else_is(statement: str, monitoring: Monitoring) -> None:
    monitoring.execute(PREPARED)
    assert state(monitoring, statement) in {NOT_SUPPORTED, SEVERAL_STATEMENTS}


STEAL = """
CREATE FUNCTION pg_temp.steal() RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT max(title) FROM content_items);
END $$
"""
STOLEN = "SELECT * FROM pg_class WHERE relname = pg_temp.steal()"


@pytest.mark.parametrize("role", ["datadog", "pg_monitor"])
@pytest.mark.usefixtures("titles")
def test_the_planner_does_not_run_the_callers_functions(role: str, monitoring: Monitoring) -> None:
    monitoring.execute("SET default_transaction_read_only = off")
    monitoring.execute(f"SET ROLE {role}")
    monitoring.execute(STEAL)
    monitoring.execute("RESET ROLE")
    refusal = refused(monitoring, STOLEN)
    assert refusal.sqlstate == NO_RIGHT
    assert "owner of a function" in str(refusal)


# A function of the application's that calls itself immutable, so that the planner runs it, and writes nevertheless.
CARELESS = """
CREATE FUNCTION public.write() RETURNS text LANGUAGE sql AS $$
    UPDATE content_items SET title = title RETURNING title
$$;
CREATE FUNCTION public.careless() RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$
BEGIN
    RETURN public.write();
END $$
"""


def test_what_is_planned_cannot_write(server: Postgres, monitoring: Monitoring) -> None:
    with server.session() as connection:
        connection.execute(CARELESS)
        monitoring.execute("SET default_transaction_read_only = off")
        try:
            assert state(monitoring, "SELECT public.careless()") == READ_ONLY
        finally:
            connection.execute("DROP FUNCTION public.careless, public.write")


def test_an_error_tells_nothing_of_the_data(monitoring: Monitoring) -> None:
    refusal = refused(monitoring, QUOTES_DATA)
    assert refusal.sqlstate == NOT_A_NUMBER
    text = json.dumps([str(refusal), refusal.diag.message_detail, refusal.diag.context, refusal.diag.message_hint])
    assert "made-up-title" not in text


def test_the_callers_own_transaction_stays_as_it_was(server: Postgres, monitoring: Monitoring) -> None:
    monitoring.execute("SET default_transaction_read_only = off")
    with monitoring.transaction():
        plan(monitoring, "SELECT 1")
        assert monitoring.execute("SHOW transaction_read_only").fetchone() == ("off",)


def test_nobody_else_may_ask(server: Postgres) -> None:
    with server.session() as connection:
        allowed = connection.execute(
            "SELECT rolname FROM pg_roles"
            " WHERE has_function_privilege(oid, 'datadog.explain_statement(text)', 'EXECUTE')"
        ).fetchall()
    assert {name for (name,) in allowed} == {"datadog", "datadog_explain", "postgres"}


def test_names_are_found_whatever_the_callers_path(monitoring: Monitoring) -> None:
    monitoring.execute("SET search_path = pg_temp")
    assert plan(monitoring, "SELECT * FROM content_items")["Relation Name"] == "content_items"


def test_a_long_statement_takes_no_longer_than_its_plan(monitoring: Monitoring) -> None:
    comment = "/* " + "x -- * / " * 20_000 + "*/"
    monitoring.execute("SET statement_timeout = '2s'")
    assert plan(monitoring, comment + " SELECT * FROM content_items WHERE title = '" + "x" * 100_000 + "'")
    refused(monitoring, "/* a */ " * 20_000 + "DROP TABLE content_items")


BEGINNINGS = st.lists(
    st.sampled_from(["/*", "*/", "--", "\n", "\r", " ", "\t", "(", ";", "SELECT ", "x", "/", "*", "'", '"', "$$", "-"])
)


@pytest.mark.usefixtures("titles")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(beginning=BEGINNINGS)
def test_no_beginning_smuggles_in_parameters(beginning: list[str], server: Postgres, monitoring: Monitoring) -> None:
    """Whatever comes first, EXECUTE never evaluates a parameter."""
    monitoring.execute(PREPARED)
    statement = f"{''.join(beginning)}EXECUTE {EVALUATED} /*\nSELECT 1 */"
    assert state(monitoring, statement) != DIVISION_BY_ZERO
    monitoring.execute("DEALLOCATE dd_x")


def test_the_attempts_succeed_on_a_function_without_these_conditions(new_server: NewServer) -> None:
    """Otherwise the tests above would hold nothing."""
    with new_server() as server:
        assert set_up(server).returncode == 0
        with server.session() as connection:
            connection.execute("DROP FUNCTION datadog.explain_statement")
            connection.execute("""
                CREATE FUNCTION datadog.explain_statement(l_query text) RETURNS SETOF json
                LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    RETURN QUERY EXECUTE 'EXPLAIN (FORMAT JSON) ' || l_query;
                END $$
            """)
            connection.execute(CARELESS)
        with server.session("datadog", PASSWORD) as session:
            session.execute("SET default_transaction_read_only = off")
            session.execute(PREPARED)
            assert state(session, f"EXECUTE {EVALUATED}") == DIVISION_BY_ZERO
            assert state(session, f"-- \rEXECUTE {EVALUATED} /*\nSELECT 1 */") == DIVISION_BY_ZERO
            assert state(session, "SELECT public.careless()") is None
            session.execute(STEAL)
            assert state(session, STOLEN) is None
            assert "made-up-title" in str(refused(session, QUOTES_DATA))
