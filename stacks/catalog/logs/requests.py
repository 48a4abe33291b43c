"""What the services that answer requests write: our JSON, and uvicorn's own lines.

uvicorn's formats are those of its `LOGGING_CONFIG`, without colours: it colours only terminals.
"""

from __future__ import annotations

from components.logs.processors import Category, Date, Grok, Status, TraceId, Url

LEVEL = 'level %{regex("DEBUG|INFO|WARNING|ERROR|CRITICAL"):level}:\\s+'

PROCESSORS = (
    Grok(
        helpers=(
            LEVEL,
            "client %{ip:network.client.ip}:%{integer} ",
            "request %{word:http.method} %{notSpace:http.url} HTTP/%{notSpace}",
        ),
        rules=(
            'access %{level}?%{client}?- "%{request}" %{integer:http.status_code}%{data}',
            "server %{level}%{data}",
        ),
        samples=(
            'INFO:     10.2.0.17:41630 - "GET /api/v1/content/unified?page=3&page_size=20 HTTP/1.1" 200 OK',
            'INFO:     10.2.0.17:41630 - "POST /api/v1/content/search HTTP/1.1" 503 Service Unavailable',
            "INFO:     Application startup complete.",
        ),
    ),
    # uvicorn calls every answer INFO.
    Category(
        target="level",
        categories=(("error", "@http.status_code:>=500"), ("warning", "@http.status_code:[400 TO 499]")),
    ),
    Status(source="level"),
    Url(source="http.url", target="http.url_details"),
    Date(source="timestamp"),
    TraceId(source="dd.trace_id"),
)
