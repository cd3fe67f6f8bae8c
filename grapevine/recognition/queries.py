"""Reading thanks and stories. Each takes the person who asks; sealed words come through the one gate of `vaults`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from grapevine.challenges.models import Challenge
from grapevine.kernel.policy import visible
from grapevine.people.models import Person
from grapevine.recognition.models import KINDS, HelperStory, Showing, Thanks
from grapevine.vaults.models import Seat
from grapevine.vaults.queries import Voice, read_all, seats_of

Said = Thanks | HelperStory
Aliases = Mapping[tuple[object, int], str]
PUBLIC_SHOWN = 5
BOTH = (Thanks, HelperStory)


@dataclass(frozen=True)
class Heard:
    """Thanks or a story as one of the two reads it. Who is under an alias is named by it, without a face."""

    recognition: Said
    kind: str
    words: str
    title: str
    by: Voice
    person: Voice
    other: Voice
    showing: Showing
    may_show: bool


@dataclass(frozen=True)
class Waiting:
    """What waits for one person here: things to hear, and things to decide."""

    unheard: list[Heard]
    to_decide: list[Heard]


@dataclass(frozen=True)
class Ending:
    """What recognition has to say at the end of a challenge."""

    thanks: list[Heard]
    stories: list[Heard]
    to_thank: list[tuple[Seat, Voice]]


@dataclass(frozen=True)
class Shown:
    """Thanks or a story that both agreed to show."""

    recognition: Said
    kind: str
    words: str
    by: Person


def waiting(person: Person) -> Waiting:
    """Everything of here that Today may say: two queries when there is nothing, four when there is something."""
    found = _newest_first(person, _unheard(person) | _asked(person))
    return Waiting(
        unheard=[one for one in found if one.recognition.person_id == person.pk and not one.recognition.heard_at],
        to_decide=[one for one in found if one.showing is Showing.ASKED],
    )


def unheard(person: Person) -> list[Heard]:
    """What this person has been told and has not seen yet, newest first."""
    return _newest_first(person, _unheard(person))


def to_decide(person: Person) -> list[Heard]:
    """What the other one would show to colleagues, and this person has not answered."""
    return _newest_first(person, _asked(person))


def heard(person: Person, kind: str, pk: int) -> Heard | None:
    """One of the two reads one of them; None for everybody else."""
    return next(iter(_read(person, _rows(person, KINDS[kind], Q(pk=pk)))), None)


def received(person: Person) -> "QuerySet[Any, Any]":
    """Where to find what this person was told, newest first; `opened` reads a page of it."""
    return _index(person, Q(person=person))


def said(person: Person) -> "QuerySet[Any, Any]":
    """Where to find what this person said, newest first."""
    return _index(person, Q(by=person))


def opened(person: Person, found: Iterable[dict[str, Any]]) -> list[Heard]:
    """The letters of one page, in its order."""
    places = [(place["of"], place["pk"]) for place in found]
    rows = [
        row
        for kind, model in KINDS.items()
        for row in _rows(person, model, Q(pk__in=[pk for of, pk in places if of == kind]))
    ]
    read = {(one.kind, one.recognition.pk): one for one in _read(person, rows)}
    return [read[place] for place in places if place in read]


def ending(person: Person, challenge: Challenge) -> Ending:
    """Thanks and stories of this challenge between this person and others in it, and whom they could thank."""
    seats = seats_of(challenge.vault)
    letters = _newest_first(person, Q(challenge=challenge), _aliases_of(seats))
    thanks = [one for one in letters if one.kind == Thanks.kind]
    stories = [one for one in letters if one.kind == HelperStory.kind]
    return Ending(thanks, stories, _to_thank(person, challenge, seats, thanks))


def thanks_of(reader: Person, person: Person) -> list[Shown]:
    """What both agreed to show about this person, for a colleague to read, newest first."""
    rows = [row for model in BOTH for row in _public(reader, model).filter(person=person)[:PUBLIC_SHOWN]]
    newest = sorted(rows, key=lambda row: row.at, reverse=True)[:PUBLIC_SHOWN]
    return [Shown(row, row.kind, row.open_words, row.by) for row in newest]


def _unheard(person: Person) -> Q:
    return Q(person=person, heard_at__isnull=True)


def _asked(person: Person) -> Q:
    as_by = Q(by=person, person_agrees_at__isnull=False, by_agrees_at__isnull=True, by_keeps_at__isnull=True)
    as_person = Q(
        person=person, by_agrees_at__isnull=False, person_agrees_at__isnull=True, person_keeps_at__isnull=True
    )
    return as_by | as_person


def _newest_first(person: Person, which: Q, aliases: Aliases | None = None) -> list[Heard]:
    rows = [row for model in BOTH for row in _rows(person, model, which)]
    return _read(person, sorted(rows, key=lambda row: row.at, reverse=True), aliases)


def _rows(person: Person, model: type[Said], which: Q) -> "QuerySet[Said]":
    mine = visible(person, model).filter(which).filter(Q(by=person) | Q(person=person))
    return mine.select_related("by", "person__organisation", "words", "challenge__title")


def _read(person: Person, rows: Iterable[Said], aliases: Aliases | None = None) -> list[Heard]:
    """Opened, and named as far as this person may know: two queries, however many rows."""
    rows = list(rows)
    if not rows:
        return []
    sealed = {text.pk: text for row in rows for text in (row.words, row.challenge and row.challenge.title) if text}
    words = read_all(person, sealed.values())
    known = _aliases_in(rows) if aliases is None else aliases
    return [_heard(person, row, words, known) for row in rows]


def _heard(person: Person, row: Said, words: Mapping[object, str], aliases: Aliases) -> Heard:
    vault = row.challenge.vault_id if row.challenge else None
    by, helper = (
        _voice(person, one, role, aliases.get((vault, one.pk), ""))
        for one, role in ((row.by, "by"), (row.person, "person"))
    )
    showing, open_to_yes = row.showing_to(person), {Showing.BETWEEN_US, Showing.ASKED}
    masked = any((vault, pk) in aliases for pk in (row.by_id, row.person_id))
    return Heard(
        row,
        row.kind,
        words.get(row.words_id, ""),
        words.get(row.challenge.title_id, "") if row.challenge else "",
        by,
        helper,
        by if row.person_id == person.pk else helper,
        showing,
        may_show=row.words_id in words and not masked and showing in open_to_yes,
    )


def _voice(reader: Person, person: Person, role: str, alias: str) -> Voice:
    masked = bool(alias) and person.pk != reader.pk
    return Voice(alias, None, role) if masked else Voice(person.name, person, role)


def _aliases_in(rows: Sequence[Said]) -> Aliases:
    vaults = {row.challenge.vault_id for row in rows if row.challenge}
    return _aliases_of(Seat.objects.filter(vault__in=vaults).exclude(alias="") if vaults else [])


def _aliases_of(seats: Iterable[Seat]) -> Aliases:
    # also of seats that ended: who left under an alias stays under it
    return {(seat.vault_id, seat.person_id): seat.alias for seat in seats if seat.alias}


def _to_thank(
    person: Person, challenge: Challenge, seats: Sequence[Seat], said_by_me: Sequence[Heard]
) -> list[tuple[Seat, Voice]]:
    # the bringer's to say, nobody else's, and once to each
    if challenge.brought_by_id != person.pk:
        return []
    thanked = {one.recognition.person_id for one in said_by_me} | {person.pk}
    waiting_for_it = [seat for seat in seats if seat.until_at is None and seat.person_id not in thanked]
    if not challenge.is_of_two:  # a seat in a group is no help yet
        said = {*challenge.questions.values_list("by", flat=True), *challenge.ideas.values_list("by", flat=True)}
        waiting_for_it = [seat for seat in waiting_for_it if seat.person_id in said]
    return [(seat, _voice(person, seat.person, seat.role, seat.alias)) for seat in waiting_for_it]


def _index(person: Person, which: Q) -> "QuerySet[Any, Any]":
    thanks, stories = (
        visible(person, model)
        .filter(which)
        .order_by()
        .values("pk", "at", of=Value(model.kind, output_field=CharField()))
        for model in BOTH
    )
    return thanks.union(stories, all=True).order_by("-at", "-pk")


def _public(reader: Person, model: type[Said]) -> "QuerySet[Said]":
    agreed = ~Q(open_words="") & Q(by_agrees_at__isnull=False, person_agrees_at__isnull=False)
    return visible(reader, model).filter(agreed).select_related("by").order_by("-at")
