"""What PostgreSQL writes to standard error, in English (`lc_messages = C`).

The prefix that docs/logs.md asks for is `%m [%p] %e %q%u@%d `. The server's default (`%m [%p] `) and Debian's
(`%m [%p] %q%u@%d `) are read as well, without what they leave out
(https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LINE-PREFIX).
"""

from __future__ import annotations

from components.logs.processors import Category, Date, Grok, Status

_SEVERITIES = "DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|CONTEXT|QUERY|LOCATION"

PROCESSORS = (
    Grok(
        helpers=(
            'code %{regex("[0-9A-Z]{5}"):db.error_code:nullIf("00000")} ',
            'who %{notSpace:db.user:nullIf("[unknown]")}@%{notSpace:db.name:nullIf("[unknown]")} ',
            r'head %{date("yyyy-MM-dd HH:mm:ss.SSS z"):timestamp} \[%{integer}\] %{code}?%{who}?',
            rf'prefix %{{head}}%{{regex("{_SEVERITIES}"):severity}}:\s+',
            "took duration: %{number:duration:scale(1000000)} ms",
        ),
        rules=(
            r"slow %{prefix}%{took}\s+(?:statement|(?:parse|bind|execute) [^:]*): %{data:db.statement}",
            "timed %{prefix}%{took}%{data}",
            r'statement %{head}%{regex("STATEMENT"):severity}:\s+%{data:db.statement}',
            "other %{prefix}%{data}",
        ),
        samples=(
            "2026-03-02 08:15:04.120 UTC [71] 00000 genonaut@genonaut LOG:  duration: 812.004 ms  "
            "execute <unnamed>: SELECT id FROM content_items ORDER BY created_at LIMIT $1",
            "2026-03-02 08:15:04.120 UTC [71] 40P01 genonaut@genonaut ERROR:  deadlock detected",
            "2026-03-02 08:15:04.120 UTC [71] FATAL:  sorry, too many clients already",
            "2026-03-02 08:15:04.120 UTC [71] genonaut@genonaut STATEMENT:  UPDATE content_items SET title = $1",
        ),
    ),
    Category(
        target="level",
        categories=(
            ("emergency", "@severity:PANIC"),
            # FATAL ends one session, not the server.
            ("error", "@severity:(ERROR OR FATAL)"),
            ("warning", "@severity:WARNING"),
            ("notice", "@severity:NOTICE"),
            ("debug", "@severity:DEBUG*"),
            # Everything else, too, is written to standard error, which the agent takes for errors.
            ("info", "@severity:*"),
        ),
    ),
    Status(source="level"),
    Date(source="timestamp"),
    # DETAIL, HINT and STATEMENT carry the code of the error they belong to: only the error itself counts.
    Category(
        target="event",
        categories=(
            ("slow_statement", "@severity:LOG @duration:>0 @db.statement:*"),
            ("deadlock", '@severity:ERROR (@db.error_code:40P01 OR "deadlock detected")'),
            ("lock_wait", '@severity:LOG "still waiting for"'),
            (
                "connections_exhausted",
                '@severity:FATAL (@db.error_code:53300 OR "too many clients already" OR "too many connections for" '
                'OR "remaining connection slots are reserved")',
            ),
            (
                "login_failed",
                '@severity:FATAL (@db.error_code:(28P01 OR 28000) OR "password authentication failed for user")',
            ),
            ("cancelled", '@severity:ERROR (@db.error_code:57014 OR "canceling statement due to")'),
        ),
    ),
)
