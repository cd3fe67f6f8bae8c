"""The page of a circle as one member reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from grapevine.circles.models import Brought, Circle, CircleSeat, Duty, Meeting, Rsvp, Swap
from grapevine.circles.queries.agreed import Agreed, agreed
from grapevine.circles.queries.presence import begun
from grapevine.circles.queries.turns import plan_from, plan_of
from grapevine.circles.queries.ways import chosen, minutes_for
from grapevine.circles.season import CAUGHT_UP_WITHIN, moved_hours
from grapevine.circles.turns import Role
from grapevine.kernel import clock
from grapevine.kernel.policy import seen, visible
from grapevine.kernel.text import listed
from grapevine.people.models import Person
from grapevine.rooms.models import Session
from grapevine.rooms.queries import Way, circle_defaults, role_word
from grapevine.vaults.queries import words_in

GOODBYE_STANDS = timedelta(days=7)
QUORUM = circle_defaults("en")["members"]["min_to_run_a_session"]


@dataclass(frozen=True)
class Member:
    """Somebody in the circle. Of people from elsewhere nothing is shown but name and face."""

    person: Person
    is_me: bool
    is_colleague: bool
    bring: str
    gift: str


@dataclass(frozen=True)
class Line:
    """A meeting as one member reads it: who does what in it, who comes."""

    meeting: Meeting
    reader: Person
    people: dict[int, Person]
    duties: list[Duty]
    rsvps: list[Rsvp] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)
    way: Way | None = None  # where it is not the usual one
    gone: Mapping[int, Person] = field(default_factory=dict)  # who sat there once

    @property
    def doing(self) -> list[tuple[str, str]]:
        """(who, what they do), bringers first."""
        order = [Role.BRINGER, Role.HOST, Role.TIMEKEEPER, Role.NOTE_TAKER]
        told = sorted(self.duties, key=lambda duty: order.index(Role(duty.role)))
        return [(self.people[duty.person_id].short_name, role_word(duty.role)) for duty in told if self._sits(duty)]

    @property
    def bringers(self) -> list[Person]:
        """Whose turn it is; once it is over, whose it was, also when they have stepped out since."""
        people = self.people if self.meeting.is_ahead else {**self.gone, **self.people}
        return [people[d.person_id] for d in self.duties if d.role == Role.BRINGER and d.person_id in people]

    @property
    def minutes(self) -> int:
        """To keep free for it: as its circle says, and as long as it takes this way."""
        return max(self.way.format.minutes if self.way else 0, minutes_for(self.meeting))

    @property
    def is_left_open(self) -> bool:
        """Its time went by, and it can still be held; nobody has closed its room."""
        meeting = self.meeting
        return meeting.is_ahead and not meeting.over_at and clock.now() >= meeting.at + timedelta(minutes=self.minutes)

    @property
    def is_begun(self) -> bool:
        """The first step has begun in its room, which stands ready also where nobody comes."""
        return bool(begun([self.meeting]))

    @property
    def open_until(self) -> datetime:
        """When it counts as not held."""
        return self.meeting.at + CAUGHT_UP_WITHIN

    @property
    def is_free(self) -> bool:
        """A challenge meeting that is nobody's turn."""
        return self.meeting.kind == Meeting.Kind.CHALLENGE and not self.bringers and not self.brought

    @property
    def my_duties(self) -> list[tuple[Duty, str]]:
        """What the reader does in it, in words: "you host"."""
        mine = [duty for duty in self.duties if duty.person_id == self.reader.pk]
        return [(duty, mine_in_words(duty)) for duty in mine]

    @property
    def is_my_turn(self) -> bool:
        """Whether the reader brings something."""
        return any(duty.role == Role.BRINGER for duty, _word in self.my_duties)

    @property
    def what_i_brought(self) -> Brought | None:
        """What the reader has told already."""
        return next((b for b in self.brought if b.challenge.brought_by_id == self.reader.pk), None)

    @property
    def comes(self) -> bool | None:
        """What the reader said; None while they said nothing."""
        return next((rsvp.comes for rsvp in self.rsvps if rsvp.person_id == self.reader.pk), None)

    @property
    def coming(self) -> list[Person]:
        """Who said so."""
        return self._said(comes=True)

    @property
    def cannot(self) -> list[Person]:
        """Who can't."""
        return self._said(comes=False)

    @property
    def coming_names(self) -> str:
        """For a sentence."""
        return listed(person.short_name for person in self.coming)

    @property
    def cannot_names(self) -> str:
        """For a sentence."""
        return listed(person.short_name for person in self.cannot)

    @property
    def are_too_few(self) -> bool:
        """Some said that they can't, and fewer than a good hour needs are left."""
        return bool(self.cannot) and len(self.people) - len(self.cannot) < QUORUM

    def _said(self, *, comes: bool) -> list[Person]:
        said = {rsvp.person_id for rsvp in self.rsvps if rsvp.comes is comes}
        return [person for pk, person in self.people.items() if pk in said]

    def _sits(self, duty: Duty) -> bool:
        return duty.person_id in self.people


@dataclass(frozen=True)
class CirclePage:
    """Everything on it. `next` is the meeting ahead, `my_turn` the one in which the reader brings something."""

    circle: Circle
    reader: Person
    members: list[Member]
    agreed: Agreed
    seats: list[CircleSeat]
    lines: list[Line]
    swaps: list[Swap]
    stepped_out: list[Person]

    @property
    def next(self) -> Line | None:
        """The meeting ahead."""
        return next(iter(self.ahead), None)

    @property
    def ahead(self) -> list[Line]:
        """Meetings that can still be held."""
        return [line for line in self.lines if line.meeting.is_ahead]

    @property
    def moved_hours(self) -> tuple[datetime, ...]:
        """From which meeting on the hour is another one for the reader, because clocks change apart."""
        rule = self.circle.weekday, self.circle.hour
        by_rule = [line.meeting for line in self.ahead if (line.meeting.on.weekday(), line.meeting.hour) == rule]
        return moved_hours([meeting.at for meeting in by_rule], self.reader.timezone)

    @property
    def missed(self) -> Meeting | None:
        """The last meeting, where nobody held it and it may still find another day."""
        return next((line.meeting for line in self.lines if line.meeting.can_catch_up), None)

    @property
    def my_turn(self) -> Line | None:
        """Where the reader brings something next and has not told it."""
        return next((line for line in self.ahead if line.is_my_turn and not line.what_i_brought), None)

    @property
    def told(self) -> Brought | None:
        """What the reader has told for a meeting ahead."""
        return next((line.what_i_brought for line in self.ahead if line.what_i_brought), None)

    @cached_property
    def changeable(self) -> set[int]:
        """Turns of the reader which somebody else might take for one of theirs."""
        meetings = [line.meeting for line in self.lines if line.meeting.is_a_turn]
        plan, asked = plan_from(self.circle, self.seats, meetings), {(s.mine_id, s.theirs_id) for s in self.swaps}
        mine = [duty for line in self.ahead if line.meeting.is_a_turn for duty, _word in line.my_duties]
        return {duty.pk for duty in mine if any((duty.pk, each.pk) not in asked for each in plan.turns_for(duty))}

    @property
    def has_signed(self) -> bool:
        """Whether the reader is in, in this version."""
        return self.reader.pk in self.agreed.signed

    @property
    def last_at(self) -> datetime | None:
        """When the season ends."""
        return self.lines[-1].meeting.at if self.lines else None

    @property
    def waiting_names(self) -> str:
        """Who is not in yet, for a sentence."""
        return listed(person.short_name for person in self.agreed.waiting)


def page(reader: Person, circle: Circle) -> CirclePage:
    """What the member `reader` sees of `circle`."""
    ever = list(circle.seats.select_related("person"))
    seats = [seat for seat in ever if seat.left_at is None]
    people = {seat.person_id: seat.person for seat in seats}
    gone = {seat.person_id: seat.person for seat in ever if seat.left_at}
    opened = words_in(reader, circle.vault)
    return CirclePage(
        circle=circle,
        reader=reader,
        members=[_member(reader, seat, opened) for seat in seats],
        agreed=agreed(reader, circle, list(people.values())),
        seats=seats,
        lines=lines(reader, circle.meetings.all(), people, gone),
        swaps=_swaps(reader, circle),
        stepped_out=stepped_out(ever),
    )


def lines(
    reader: Person, meetings: "QuerySet[Meeting]", people: dict[int, Person], gone: Mapping[int, Person] | None = None
) -> list[Line]:
    """Meetings with who does what and who comes; `gone` sat there once."""
    brought = Prefetch("brought", Brought.objects.select_related("challenge__playback"))
    rows = meetings.select_related("session").prefetch_related("duties", "rsvps", brought)
    ways = chosen(reader, rows)
    return [_line(reader, row, people, ways.get(row.pk), gone or {}) for row in rows]


def mine_in_words(duty: Duty) -> str:
    """To the one whose turn it is."""
    return {
        Role.BRINGER: _("you bring something"),
        Role.HOST: _("you host"),
        Role.TIMEKEEPER: _("you keep time"),
        Role.NOTE_TAKER: _("you take notes"),
    }[Role(duty.role)]


def mine(person: Person) -> list[tuple[Circle, Meeting | None]]:
    """My circles with their next meeting, the running ones first."""
    rows = visible(person, Circle).select_related("cohort").prefetch_related("meetings").order_by("ended_at", "-pk")
    running = sorted(rows, key=lambda circle: circle.ended_at is not None)
    return [(circle, next((m for m in circle.meetings.all() if m.is_ahead), None)) for circle in running]


def next_meeting(circle: Circle) -> Meeting | None:
    """The one ahead, while its season runs."""
    rows = circle.meetings.select_related("session") if circle.ended_at is None else []
    return next((meeting for meeting in rows if meeting.is_ahead), None)


def stepped_out(seats: Iterable[CircleSeat]) -> list[Person]:
    """Within a week, and by themselves: who left the organisation has said nothing."""
    lately = clock.now() - GOODBYE_STANDS
    return [seat.person for seat in seats if seat.left_at and seat.left_at > lately and not seat.person.left_on]


def people_of(circle: Circle) -> dict[int, Person]:
    """Those who sit there, by id."""
    seats = circle.seats.filter(left_at__isnull=True).select_related("person")
    return {seat.person_id: seat.person for seat in seats}


def room_now(reader: Person, circle: Circle) -> Session | None:
    """The room of this circle that is open, if there is one."""
    return visible(reader, Session).filter(meeting__circle=circle, closed_at__isnull=True).first()


def turns_to_swap(reader: Person, duty: Duty) -> list[Duty]:
    """Turns with which somebody may change this one, as far as they were not asked for."""
    found = [each.pk for each in plan_of(duty.meeting.circle).turns_for(duty)]
    asked = Swap.objects.filter(mine=duty, answered_at__isnull=True).values("theirs")
    rows = visible(reader, Duty).filter(pk__in=found).exclude(pk__in=asked)
    return list(rows.select_related("person", "meeting__circle").order_by("meeting__number"))


def why_nobody_swaps(duty: Duty) -> str:
    """Why there is no turn to change this one with: nobody has such a turn ahead, the order of turns, or all were asked."""
    plan = plan_of(duty.meeting.circle)
    if not plan.turns_like(duty):
        return _("Nobody else does the same in a meeting still ahead.")
    if not plan.turns_for(duty):
        return _(
            "With every other turn, somebody would have a second one before all had their first, "
            "or would do two things in one meeting."
        )
    return _("You have asked everybody who could. You hear a yes or a no from each.")


def _member(reader: Person, seat: CircleSeat, opened: dict[object, str]) -> Member:
    person = seat.person
    return Member(
        person=person,
        is_me=person.pk == reader.pk,
        is_colleague=person.organisation_id == reader.organisation_id,
        bring=opened.get(seat.bring_id, ""),
        gift=opened.get(seat.gift_id, ""),
    )


def _line(reader: Person, row: Meeting, people: dict[int, Person], way: Way | None, gone: Mapping[int, Person]) -> Line:
    seen(reader, row)
    told = list(row.duties.all()), list(row.rsvps.all()), list(row.brought.all())
    return Line(row, reader, people, *told, way, gone)


def _swaps(reader: Person, circle: Circle) -> list[Swap]:
    """Questions to the reader, and the reader's own, that are open."""
    rows = visible(reader, Swap).filter(mine__meeting__circle=circle, answered_at__isnull=True)
    return list(rows.select_related("by", "mine__meeting", "theirs__meeting", "theirs__person"))
