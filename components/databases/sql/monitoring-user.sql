-- The user that Datadog's PostgreSQL check connects as, and all it may do. PostgreSQL 14 or newer.
-- May be run again at any time: it changes what differs. What it reads is in docs/databases/README.md.
--
-- By hand, as a superuser or a managed service's administrator, in the database that is monitored:
--     psql --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction --file monitoring-user.sql
-- psql asks for the user's password twice. It sends a hash of it, so that the password itself is never in a statement
-- that the server logs or keeps in pg_stat_statements.

SET client_min_messages = warning;

CREATE EXTENSION IF NOT EXISTS pg_stat_statements;

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['datadog', 'datadog_explain'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
        IF EXISTS (
            SELECT FROM pg_catalog.pg_roles
            WHERE rolname = wanted AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
        ) THEN
            RAISE EXCEPTION 'the role % may do more than monitoring needs', wanted
                USING HINT = format('ALTER ROLE %I NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS', wanted);
        END IF;
    END LOOP;
END
$$;

-- The user itself: reads statistics, and no table of the application.
ALTER ROLE datadog LOGIN INHERIT;
ALTER ROLE datadog SET default_transaction_read_only = on;
SET LOCAL password_encryption = 'scram-sha-256';
\password datadog
GRANT CONNECT ON DATABASE :"DBNAME" TO datadog;
GRANT pg_monitor TO datadog;
GRANT USAGE ON SCHEMA public TO datadog;

-- Whoever asks for the plan of a statement needs every right that running it needs. These rights belong to a role that
-- nobody can log in as, and whose only use is the function below.
ALTER ROLE datadog_explain NOLOGIN;
GRANT pg_read_all_data, pg_write_all_data TO datadog_explain;
GRANT datadog_explain TO CURRENT_USER;

CREATE SCHEMA IF NOT EXISTS datadog;
ALTER SCHEMA datadog OWNER TO datadog_explain;
GRANT USAGE ON SCHEMA datadog TO datadog;

-- The plan of a statement, with the rights of datadog_explain. Planning can run code: functions that the planner
-- evaluates in advance, and the parameters of EXECUTE. So that the caller cannot borrow those rights,
--   * the transaction is read-only, and a cursor takes one statement, never two;
--   * only what the agent sends is planned: a query or a change of data, or EXECUTE with nothing but nulls.
--     Comments may come first, but none inside another: PostgreSQL nests them, a pattern cannot;
--   * nothing is planned for a caller who owns a function, by itself or by a role that it is a member of;
--   * the message of an error, which may quote data, is kept from the caller. The agent goes by its code.
CREATE OR REPLACE FUNCTION datadog.explain_statement(l_query text, OUT explain json)
RETURNS SETOF json
LANGUAGE plpgsql
STRICT
SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    ignored CONSTANT text := '^(?:\s|--[^\n\r]*[\n\r]|/\*(?:(?!/\*|\*/).)*\*/)*';
    planned CONSTANT text := '(?:select|table|values|with|insert|update|delete|merge)\y';
    prepared CONSTANT text := 'execute\s+dd_\w+\s*(?:\((?:\s*null\s*(?:,\s*null\s*)*)?\))?[\s;]*$';
BEGIN
    IF l_query !~* (ignored || '(?:\(\s*)*' || planned) AND l_query !~* (ignored || prepared) THEN
        RAISE EXCEPTION USING ERRCODE = 'feature_not_supported', MESSAGE = 'only queries and changes of data are explained';
    END IF;
    IF EXISTS (
        SELECT FROM pg_catalog.pg_proc
        WHERE proowner IN (SELECT oid FROM pg_catalog.pg_roles WHERE pg_catalog.pg_has_role(session_user, oid, 'MEMBER'))
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'nothing is explained to the owner of a function';
    END IF;
    BEGIN
        SET TRANSACTION READ ONLY; -- until the end of this block, which is a subtransaction
        FOR explain IN EXECUTE 'EXPLAIN (FORMAT JSON) ' || l_query LOOP
            RETURN NEXT;
        END LOOP;
    EXCEPTION WHEN OTHERS THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = 'the statement cannot be explained';
    END;
END
$$;
ALTER FUNCTION datadog.explain_statement(text) OWNER TO datadog_explain;
REVOKE ALL ON FUNCTION datadog.explain_statement(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION datadog.explain_statement(text) TO datadog;
