"""What an introduction is about: a line the asker chose to send, read by whose turn it is, and by nobody else."""

import pytest
from django.urls import reverse

from grapevine.asks import actions
from grapevine.asks.models import Introduction
from grapevine.asks.tests.asking import HINT, MESSAGE, WORDS, introduced, later, page
from grapevine.asks.tests.browsing import Form
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import read

CAST = ("mira", "ravi", "kari", "jonas", "eva", "tomasz")


def now(row):
    return type(row).objects.get(pk=row.pk)


def readers(world, made):
    """Who has a seat where the hint lies, so that the words open."""
    return [name for name in CAST if read(getattr(world, name), now(made).hint) == HINT]


def seen(door, person, name, *args):
    return page(door(person).get(reverse(name, args=args)))


def test_whose_turn_it_is_reads_what_it_is_about(world, door):
    made = introduced(world.mira, world.kari, world.ravi)
    assert readers(world, made) == ["mira", "ravi"]
    for name, args in (("introduction", [made.pk]), ("today", [])):
        assert (HINT in seen(door, world.ravi, name, *args), HINT in seen(door, world.kari, "today")) == (True, False)
    assert "Sealed: you and Mira, and Kari once you say yes." in seen(door, world.ravi, "introduction", made.pk)
    actions.agree_to_introduce(by=world.ravi, introduction=now(made))
    assert readers(world, made) == ["mira", "kari"]
    for name, args in (("introduction", [made.pk]), ("today", [])):
        shown = seen(door, world.kari, name, *args)
        assert [words in shown for words in (HINT, MESSAGE, WORDS)] == [True, False, False]
    assert "Sealed: you and Mira. Ravi has read it before you." in seen(door, world.kari, "introduction", made.pk)
    assert HINT not in seen(door, world.ravi, "introduction", made.pk)


@pytest.mark.parametrize("ending", ["ravi: no", "kari: no", "both: yes", "taken back", "closed", "in its own time"])
def test_nobody_keeps_it_when_it_is_over(world, ending, run_jobs):
    made = introduced(world.mira, world.kari, world.ravi)
    if ending in {"kari: no", "both: yes"}:
        actions.agree_to_introduce(by=world.ravi, introduction=now(made))
    {
        "ravi: no": lambda: actions.let_introduction_go(by=world.ravi, introduction=now(made)),
        "kari: no": lambda: actions.let_introduction_go(by=world.kari, introduction=now(made)),
        "both: yes": lambda: actions.agree_to_introduce(by=world.kari, introduction=now(made)),
        "taken back": lambda: actions.take_introduction_back(by=world.mira, introduction=now(made)),
        "closed": lambda: actions.close_ask(by=world.mira, ask=made.ask),
        "in its own time": lambda: later(days=2),
    }[ending]()
    run_jobs()
    assert (now(made).hint, SealedText.objects.filter(kind="hint").count()) == (None, 0)


def test_who_may_still_say_yes_may_still_read_it(world, run_jobs):
    made = introduced(world.mira, world.kari, world.ravi)
    actions.agree_to_introduce(by=world.ravi, introduction=now(made))
    later(days=2)
    run_jobs()
    assert readers(world, made) == ["mira", "kari"]


def test_without_a_hint_only_names_are_told(world, door):
    asked = [actions.Asked(world.kari, MESSAGE, through=world.ravi)]
    made = actions.ask(by=world.mira, words=WORDS, kind="think", to=asked).introductions.get()
    shown = seen(door, world.ravi, "introduction", made.pk)
    assert ("Only the names." in shown, "Sealed:" in shown.split("<main")[1].split("</main")[0]) == (True, False)


# --- on the ask page -----------------------------------------------------------------------------


def asking(answer):
    return Form(answer.content.decode(), "asking")


@pytest.fixture
def written(world, door):
    """The form on which Mira asks to be introduced to Kari by Ravi, everything written for her."""
    to = f"{world.kari.pk}:{world.ravi.pk}"
    return asking(door(world.mira).post("/ask/", {"words": WORDS, "kind": "think", "to": to}))


READY = "It is about this: “A test bench drops every third frame”. 15 minutes would help."


def test_it_is_written_for_the_asker_and_sent_as_they_leave_it(world, door, written):
    box = f"message-{world.kari.pk}-hint"
    assert written.fields[box] == [READY]
    mira, sent = door(world.mira), []
    for typed in (None, "  Two clocks, one bench.  ", ""):
        changes = {} if typed is None else {box: typed}
        again = asking(mira.post("/ask/", written.press("Look again", **changes)))
        assert mira.post("/ask/", again.press(send="1")).status_code == 302
        sent.append(read(world.ravi, Introduction.objects.latest("pk").hint))
    assert sent == [READY, "Two clocks, one bench.", ""]
    assert Introduction.objects.latest("pk").hint is None


def test_what_was_not_changed_is_written_again_and_too_much_is_said_so(world, door, written):
    mira, box = door(world.mira), f"message-{world.kari.pk}-hint"
    again = asking(mira.post("/ask/", written.press("Look again", words="Frames drop. Whose clock?")))
    assert again.fields[box] == ["It is about this: “Frames drop”. 15 minutes would help."]
    refused = mira.post("/ask/", written.press(send="1", **{box: "clocks " * 50}))
    assert "at most 300 characters" in page(refused, 422)
    assert (asking(refused).fields[box][0].strip(), Introduction.objects.count()) == (("clocks " * 50).strip(), 0)


def test_nobody_who_is_asked_directly_gets_one(world, door):
    shown = asking(door(world.mira).post("/ask/", {"words": WORDS, "kind": "think", "to": str(world.kari.pk)}))
    assert f"message-{world.kari.pk}-hint" not in shown.fields
