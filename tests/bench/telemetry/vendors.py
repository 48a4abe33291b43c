"""Takes what is sent to Datadog's agent and to Sentry, and answers at once: prints its HTTP and its UDP port."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Taker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Read everything, say yes."""
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self._yes()

    do_PUT = do_POST

    def do_GET(self) -> None:
        """The agent's description of itself, which says nothing."""
        self._yes()

    def _yes(self) -> None:
        body = b"{}"
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _drain(udp: socket.socket) -> None:
    while True:
        udp.recv(65536)


def main() -> None:
    """Take until somebody ends it."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    threading.Thread(target=_drain, args=(udp,), daemon=True).start()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Taker)
    print(server.server_port, udp.getsockname()[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
