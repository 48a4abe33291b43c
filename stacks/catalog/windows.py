"""Planned work, week by week. While it is done, its own alerts tell nobody; what is left of it is told at the end."""

from __future__ import annotations

from datetime import time

from components.downtimes.spec import Day, MaintenanceWindow
from stacks.catalog.services import POSTGRES

WINDOWS: tuple[MaintenanceWindow, ...] = (
    MaintenanceWindow(
        key="postgres-maintenance",
        reason="PostgreSQL is updated and its indexes are built anew.",
        service=POSTGRES.service,
        day=Day.SUNDAY,
        start=time(3),
        minutes=90,
        time_zone="Etc/UTC",
    ),
)
