"""Servers for the tests of what runs in a database. Where one is not installed, its tests skip."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest

from components.databases.compile import SQL
from tests.unit.databases.servers import SETTINGS, psql
from tools.servers import postgres
from tools.servers.postgres import Postgres, Row

PASSWORD = "made-up-password"

APPLICATION = """
CREATE ROLE genonaut_app LOGIN;
ALTER DATABASE genonaut OWNER TO genonaut_app;
SET ROLE genonaut_app;
CREATE SCHEMA private;
CREATE TABLE private.keys (id int);
SET ROLE postgres;
CREATE TABLE public.content_items (id int PRIMARY KEY, title text);
ALTER TABLE public.content_items OWNER TO genonaut_app;
INSERT INTO public.content_items SELECT n, 'made-up-title-' || n FROM generate_series(1, 1000) AS n;
"""

NewServer = Callable[..., AbstractContextManager[Postgres]]
Monitoring = psycopg.Connection[Row]


@pytest.fixture(scope="session")
def new_server() -> Iterator[NewServer]:
    """Makes servers, each with the application's tables in its database."""
    programs = postgres.programs()
    if programs is None or shutil.which("psql") is None:
        pytest.skip("PostgreSQL is not installed (tools/install-debian.sh)")
    # Not below pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory(prefix="databases-") as temporary:
        root = Path(temporary)
        root.chmod(0o755)
        template = postgres.initialize(programs, root / "template")
        names = map(str, itertools.count())

        @contextmanager
        def make(settings: str = SETTINGS) -> Iterator[Postgres]:
            with postgres.postgres(programs, template, root / next(names), settings) as made:
                with made.session() as connection:
                    connection.execute(APPLICATION)
                yield made

        yield make


def set_up(server: Postgres, password: str = PASSWORD, user: str = "postgres") -> subprocess.CompletedProcess[str]:
    """Run the file that makes the monitoring user."""
    return psql(SQL / "monitoring-user.sql", server.variables(user), [password, password])


@pytest.fixture(scope="session")
def server(new_server: NewServer) -> Iterator[Postgres]:
    """A server with the monitoring user, for tests that leave it as it is."""
    with new_server() as made:
        done = set_up(made)
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def monitoring(server: Postgres) -> Iterator[Monitoring]:
    """A session of the monitoring user's."""
    with server.session("datadog", PASSWORD) as connection:
        yield connection
