"""Reading what reaches a person."""

from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast
from django.urls import reverse

from grapevine.challenges.models import Commitment
from grapevine.circles.models import Circle, CircleSeat, Meeting
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.notifications.kinds import ALL, KINDS, TOPICS
from grapevine.notifications.models import Letter, Notice, Nudge, Wish
from grapevine.people.models import Person

EARLIER = timedelta(days=7)
A_DAY = timedelta(days=1)
NUDGES_LOOKED_BACK = 12
IGNORED_BEFORE_HALVING = 2
LONGEST_REST_OF_NUDGES = 32
LETTERS_A_ROUND = 100
OF_A_CIRCLE = [kind.key for kind in KINDS.values() if kind.model is Circle]
PAGES_WITHOUT_ID = {"thanks", "network", "mine", "circles"}


def notices_of(person: Person) -> "QuerySet[Notice]":
    """The whole inbox, newest first. On a page, unlike in a mail, `theme` says which circle a line is about."""
    about = Cast(OuterRef("about"), BigIntegerField())
    theme = Subquery(visible(person, Circle).filter(pk=about).values("cohort__theme")[:1])
    return visible(person, Notice).select_related("by").annotate(theme=Case(When(kind__in=OF_A_CIRCLE, then=theme)))


def earlier_this_week(person: Person, most: int = 30) -> list[Notice]:
    """What was told in the last seven days."""
    return list(notices_of(person).filter(at__gt=clock.now() - EARLIER)[:most])


def was_told(person: int, kind: str, about: object) -> bool:
    """Whether the inbox of this person has, or had, that line."""
    return Notice.objects.filter(person=person, kind=kind, key=str(about)).exists()


def wishes_of(person: Person) -> dict[str, bool]:
    """Topic by topic, whether the person wants it by mail; `all` is False while everything is paused."""
    said = dict(visible(person, Wish).values_list("topic", "by_mail"))
    return {ALL: True} | {topic.key: topic.by_mail for topic in TOPICS.values()} | said


def wants(person: Person, topic: str) -> bool:
    """Whether the person wants this by mail now."""
    wishes = wishes_of(person)
    return wishes[ALL] and wishes[topic]


def letters_due(tries: int) -> "QuerySet[Letter]":
    """Letters whose time has come, oldest first, but for those tried `tries` times."""
    waiting = Letter.objects.filter(sent_at__isnull=True, dropped_at__isnull=True)
    return waiting.filter(due_at__lte=clock.now(), attempts__lt=tries).order_by("due_at", "pk")[:LETTERS_A_ROUND]


def letter_of(pk: int) -> Letter | None:
    """A letter by the number in its own signed link, for somebody who is still here."""
    letters = Letter.objects.filter(notice__person__left_on__isnull=True)
    return letters.select_related("notice__person__organisation", "notice__by").filter(pk=pk).first()


def nudges_lately(person: Person) -> list[Nudge]:
    """The last nudges, newest first."""
    return list(visible(person, Nudge)[:NUDGES_LOOKED_BACK])


def next_nudge_on(nudges: list[Nudge]) -> date:
    """The first day on which another nudge is kind: every day, and half as often after each two let pass in a row."""
    if not nudges:
        return date.min
    let_pass = next((place for place, nudge in enumerate(nudges) if nudge.answered_at), len(nudges))
    pause = 2 ** (let_pass // IGNORED_BEFORE_HALVING)
    return nudges[0].on + timedelta(days=min(pause, LONGEST_REST_OF_NUDGES))


def commitments_around(day: datetime) -> "QuerySet[Commitment]":
    """Commitments of people still here whose day is this one anywhere on earth, and of which nothing was told yet.

    Also of a talk that is closed: its ideas are gone, the promise to oneself is not.
    """
    near = (day - A_DAY).date(), (day + A_DAY).date()
    return (
        Commitment.objects.filter(
            on__range=near,
            outcome__isnull=True,
            playback__challenge__brought_by__left_on__isnull=True,
        )
        .select_related("playback__challenge__brought_by")
        .order_by("pk")
    )


def seats_of_meetings_near(now: datetime) -> list[tuple[CircleSeat, Meeting]]:
    """Who sits in circles that meet within a day, and has not been told so."""
    near = Meeting.objects.filter(
        at__range=(now, now + A_DAY), held_at__isnull=True, called_off_at__isnull=True
    ).order_by("pk")
    of = {meeting.circle_id: meeting for meeting in near}
    told = set(Notice.objects.filter(kind="meeting-today", at__gt=now - A_DAY).values_list("person", "key"))
    seats = CircleSeat.objects.filter(circle__in=of, left_at__isnull=True, person__left_on__isnull=True)
    found = [(seat, of[seat.circle_id]) for seat in seats.select_related("person").order_by("pk")]
    return [(seat, m) for seat, m in found if (seat.person_id, f"{m.pk}:{m.sequence}") not in told]


def unconfirmed(commitments: "QuerySet[Commitment]") -> "QuerySet[Commitment]":
    """Those nobody has said "still right" to for this day. "Not now" has moved the day."""
    return commitments.filter(confirmed_at__isnull=True)


def keys_told(kind: str, keys: list[str]) -> set[str]:
    """Which of these occurrences somebody has been told of."""
    return set(Notice.objects.filter(kind=kind, key__in=keys).values_list("key", flat=True))


def address_of(name: str, pk: object = None, part: str = "") -> str:
    """The path of a page, down to a part of it. Pages that are one's own need no `pk`, whatever it is about."""
    return reverse(name, args=[pk] if pk and name not in PAGES_WITHOUT_ID else []) + (f"#{part}" if part else "")
