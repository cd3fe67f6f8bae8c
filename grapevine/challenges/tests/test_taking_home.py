"""When a group's words are destroyed, each goes home with their own."""

from grapevine.challenges import actions
from grapevine.challenges.models import Challenge, ClarifyingQuestion, Idea
from grapevine.challenges.tests.talking import IDEA, TITLE, WHEN, WILL, WORDS, again, play_back, story, talk
from grapevine.kernel.policy import visible
from grapevine.vaults.models import SealedText, Vault
from grapevine.vaults.queries import read


def test_mira_takes_her_own_words_home_and_nobody_reads_the_rest(world):
    challenge = talk(world.mira, world.sanne, world.ravi)
    question = actions.ask_clarifying(by=world.sanne, challenge=challenge, words="Who notices first?")
    actions.answer(by=world.mira, question=question, words="The night shift")
    idea = actions.offer_idea(by=world.ravi, challenge=challenge, words=IDEA)
    commitment = play_back(challenge, idea).commitment
    actions.report(by=world.mira, commitment=commitment, kind="used", words="They laughed, then told me")

    actions.take_home(challenge=challenge)

    told = story(world.mira, challenge)
    assert (told.title, told.words, told.line.when, told.line.will) == (TITLE, WORDS, WHEN, WILL)
    assert (told.what_happened, told.questions, told.ideas) == ("They laughed, then told me", [], [])
    assert list(visible(world.sanne, Challenge)) == []
    assert (ClarifyingQuestion.objects.count(), Idea.objects.count()) == (0, 0)
    assert {text.author for text in SealedText.objects.all()} == {world.mira}
    assert list(Vault.objects.filter(shredded_at__isnull=False).values_list("kind", flat=True)) == ["talk"]


def test_home_is_gone_to_once(world):
    challenge = talk(world.mira, world.sanne)
    actions.take_home(challenge=challenge)
    home = again(challenge).vault
    assert actions.take_home(challenge=again(challenge)).vault == home


def test_who_has_no_seat_any_more_has_nothing_to_take(world):
    challenge = talk(world.mira, world.sanne)
    challenge.vault.seats.filter(person=world.mira).update(until_at=challenge.at)
    actions.take_home(challenge=challenge)
    assert (read(world.mira, again(challenge).title), read(world.sanne, again(challenge).title)) == ("", "")
