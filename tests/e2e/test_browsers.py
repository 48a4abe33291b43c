"""What browsers are told, on the real engine: new rates replace nothing, and the token is a secret on its way."""

from __future__ import annotations

import json

from tests.e2e.lab import Lab
from tests.e2e.test_lifecycle import program_with


def test_new_rates_arrive_in_place_and_the_client_token_is_readable_nowhere(running: Lab) -> None:
    program_with(running, "stacks/production.py", "replays=5.0, traces=20.0, kept=10.0", "replays=0, traces=1, kept=20")
    preview = running.pulumi("preview", "--diff", "--json").stdout
    # The configuration, and the filter that keeps a share of all sessions.
    summary = json.loads(preview)["changeSummary"]
    assert {operation for operation in summary if operation != "same"} == {"update"}
    assert summary["update"] == 2
    printed = [preview, running.up("--diff").stdout, running.pulumi("stack", "export").stdout]
    shown = json.loads(running.pulumi("stack", "export", "--show-secrets").stdout)["deployment"]["resources"]
    (application,) = [one for one in shown if one["urn"].endswith("::web-rum")]
    (config,) = [one for one in shown if one["urn"].endswith("::web-rum-config")]
    token = application["outputs"]["clientToken"]["plaintext"].strip('"')
    assert token.startswith("pub")
    assert token in json.dumps(config["inputs"]["data"])
    assert [text for text in printed if token in text] == []
