"""What of a stack's file can be used where its secrets cannot be read."""

from __future__ import annotations

from tools.stack.workspace import readable

CIPHERTEXT = {"secure": "v1:made-up"}


def test_encrypted_keys_are_left_out_and_encrypted_parts_are_made_up() -> None:
    config = {
        "config": {
            "p:datadogApiKey": CIPHERTEXT,
            "p:environment": "staging",
            "p:routing": {"warning": ["slack-a"], "webhooks": [{"name": "status", "url": CIPHERTEXT}]},
        },
        "encryptionsalt": "v1:made-up",
    }
    assert readable(config) == {
        "p:environment": "staging",
        "p:routing": {"warning": ["slack-a"], "webhooks": [{"name": "status", "url": "made-up"}]},
    }


def test_a_file_without_configuration_is_empty() -> None:
    assert readable({}) == {} == readable({"config": None})
