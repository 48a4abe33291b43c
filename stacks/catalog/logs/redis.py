"""What Redis writes: process and role, time, a sign for the level, text (`serverLogRaw` in its server.c)."""

from __future__ import annotations

from components.logs.processors import Category, Date, Grok, Status

PROCESSORS = (
    Grok(
        helpers=(
            # A sign of its own each, because search knows no way to ask for one.
            r'sign (?:%{regex("#"):sign.warning}|%{regex("\\*"):sign.notice}|%{regex("[.-]"):sign.debug})',
            'role %{integer}:%{regex("[XCSM]")}',
        ),
        rules=('line %{role} %{date("dd MMM yyyy HH:mm:ss.SSS"):timestamp} %{sign} %{data}',),
        samples=(
            "1:M 02 Mar 2026 08:15:04.120 * Ready to accept connections tcp",
            "1:M 02 Mar 2026 08:15:04.120 # WARNING Memory overcommit must be enabled!",
        ),
    ),
    Category(
        target="level",
        categories=(
            ("warning", "@sign.warning:*"),
            ("notice", "@sign.notice:*"),
            ("debug", "@sign.debug:*"),
        ),
    ),
    Status(source="level"),
    Date(source="timestamp"),
)
