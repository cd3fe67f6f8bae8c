"""What every test has: a database of its own, a clock to turn, jobs to run, and no way out to the network."""

import os
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from django.utils import translation

from grapevine.kernel import clock as the_clock
from tests import databases

pytest_plugins = ["tests.personas", "tests.privacy.everything"]
LOOKED_UP_HERE = {None, "", "localhost"}


class OutsideError(RuntimeError):
    """A test wanted to reach the network."""


def pytest_configure(config: pytest.Config) -> None:
    """Everything on this machine may be reached, nothing beyond it."""
    sys.addaudithook(_stay_inside)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks for no rows is the same on every database: PostgreSQL need not see it again."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        config.hook.pytest_deselected(items=[item for item in items if not _asks_for_rows(item)])
        items[:] = [item for item in items if _asks_for_rows(item)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that started the others tidies up after them."""
    if not hasattr(session.config, "workerinput"):
        databases.drop_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A copy of the migrated template instead of a run of all migrations."""
    with django_db_blocker.unblock(), databases.own_database(tmp_path_factory.mktemp("database")):
        yield


@pytest.fixture
def clock() -> Iterator[Any]:
    """The one clock: `clock.freeze(at)`, `clock.set_offset(by)`. Given back afterwards."""
    yield the_clock
    the_clock.release()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page answered in German leaves its thread speaking German; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def run_jobs(db: None) -> Callable[[], bool]:
    """Call it to do all background work that is due now; it says whether there was any."""
    from tests.background import run_due  # noqa: PLC0415 - needs the apps

    return run_due


def _asks_for_rows(item: pytest.Item) -> bool:
    named = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db", "django_db_setup"} & set(named))


def _stay_inside(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(args[1], tuple) and not _is_here(args[1][0]):
        raise OutsideError(f"tests stay on this machine: {args[1][0]}")
    if event == "socket.getaddrinfo" and not _is_here(args[0]):
        raise OutsideError(f"tests look up nobody: {args[0]}")


def _is_here(host: str | bytes | None) -> bool:
    host = host.decode() if isinstance(host, bytes) else host
    if host in LOOKED_UP_HERE:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
