"""What Celery's workers and beat write: our JSON, and Celery's own lines.

The formats are the defaults of `worker_log_format` and `worker_task_log_format`
(https://docs.celeryq.dev/en/stable/userguide/configuration.html#logging), the words those of `celery.app.trace`. Times
are those of the container's clock, which is in UTC. Where Celery writes our JSON, its message has the words alone.
"""

from __future__ import annotations

from components.logs.processors import Category, Date, Grok, Status, TraceId

PROCESSORS = (
    Grok(
        helpers=(
            r'prefix \[%{date("yyyy-MM-dd HH:mm:ss,SSS"):timestamp}: %{word:level}/%{notSpace:logger.thread_name}\] ',
            r"task %{notSpace:celery.task}\[%{uuid:celery.task_id}\]",
            r'stack \n%{regex("Traceback (?s:.*)"):error.stack}',
        ),
        rules=(
            'received %{prefix}?Task %{task} %{regex("received"):outcome}%{data}',
            'succeeded %{prefix}?Task %{task} %{regex("succeeded"):outcome} in '
            "%{number:duration:scale(1000000000)}s: %{data}",
            'retried %{prefix}?Task %{task} %{regex("retry"):outcome}: %{data}%{stack}?',
            'failed %{prefix}?Task %{task} %{regex("raised unexpected|INTERNAL ERROR"):outcome}: %{data}%{stack}?',
            "said %{prefix}%{task}: %{data}",
            "other %{prefix}%{data}",
        ),
        samples=(
            "[2026-03-02 08:15:04,120: INFO/MainProcess] Task genonaut.tasks.generate_image"
            "[7d0a4f6e-2f0b-4c53-9d0e-0f4f5f1f8a11] received",
            "[2026-03-02 08:15:31,642: INFO/ForkPoolWorker-2] Task genonaut.tasks.generate_image"
            "[7d0a4f6e-2f0b-4c53-9d0e-0f4f5f1f8a11] succeeded in 27.493s: None",
            "[2026-03-02 08:15:31,642: ERROR/ForkPoolWorker-2] Task genonaut.tasks.generate_image"
            "[7d0a4f6e-2f0b-4c53-9d0e-0f4f5f1f8a11] raised unexpected: TimeoutError('made up')",
            "[2026-03-02 08:15:00,004: INFO/Beat] Scheduler: Sending due task beat-heartbeat (genonaut.tasks.beat)",
        ),
    ),
    Grok(
        source="error.stack",
        rules=(r'last (?s:.*)\n%{regex("[A-Za-z_][\\w.]*"):error.kind}(?:: %{data:error.message})?\s*',),
    ),
    Category(
        target="event",
        categories=(
            ("task_received", "@outcome:received"),
            ("task_succeeded", "@outcome:succeeded"),
            ("task_retried", "@outcome:retry"),
            ("task_failed", '@outcome:("raised unexpected" OR "INTERNAL ERROR")'),
        ),
    ),
    Status(source="level"),
    Date(source="timestamp"),
    TraceId(source="dd.trace_id"),
)
