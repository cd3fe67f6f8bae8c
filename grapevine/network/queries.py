"""Reading one's own map. Each takes the person who asks, and answers about nobody else's."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from grapevine.kernel import clock
from grapevine.kernel.policy import visible
from grapevine.network.closeness import Closeness, of_tie, of_visits
from grapevine.network.models import Tie, TieConsent, Visit
from grapevine.people.models import Block, Person
from grapevine.people.queries import colleagues
from grapevine.vaults.models import Vault
from grapevine.vaults.queries import read_all, seats_of

A_YEAR = timedelta(days=366)
NOTES_READ = 200
NAMES_AT_HAND = 40
ACKNOWLEDGED = {"outcome", "thanks"}  # these follow a help, they are not another one


@dataclass(frozen=True)
class Node:
    """Somebody on my map. `is_tie` when both agreed; otherwise I know of it from my own notes alone."""

    name: str
    closeness: Closeness
    leans_on: bool
    leaned_on: bool
    is_tie: bool
    last_on: date
    pk: int | None = None
    unit: str = ""
    url: str = ""

    @property
    def face(self) -> Person:
        """Initials and hue, also of somebody who is known by name only."""
        return Person(name=self.name)

    @property
    def short_name(self) -> str:
        """How a colleague calls them."""
        return self.face.short_name


@dataclass(frozen=True)
class Unthanked:
    """Somebody who helped me and whom I have not thanked for it."""

    person: Person
    last_on: date

    @property
    def name(self) -> str:
        """In full."""
        return self.person.name

    @property
    def short_name(self) -> str:
        """How a colleague calls them."""
        return self.person.short_name


@dataclass(frozen=True)
class MyMap:
    """Everybody around me, closest first."""

    me: Person
    nodes: tuple[Node, ...]
    not_thanked: tuple[Unthanked, ...]
    notes: "tuple[Visited, ...]" = ()

    @property
    def leaning_on(self) -> list[Node]:
        """Whom I lean on."""
        return [node for node in self.nodes if node.leans_on]

    @property
    def leaned_on_by(self) -> list[Node]:
        """Who leans on me."""
        return [node for node in self.nodes if node.leaned_on]

    @property
    def agreed(self) -> list[Node]:
        """Those on whose map I am, too."""
        return [node for node in self.nodes if node.is_tie]


@dataclass(frozen=True)
class WaitingTie:
    """What is between me and `other`, not on the maps yet.

    `asked`: the other would show it and I decide. `agreed`: I said yes and wait. `resting`: I left it off.
    """

    other: Person
    leans_on: bool
    leaned_on: bool
    last_on: date
    asked: bool
    agreed: bool
    resting: bool


@dataclass(frozen=True)
class Visited:
    """One of my own notes, opened."""

    visit: Visit
    name: str
    about: str
    person: Person | None


def my_map(person: Person) -> MyMap:
    """Whom I lean on, who leans on me, whom I have not thanked. Six queries, whatever its size."""
    ties = _by_other(person, _ties(person).prefetch_related("helps"))
    shown = {pk for pk, said in _consents(person).items() if said == ("yes", "yes")}
    drawn = {pk: _node(pk, person, pair) for pk, pair in ties.items() if pk in shown}
    notes = opened(person, visits(person)[:NOTES_READ])
    noted = _noted(person, [note for note in notes if not (note.person and note.person.pk in drawn)])
    nodes = sorted([*drawn.values(), *noted], key=lambda node: (node.closeness, node.name, node.pk or 0))
    return MyMap(person, tuple(nodes), _not_thanked(person, ties), tuple(notes))


def waiting_ties(person: Person) -> list[WaitingTie]:
    """Ties I could put on the map or decide about, those I was asked about first, then the latest."""
    return _waiting_among(person, _ties(person).exclude(_unwanted(person)))


def waiting_ties_in(person: Person, vault: Vault) -> list[WaitingTie]:
    """Those of them between me and people in this vault whom I know by name. One query when there is none."""
    known = {seat.person_id: seat.person for seat in seats_of(vault) if seat.until_at is None and not seat.alias}
    others = [pk for pk, other in known.items() if pk != person.pk and other.left_on is None]
    with_them = Q(helper=person.pk, helped__in=others) | Q(helped=person.pk, helper__in=others)
    ties = visible(person, Tie).filter(with_them).exclude(_unwanted(person)).order_by("pk")
    for tie in ties:
        tie.helper, tie.helped = (known.get(pk, person) for pk in (tie.helper_id, tie.helped_id))
    return _waiting_among(person, ties)


def tie_between(person: Person, other: Person) -> Tie:
    """The tie of the two, in whichever direction. Raises Tie.DoesNotExist when neither helped the other."""
    both = Q(helper=person, helped=other) | Q(helper=other, helped=person)
    return visible(person, Tie).filter(both).select_related("helper", "helped").earliest("pk")


def visits(person: Person) -> "QuerySet[Visit]":
    """My own notes, latest first; `opened` reads them."""
    return visible(person, Visit).select_related("words")


def opened(person: Person, rows: Iterable[Visit]) -> list[Visited]:
    """My notes in words. Two queries."""
    rows = list(rows)
    notes = {pk: json.loads(words) for pk, words in read_all(person, [row.words for row in rows]).items()}
    people = visible(person, Person).select_related("unit").in_bulk([n["to"] for n in notes.values() if n["to"]])
    read = [(row, notes[row.words_id]) for row in rows if row.words_id in notes]
    return [Visited(row, note["name"], note["about"], people.get(note["to"])) for row, note in read]


def names_at_hand(person: Person, nodes: Iterable[Node] = ()) -> list[str]:
    """Names that are likely to be typed: those on the map, and colleagues of the unit."""
    near = colleagues(person).filter(unit=person.unit_id).values_list("name", flat=True)[:NAMES_AT_HAND]
    return sorted({*(node.name for node in nodes), *near})


def notes_from(person: Person, mine: MyMap, start: int, most: int) -> list[Visited]:
    """Some of my notes, latest first; what the map has read already is not read again."""
    if start + most <= NOTES_READ:
        return list(mine.notes[start : start + most])
    return opened(person, visits(person)[start : start + most])


def _ties(person: Person) -> "QuerySet[Tie]":
    here = Q(helper__left_on__isnull=True, helped__left_on__isnull=True)
    return visible(person, Tie).filter(here).select_related("helper__unit", "helped__unit").order_by("pk")


def _by_other(person: Person, ties: Iterable[Tie]) -> dict[int, list[Tie]]:
    # by the id of the other: one tie, or one in each direction
    pairs: dict[int, list[Tie]] = {}
    for tie in ties:
        pairs.setdefault(_other(person, tie).pk, []).append(tie)
    return pairs


def _unwanted(person: Person) -> Q:
    blocked = Block.objects.filter(person=person.pk).values("blocked")
    return Q(helper__in=blocked) | Q(helped__in=blocked)


def _waiting_among(person: Person, ties: Iterable[Tie]) -> list[WaitingTie]:
    pairs = _by_other(person, ties)
    said = _consents(person) if pairs else {}
    waiting = [
        _waiting(pk, person, pair, *said.get(pk, ("", "")))
        for pk, pair in pairs.items()
        if said.get(pk) != ("yes", "yes")
    ]
    return sorted(waiting, key=lambda tie: (not tie.asked, -tie.last_on.toordinal(), tie.other.name))


def _consents(person: Person) -> dict[int, tuple[str, str]]:
    # by the id of the other: what I said and what they said; the latest counts, empty means nothing yet
    said: dict[int, dict[bool, str]] = {}
    rows = TieConsent.objects.filter(Q(person=person) | Q(other=person)).order_by("at", "pk")
    for row in rows:
        is_mine = row.person_id == person.pk
        said.setdefault(row.other_id if is_mine else row.person_id, {})[is_mine] = "no" if row.withdrawn_at else "yes"
    return {pk: (words.get(True, ""), words.get(False, "")) for pk, words in said.items()}


def _node(pk: int, person: Person, pair: Sequence[Tie]) -> Node:
    received, given = ([h.kind for t in pair if t.helper_id == one for h in t.helps.all()] for one in (pk, person.pk))
    return Node(
        closeness=of_tie(received, given),
        leans_on=bool(received),
        leaned_on=bool(given),
        is_tie=True,
        last_on=max(t.last_on for t in pair),
        **_known(person, _other(person, pair[0])),
    )


def _noted(person: Person, visited: Iterable[Visited]) -> list[Node]:
    since = clock.today(person.timezone) - A_YEAR
    notes: dict[int | str, list[Visited]] = {}
    for note in (one for one in visited if one.visit.on >= since):
        notes.setdefault(note.person.pk if note.person else note.name.casefold(), []).append(note)
    return [
        Node(
            closeness=of_visits(len(those)),
            leans_on=True,
            leaned_on=False,
            is_tie=False,
            last_on=those[0].visit.on,
            **(_known(person, those[0].person) if those[0].person else {"name": those[0].name}),
        )
        for those in notes.values()
    ]


def _known(reader: Person, other: Person) -> dict[str, Any]:
    near = other.organisation_id == reader.organisation_id
    unit = other.unit.name if other.unit and near else ""  # where somebody works is their own house's
    return {"name": other.name, "pk": other.pk, "unit": unit, "url": other.get_absolute_url() if near else ""}


def _other(person: Person, tie: Tie) -> Person:
    return tie.helped if tie.helper_id == person.pk else tie.helper


def _waiting(pk: int, person: Person, pair: Sequence[Tie], mine: str, theirs: str) -> WaitingTie:
    helpers = {tie.helper_id for tie in pair}
    return WaitingTie(
        other=_other(person, pair[0]),
        leans_on=pk in helpers,
        leaned_on=person.pk in helpers,
        last_on=max(t.last_on for t in pair),
        asked=theirs == "yes" and mine == "",
        agreed=mine == "yes",
        resting=mine == "no",
    )


def _not_thanked(person: Person, ties: dict[int, list[Tie]]) -> tuple[Unthanked, ...]:
    since = clock.today(person.timezone) - A_YEAR
    mine = [tie for pair in ties.values() for tie in pair if tie.helped_id == person.pk]
    owed = [(tie, _last_help(tie)) for tie in mine]
    late = [Unthanked(tie.helper, on) for tie, on in owed if on and on >= since and not _is_thanked(person, tie, on)]
    return tuple(sorted(late, key=lambda one: (-one.last_on.toordinal(), one.person.name)))


def _last_help(tie: Tie) -> date | None:
    return max((help_.on for help_ in tie.helps.all() if help_.kind not in ACKNOWLEDGED), default=None)


def _is_thanked(person: Person, tie: Tie, on: date) -> bool:
    # helps from sealed places are dated by the week only, so thanks later in the week count for it
    return tie.thanked_at is not None and clock.local(tie.thanked_at, person.timezone).date() >= on
