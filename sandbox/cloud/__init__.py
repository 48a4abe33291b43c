"""The small cloud on disk: objects, an operations log, faults. Knows no gRPC and no HTTP."""

from sandbox.cloud.cloud import Cloud
from sandbox.cloud.errors import AlreadyExists, CloudError, InjectedFault, NotFound
from sandbox.cloud.records import CloudObject, Fault, Operation

__all__ = [
    "AlreadyExists",
    "Cloud",
    "CloudError",
    "CloudObject",
    "Fault",
    "InjectedFault",
    "NotFound",
    "Operation",
]
