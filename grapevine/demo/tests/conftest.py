"""Two worlds: a small one for every invariant, loaded once for each file, and the clock it was loaded by."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import get_resolver

from grapevine.demo.world import load
from grapevine.kernel import clock as the_clock

HERE = Path(__file__).parent
TUESDAY = datetime(2026, 3, 10, 8, 15, tzinfo=UTC)  # 09:15 in Oslo


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The demo has a database of its own, on SQLite wherever it runs."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.once)


@pytest.fixture(autouse=True)
def addresses():
    """Put together once, at the first request of a process: also when that test plays the world of real people."""
    return get_resolver().url_patterns


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    """The small world on a Tuesday morning, for tests that only look."""
    the_clock.freeze(TUESDAY)
    with django_db_blocker.unblock(), transaction.atomic():
        load(0.1)
        yield
        transaction.set_rollback(True)
    the_clock.release()
