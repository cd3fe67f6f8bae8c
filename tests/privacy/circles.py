"""A circle of Mira and Sanne with one of everything, and one whose season is over."""

from datetime import date, time, timedelta

from grapevine.challenges import actions as challenges
from grapevine.circles.actions import after, agreeing, ending, founding, session, welcoming
from grapevine.circles.actions import meeting as meetings
from grapevine.circles.models import Application, Circle, Cohort, Duty, Meeting, Swap
from grapevine.kernel import clock
from grapevine.rooms import actions as rooms
from grapevine.vaults import actions as vaults


def make_circles(world, things, run_jobs, marked):
    """`things.circle` had its first meeting and looks forward to the next; `things.alumni` is over."""
    of = _founded(world, "circle", marked)
    for person in (world.mira, world.sanne):
        agreeing.sign(by=person, circle=_again(of), seen=things.__dict__.setdefault("signed", 0))
        things.signed = 1
    agreeing.agree(by=world.mira, circle=_again(of), seen=1, words=marked("agreement"))
    things.brought = _meet(world, of, marked)
    run_jobs()
    things.circle_cohort = of.cohort
    waits = _applied(of.cohort, world.lene, "chair", marked)
    things.chair = welcoming.offer_chair(by=world.mira, circle=_again(of), application=waits)
    things.circle, things.held, things.ahead = _again(of), _meeting(of, 1), _meeting(of, 3)
    after.give_pulse(by=world.mira, meeting=things.held, worth="yes", heard="yes", safe="yes")
    after.keep_tally(by=world.mira, meeting=things.held, practised=["listening"], words=marked("tally"))
    things.duty = (
        Duty.objects.filter(meeting__circle=of, person=world.mira, role="host")
        .exclude(meeting__number=1)
        .exclude(meeting__kind="closing")[0]
    )
    things.promise = things.brought.challenge.playback.commitment
    _swap(world, things)
    _alumni(world, things, marked)


def _founded(world, name, marked):
    cohort = Cohort.objects.create(
        theme="Leading without a title",
        words="For people who lead something.",
        by=world.mira,
        organisation=world.halden,
        zone="Europe/Oslo",
        starts_on=date(2026, 3, 9),
        apply_until=date(2026, 3, 8),
        at=clock.now(),
    )
    applications = [_applied(cohort, person, name, marked) for person in (world.mira, world.sanne)]
    now = clock.now()
    clock.freeze(now - timedelta(days=2))  # so that it can meet today
    founded = founding.found(
        cohort=cohort, number=1, applications=applications, weekday=1, hour=time(9, 20), language="en"
    )
    clock.freeze(now)
    return founded


def _applied(cohort, person, name, marked):
    vault = vaults.open_vault(kind="application", seats=[(person, "applicant")])
    texts = {
        about: vaults.write(by=person, vault=vault, kind=about, words=marked(f"{name}-{about}"))
        for about in ("bring", "gift", "help")
    }
    return Application.objects.create(
        cohort=cohort, person=person, vault=vault, at=clock.now(), languages=["en"], **texts
    )


def _meet(world, of, marked):
    """Sanne told something before the second meeting and played it back; the first meeting was held."""
    room = session.open_room(by=world.mira, meeting=_meeting(of, 1))
    mira, sanne = (rooms.enter(by=rooms.sit_down(by=who, session=room)) for who in (world.mira, world.sanne))
    host = (
        mira
        if Duty.objects.get(meeting__circle=of, meeting__number=1, role="host").person_id == mira.person_id
        else sanne
    )
    rooms.open_session(by=host)
    rooms.close(by=host)
    second = _meeting(of, 2)
    bringer = Duty.objects.get(meeting=second, role="bringer").person
    helper = world.mira if bringer == world.sanne else world.sanne
    told = {name: marked(f"circle-{name}") for name in ("situation", "why-now", "would-help")}
    challenge = meetings.bring(
        by=bringer,
        meeting=second,
        situation=told["situation"],
        why_now=told["why-now"],
        would_help=told["would-help"],
        help_kind="ideas",
    )
    idea = challenges.offer_idea(by=helper, challenge=challenge, words=marked("circle-idea"))
    challenges.play_back(
        by=bringer, challenge=challenge, keeping=[idea], when=marked("circle-when"), will=marked("circle-will")
    )
    after.write_brief(by=bringer, brought=second.brought.get(), words=marked("brief"))
    return second.brought.get()


def _swap(world, things):
    mine = Duty.objects.filter(meeting__circle=things.circle, person=world.mira, role="note_taker")
    theirs = Duty.objects.filter(meeting__circle=things.circle, person=world.sanne, role="note_taker")
    things.swap = Swap.objects.create(mine=mine[0], theirs=theirs[0], by=world.mira, at=clock.now())


def _alumni(world, things, marked):
    of = _founded(world, "alumni", marked)
    ending.end(circle=_again(of))
    things.alumni = _again(of)
    things.call = after.call_alumni(by=world.mira, circle=things.alumni, words=marked("call"))


def _again(of):
    return Circle.objects.select_related("cohort", "vault").get(pk=of.pk)


def _meeting(of, number):
    rows = Meeting.objects.select_related("circle__cohort", "circle__vault", "session")
    return rows.get(circle=of, number=number)
