"""What becomes of lines of a log: pipeline, attributes, status, index, what is taken out. No account is needed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from components.logs.interpret.fate import Fate, fate
from components.logs.spec import LogsSpec


def followed(spec: LogsSpec, lines: Iterable[str], service: str, environment: str) -> Iterator[str]:
    """A paragraph for each line; lines that begin with a tab belong to the one before."""
    joined = "".join(lines).replace("\n\t", "\v\t").splitlines()
    for text in (one.replace("\v", "\n") for one in joined if one.strip()):
        yield _paragraph(fate(spec, text, {"env": environment, "service": service}))


def _paragraph(found: Fate) -> str:
    kept = found.index.name if found.index else "none of ours"
    if found.exclusion:
        kept += f", {found.exclusion.share:.0%} left out: {found.exclusion.name}"
    rows = {
        "pipelines": ", ".join(found.pipelines),
        "status": found.line.status,
        "attributes": json.dumps(found.line.attributes, ensure_ascii=False),
        "masked by the agent": ", ".join(found.scrubbed_by_agent),
        "scrubbed by Datadog": ", ".join(found.scrubbed_by_datadog),
        "metrics": ", ".join(found.metrics),
        "index": kept,
    }
    return "\n".join([found.line.message, *(f"  {name}: {value or '-'}" for name, value in rows.items())])
