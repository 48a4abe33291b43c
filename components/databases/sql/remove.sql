-- Take out what monitoring-user.sql put in, as whoever ran it. The extension stays: others may use it.

DROP SCHEMA datadog CASCADE;
DROP OWNED BY datadog;
DROP OWNED BY datadog_explain;
DROP ROLE datadog;
DROP ROLE datadog_explain;
