"""Regular expressions that the agents (RE2, by Go), Datadog's scanner and Python read alike.

RE2 (https://github.com/google/re2/wiki/Syntax) has no look-around and no references, so that it takes time in
proportion to the text. The scanner's syntax (https://docs.datadoghq.com/sensitive_data_scanner/regular_expression_syntax/)
is a subset of PCRE2's without both.
"""

from __future__ import annotations

import re

_REFUSED = {
    r"\(\?(?!:)": "only (?:...) is known to all of them: no look-around, flags or named groups",
    r"\\[1-9]": "references are not known to RE2",
    r"[*+?}]\+": "possessive repetition is not known to RE2",
    r"\\[KRCGZ]": "this escape is not known to RE2",
}


def refused(pattern: str) -> str | None:
    """Why a pattern cannot be used; None where it can."""
    for construct, reason in _REFUSED.items():
        if re.search(rf"(?<!\\)(?:\\\\)*{construct}", pattern):
            return reason
    try:
        found = re.compile(pattern, re.ASCII)
    except re.error as error:
        return str(error)
    return "it fits an empty text" if found.search("") else None
