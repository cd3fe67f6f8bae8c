"""The meeting itself: its room, and what follows when the room closes."""

from django.db import transaction

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Challenge
from grapevine.circles import facts
from grapevine.circles.actions import duties, seating
from grapevine.circles.actions.ending import end
from grapevine.circles.actions.holding import held
from grapevine.circles.models import Meeting
from grapevine.circles.queries.presence import members, those_there
from grapevine.circles.queries.turns import plan_of
from grapevine.circles.queries.ways import usual
from grapevine.circles.rota import replan
from grapevine.kernel import clock, live
from grapevine.kernel.facts import emit
from grapevine.kernel.policy import check
from grapevine.people.models import Person
from grapevine.rooms import actions as rooms
from grapevine.rooms.models import Session
from grapevine.rooms.queries import Way, formats_for
from grapevine.vaults import actions as vaults

ORIGIN = "circle"


@transaction.atomic
def open_room(*, by: Person, meeting: Meeting) -> Session:
    """The room of a meeting, made by whoever comes first: in a vault of its own for those who sit there now."""
    meeting = held(meeting, circle=meeting.circle_id)
    check(by, "open", meeting)
    if meeting.session:
        return meeting.session
    people = list(members(meeting.circle))
    way = _way(by, meeting)
    meeting.session = rooms.plan_session(
        by=by,
        format=way.body,
        planned_at=meeting.at,
        vault=vaults.open_vault(kind="meeting", seats=[(person, "member") for person in people]),
        roles=seating.roles_in(meeting, way.format.to_give),
        origin=(ORIGIN, str(meeting.pk), meeting.get_absolute_url()),
        link=meeting.circle.link,
        relay_only=meeting.circle.is_across,
        one_room=meeting.circle.is_one_room,
    )
    meeting.save(update_fields=["session"])
    seating.put_on_the_table(meeting=meeting)
    live.changed("circle", meeting.circle_id)
    return meeting.session


@transaction.atomic
def note_held(*, meeting: Meeting, people: tuple[int, ...]) -> None:
    """Its room has closed: it was held, and the promises of earlier meetings are closed with it."""
    meeting = held(meeting, circle=meeting.circle_id)
    if meeting.held_at:
        return
    meeting.held_at = clock.now()
    meeting.save(update_fields=["held_at"])
    seating.keep_told(meeting=meeting)
    emit(facts.MeetingHeld(meeting=meeting.pk, circle=meeting.circle_id, people=people))
    _close_earlier(meeting)
    _think_of_absent(meeting, set(people))
    if meeting.kind == Meeting.Kind.CLOSING:
        end(circle=meeting.circle)
    live.changed("circle", meeting.circle_id)


@transaction.atomic
def note_missed(*, meeting: Meeting) -> None:
    """A day later nobody begins any more: it was held by those who came; by nobody, and its bringer finds another day."""
    meeting = held(meeting, circle=meeting.circle_id)
    if meeting.is_ahead or meeting.held_at or meeting.called_off_at or meeting.circle.ended_at:
        return
    if meeting.session:
        rooms.close_left(session=meeting.session)
    if those_there(meeting):
        return  # it was held, and we hear of it as of any room that closes
    if meeting.kind == Meeting.Kind.CLOSING:
        _wait_for_another_day(meeting)
        return
    meeting.called_off_at = clock.now()
    meeting.save(update_fields=["called_off_at"])
    plan = plan_of(meeting.circle)
    if plan.meetings:
        duties.keep(meeting.circle, plan, replan(plan.rota, done=plan.done))
    live.changed("circle", meeting.circle_id)


def _wait_for_another_day(meeting: Meeting) -> None:
    """It may still be moved. In the room that stood ready nobody said a word; another one is made then."""
    room = meeting.session
    if room and room.vault:
        vaults.shred(vault=room.vault)
        room.delete()
        live.changed("circle", meeting.circle_id)


def _way(by: Person, meeting: Meeting) -> Way:
    """The format; where the circle dropped its own way meanwhile, ours."""
    ways = {way.key: way for way in formats_for(by, meeting.circle.vault)}
    return ways.get(meeting.format) or ways[usual(meeting)]


def _close_earlier(meeting: Meeting) -> None:
    """At the latest when the next meeting was held: ideas nobody kept vanish, unless all agreed to keep them."""
    earlier = Challenge.objects.filter(brought__meeting__circle=meeting.circle, closing__isnull=True)
    for challenge in earlier.exclude(brought__meeting=meeting).filter(playback__isnull=False):
        challenges.let_end(challenge=challenge)


def _think_of_absent(meeting: Meeting, there: set[int]) -> None:
    """Who was not there twice in a row, and said nothing, gets kind words."""
    held = Meeting.objects.filter(circle=meeting.circle, held_at__isnull=False, number__lt=meeting.number)
    before = held.order_by("-number").first()
    if before is None:
        return
    for seat in meeting.circle.seats.filter(left_at__isnull=True, since_at__lt=before.at):
        if seat.person_id not in there and _missed(meeting, seat.person_id) and _missed(before, seat.person_id):
            emit(facts.MissedTwice(circle=meeting.circle_id, person=seat.person_id, meeting=meeting.pk))


def _missed(meeting: Meeting, person: int) -> bool:
    """Not there, without having said so."""
    said = meeting.rsvps.filter(person=person, comes=False).exists()
    return not said and person not in those_there(meeting)
