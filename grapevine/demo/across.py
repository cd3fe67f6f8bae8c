"""Six people of three organisations in the middle of their season. Their next meeting begins in a few minutes."""

from datetime import datetime, timedelta

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Outcome
from grapevine.circles import demo as circles
from grapevine.circles.actions import after, agreeing
from grapevine.circles.actions.meeting import answer_swap, ask_to_swap, choose_way, say_whether_i_come
from grapevine.circles.actions.session import open_room
from grapevine.circles.models import Circle, Duty, Meeting
from grapevine.circles.queries.agreed import GAP, draft
from grapevine.demo.applying import propose, texts
from grapevine.demo.days import DAY, Days, minutes
from grapevine.demo.gathering import People, Told, hold, kick_off, write_three_lines
from grapevine.demo.replay import Past
from grapevine.kernel import clock
from grapevine.rooms.actions import change_way, copy_format

QUARTER = timedelta(minutes=15)
SINCE_THE_FIRST, EARLIER = 35 * DAY, 28 * DAY  # a meeting, its call
KICKOFF, FIRST, SECOND, NEXT, LATER = 1, 2, 3, 4, 6  # numbers of meetings
MONDAY = 0
PULSES = (("jarek", "yes", "yes"), ("luis", "yes", "yes"), ("priya", "yes", "yes"), ("aiko", "so-so", "yes"))


def tell(past: Past, people: People, days: Days) -> None:
    """From Luis's call to the room whose door is open."""
    told = texts()["across"]
    meets_at = next_quarter(days.now)
    circle = _found(past, people, told, meets_at)
    meetings = {
        meeting.number: meeting for meeting in circle.meetings.select_related("circle__cohort", "circle__vault")
    }
    _agree(past, circle, meetings[KICKOFF], told["contact"])
    _swap(past, people, circle, meetings[KICKOFF].at + 2 * DAY)
    _first(past, people, told["meetings"][0], meetings[FIRST])
    _second(past, people, told, meetings[SECOND], days)
    _own_way(past, people, told["own_way"], meetings[LATER], meetings[SECOND].at + 3 * DAY)
    _come(past, people, told["meetings"][2], meetings[NEXT], days)


def next_quarter(now: datetime) -> datetime:
    """The next full quarter of an hour: the door opens as long before."""
    whole = now.replace(minute=0, second=0, microsecond=0)
    return whole + ((now - whole) // QUARTER + 1) * QUARTER


def _found(past: Past, people: People, told: Told, meets_at: datetime) -> Circle:
    wall = clock.local(meets_at, people["aiko"].timezone)
    first_on = wall.date() - SINCE_THE_FIRST
    called_at = meets_at - SINCE_THE_FIRST - EARLIER
    with past.at(called_at, is_forgotten=True):
        cohort = propose(people[told["by"]], told, is_across=True, starts_on=first_on, apply_until=first_on - 9 * DAY)
    sitting = [circles.Sitting(people[one["who"]], one["bring"], one["gift"]) for one in told["sat"]]
    with past.at(called_at + 20 * DAY, is_forgotten=True):
        return circles.settle(cohort, sitting, weekday=wall.weekday(), hour=wall.time(), language="en")


def _agree(past: Past, circle: Circle, meeting: Meeting, contact: str) -> None:
    """They meet, read the charter together, write down whom to call, and each says: I'm in."""
    kick_off(past, meeting)
    with past.at(meeting.at + minutes(50)):
        sitting = [seat.person for seat in circle.seats.select_related("person")]
        agreeing.agree(by=sitting[0], circle=circle, seen=0, words=draft(circle).replace(GAP, contact))
        for person in sitting:
            past.wait(2)
            agreeing.sign(by=person, circle=circle, seen=1)


def _first(past: Past, people: People, told: Told, meeting: Meeting) -> None:
    """Luis brings, and tells after some days what came of it."""
    challenge = hold(past, meeting, told, people)
    challenge.refresh_from_db()
    with past.at(meeting.at + 11 * DAY):
        commitment = challenge.playback.commitment
        challenges.report(by=people["luis"], commitment=commitment, kind=Outcome.Kind.USED, words=told["happened"])


def _second(past: Past, people: People, told: Told, meeting: Meeting, days: Days) -> None:
    """Priya brings; her Monday is still to come. Some say how the hour was, one keeps what she practised."""
    on = clock.next_weekday(MONDAY, clock.local(days.now, people["priya"].timezone).date())
    hold(past, meeting, told["meetings"][1], people, on=on)
    meeting.refresh_from_db()
    with past.at(meeting.at + minutes(75)):
        for who, worth, heard in PULSES:
            after.give_pulse(by=people[who], meeting=meeting, worth=worth, heard=heard, safe="yes")
        after.keep_tally(by=people["mira"], meeting=meeting, practised=told["practised"], words=told["tally"])


def _swap(past: Past, people: People, circle: Circle, at: datetime) -> None:
    """Luis has his board before the others have theirs: Aiko lets him go first."""
    brings = Duty.objects.filter(meeting__circle=circle, role="bringer")
    with past.at(at):
        mine, theirs = (brings.get(person=people[who]) for who in ("luis", "aiko"))
        asked = ask_to_swap(by=people["luis"], mine=mine, theirs=theirs)
        past.wait(190)
        answer_swap(by=people["aiko"], swap=asked, is_agreed=True)


def _own_way(past: Past, people: People, name: str, meeting: Meeting, at: datetime) -> None:
    """Priya would like to be asked only, with more silence; they copy a format for it and take it for a later meeting."""
    priya = people["priya"]
    with past.at(at):
        way = copy_format(by=priya, vault=meeting.circle.vault, key="circle_questions_only")
        way = change_way(by=priya, way=way, body=way.body | {"name": name})
        choose_way(by=priya, meeting=meeting, key=f"own-{way.pk}")


def _come(past: Past, people: People, told: Told, meeting: Meeting, days: Days) -> None:
    """Dana has written her three lines, nearly all have said that they come, and the door is open."""
    write_three_lines(past, meeting, told, people, days_before=2)
    for n, who in enumerate(("aiko", "dana", "luis", "jarek", "priya")):
        with past.at(meeting.at - DAY - minutes(400 - 47 * n)):
            say_whether_i_come(by=people[who], meeting=meeting, comes=True)
    with past.at(days.now):
        open_room(by=people["aiko"], meeting=meeting)
