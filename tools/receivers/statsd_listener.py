"""Listens where the agent would, on a Unix socket and over UDP, and keeps what arrives."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.receivers.dogstatsd import OWN, ProtocolError, Sample, parse

LARGEST = 65_536
"""Bytes of the largest datagram."""
_BUFFER = 8 * 1024 * 1024
_LOOK_UP = 0.2


class Received:
    """What has arrived so far."""

    def __init__(self, path: Path, port: int) -> None:
        self.path = path
        """The Unix socket."""
        self.port = port
        """The UDP port of loopback."""
        self.wrong: list[str] = []
        """What was no message of the protocol."""
        self._samples: list[Sample] = []

    def samples(self) -> list[Sample]:
        """The application's metrics."""
        return [sample for sample in self._samples if not sample.name.startswith(OWN)]

    def about_itself(self) -> Counter[str]:
        """What the clients say they sent and dropped, by the name after the common beginning."""
        totals: Counter[str] = Counter()
        for sample in self._samples:
            if sample.name.startswith(OWN):
                totals[sample.name.removeprefix(OWN)] += int(sample.total)
        return totals

    def take(self, datagram: bytes) -> None:
        """Keep the metrics of a datagram, or what is wrong with it."""
        try:
            self._samples.extend(parse(datagram))
        except ProtocolError as error:
            self.wrong.append(str(error))


@contextmanager
def listening(path: Path) -> Iterator[Received]:
    """Listen at a Unix socket of this path and at a free UDP port."""
    with ExitStack() as ending:
        unix = ending.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        path.unlink(missing_ok=True)
        unix.bind(str(path))
        ending.callback(path.unlink, missing_ok=True)
        udp = ending.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        received = Received(path, udp.getsockname()[1])
        stop = threading.Event()
        for one in (unix, udp):
            one.settimeout(_LOOK_UP)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
            thread = threading.Thread(target=_listen, args=(one, received, stop), daemon=True)
            thread.start()
            ending.callback(thread.join)
        ending.callback(stop.set)
        yield received


def _listen(one: socket.socket, received: Received, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            received.take(one.recv(LARGEST))
        except TimeoutError:
            continue
