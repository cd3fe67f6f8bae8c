"""A circle of six across three organisations, told by real actions."""

from datetime import date, time, timedelta

from grapevine.circles.actions import founding, session, welcoming
from grapevine.circles.models import Application, Circle, Cohort, Duty, Meeting
from grapevine.kernel import clock
from grapevine.rooms import actions as rooms
from grapevine.vaults import actions as vaults

SIX = ("mira", "sanne", "kari", "olav", "tomasz", "aiko")
FIVE_AT_HOME = ("mira", "sanne", "kari", "olav", "lene")
BRING, GIFT = "My team does not talk to each other.", "Come to me for numbers."


def cohort(by, **told):
    """Mira proposed it: from the week of 16 March on, thirteen weeks, every second one."""
    defaults = {
        "theme": "Leading without a title",
        "words": "For people who lead something and nobody reports to them.",
        "organisation": by.organisation,
        "is_across": True,
        "zone": "Europe/Berlin",
        "starts_on": date(2026, 3, 16),
        "apply_until": date(2026, 3, 15),
        "at": clock.now(),
    }
    return Cohort.objects.create(by=by, **(defaults | told))


def applied(of, person):
    """Somebody applied, in their own vault."""
    vault = vaults.open_vault(kind="application", seats=[(person, "applicant")])
    told = {"bring": BRING, "gift": GIFT, "help": "I listen."}
    texts = {
        name: vaults.write(by=person, vault=vault, kind=name, words=f"{words} {person.name}")
        for name, words in told.items()
    }
    return Application.objects.create(cohort=of, person=person, vault=vault, at=clock.now(), languages=["en"], **texts)


def circle(world, *who, **told):
    """A circle that meets on Tuesdays at 15:00 in Berlin; the first meeting is on 17 March."""
    who = who or SIX
    of = cohort(getattr(world, who[0]), **told)
    applications = [applied(of, getattr(world, name)) for name in who]
    return founding.found(cohort=of, number=1, applications=applications, weekday=1, hour=time(15), language="en")


def again(row):
    """The row as it is now, with nothing known of it."""
    return type(row).objects.get(pk=row.pk)


def meeting(of, number):
    """The meeting with this number as it is now."""
    return Meeting.objects.select_related("circle__cohort", "circle__vault", "session").get(circle=of, number=number)


def minutes_before(of, minutes=10):
    """Turn the clock to a few minutes before a meeting."""
    clock.freeze(of.at - timedelta(minutes=minutes))


def bringer(of, number):
    """Whose turn it is in this meeting."""
    return Duty.objects.get(meeting__circle=of, meeting__number=number, role="bringer").person


def hold(of, number, *people, closes=True):
    """These people meet, whoever hosts (or the first, in an empty chair) opens, and closes the room an hour later."""
    row = meeting(of, number)
    minutes_before(row)
    room = session.open_room(by=people[0], meeting=row)
    places = {one.pk: rooms.enter(by=rooms.sit_down(by=one, session=room)) for one in people}
    host = Duty.objects.get(meeting=row, role="host").person_id
    if host not in places:
        host = people[0].pk
        rooms.take_chair(by=places[host])
    rooms.open_session(by=places[host])
    clock.freeze(row.at + timedelta(hours=1))
    if closes:
        rooms.close(by=places[host])
    return again(room)


def join(of, application):
    """Whoever proposed it offers a free chair, and the one who waited comes."""
    chair = welcoming.offer_chair(by=of.cohort.by, circle=fresh(of), application=application)
    return welcoming.take_chair(by=application.person, chair=chair)


def fresh(of):
    """The circle as it is now."""
    return Circle.objects.select_related("cohort", "vault").get(pk=of.pk)
