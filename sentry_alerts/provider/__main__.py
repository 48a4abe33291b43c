"""The plugin as a process: prints its port, then serves until the engine ends it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.runtime.proto.provider_pb2_grpc import add_ResourceProviderServicer_to_server

from sentry_alerts.provider.servicer import Provider

WORKERS = 32
OPTIONS = (("grpc.max_receive_message_length", 400 * 1024 * 1024),)
"""As large as Pulumi's own plugins allow."""


def main() -> None:
    """Serve on a free port of this machine."""
    server = grpc.server(ThreadPoolExecutor(WORKERS), options=OPTIONS)
    add_ResourceProviderServicer_to_server(Provider(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    # The engine reads the first line.
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
