"""What the pack hands back to the engine for a resource that lacks the mark. Runs with the pack's own Python."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from pulumi_policy import ResourceValidationArgs
from pulumi_policy.deserialize import deserialize_properties, serialize_properties
from pulumi_policy.proxy import unknown_checking_proxy

from policy.pack import policies

(policy,) = [one for one in policies() if one.name == "managed-by-pulumi"]
sent = json.load(sys.stdin)
properties = unknown_checking_proxy(deserialize_properties(sent["properties"], True))
options = SimpleNamespace(protect=False)
mended = policy.remediate(ResourceValidationArgs(sent["type"], properties, "urn:of-one", "one", options, None))
print(json.dumps(serialize_properties(mended)))
