"""What differs per stack: `Pulumi.<stack>.yaml` read into one frozen, validated `Settings`.

This is the only reader of Pulumi's configuration. Every problem is reported at once, each with the key's path.
"""

from infra.settings.reading import load, read
from infra.settings.settings import SECRETS, Settings

__all__ = ["SECRETS", "Settings", "load", "read"]
