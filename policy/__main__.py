"""What the engine starts: serves the pack until the engine ends. Importing anything else here starts nothing."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the engine starts it from this folder

from pulumi_policy import EnforcementLevel, PolicyPack

from policy import veil
from policy.pack import NAME, policies

veil.put_on()
PolicyPack(NAME, policies=policies(), enforcement_level=EnforcementLevel.MANDATORY)
