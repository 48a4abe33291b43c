"""Telemetry of a FastAPI and Celery application: `instrument(app)`, `instrument_celery(celery)`, and that is all.

Traces, metrics, errors and health, each where its library is installed and its settings are in the environment. Nothing
in here raises into a request or waits in one.
"""

from genonaut_telemetry import health, metrics, pagination
from genonaut_telemetry.app import instrument
from genonaut_telemetry.settings import Settings, SettingsError
from genonaut_telemetry.users import identify
from genonaut_telemetry.worker import instrument_celery

__all__ = [
    "Settings",
    "SettingsError",
    "health",
    "identify",
    "instrument",
    "instrument_celery",
    "metrics",
    "pagination",
]
