"""What somebody changed from outside: found by the engine, told in one issue per stack."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from infra.naming import PROJECT
from tools.delivery.github import MOST_CHARACTERS, GitHub
from tools.pulumi import Pulumi, PulumiError

LABEL = "drift"
CHANGES_FOUND = 7
"""What the engine exits with where it finds changes and was told to expect none."""
_WORDS = {"update": "changed", "delete": "gone", "create": "unknown to the state"}
_UNTOUCHED = {"same", "refresh"}


@dataclass(frozen=True, slots=True, order=True)
class Drift:
    """One object that is not as it was deployed."""

    kind: str
    """The engine's type."""
    name: str
    """The logical name."""
    word: str
    """What happened to it."""
    properties: tuple[str, ...] = ()
    """Paths of what changed. Never a value: it may be secret."""


def find(pulumi: Pulumi, stack: str) -> list[Drift]:
    """What differs from the state, which stays as it is. Raises PulumiError where the engine could not look."""
    done = pulumi.answer("refresh", "--stack", stack, "--preview-only", "--expect-no-changes", "--json")
    if done.returncode not in {0, CHANGES_FOUND}:
        raise PulumiError(
            f"The engine could not compare {stack} with the clouds:\n{done.stderr or done.stdout}".strip()
        )
    try:
        found = read(done.stdout)
    except (ValueError, KeyError, TypeError) as error:
        raise PulumiError(f"The engine's answer about {stack} cannot be read: {error!r}") from None
    if (done.returncode == CHANGES_FOUND) != bool(found):
        raise PulumiError(f"The engine exited with {done.returncode} on {stack}, and named {len(found)} changes")
    return found


def read(answer: str) -> list[Drift]:
    """The changes in what `pulumi refresh --preview-only --json` prints. Raises ValueError, KeyError."""
    found = []
    for step in json.loads(answer).get("steps", []):
        if step["op"] not in _UNTOUCHED:
            *_, types, name = step["urn"].split("::", 3)
            properties = tuple(sorted(step.get("detailedDiff") or {}))
            found.append(Drift(types.rsplit("$", 1)[-1], name, _WORDS.get(step["op"], step["op"]), properties))
    return sorted(found)


def told(drifts: Sequence[Drift]) -> str:
    """The changes, a line each."""
    return "\n".join(
        f"- {drift.word}: `{drift.kind}` `{drift.name}`"
        + (f" ({', '.join(f'`{path}`' for path in drift.properties)})" if drift.properties else "")
        for drift in drifts
    )


def keep_issue(github: GitHub, stack: str, drifts: Sequence[Drift]) -> str:
    """Open, update or close the one issue about a stack's drift; returns what was done. Raises GitHubError."""
    own = [issue for issue in github.open_issues(LABEL) if (issue["body"] or "").startswith(marker(stack))]
    if not drifts:
        for issue in own:
            _close(github, issue["number"], "The stack is again as it was deployed.", "completed")
        return f"closed {_numbers(own)}" if own else "nothing to do"
    title, body = _title(stack, drifts), _body(stack, drifts)
    if not own:
        return f"opened {_numbers([github.open_issue(title, body, LABEL)])}"
    first, *others = own
    for issue in others:
        _close(github, issue["number"], f"The same as #{first['number']}.", "not_planned")
    if (first["title"], first["body"]) == (title, body):
        return f"{_numbers([first])} is up to date"
    github.edit_issue(first["number"], title=title, body=body)
    return f"updated {_numbers([first])}"


def marker(stack: str) -> str:
    """The line by which the issue of a stack is found."""
    return f"<!-- {PROJECT} drift: {stack} -->"


def _title(stack: str, drifts: Sequence[Drift]) -> str:
    count = "1 object is" if len(drifts) == 1 else f"{len(drifts)} objects are"
    return f"Drift in {stack}: {count} not as deployed"


def _body(stack: str, drifts: Sequence[Drift]) -> str:
    text = f"""{marker(stack)}
Somebody changed what the stack `{stack}` made, from outside of the program:

{told(drifts)}

Take it over into the program, or put it right with the next deployment:

```sh
pulumi preview --stack {stack} --refresh --diff   # what the next deployment would set back
```

This issue is kept by the workflow *drift*: it closes the issue when the difference is gone."""
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 20]}\n..."


def _close(github: GitHub, number: int, words: str, reason: str) -> None:
    github.add_comment(number, words)
    github.edit_issue(number, state="closed", state_reason=reason)


def _numbers(issues: Sequence[dict[str, object]]) -> str:
    return ", ".join(f"#{issue['number']}" for issue in issues)
