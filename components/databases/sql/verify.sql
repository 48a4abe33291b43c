-- Run as the monitoring user: fails, with the reason, where the check would see less than it should.

SELECT count(*) AS statements FROM pg_stat_statements;

SELECT datadog.explain_statement('SELECT * FROM pg_stat_activity') IS NOT NULL AS explains;

DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'pg_monitor', 'USAGE') THEN
        RAISE EXCEPTION '% sees neither what others run nor all settings', current_user
            USING HINT = format('GRANT pg_monitor TO %I', current_user);
    END IF;
    IF has_schema_privilege(current_user, 'public', 'CREATE') THEN
        RAISE WARNING 'everybody may create objects in the schema public, and so may %', current_user
            USING HINT = 'REVOKE CREATE ON SCHEMA public FROM PUBLIC';
    END IF;
END
$$;
