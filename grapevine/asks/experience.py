"""Who helped the asker before with something like it. Read from their own talks, for their own eyes alone."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from grapevine.asks.suggesting import Line
from grapevine.challenges.models import Challenge, Idea, Outcome
from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.kernel.text import stems
from grapevine.people.models import Person
from grapevine.skills.models import Evidence
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import read_all

LATEST = 30
TWO_WORDS = 2  # one common word is chance,
A_QUARTER = 0.25  # and so are two in a long story
USED = {Outcome.Kind.USED, Outcome.Kind.CHANGED}


def lines_of_own_talks(person: Person, words: str) -> dict[int, list[Line]]:
    """By helper: talks `person` brought that speak of the same things, and in which that one's help was kept.

    Nothing of a talk under a pseudonym. These lines are for `person` to read and for nobody else. Three queries at most.
    """
    talks = list(_talks_with_help(person)[:LATEST])
    opened = read_all(person, [text for talk in talks for text in (talk.title, talk.words)])
    alike = {}
    for talk in talks:
        title = opened.get(talk.title_id, "")
        if match := _match(words, f"{title} {opened.get(talk.words_id, '')}"):
            alike[talk.pk] = talk, title, match
    return _by_helper(person, alike)


def _match(asked: str, told: str) -> float:
    """How much of the shorter one is in the other: half is all one can hope for. 0 where the two are not alike."""
    one, other = set(stems(asked)), set(stems(told))
    common = len(one & other)
    share = common / max(min(len(one), len(other)), 1)
    return min(2 * share, 1.0) if common >= TWO_WORDS and share >= A_QUARTER else 0.0


def _talks_with_help(person: Person) -> "QuerySet[Challenge]":
    kept = Idea.objects.filter(challenge=OuterRef("pk"), kept_at__isnull=False)
    thanked = Challenge.objects.filter(thanks__by=person)  # a neighbour's: known by name, never imported
    masked = Seat.objects.filter(vault=OuterRef("vault")).exclude(alias="")
    mine = visible(person, Challenge).filter(Exists(kept) | Q(pk__in=thanked.values("pk")), brought_by=person)
    mine = mine.exclude(Exists(masked)).order_by("-at", "-pk")
    return mine.select_related("title", "words", "playback__commitment__outcome")


def _by_helper(person: Person, alike: dict[int, tuple[Challenge, str, float]]) -> dict[int, list[Line]]:
    found: dict[int, dict[int, Line]] = {}
    for pk, helper, was_kept in _helpers(person, alike):
        talk, title, match = alike[pk]
        outcome = _outcome_of(talk) if was_kept else ""
        if outcome != Outcome.Kind.DROPPED:
            kind = Evidence.Kind.USED if outcome in USED else Evidence.Kind.HELPED
            on = clock.local(talk.at, person.timezone).date()
            line = Line(kind, title, on, match, is_own=True)
            found.setdefault(helper, {}).setdefault(pk, line)  # what was kept comes before thanks
    return {helper: list(lines.values()) for helper, lines in found.items()}


def _helpers(person: Person, alike: dict[int, tuple[Challenge, str, float]]) -> list[tuple[int, int, bool]]:
    if not alike:
        return []
    kept = Idea.objects.filter(challenge__in=alike, kept_at__isnull=False).order_by()
    thanked = Challenge.objects.filter(pk__in=alike, thanks__by=person).order_by()
    rows = kept.values_list("challenge", "by", Value(1)).union(
        thanked.values_list("pk", "thanks__person", Value(0)), all=True
    )
    return sorted({(pk, helper, bool(was_kept)) for pk, helper, was_kept in rows}, key=lambda row: not row[2])


def _outcome_of(talk: Challenge) -> str:
    commitment = getattr(getattr(talk, "playback", None), "commitment", None)
    outcome = getattr(commitment, "outcome", None)
    return outcome.kind if outcome else ""
