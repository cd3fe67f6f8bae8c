"""What waits for a person today, in as few questions to the database as it takes.

One question finds out what there is at all, then one for each kind of thing that is there, one for all their words
and one for pseudonyms. The rules of who sees what are the policies of each thing, as everywhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from grapevine.asks.models import Introduction, Reply, Request
from grapevine.challenges.models import Challenge, ClarifyingQuestion, Commitment, Idea, NameInExample
from grapevine.circles.models import Meeting
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.notifications.queries import circles
from grapevine.people.models import Person
from grapevine.recognition.models import HelperStory, Thanks
from grapevine.skills.models import Evidence
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import read_all

MOST = 5
LIGHT = 4
A_DAY = timedelta(days=1)  # somewhere on earth it is tomorrow
ASKED_ABOUT = timedelta(days=19)  # a commitment, and what came of it: longer than `lines` asks, wherever it was said
A_YES_IS_NEWS = timedelta(days=4)
HELP_IS_REMEMBERED = timedelta(days=14)
ASKER_IS_HERE = Q(ask__by__left_on__isnull=True)  # an answer to who left leads nowhere
A_MEETING_IS_SOON, A_MEETING_LASTS = timedelta(hours=20), timedelta(hours=3)
A_TALK_RESTS = timedelta(hours=20)  # before one is gently asked what one takes along


@dataclass
class Waiting:
    """Rows by what they are, with the words this person may read and the pseudonyms they may not look behind."""

    person: Person
    rows: dict[str, list[Any]]
    opened: dict[object, str] = field(default_factory=dict)
    aliases: dict[tuple[object, int], str] = field(default_factory=dict)

    @property
    def is_light(self) -> bool:
        """Whether the day has room for something to read."""
        return sum(map(bool, self.rows.values())) + bool(self.rows["talks"]) <= LIGHT

    def words(self, text: object) -> str:
        """The opened text, or nothing."""
        return self.opened.get(text, "")

    def alias(self, vault: object, other: Person) -> str:
        """The pseudonym under which `other` sits there; empty where the name may be shown."""
        return self.aliases.get((vault, other.pk), "")


def what_waits(person: Person) -> Waiting:
    """Everything that might be said today."""
    there = [name for name, is_there in _there_is(person) if is_there][:MOST]  # the rest waits for its day, too
    rows = {name: list(build(person)[:MOST]) if name in there else [] for name, build in BUILT.items()}
    return Waiting(person, rows, _opened(person, rows), _aliases(rows))


def _there_is(person: Person) -> Iterator[tuple[str, bool]]:
    """Which sorts of things to look for at all. It may say yes too often, never too seldom."""
    now, written = clock.now(), connection.ops.adapt_datetimefield_value
    about: dict[str, Any] = {
        "me": person.pk,
        "tomorrow": (now + A_DAY).date(),
        "asked_about": (now - ASKED_ABOUT).date(),
        "news": written(now - A_YES_IS_NEWS),
        "lately": written(now - HELP_IS_REMEMBERED),
        "rested": written(now - A_TALK_RESTS),
        "soon": written(now + A_MEETING_IS_SOON),
        "under_way": written(now - A_MEETING_LASTS),
        **{name: written(at) for name, at in circles.around_now().items()},
    }
    with connection.cursor() as cursor:
        cursor.execute(IS_THERE, about)
        return zip(BUILT, cursor.fetchone(), strict=True)


def _commitments(person: Person) -> "QuerySet[Commitment]":
    """Also of a talk that is closed: its ideas are gone, the promise to oneself is not."""
    today = clock.now().date()
    near = today - ASKED_ABOUT, today + A_DAY
    mine = Commitment.objects.filter(playback__challenge__brought_by=person, outcome__isnull=True, on__range=near)
    return mine.select_related("when", "will", "playback__challenge").order_by("-on", "pk")


def _requests(person: Person) -> "QuerySet[Request]":
    waiting = visible(person, Request).filter(
        ASKER_IS_HERE, to=person, reply__isnull=True, ask__closed_at__isnull=True, went_on_at__isnull=True
    )
    return waiting.select_related("message", "ask__by__unit").order_by("sent_at")


def _introductions(person: Person) -> "QuerySet[Introduction]":
    mine = Q(through=person, through_agreed_at__isnull=True)
    to_me = Q(to=person, through_agreed_at__isnull=False, to_agreed_at__isnull=True)
    waiting = visible(person, Introduction).filter(
        ASKER_IS_HERE, mine | to_me, let_go_at__isnull=True, went_on_at__isnull=True, ask__closed_at__isnull=True
    )
    return waiting.select_related("ask__by", "to", "through", "hint").order_by("at")


def _told(person: Person, model: Any) -> "QuerySet[Any]":
    """Not heard yet, to be decided, or heard lately."""
    new = Q(person=person, heard_at__isnull=True)
    lately = Q(person=person, heard_at__gt=clock.now() - HELP_IS_REMEMBERED)
    to_decide = Q(by=person, person_agrees_at__isnull=False, by_agrees_at__isnull=True, by_keeps_at__isnull=True)
    to_decide |= Q(
        person=person, by_agrees_at__isnull=False, person_agrees_at__isnull=True, person_keeps_at__isnull=True
    )
    rows = visible(person, model).filter(new | lately | to_decide)
    return rows.select_related("by", "person", "words", "challenge").order_by("-at")


def _yeses(person: Person) -> "QuerySet[Reply]":
    """A yes is news until the talk has begun."""
    spoken = Exists(Idea.objects.filter(challenge=OuterRef("request__challenge")))
    asked = Exists(ClarifyingQuestion.objects.filter(challenge=OuterRef("request__challenge")))
    mine = Reply.objects.filter(kind=Reply.Kind.YES, at__gt=clock.now() - A_YES_IS_NEWS)
    mine = mine.filter(request__in=visible(person, Request).filter(ask__by=person, challenge__playback__isnull=True))
    return mine.exclude(spoken | asked).select_related("words", "request__to").order_by("at")


def _meetings(person: Person) -> "QuerySet[Meeting]":
    """My circle meets soon, or just now."""
    around = clock.now() - A_MEETING_LASTS, clock.now() + A_MEETING_IS_SOON
    near = visible(person, Meeting).filter(at__range=around, held_at__isnull=True, called_off_at__isnull=True)
    return near.select_related("circle__cohort", "session").prefetch_related("duties").order_by("at")


def _talks(person: Person) -> "QuerySet[Challenge]":
    """Somebody gave me an idea, and I have not said yet what I take along."""
    mine = visible(person, Challenge).filter(brought_by=person, playback__isnull=True, closing__isnull=True)
    offered = Idea.objects.filter(challenge=OuterRef("pk"), at__lt=clock.now() - A_TALK_RESTS)
    return mine.filter(Exists(offered)).select_related("title").order_by("at")


def _opened(person: Person, rows: dict[str, list[Any]]) -> dict[object, str]:
    texts = [text for c in rows["commitments"] for text in (c.when, c.will)]
    texts += [r.message for r in rows["requests"]] + [y.words for y in rows["yeses"]] + [t.title for t in rows["talks"]]
    texts += [introduction.hint for introduction in rows["introductions"]]
    texts += [told.words for told in (*rows["stories"], *rows["thanks"])]
    return read_all(person, [text for text in texts if text])


def _aliases(rows: dict[str, list[Any]]) -> dict[tuple[object, int], str]:
    vaults = {r.vault_id for r in rows["requests"]}
    vaults |= {told.challenge.vault_id for told in (*rows["stories"], *rows["thanks"]) if told.challenge}
    # also of seats that ended: who left under an alias stays under it
    seats = Seat.objects.filter(vault__in=vaults).exclude(alias="").values_list("vault", "person", "alias")
    return {(vault, person): alias for vault, person, alias in seats} if vaults else {}


def _found(person: Person) -> "QuerySet[Evidence]":
    """Lines about me that count only with my yes."""
    return visible(person, Evidence).filter(person=person, agreed_at__isnull=True, hidden_at__isnull=True)


def _named(person: Person) -> "QuerySet[NameInExample]":
    """Pages that would name me."""
    waiting = NameInExample.objects.filter(person=person, agreed_at__isnull=True, example__withdrawn_at__isnull=True)
    return waiting.select_related("example__by")


BUILT: dict[str, Callable[[Person], "QuerySet[Any]"]] = {
    "commitments": _commitments,
    "requests": _requests,
    "introductions": _introductions,
    "stories": partial(_told, model=HelperStory),
    "thanks": partial(_told, model=Thanks),
    "found": _found,
    "named": _named,
    "yeses": _yeses,
    "talks": _talks,
    "meetings": _meetings,
    "circle_news": circles.news,
    "circles": circles.yeses_due,
    "gathered": circles.rooms_of_calls,
}
TOLD = """
    EXISTS (SELECT 1 FROM {table} t WHERE t.person_id = %(me)s AND (t.heard_at IS NULL OR t.heard_at > %(lately)s
                OR (t.by_agrees_at IS NOT NULL AND t.person_agrees_at IS NULL)))
    OR EXISTS (SELECT 1 FROM {table} t WHERE t.by_id = %(me)s
                AND t.person_agrees_at IS NOT NULL AND t.by_agrees_at IS NULL)"""
OPEN = "i.let_go_at IS NULL AND i.went_on_at IS NULL AND i.taken_back_at IS NULL"
# one question in the order of BUILT, written out: put together by the ORM anew for each page it costs more than it asks
IS_THERE = f"""
SELECT
    EXISTS (SELECT 1 FROM challenges_challenge h
            JOIN challenges_playback p ON p.challenge_id = h.id JOIN challenges_commitment c ON c.playback_id = p.id
            WHERE h.brought_by_id = %(me)s AND c."on" BETWEEN %(asked_about)s AND %(tomorrow)s
            AND NOT EXISTS (SELECT 1 FROM challenges_outcome o WHERE o.commitment_id = c.id)),
    EXISTS (SELECT 1 FROM asks_request q
            WHERE q.to_id = %(me)s AND q.went_on_at IS NULL AND q.taken_back_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM asks_reply r WHERE r.request_id = q.id)),
    EXISTS (SELECT 1 FROM asks_introduction i
            WHERE i.through_id = %(me)s AND i.through_agreed_at IS NULL AND {OPEN})
    OR EXISTS (SELECT 1 FROM asks_introduction i
               WHERE i.to_id = %(me)s AND i.through_agreed_at IS NOT NULL AND i.to_agreed_at IS NULL AND {OPEN}),
    {TOLD.format(table="recognition_helperstory")},
    {TOLD.format(table="recognition_thanks")},
    EXISTS (SELECT 1 FROM skills_evidence e
            WHERE e.person_id = %(me)s AND e.agreed_at IS NULL AND e.hidden_at IS NULL),
    EXISTS (SELECT 1 FROM challenges_nameinexample n WHERE n.person_id = %(me)s AND n.agreed_at IS NULL),
    EXISTS (SELECT 1 FROM asks_ask a
            JOIN asks_request q ON q.ask_id = a.id JOIN asks_reply r ON r.request_id = q.id
            WHERE a.by_id = %(me)s AND r.kind = 'yes' AND r.at > %(news)s
            AND NOT EXISTS (SELECT 1 FROM challenges_playback p WHERE p.challenge_id = q.challenge_id)),
    EXISTS (SELECT 1 FROM challenges_challenge h
            JOIN challenges_idea d ON d.challenge_id = h.id
            WHERE h.brought_by_id = %(me)s AND d.at < %(rested)s
            AND NOT EXISTS (SELECT 1 FROM challenges_playback p WHERE p.challenge_id = h.id)
            AND NOT EXISTS (SELECT 1 FROM challenges_closing x WHERE x.challenge_id = h.id)),
    EXISTS (SELECT 1 FROM circles_circleseat s JOIN circles_meeting m ON m.circle_id = s.circle_id
            WHERE s.person_id = %(me)s AND s.left_at IS NULL AND m.at BETWEEN %(under_way)s AND %(soon)s
            AND m.held_at IS NULL AND m.called_off_at IS NULL),
    {circles.IS_THERE}
"""  # noqa: S608 - the table names are ours
