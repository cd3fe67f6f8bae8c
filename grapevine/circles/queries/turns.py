"""The rota of a circle as it stands in the database, as `rota` reads it."""

from dataclasses import dataclass
from itertools import takewhile

from grapevine.circles.models import Circle, CircleSeat, Duty, Meeting
from grapevine.circles.queries.presence import begun
from grapevine.circles.rota import SwapRefusedError, swap
from grapevine.circles.turns import Role, Rota, Turn, Turns

ONE_CHALLENGE, TWO_CHALLENGES = "circle_challenge", "circle_two_challenges"


@dataclass(frozen=True)
class Plan:
    """The challenge meetings that were not called off, and who does what in them.

    The first `begun` of them are as they are. Up to `done` a room is made, and people are on their way: what they have
    prepared stays, unless two of them agree on something else or somebody is gone.
    """

    meetings: list[Meeting]
    rota: Rota
    done: int
    begun: int = 0

    def without(self, who: int) -> int:
        """From which meeting on others do what `who` would have done."""
        is_missed = any(who in turns.tasks for turns in self.rota.meetings[self.begun : self.done])
        return self.begun if is_missed else self.done

    def turn(self, meeting: int, role: str, who: int) -> Turn:
        """The turn of somebody, by the key of the meeting."""
        return Turn([each.pk for each in self.meetings].index(meeting), Role(role), who)

    def swapped(self, mine: Duty, theirs: Duty) -> Rota:
        """The rota in which these two have changed. Raises SwapRefusedError where that breaks the order of turns."""
        first, second = (self.turn(duty.meeting_id, duty.role, duty.person_id) for duty in (mine, theirs))
        return swap(self.rota, first, second, done=self.begun)

    def turns_for(self, mine: Duty) -> list[Duty]:
        """Turns of others, of the same kind and still ahead, which the order of turns lets them change."""
        return [each for each in self.turns_like(mine) if self.takes_swap(mine, each)]

    def turns_like(self, mine: Duty) -> list[Duty]:
        """Turns of others, of the same kind and still ahead."""
        coming = [each for each in self.meetings if each.is_ahead and each.session_id is None]
        same = [duty for each in coming for duty in each.duties.all() if duty.role == mine.role]
        return [each for each in same if each.person_id != mine.person_id]

    def takes_swap(self, mine: Duty, theirs: Duty) -> bool:
        """Whether these two may change."""
        try:
            self.swapped(mine, theirs)
        except SwapRefusedError:
            return False
        return True


def plan_of(circle: Circle) -> Plan:
    """How the turns stand now."""
    return plan_from(circle, list(circle.seats.filter(left_at__isnull=True)), challenge_meetings(circle))


def plan_from(circle: Circle, seats: list[CircleSeat], meetings: list[Meeting]) -> Plan:
    """The same where the seats that are taken and the challenge meetings with their duties are at hand."""
    turns = tuple(_turns(meeting) for meeting in meetings)
    twice = any(meeting.format == TWO_CHALLENGES for meeting in meetings) or any(len(t.bringers) > 1 for t in turns)
    rota = Rota(
        members=tuple(seat.person_id for seat in seats),
        meetings=turns,
        per_session=2 if twice else 1,
        joined=_joined(circle, seats, meetings),
    )
    return Plan(meetings, rota, *behind(meetings))


def challenge_meetings(circle: Circle) -> list[Meeting]:
    """In order, with their duties."""
    held = circle.meetings.filter(kind=Meeting.Kind.CHALLENGE, called_off_at__isnull=True)
    return list(held.prefetch_related("duties"))


def behind(meetings: list[Meeting]) -> tuple[int, int]:
    """How many of them are not planned anew (they are over, or have a room), and how many nobody changes any more."""
    running = begun(meeting for meeting in meetings if meeting.is_ahead)
    done = len(list(takewhile(lambda each: not each.is_ahead or each.session_id is not None, meetings)))
    return done, len(list(takewhile(lambda each: not each.is_ahead or each.session_id in running, meetings[:done])))


def _turns(meeting: Meeting) -> Turns:
    held: dict[str, list[int]] = {}
    for duty in meeting.duties.all():
        held.setdefault(duty.role, []).append(duty.person_id)
    host, timekeeper, note_taker = (held[role][0] for role in (Role.HOST, Role.TIMEKEEPER, Role.NOTE_TAKER))
    return Turns(tuple(held.get(Role.BRINGER, [])), host, timekeeper, note_taker)


def _joined(circle: Circle, seats: list[CircleSeat], meetings: list[Meeting]) -> dict[int | str, int]:
    """The first meeting of those who came when it had begun."""
    late = [seat for seat in seats if seat.since_at > circle.formed_at]
    return {seat.person_id: sum(meeting.at <= seat.since_at for meeting in meetings) for seat in late}
