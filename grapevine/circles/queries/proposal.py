"""A proposal as cards for its proposer, and one circle of it for each of those who applied."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grapevine.circles.models import Application, Move, Proposal, ProposedCircle, ProposedSeat, Unplaced
from grapevine.circles.queries import places
from grapevine.circles.queries.candidates import Candidates, candidates, topic
from grapevine.circles.queries.easing import Hint, hint
from grapevine.kernel import clock
from grapevine.people.models import Person
from grapevine.people.queries import languages_to_choose
from grapevine.skills.models import Interest

NO_ROOM, BY_HAND = "no_room", "by_hand"
ONE_ANSWER = {"company", "full", "stopped", BY_HAND}  # told apart, they would say who has something against somebody
RULES = {
    "size": _("A circle has five to eight people."),
    "times": _("They share no hour all season long."),
    "languages": _("They share no language."),
    "reach": _("Some want to stay inside their organisation, or want others."),
    "line": _("Somebody sits with somebody above them."),
}


@dataclass(frozen=True)
class Sitting:
    """Somebody on a card: a name, and the hour on their wall where it is another one than on the card."""

    application: Application
    there: time | None

    @property
    def person(self) -> Person:
        """Who."""
        return self.application.person


@dataclass(frozen=True)
class Card:
    """One circle: people, the hour they share, the language, what they have in common, the rules it breaks."""

    circle: ProposedCircle
    people: list[Sitting]
    at: datetime | None
    language: str
    breaks: list[str]
    hours: int
    houses: int
    units: int

    @property
    def troubles(self) -> list[str]:
        """The rules it breaks, in sentences."""
        return rules_told(self.breaks)


@dataclass(frozen=True)
class Table:
    """All cards, and who waits with which reason."""

    proposal: Proposal
    cards: list[Card]
    waiting: list[tuple[Application, str]]
    is_again: bool
    hint: Hint | None

    @property
    def is_whole(self) -> bool:
        """Nothing speaks against showing it."""
        return bool(self.cards) and not any(card.breaks for card in self.cards)

    @property
    def seated(self) -> int:
        """How many have a circle."""
        return sum(len(card.people) for card in self.cards)


@dataclass(frozen=True)
class Shown:
    """What an applicant is shown: names, an hour on their own wall, what they share; or a reason.

    `is_again`: it is not the first list. `has_asked`: they asked to be moved from an earlier one.
    """

    proposal: Proposal
    others: list[Person]
    at: datetime | None
    language: str
    are_new: bool
    learning: list[tuple[str, int]]
    reason: str
    is_again: bool
    has_asked: bool

    @property
    def is_seated(self) -> bool:
        """There is a circle for them."""
        return bool(self.others)


def table(proposal: Proposal) -> Table:
    """The cards. The policy of the proposal was asked; nothing here is anybody's words or wishes."""
    everybody = candidates(proposal.cohort)
    sitting: defaultdict[int, list[Application]] = defaultdict(list)
    for seat in _seats(proposal):
        sitting[seat.circle_id].append(seat.application)
    cards = [_card(everybody, circle, sitting[circle.pk]) for circle in proposal.circles.all()]
    waits = _still_waiting(proposal).select_related("application__person")
    told = [(row.application, row.reason if row.reason == BY_HAND else reason_told(row.reason)) for row in waits]
    waiting = {application.person_id for application, _reason in told}
    return Table(
        proposal, cards, told, _was_shown_before(proposal), None if proposal.shown_at else hint(everybody, waiting)
    )


def shown_to(person: Person, application: Application) -> Shown | None:
    """The applicant's own circle of the latest proposal that was shown; None before."""
    latest = application.cohort.proposals.filter(shown_at__isnull=False).first()
    if latest is None or application.person_id != person.pk:
        return None
    mine = ProposedSeat.objects.filter(proposal=latest, application=application).select_related("circle").first()
    before = _was_shown_before(latest)
    again = {"is_again": before, "has_asked": before and _asked_before(person, latest)}
    if mine is None:
        row = Unplaced.objects.filter(proposal=latest, application=application).first()
        reason = reason_told(row.reason if row else NO_ROOM)
        return Shown(latest, [], None, "", are_new=False, learning=[], reason=reason, **again)
    return _circle_of(person, latest, mine.circle, again)


def seat_of(proposal: Proposal, application: int) -> Application | None:
    """An application on this table, by its number; None for any other."""
    rows = proposal.cohort.applications.filter(withdrawn_at__isnull=True, person__left_on__isnull=True)
    return rows.select_related("person").filter(pk=application).first()


def sitting_in(circle: ProposedCircle) -> list[Application]:
    """Those who sit there and have not withdrawn."""
    seats = circle.seats.filter(application__withdrawn_at__isnull=True, application__person__left_on__isnull=True)
    return [seat.application for seat in seats.select_related("application__person", "application__vault")]


def people_of(circle: ProposedCircle) -> tuple[int, ...]:
    """The same as ids of people."""
    return tuple(each.person_id for each in sitting_in(circle))


def reason_told(kind: str) -> str:
    """The reason as it may be told: who has something against whom hides among those for whom there is no room."""
    return NO_ROOM if kind in ONE_ANSWER else kind


def rules_told(kinds: Iterable[str]) -> list[str]:
    """Rules that are broken, in sentences."""
    return [str(RULES[kind]) for kind in kinds]


def moved_in_words(table: Table, application: Application) -> str:
    """Where somebody sits now, and which rules are broken where: what the cards show, in words."""
    sits = (card for card in table.cards if application in [sitting.application for sitting in card.people])
    card, name = next(sits, None), application.person.short_name
    here = gettext("%(name)s sits in circle %(number)s now."), gettext("%(name)s waits now.")
    said = here[0] % {"name": name, "number": card.circle.number} if card else here[1] % {"name": name}
    broken = [_broken_in_words(card) for card in table.cards if card.breaks]
    return " ".join([said, *(broken or [gettext("No rule is broken.")])])


def could_not_stay(proposal: Proposal) -> list[tuple[int, list[str]]]:
    """Circles its proposer had kept in the proposal before, and which break a rule by now: numbers, and the rules."""
    before = proposal.cohort.proposals.filter(pk__lt=proposal.pk).first()
    everybody, kept = candidates(proposal.cohort), before.circles.filter(is_locked=True) if before else ()
    broken = [(circle.number, places.breaks(everybody, people_of(circle))) for circle in kept]
    return [(number, rules_told(kinds)) for number, kinds in broken if kinds]


def language_in_words(code: str) -> str:
    """The name of a language in the reader's own."""
    return dict(languages_to_choose(also={code})).get(code, code) if code else ""


def _circle_of(person: Person, proposal: Proposal, circle: ProposedCircle, again: dict[str, bool]) -> Shown:
    everybody = candidates(proposal.cohort)
    people = [seat.application.person for seat in _seats(proposal) if seat.circle_id == circle.pk]
    others = [other for other in people if other.pk != person.pk]
    met = {pair for pair in everybody.rules.met if person.pk in pair}
    return Shown(
        proposal,
        others,
        None if circle.slot is None else places.first_meeting(everybody, circle.slot),
        language_in_words(circle.language),
        are_new=not any(other.pk in pair for other in others for pair in met),
        learning=_learning(person, others),
        reason="",
        **again,
    )


def _learning(person: Person, others: Iterable[Person]) -> list[tuple[str, int]]:
    """My own open lines, with how many of the others would like to learn the same."""
    rows = Interest.objects.filter(person__in=[person, *others], withdrawn_at__isnull=True)
    lines = {(row.person_id, topic(row.skill_id, row.words)): row.words for row in rows}
    mine = {about: words for (who, about), words in lines.items() if who == person.pk}
    theirs = Counter(about for who, about in lines if who != person.pk)
    return sorted((words, theirs[about]) for about, words in mine.items() if theirs[about])


def _broken_in_words(card: Card) -> str:
    return " ".join([gettext("Circle %(number)s:") % {"number": card.circle.number}, *card.troubles])


def _card(everybody: Candidates, circle: ProposedCircle, applications: list[Application]) -> Card:
    people = [each.person_id for each in applications]
    at = (
        None
        if circle.slot is None
        else clock.local(places.first_meeting(everybody, circle.slot), everybody.cohort.zone)
    )
    who = [each.person for each in applications]
    return Card(
        circle,
        [Sitting(each, _there(at, each.person)) for each in applications],
        at,
        language_in_words(circle.language),
        places.breaks(everybody, people),
        len(places.common_slots(everybody, people)),
        houses=len({person.organisation_id for person in who}),
        units=len({(person.organisation_id, person.unit_id) for person in who}),
    )


def _there(at: datetime | None, person: Person) -> time | None:
    there = clock.local(at, person.timezone) if at else None
    return there.time() if there and at and there.utcoffset() != at.utcoffset() else None


def _was_shown_before(proposal: Proposal) -> bool:
    """Another list was shown before this one."""
    return proposal.cohort.proposals.filter(shown_at__isnull=False, pk__lt=proposal.pk).exists()


def _asked_before(person: Person, proposal: Proposal) -> bool:
    """They asked to be moved from an earlier list."""
    moves = Move.objects.filter(proposal__cohort=proposal.cohort_id, person=person)
    return moves.exclude(proposal=proposal).exists()


def _seats(proposal: Proposal) -> Iterable[ProposedSeat]:
    """Of those who have not withdrawn."""
    still = proposal.seats.filter(application__withdrawn_at__isnull=True, application__person__left_on__isnull=True)
    return still.select_related("application__person")


def _still_waiting(proposal: Proposal) -> "QuerySet[Unplaced]":
    return proposal.unplaced.filter(application__withdrawn_at__isnull=True, application__person__left_on__isnull=True)
