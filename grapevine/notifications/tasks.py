"""Jobs: the day somebody spoke of, what happened since, and letters whose time has come."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django_tasks import task

from grapevine.challenges.models import Commitment
from grapevine.challenges.queries import NUDGE_AT
from grapevine.kernel import clock
from grapevine.kernel.jobs import on_tick
from grapevine.notifications import actions, letters, queries
from grapevine.notifications.models import Letter

CATCH_UP = timedelta(hours=24)  # a machine that was down tells it late; what is later than that is let go
ASK_ON_DAYS = (10, 14)
MORNING, AHEAD = time(8), timedelta(hours=2)


@on_tick
def remember_the_day() -> None:
    """At 08:30 where it was said, on the day it was said for: you said ..., still right?"""
    due = list(_reached(days=0, of=queries.unconfirmed(queries.commitments_around(clock.now()))))
    told = queries.keys_told("monday", [_occurrence(c) for c in due])
    for commitment in due:
        if _occurrence(commitment) not in told:
            _tell(commitment, "monday", _occurrence(commitment))


@on_tick
def ask_what_happened() -> None:
    """On the tenth day, once more on the fourteenth, then never again."""
    for days in ASK_ON_DAYS:
        due = list(_reached(days, of=queries.commitments_around(clock.now() - timedelta(days=days))))
        told = queries.keys_told("happened", [_occurrence(c, days) for c in due])
        for commitment in due:
            if _occurrence(commitment, days) not in told:
                _ask(commitment, days)


@on_tick
def say_that_a_circle_meets() -> None:
    """On the morning of the meeting, on each member's own wall; two hours ahead where it is as early as that."""
    now = clock.now()
    for seat, meeting in queries.seats_of_meetings_near(now):
        morning = clock.instant(clock.local(meeting.at, seat.person.timezone).date(), MORNING, seat.person.timezone)
        if min(morning, meeting.at - AHEAD) <= now < meeting.at:
            page = queries.address_of("meeting", meeting.pk)
            key = f"{meeting.pk}:{meeting.sequence}"
            actions.tell(person=seat.person, kind="meeting-today", about=meeting.pk, key=key, url=page)


@on_tick
def send_due_letters() -> None:
    """Claim what is due; each letter is a task of its own, outside of any transaction."""
    for letter in queries.letters_due(letters.TRIES):
        pause = letters.PAUSES[min(letter.attempts, len(letters.PAUSES) - 1)]
        if actions.claim(letter=letter, pause=pause):
            send_letter.enqueue(letter.pk, letter.attempts + 1)


@task()
def send_letter(pk: int, attempt: int) -> None:
    """One attempt. Whoever comes late to it, after the next has been claimed, does nothing."""
    mine = Letter.objects.filter(pk=pk, attempts=attempt, sent_at__isnull=True, dropped_at__isnull=True)
    letter = mine.select_related("notice__person__organisation", "notice__by").first()
    if letter:
        letters.send(letter)


def _reached(days: int, of: Iterable[Commitment]) -> Iterator[Commitment]:
    """Those whose moment came within the last day."""
    now = clock.now()
    return (c for c in of if now - CATCH_UP < _moment(c, days) <= now)


def _moment(commitment: Commitment, days: int) -> datetime:
    return clock.instant(commitment.on + timedelta(days=days), NUDGE_AT, commitment.zone)


def _occurrence(commitment: Commitment, days: int = 0) -> str:
    return f"{commitment.pk}:{days}:{commitment.on}" if days else f"{commitment.pk}:{commitment.on}"


def _ask(commitment: Commitment, days: int) -> None:
    """A nudge: when the day has one already, it comes with the next."""
    bringer = commitment.playback.challenge.brought_by
    today = clock.today(bringer.timezone)
    if actions.take_the_day(person=bringer, kind="happened", key=str(commitment.pk), on=today):
        _tell(commitment, "happened", _occurrence(commitment, days))


def _tell(commitment: Commitment, kind: str, key: str) -> None:
    bringer = commitment.playback.challenge.brought_by
    page = queries.address_of("challenge", commitment.playback.challenge_id, "outcome" if kind == "happened" else "")
    actions.tell(person=bringer, kind=kind, about=commitment.pk, key=key, url=page)
