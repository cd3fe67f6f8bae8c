"""Who does what around a meeting: members all alike, and each with their own turn."""

from datetime import timedelta

from django.db.models import Q

from grapevine.circles.models import Brief, Brought, CalendarFeed, Duty, Meeting, Swap, Tally
from grapevine.circles.policies.circle import OfTheCircle, sat
from grapevine.circles.queries.presence import begun, was_there
from grapevine.circles.turns import Role
from grapevine.kernel import clock
from grapevine.kernel.policy import policy_for
from grapevine.people.models import Person
from grapevine.vaults.queries import seated

PULSE_FOR = timedelta(days=3)


@policy_for(Meeting)
class MeetingPolicy(OfTheCircle):
    """Seen with its circle."""

    related = ("circle__cohort", "circle__vault", "session__vault")

    def may_come(self, person: Person, meeting: Meeting) -> bool:  # noqa: ARG002 - every seat may
        """Say whether one comes; move it: every member, while it is ahead and nobody is in its room."""
        return meeting.is_ahead and meeting.circle.ended_at is None

    def may_move(self, person: Person, meeting: Meeting) -> bool:
        """Every member, until its room is made; the last one, which nobody held, while the season runs."""
        if meeting.can_catch_up:
            return meeting.circle.ended_at is None
        return self.may_come(person, meeting) and meeting.session_id is None

    def may_choose_way(self, person: Person, meeting: Meeting) -> bool:
        """Every member, until its room is made."""
        return self.may_come(person, meeting) and meeting.session_id is None

    def may_call_off(self, person: Person, meeting: Meeting) -> bool:
        """A challenge meeting; the first and the last one are only moved."""
        return self.may_move(person, meeting) and meeting.kind == Meeting.Kind.CHALLENGE

    def may_open(self, person: Person, meeting: Meeting) -> bool:
        """Every member, a quarter of an hour before."""
        return self.may_come(person, meeting) and meeting.is_door_open

    def may_bring(self, person: Person, meeting: Meeting) -> bool:
        """Whose turn it is, once; in a meeting that is nobody's turn, whoever is first."""
        if not self.may_come(person, meeting) or meeting.kind != Meeting.Kind.CHALLENGE:
            return False
        bringers = {duty.person_id for duty in meeting.duties.all() if duty.role == Role.BRINGER}
        return (not bringers or person.pk in bringers) and not _has_brought(person, meeting, is_free=not bringers)

    def may_give_pulse(self, person: Person, meeting: Meeting) -> bool:
        """Who was there, once, for three days."""
        over_at = meeting.over_at
        is_fresh = over_at is not None and clock.now() < over_at + PULSE_FOR
        given = meeting.pulses_given.filter(person=person.pk)
        return is_fresh and was_there(person, meeting) and not given.exists()

    def may_keep_tally(self, person: Person, meeting: Meeting) -> bool:
        """Who was there."""
        return meeting.over_at is not None and was_there(person, meeting)


def _has_brought(person: Person, meeting: Meeting, *, is_free: bool) -> bool:
    brought = meeting.brought.all()
    return (brought if is_free else brought.filter(challenge__brought_by=person.pk)).exists()


@policy_for(Duty)
class DutyPolicy(OfTheCircle):
    """Seen with its circle."""

    path = "meeting__circle__in"
    related = ("meeting__circle", "person")

    def may_swap(self, person: Person, duty: Duty) -> bool:
        """Whose turn it is at a challenge, while that is ahead and has no room yet."""
        meeting = duty.meeting
        is_open = meeting.is_ahead and meeting.session_id is None and meeting.kind == Meeting.Kind.CHALLENGE
        return is_open and duty.person_id == person.pk


@policy_for(Swap)
class SwapPolicy:
    """The two whose turns they are."""

    related = ("mine__meeting__circle", "theirs__meeting", "by")

    def visible_to(self, person: Person) -> Q:
        """Asked by the person or of them, in a circle in which they sit."""
        return Q(mine__meeting__circle__in=sat(person)) & (Q(by=person.pk) | Q(theirs__person=person.pk))

    def may_answer(self, person: Person, swap: Swap) -> bool:
        """Who was asked, once."""
        return swap.answered_at is None and swap.theirs.person_id == person.pk


@policy_for(Brought)
class BroughtPolicy:
    """As the challenge: a seat in its vault. That of a circle also needs the seat in the circle."""

    related = ("meeting__circle", "challenge__vault", "challenge__playback__commitment")

    def visible_to(self, person: Person) -> Q:
        """Of challenges in whose vault the person has a seat."""
        return Q(challenge__vault__in=seated(person))

    def may_tell_anew(self, person: Person, brought: Brought) -> bool:
        """The bringer, until its room has begun."""
        meeting = brought.meeting
        is_told = hasattr(brought.challenge, "playback") or meeting.session_id in begun([meeting])
        return brought.challenge.brought_by_id == person.pk and meeting.is_ahead and not is_told

    def may_brief(self, person: Person, brought: Brought) -> bool:
        """The bringer, after playing back."""
        return brought.challenge.brought_by_id == person.pk and hasattr(brought.challenge, "playback")


@policy_for(Brief)
class BriefPolicy:
    """Its writer alone."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(vault__in=seated(person))


@policy_for(Tally)
class TallyPolicy:
    """Its writer alone."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(vault__in=seated(person))


@policy_for(CalendarFeed)
class CalendarFeedPolicy:
    """Whose meetings they are."""

    def visible_to(self, person: Person) -> Q:
        """One's own."""
        return Q(person=person.pk)
