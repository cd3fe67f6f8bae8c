"""A world in which everything exists once, with a marked word in every sealed field."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from grapevine.asks import actions as asks
from grapevine.asks.actions import Asked
from grapevine.challenges import actions as challenges
from grapevine.kernel import clock
from grapevine.network import actions as network
from grapevine.notifications.models import Nudge
from grapevine.people import actions as people
from grapevine.people.models import Account, Administrator, Person, Shift
from grapevine.recognition import actions as recognition
from grapevine.recognition.models import HelperStory
from grapevine.rooms import actions as rooms
from grapevine.rooms.formats import own_copy
from grapevine.skills import actions as skills
from grapevine.skills.models import Framework, Skill
from tests.privacy.circles import make_circles
from tests.privacy.cohorts import cohorts

MARK = "canary"


def marked(name):
    """A word that stands nowhere else."""
    return f"{MARK}-{name}-7f3a"


@pytest.fixture
def everything(world, run_jobs):
    """`world`, with one of each thing between Mira (asks) and Sanne (helps). `things` are those the table needs."""
    things = SimpleNamespace()
    _open_things(world, things)
    _talk(world, things)
    _second_talk(world, things)
    _talk_of_one_who_leaves(world, things)
    _room(world, things)
    cohorts(world, things, marked, run_jobs)
    run_jobs()
    things.story = HelperStory.objects.get()
    things.notice = world.mira.notices.first()
    make_circles(world, things, run_jobs, marked)
    return SimpleNamespace(world=world, things=things)


def _open_things(world, things):
    things.offer = skills.offer(by=world.mira, words="Ask me about frames")
    things.interest = skills.seek(by=world.mira, words="reading traces")
    things.line = world.mira.evidence.get(kind="offered")
    things.example = challenges.release_example(by=world.mira, title="Reading a trace", body="One\nTwo")
    things.visit = network.log_visit(by=world.mira, to=world.kari, words=marked("visit"), on=clock.today("Europe/Oslo"))
    people.block(by=world.mira, person=world.dev)
    now = clock.now()
    things.shift = Shift.objects.create(person=world.mira, starts_at=now, ends_at=now + timedelta(hours=8))
    things.office = Administrator.objects.get(person=world.eva)
    things.list = people.look_at_list(by=world.eva, name="people.csv", body=b"id,name,email\n")
    framework = Framework.objects.create(key="table", name="Table", imported_at=now)
    things.skill = Skill.objects.create(framework=framework, key="listen", name="Listening")
    things.nudge = Nudge.objects.create(person=world.mira, kind="happened", key="1", on=now.date())


def _talk(world, things):
    """Asked, talked, played back, reported, thanked."""
    made = asks.ask(
        by=world.mira, words=marked("ask"), kind="think", to=[Asked(world.sanne, marked("message"))], alias=""
    )
    request = made.requests.get()
    asks.reply(by=world.sanne, request=request, kind="yes", words=marked("time"))
    challenge = request.challenge
    question = challenges.ask_clarifying(by=world.sanne, challenge=challenge, words=marked("question"))
    challenges.answer(by=world.mira, question=question, words=marked("answer"))
    idea = challenges.offer_idea(by=world.sanne, challenge=challenge, words=marked("idea"))
    challenges.offer_idea(by=world.sanne, challenge=challenge, words=marked("idea-let-go"))
    playback = challenges.play_back(
        by=world.mira,
        challenge=challenge,
        keeping=[idea],
        when=marked("when"),
        will=marked("will"),
        may_notice=Person.objects.get(pk=world.kari.pk),
        got="question",
    )
    things.noticing = playback.commitment.noticings.get()
    challenges.tell_what_i_saw(by=world.kari, noticing=things.noticing, words=marked("saw"))
    challenges.report(by=world.mira, commitment=playback.commitment, kind="used", words=marked("outcome"))
    things.thanks = recognition.thank(by=world.mira, person=world.sanne, challenge=challenge, words=marked("thanks"))
    things.done, things.reported = challenge, playback.commitment


def _second_talk(world, things):
    """One that is still open, under a pseudonym; a request without an answer; an introduction on its way."""
    to = [Asked(world.sanne, marked("message-two"))]
    things.ask = asks.ask(by=world.mira, words=marked("ask-two"), kind="show", to=to, alias="a blue heron")
    request = things.ask.requests.get()
    asks.reply(by=world.sanne, request=request, kind="yes", words=marked("time-two"))
    things.talked, things.challenge = request, request.challenge
    things.question = challenges.ask_clarifying(
        by=world.sanne, challenge=request.challenge, words=marked("question-two")
    )
    third = asks.ask(
        by=world.mira, words=marked("ask-three"), kind="listen", to=[Asked(world.lene, marked("message-three"))]
    )
    things.request = third.requests.get()
    fourth = asks.ask(
        by=world.mira, words=marked("ask-four"), kind="listen", to=[Asked(world.olav, marked("message-four"))]
    )
    fifth = [Asked(world.kari, marked("introduced"), through=world.ravi, hint=marked("hint"))]
    things.introduction = asks.ask(by=world.mira, words=marked("ask-five"), kind="intro", to=fifth).introductions.get()
    other = fourth.requests.get()
    asks.reply(by=world.olav, request=other, kind="yes", words=marked("time-four"))
    played = challenges.play_back(
        by=world.mira, challenge=other.challenge, keeping=[], when=marked("when-four"), will=marked("will-four")
    )
    things.commitment, things.played = played.commitment, other.challenge


def _room(world, things):
    """A sealed session of the two in which everything was entered, and their own way of a format."""
    things.room = rooms.plan_session(
        by=world.mira, format=own_copy("trio"), planned_at=clock.now(), people=[world.sanne]
    )
    mira, sanne = (rooms.enter(by=rooms.sit_down(by=who, session=things.room)) for who in (world.mira, world.sanne))
    rooms.open_session(by=mira)
    rooms.give_role(by=mira, role="one", to=mira)
    rooms.bring_story(by=mira, role="one", title=marked("room-title"), words=marked("room-story"))
    rooms.advance(by=mira, step=0)
    rooms.contribute(by=mira, kind="sentence", words=marked("room-sentence"))
    rooms.keep_note(by=sanne, words=marked("room-note"))
    rooms.advance(by=mira, step=1)
    rooms.contribute(by=sanne, kind="question", words=marked("room-question"))
    things.room_vault = things.room.vault
    things.way = rooms.copy_format(by=world.mira, vault=things.room.vault, key="trio")


def _talk_of_one_who_leaves(world, things):
    """Per is still here, helps Mira, and leaves. His account is kept alive by hand, so that the tables can knock as him."""
    Person.objects.filter(pk=world.left.pk).update(left_on=None)
    world.left.refresh_from_db()
    sixth = asks.ask(
        by=world.mira, words=marked("ask-six"), kind="think", to=[Asked(world.left, marked("message-six"))]
    )
    things.helped = sixth.requests.get()
    asks.reply(by=world.left, request=things.helped, kind="yes", words=marked("time-six"))
    things.left_talk = things.helped.challenge
    things.left_question = challenges.ask_clarifying(
        by=world.left, challenge=things.left_talk, words=marked("question-six")
    )
    challenges.offer_idea(by=world.left, challenge=things.left_talk, words=marked("idea-six"))
    people.leave(by=world.eva, person=Person.objects.get(pk=world.left.pk))
    account = Account.objects.create(email=world.left.email)
    Person.objects.filter(pk=world.left.pk).update(account=account)
    world.left = Person.objects.get(pk=world.left.pk)
