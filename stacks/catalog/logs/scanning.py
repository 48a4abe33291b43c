"""What nobody may read in a log. Rules are tried in this order.

Patterns stop at quotes and backslashes, so that a line of JSON stays one. Those of the agents, which see lines as they
are written, do not begin at a word's boundary: in JSON, a new line before a word ends with the letter n. None depends
on upper and lower case by a flag: the scanner and RE2 write flags differently.
"""

from __future__ import annotations

from components.logs.spec import ScanRule

_SECRET_WORD = "(?:[Pp]assword|PASSWORD|[Pp]asswd|[Ss]ecret|SECRET|[Aa]pi_?[Kk]ey|API_KEY|[Aa]ccess_?[Tt]oken)"  # noqa: S105
_GROUP = r"[ -]?\d{4}"

RULES: tuple[ScanRule, ...] = (
    ScanRule(
        key="authorization",
        title="Authorization headers",
        pattern=r"(?:[Bb]earer|BEARER|[Bb]asic|[Tt]oken) [A-Za-z0-9._~+/-]{16,}=*",
        replacement="[authorization]",
        tag="token",
        priority=1,
        at_agent=True,
    ),
    ScanRule(
        key="json-web-tokens",
        title="JSON web tokens",
        pattern=r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
        replacement="[json web token]",
        tag="token",
        priority=1,
        at_agent=True,
    ),
    ScanRule(
        key="vendor-tokens",
        title="Tokens of vendors",
        # Sentry (sntrys_ of organisations, sntryu_ of people), GitHub, Slack, Stripe and AWS have beginnings of
        # their own.
        pattern=r"(?:sntry[a-z]_|gh[pousr]_|github_pat_|xox[abprs]-|[rs]k_live_|AKIA)[A-Za-z0-9_=+/-]{16,}",
        replacement="[token]",
        tag="token",
        priority=1,
        at_agent=True,
    ),
    ScanRule(
        key="datadog-keys",
        title="Datadog's keys",
        # They are plain hexadecimal numbers, as trace ids are: only what is called a key is one.
        pattern=r"(?:DD|dd|DATADOG|datadog)[_-](?:API|api|APP|app|APPLICATION|application)[_-](?:KEY|key)"
        r"[=: ]{1,3}[0-9a-f]{32,}",
        replacement="[datadog key]",
        tag="token",
        priority=1,
        at_agent=True,
    ),
    ScanRule(
        key="url-credentials",
        title="Passwords in URLs",
        pattern=r"""://[^\s:/@"'\\]*:[^\s/@"'\\]+@""",
        replacement="://[credentials]@",
        tag="password",
        priority=1,
        at_agent=True,
    ),
    ScanRule(
        key="sql-passwords",
        title="Passwords in SQL",
        # Before the next one, which takes a word that follows at once for a part of its value.
        pattern=r"(?:PASSWORD|[Pp]assword) '[^'\"\\\[]+'",
        replacement="PASSWORD [secret]",
        tag="password",
        priority=1,
        at_agent=True,
    ),
    ScanRule(
        key="assignments",
        title="Passwords and keys by name",
        pattern=_SECRET_WORD + r"""=[^\s&;,"'\\\[]+""",
        replacement="[secret]",
        tag="password",
        priority=1,
        at_agent=True,
    ),
    ScanRule(
        key="card-numbers",
        title="Card numbers",
        # By the issuers' ranges and lengths. The last digit of a card is a check (Luhn); rules of one's own cannot
        # compute it, so that about nine of ten numbers that look like cards and are none are taken out as well.
        pattern=rf"\b(?:4\d{{3}}|5[1-5]\d\d|2[2-7]\d\d|6011|65\d\d){_GROUP}{_GROUP}{_GROUP}\b"
        r"|\b3[47]\d\d[ -]?\d{6}[ -]?\d{5}\b",
        replacement="[card number]",
        tag="card",
        priority=1,
    ),
    ScanRule(
        key="emails",
        title="E-mail addresses",
        pattern=r"\b[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b",
        replacement="[e-mail]",
        tag="email",
        priority=3,
    ),
)
