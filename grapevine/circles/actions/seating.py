"""Who does what in the room of a meeting, and what lies on its table: as the turns stand when it begins."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from grapevine.challenges.models import Challenge
from grapevine.circles.models import Brought, Circle, Duty, Meeting
from grapevine.circles.queries.presence import begun, members
from grapevine.circles.turns import Role
from grapevine.people.models import Person
from grapevine.rooms import actions as rooms
from grapevine.rooms.models import Session, Story
from grapevine.rooms.queries import format_of
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Vault
from grapevine.vaults.queries import has_seat

_OPEN = Q(meeting__held_at__isnull=True, meeting__called_off_at__isnull=True)


def roles_in(meeting: Meeting, to_give: Sequence[str]) -> dict[str, Person]:
    """Turns that this format knows, of those who sit in the circle now; a free meeting belongs to who brings something."""
    sitting = set(members(meeting.circle))
    duties = list(meeting.duties.select_related("person"))
    told = [each.challenge.brought_by for each in meeting.brought.select_related("challenge__brought_by")]
    bringers = dict.fromkeys([*(duty.person for duty in duties if duty.role == Role.BRINGER), *told])
    seats = [role for role in to_give if role.startswith(Role.BRINGER)]
    others = {duty.role: duty.person for duty in duties if duty.role != Role.BRINGER and duty.role in to_give}
    found = others | dict(zip(seats, bringers, strict=False))
    return {role: person for role, person in found.items() if person in sitting}


def follow(*, circle: Circle) -> None:
    """Something changed after a room was made: until it begins, seats, roles and table are as the circle has them now."""
    made = circle.meetings.filter(session__isnull=False, session__closed_at__isnull=True, held_at__isnull=True)
    waiting = list(made.select_related("session"))
    _take_place(circle, waiting)
    running = begun(waiting)
    for meeting in [each for each in waiting if each.session_id not in running]:
        session = Session.objects.select_related("vault").get(meeting=meeting)
        for person in members(circle):
            _let_in(session.vault, person, "member")
        to_give = format_of(session).to_give
        nobody: dict[str, Person | None] = dict.fromkeys(role for role in to_give if role.startswith(Role.BRINGER))
        rooms.deal_roles(session=session, roles=nobody | roles_in(meeting, to_give))
        put_on_the_table(meeting=meeting)


def _take_place(circle: Circle, waiting: Sequence[Meeting]) -> None:
    """A room is where the circle meets by now."""
    circle.refresh_from_db(fields=["link", "is_across", "is_one_room"])
    for session in filter(None, (meeting.session for meeting in waiting)):
        rooms.take_place(session=session, link=circle.link, relay_only=circle.is_across, one_room=circle.is_one_room)


def put_on_the_table(*, meeting: Meeting) -> None:
    """What its bringers have told; who joined since it was written hears it as well."""
    keep_told(meeting=meeting)
    session, people = Session.objects.get(meeting=meeting), list(members(meeting.circle))
    told = {each.challenge.brought_by: each.challenge for each in _told(meeting)}
    session.stories.all().delete()
    for role, person in roles_in(meeting, format_of(session).to_give).items():
        if role.startswith(Role.BRINGER) and person in told:
            _tell(session, role, told[person], people)


def let_words_follow(*, circle: Circle) -> None:
    """What was written for a meeting that is called off, or is the turn of somebody else by now, goes with its bringer."""
    turns = list(Duty.objects.filter(_OPEN, meeting__circle=circle, role=Role.BRINGER).values_list("person", "meeting"))
    theirs, dealt, written = dict(turns), {meeting for _who, meeting in turns}, _written(circle)
    for (meeting, who), each in written.items():
        is_taken = meeting not in dealt and each.meeting.called_off_at is None  # it was nobody's turn
        to = theirs.get(who, meeting)
        if not is_taken and (to, who) not in written:
            Story.objects.filter(challenge=each.challenge).delete()
            Brought.objects.filter(pk=each.pk).update(meeting=to)


def keep_told(*, meeting: Meeting) -> None:
    """What was told aloud first, in the room, belongs to the meeting as well."""
    stories = Story.objects.filter(session=meeting.session, challenge__brought__isnull=True)
    Brought.objects.bulk_create(Brought(meeting=meeting, challenge_id=story.challenge_id) for story in stories)


def _tell(session: Session, role: str, challenge: Challenge, people: Sequence[Person]) -> None:
    Story.objects.create(session=session, role=role, challenge=challenge)
    for person in people:
        _let_in(challenge.vault, person, "peer")


def _written(circle: Circle) -> dict[tuple[int, int], Brought]:
    """What was brought to meetings that have not begun, by meeting and writer."""
    rows = Brought.objects.filter(meeting__circle=circle, meeting__held_at__isnull=True)
    told = list(rows.select_related("challenge", "meeting"))
    running = begun(each.meeting for each in told)
    waiting = [each for each in told if each.meeting.session_id not in running]
    return {(each.meeting_id, each.challenge.brought_by_id): each for each in waiting}


def _told(meeting: Meeting) -> "QuerySet[Brought]":
    return meeting.brought.select_related("challenge__vault", "challenge__brought_by")


def _let_in(vault: Vault | None, person: Person, role: str) -> None:
    if vault and not has_seat(person, vault):
        vaults.admit(vault=vault, person=person, role=role)
