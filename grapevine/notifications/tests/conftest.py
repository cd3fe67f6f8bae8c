"""What the tests of mail need: the post of a while, and moments on somebody's wall."""

from datetime import date, datetime, time

import pytest
from django.core import mail

from grapevine.kernel import clock as the_clock
from tests.background import run_until_nothing_moves


@pytest.fixture
def post(db, mailoutbox):
    """`post()` does all that is due until nothing moves, and gives the mails that left since the last call."""

    def since_the_last_call():
        before = len(mail.outbox)
        run_until_nothing_moves()
        return mail.outbox[before:]

    return since_the_last_call


@pytest.fixture
def at(clock):
    """`at(2026, 3, 16, "08:30", "Europe/Oslo")` turns the clock to this moment on that wall."""

    def turn(year, month, day, hour, zone="Europe/Oslo"):
        clock.freeze(the_clock.instant(date(year, month, day), time.fromisoformat(hour), zone))

    return turn


def summary(mails):
    """(to whom, subject) of each."""
    return sorted((m.to[0].split(" <")[0], m.subject) for m in mails)


def moment(text):
    """An instant, written in UTC."""
    return datetime.fromisoformat(f"{text}+00:00")
