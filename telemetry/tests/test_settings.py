from __future__ import annotations

import pytest
from genonaut_telemetry import Settings, SettingsError
from genonaut_telemetry import settings as module
from hypothesis import given
from hypothesis import strategies as st

_NAMES = sorted(str(field.validation_alias) for field in Settings.model_fields.values())
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


def test_without_any_variable_nothing_leaves_the_process() -> None:
    settings = Settings.read({})
    assert not (settings.sends)
    assert not (settings.traces_on)
    assert not (settings.dogstatsd_on)


def test_the_usual_names_switch_the_usual_things_on() -> None:
    settings = Settings.read(
        {
            "DD_SERVICE": "genonaut-api",
            "DD_ENV": "production",
            "DD_VERSION": "1.2.3",
            "DD_AGENT_HOST": "agent",
            "DD_LOGS_INJECTION": "false",
            "SENTRY_DSN": "https://key@sentry.example/1",
            "GENONAUT_TELEMETRY_PAGINATED_ROUTES": '{"/api/v1/tags": "tags"}',
        }
    )
    assert settings.traces_on
    assert settings.dogstatsd_on
    assert not settings.log_correlation
    assert settings.paginated_routes == {"/api/v1/tags": "tags"}
    assert "key@" not in repr(settings)


def test_all_problems_come_at_once_with_their_variables_and_no_secret() -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.read(
            {
                "DD_ENV": "pro duction",
                "DD_AGENT_HOST": "agent",
                "DD_PROFILING_ENABLED": "perhaps",
                "DD_TRACE_SAMPLING_RULES": "{",
                "SENTRY_DSN": "no-dsn-secret",
                "SENTRY_SAMPLE_RATE": "nan",
                "GENONAUT_TELEMETRY_PAGINATED_ROUTES": '{"/x": "unknown"}',
                "GENONAUT_TELEMETRY_METRICS_PATH": "metrics",
                "PROMETHEUS_MULTIPROC_DIR": "/does/not/exist",
            }
        )
    problems = raised.value.problems
    assert {problem.partition(":")[0].partition(".")[0] for problem in problems} == {
        "DD_ENV",
        "DD_PROFILING_ENABLED",
        "DD_TRACE_SAMPLING_RULES",
        "SENTRY_DSN",
        "SENTRY_SAMPLE_RATE",
        "GENONAUT_TELEMETRY_PAGINATED_ROUTES",
        "GENONAUT_TELEMETRY_METRICS_PATH",
        "PROMETHEUS_MULTIPROC_DIR",
        "DD_SERVICE",
        "DD_VERSION",
    }
    assert "no-dsn-secret" not in str(raised.value)


def test_what_is_asked_for_and_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "installed", lambda name: False)
    with pytest.raises(SettingsError, match=r"SENTRY_DSN: sentry_sdk is not installed: pip install 'genonaut-tele"):
        Settings.read(
            {"SENTRY_DSN": "https://k@s.example/1", "DD_SERVICE": "a", "DD_ENV": "b", "DD_VERSION": "c"},
        )


@given(st.dictionaries(st.sampled_from(_NAMES), _TEXT))
def test_whatever_is_set_gives_settings_or_problems_of_these_variables(environ: dict[str, str]) -> None:
    assert all(problem.startswith(tuple(_NAMES)) for problem in _problems(environ))


def _problems(environ: dict[str, str]) -> tuple[str, ...]:
    try:
        Settings.read(environ)
    except SettingsError as error:
        return error.problems
    return ()
