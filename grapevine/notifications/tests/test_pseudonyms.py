"""A pseudonym is written large where a sentence or a line begins with it, and small inside."""

import re

from django.urls import reverse

from grapevine.challenges import actions as challenges
from grapevine.notifications.tests.stories import THE_LINE, agreed, asked, played_back
from grapevine.recognition import actions as recognition
from grapevine.recognition.models import HelperStory, Thanks

HERON = "a green heron"


def beginnings(visitor, *pages):
    """How the name is written wherever text begins with it."""
    shown = "".join(visitor.get(reverse(name, args=args)).content.decode() for name, args in pages)
    texts = [text.strip() for text in re.findall(r">([^<]+)", shown)]
    return {text[: len(HERON)] for text in texts if text.lower().startswith(HERON)}


def test_it_begins_large_on_every_page_of_the_story(world, door, run_jobs):
    sanne, waiting = door(world.sanne), asked(world.mira, world.sanne, alias=HERON)
    commitment = played_back(world.mira, world.sanne, alias=HERON)
    talk = commitment.playback.challenge
    run_jobs()
    assert beginnings(sanne, ("request", [waiting.pk]), ("asks", []), ("today", []), ("inbox", [])) == {"A green heron"}
    challenges.report(by=world.mira, commitment=commitment, kind="used", words=THE_LINE)
    recognition.thank(by=world.mira, person=world.sanne, words="thanks", challenge=talk)
    run_jobs()
    for said in (*HelperStory.objects.all(), *Thanks.objects.all()):
        assert beginnings(sanne, ("thanks", []), ("challenge", [talk.pk])) == {"A green heron"}
        recognition.hear(by=world.sanne, recognition=said)
    assert beginnings(sanne, ("today", [])) == {"A green heron"}


def test_an_answer_begins_with_it_large_too(world, door):
    challenge = agreed(world.mira, world.sanne, alias=HERON)
    question = challenges.ask_clarifying(by=world.sanne, challenge=challenge, words="Only one powered?")
    challenges.answer(by=world.mira, question=question, words="Nothing drops.")
    assert beginnings(door(world.sanne), ("challenge", [challenge.pk])) == {"A green heron"}
