"""The providers: made from the settings, each only when it is asked for."""

from __future__ import annotations

from infra.providers import Providers
from tests.examples import settings
from tests.mocks.recording import declare


def test_each_is_made_from_the_settings() -> None:
    configured = settings(
        datadog={"site": "us5.datadoghq.com"},
        sentry={"organization": "example", "baseUrl": "https://sentry.example.com/api/"},
        kubernetes={"clusterName": "c1", "kubeconfigPath": "/kube/config", "context": "blue"},
        docker={"host": "tcp://builder:2376"},
    )

    def program() -> None:
        providers = Providers(configured)
        assert [providers.datadog, providers.sentry, providers.kubernetes, providers.docker]

    made = declare(program)
    assert made.the("datadog").inputs["apiUrl"] == "https://api.us5.datadoghq.com"
    assert made.the("sentry").inputs["baseUrl"] == "https://sentry.example.com/api/"
    assert made.the("kubernetes").inputs == {
        "kubeconfig": "/kube/config",
        "context": "blue",
        "enableConfigMapMutable": "true",
        "enableSecretMutable": "true",
    }
    assert made.the("docker").inputs == {"host": "tcp://builder:2376"}


def test_none_is_made_unasked() -> None:
    made = declare(lambda: Providers(settings()).sentry)
    assert [one.name for one in made.declared] == ["sentry"]
