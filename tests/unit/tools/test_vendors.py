"""What vendors refuse is told in words: their real clients, with a server that refuses everything or is not there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from infra.naming import Mark
from tests.examples import settings
from tools.mute.mute import Rollout
from tools.recover.found import KEY, Found
from tools.recover.inventory import datadog, kubernetes, sentry
from tools.recover.recover import Endpoints
from tools.vendors import DATADOG, KUBERNETES, SENTRY, Vendor, VendorError

MARK = Mark("example")
NOBODY = "http://127.0.0.1:9"
"""Nothing listens there: the port is reserved (RFC 863), and no service of ours."""


class _Refusal(BaseHTTPRequestHandler):
    status = 403

    def do_GET(self) -> None:
        body = b'{"errors":\n  ["made-up: no"]}' + b" x" * 1000
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_DELETE = do_GET

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(params=[401, 403, 404])
def refusing(request: pytest.FixtureRequest) -> Iterator[tuple[str, int]]:
    """The address of a server that answers everything with one status."""
    handler = type("Handler", (_Refusal,), {"status": request.param})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", request.param
    server.shutdown()
    thread.join()
    server.server_close()


def inventory(vendor: Vendor, url: str) -> Iterator[Found]:
    """What one vendor has, by its own client."""
    asked = {DATADOG: datadog, SENTRY: sentry, KUBERNETES: kubernetes}[vendor]
    with vendor.asked(url):
        yield from asked.inventory(settings(), MARK, f"{url}/api/" if vendor is SENTRY else url)


@pytest.mark.parametrize("vendor", [DATADOG, SENTRY, KUBERNETES], ids=lambda vendor: vendor.name)
def test_a_refusal_names_the_vendor_its_words_and_the_credentials(vendor: Vendor, refusing: tuple[str, int]) -> None:
    url, status = refusing
    with pytest.raises(VendorError) as told:
        list(inventory(vendor, url))
    said = str(told.value)
    assert said.startswith(f'{vendor.name} at {url} answered {status}: {{"errors": ["made-up: no"]}}')
    assert (vendor.credentials in said) == (status in {401, 403})
    assert len(said) < 500
    own = settings()
    for secret in (own.datadog_api_key, own.datadog_app_key, own.sentry_auth_token):
        assert secret.get_secret_value() not in said


@pytest.mark.parametrize("vendor", [DATADOG, SENTRY, KUBERNETES], ids=lambda vendor: vendor.name)
def test_a_vendor_that_is_not_there_is_named(vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with pytest.raises(VendorError, match=rf"^{vendor.name} at {NOBODY} does not answer \("):
        list(inventory(vendor, NOBODY))


def test_a_kubeconfig_without_the_context_is_told() -> None:
    given = settings(kubernetes={"clusterName": "made-up", "kubeconfigPath": "/nowhere/config"})
    with pytest.raises(VendorError, match=r"^Kubernetes cannot be asked: .*Look at kubeconfig"), KUBERNETES.asked(None):
        list(kubernetes.inventory(given, MARK, None))


def test_a_refused_removal_is_told(refusing: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    url, status = refusing
    key = Found(type=KEY, id="1", identity="1", title="1", delete=lambda: httpx.delete(url).raise_for_status())
    for vendor, has in ((datadog, []), (sentry, [key]), (kubernetes, [])):
        monkeypatch.setattr(vendor, "inventory", lambda *_, has=has: has)
    (found,) = Endpoints.of_sandbox(url).found(settings(), MARK)
    assert found.delete is not None
    with pytest.raises(VendorError, match=f"^Sentry at {url}/sentry/api/ answered {status}"):
        found.delete()


def test_what_is_found_and_mute_tell_it_so(refusing: tuple[str, int]) -> None:
    url, status = refusing
    with pytest.raises(VendorError, match=f"^Datadog at {url}/datadog answered {status}"):
        list(Endpoints.of_sandbox(url).found(settings(), MARK))
    with pytest.raises(VendorError, match=f"^Datadog at {url} answered {status}"):
        Rollout(stack="example", settings=settings(), url=url).mute(5)
