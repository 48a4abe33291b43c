"""`python -m tools.cluster`: make sure there is an API server, and say which."""

import sys

from tools.cluster import ClusterMissingError, find_or_build

try:
    print(f"== Cluster: {find_or_build(log=print)}")
except ClusterMissingError as missing:
    # Not a failure: the tests that need it skip with the same words.
    print(f"== Cluster: {missing}", file=sys.stderr)
