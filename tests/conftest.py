"""What every test may ask for: the two databases, a clock that is set by hand."""

import itertools
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from domain import migrations
from domain.database import Database
from domain.secret import Keyring, Secret
from tests import postgresql
from tests.chromium import axe, browser, windows

__all__ = ["axe", "browser", "windows"]

# Machines are shared: no test fails for being slow.
settings.register_profile(
    "shared", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("shared")

DATA = Path(__file__).parent / "data"


def pytest_configure() -> None:
    """Let programs that tests start hear Ctrl-C, wherever pytest was started.

    A shell's background jobs ignore it, and hand that down.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try once more what failed: a shared machine stands still for seconds at times.

    A transaction waits five seconds for its turn then, Slack has two to say who
    somebody is, and a browser loses focus and clicks. The summary names each test
    that was tried again; what fails twice is ours.
    """
    for item in items:
        item.add_marker(pytest.mark.flaky(reruns=1))


_names = itertools.count()


class SetClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def forward(self, by: timedelta) -> None:
        self._now += by


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock(now: datetime) -> SetClock:
    return SetClock(now)


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.from_setting(Secret("a key for tests only of 32 characters or more"))


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrations.bring_up_to_date(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def _postgresql_server() -> Iterator[str]:
    with postgresql.server(postgresql.programs_or_skip()) as url:
        template = Database(postgresql.create_database(url, "template_office"))
        migrations.bring_up_to_date(template)
        template.close()
        yield url


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh SQLite file with every table in it."""
    shutil.copy(_sqlite_template, tmp_path / "office.db")
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def postgresql_url(_postgresql_server: str) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database with every table in it."""
    name = f"office_{next(_names)}"
    yield postgresql.create_database(_postgresql_server, name, "template_office")
    postgresql.drop_database(_postgresql_server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for this runs on both databases."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()
