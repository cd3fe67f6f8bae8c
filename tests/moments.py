"""Two people, one moment: what the second does begins in the middle of what the first does. For PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

PATIENCE = 30
at_the_same_moment = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer: there is no same moment"),
]
SOMEBODY_WAITS = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"


def is_waited_for():
    """Whether another transaction is held up by this one."""
    with connection.cursor() as cursor:
        cursor.execute(SOMEBODY_WAITS)
        return cursor.fetchone()[0]


def in_the_middle(monkeypatch, module, name, meanwhile):
    """`meanwhile` begins when `name` has answered and comes as far as it can before anything else is done."""
    begun, really = Event(), getattr(module, name)

    def paused(*args):
        answer = really(*args)
        monkeypatch.setattr(module, name, really)
        begun.set()
        while not (other.done() or is_waited_for()):
            pass
        return answer

    def after_it():
        try:
            begun.wait(PATIENCE)
            return meanwhile()
        finally:
            connection.close()

    monkeypatch.setattr(module, name, paused)
    other = ThreadPoolExecutor(1).submit(after_it)
    return other
