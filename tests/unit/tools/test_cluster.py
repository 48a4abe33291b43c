"""Starting and ending a control plane, with stand-ins for its programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools.cluster import ClusterError, ClusterMissingError, Programs, find_or_build, programs, running
from tools.golang import GoError

STORE = f"""#!{sys.executable}
import http.server, os, sys
open(__file__ + ".pid", "w").write(str(os.getpid()))
(port,) = (each.rsplit(":", 1)[1] for each in sys.argv if each.startswith("--listen-client-urls="))
class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(port)), Healthy).serve_forever()
"""


def program(file: Path, text: str) -> Path:
    file.write_text(text)
    file.chmod(0o755)
    return file


def test_what_did_not_start_says_what_it_wrote_and_nothing_stays(tmp_path: Path) -> None:
    etcd = program(tmp_path / "etcd", STORE)
    server = program(tmp_path / "server", "#!/bin/sh\necho 'no such flag' >&2\nexit 1\n")
    key = program(tmp_path / "openssl", "#!/bin/sh\n")
    with (
        pytest.raises(ClusterError, match="apiserver did not start:\nno such flag"),
        running(Programs(api_server=server, etcd=etcd, openssl=key)),
    ):
        pytest.fail("it runs")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "etcd.pid").read_text()), 0)


def test_what_is_missing_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tools.cluster.programs.shutil.which", lambda *_, **__: None)
    with pytest.raises(ClusterMissingError, match="no etcd here: install the package etcd-server"):
        find_or_build(log=print)


def test_a_build_that_fails_is_a_reason_to_skip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise GoError("There is no Go here")

    monkeypatch.setattr("tools.cluster.programs.Module.build", refuse)
    monkeypatch.setattr(programs, "BUILD", tmp_path)
    monkeypatch.setattr(
        "tools.cluster.programs.shutil.which", lambda name, **_: None if name == "kube-apiserver" else f"/bin/{name}"
    )
    with pytest.raises(ClusterMissingError, match="could not be built: There is no Go here"):
        find_or_build(log=print)
    assert not (tmp_path / "stamp").exists()
