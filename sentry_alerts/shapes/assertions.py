"""What the answer to an uptime check must be, as JSON text. Pure."""

from __future__ import annotations

import json


def ok_with(json_path: str, value: str) -> str:
    """A status of 2xx, and this value at a place of the JSON body, such as `$.status`."""
    children = [
        {"op": "status_code_check", "operator": {"cmp": "greater_than"}, "value": 199},
        {"op": "status_code_check", "operator": {"cmp": "less_than"}, "value": 300},
        {
            "op": "json_path",
            "value": json_path,
            "operator": {"cmp": "equals"},
            "operand": {"jsonpath_op": "literal", "value": value},
        },
    ]
    return json.dumps({"root": {"op": "and", "children": children}}, sort_keys=True)
