"""A real Kubernetes API server on this machine, for tests: the installed one, or one built here with Go."""

from tools.cluster.programs import ClusterMissingError, Programs, find_or_build
from tools.cluster.server import ApiServer, ClusterError, running

__all__ = ["ApiServer", "ClusterError", "ClusterMissingError", "Programs", "find_or_build", "running"]
