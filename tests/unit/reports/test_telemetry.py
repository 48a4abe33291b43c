from __future__ import annotations

from reports.telemetry import PACKAGE, modules


def test_the_package_has_the_metrics_of_the_contract() -> None:
    for name, text in modules().items():
        assert (PACKAGE / name).read_text() == text, "run `make telemetry`"
