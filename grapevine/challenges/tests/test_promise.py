"""What is typed into "When ..." and "I will ...", and what is read between those words afterwards."""

import pytest

from grapevine.challenges.actions import change_commitment
from grapevine.challenges.promise import without_when, without_will
from grapevine.challenges.tests.talking import play_back, story, talk


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("he asks for the slogan", "he asks for the slogan"),
        ("When he asks for the slogan,", "he asks for the slogan"),
        ("when ... he asks.", "he asks"),
        ("When When he asks", "he asks"),
        ("Wenn er nach dem Slogan fragt, ", "er nach dem Slogan fragt"),
        ("Wenn … er fragt", "er fragt"),
        ("whenever he asks", "whenever he asks"),
        ("Wennigsen calls", "Wennigsen calls"),
        ("When", "When"),
        ("...", "..."),
    ],
)
def test_when_is_said_once(typed, kept):
    assert without_when(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("bring three voices.", "bring three voices."),
        ("I will bring three voices.", "bring three voices."),
        ("I'll bring three voices.", "bring three voices."),
        ("I’ll ... bring three voices.", "bring three voices."),
        ("then I will bring them", "bring them"),
        ("will bring them", "bring them"),
        ("ich werde drei Stimmen mitbringen", "drei Stimmen mitbringen"),
        ("Dann werde ich drei Stimmen mitbringen", "drei Stimmen mitbringen"),
        ("Ich will drei Stimmen mitbringen", "drei Stimmen mitbringen"),
        ("Will ich das?", "das?"),
        ("Ask Will", "Ask Will"),
        ("Will and I ask them", "Will and I ask them"),
        ("I willingly wait", "I willingly wait"),
        ("I will", "I will"),
    ],
)
def test_i_will_is_said_once(typed, kept):
    assert without_will(typed) == kept


def test_a_promise_is_kept_without_what_the_page_says_already(world):
    challenge = talk(world.mira, world.sanne)
    play_back(challenge, when="When he asks,", will="I will bring voices.", may_notice=world.kari)
    line = story(world.sanne, challenge).line
    assert (line.when, line.will) == ("he asks", "bring voices.")
    change_commitment(
        by=world.mira, commitment=line.commitment, when="Wenn er fragt", will="ich werde zuhören", on=line.commitment.on
    )
    line = story(world.sanne, challenge).line
    assert (line.when, line.will) == ("er fragt", "zuhören")
