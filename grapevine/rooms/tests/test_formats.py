"""Formats: all of them there, in two languages, adding up; and what a wrong copy is told."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from grapevine.rooms.cards import charter, circle_defaults, good_questions, host_card, role_names
from grapevine.rooms.formats import (
    BLOCKS,
    MODES,
    OPEN,
    SEALED,
    Format,
    FormatError,
    Step,
    own_copy,
    read,
    shipped,
    shipped_in,
)

SIZES_AND_MINUTES = {
    "brownbag": (4, 16, 60),
    "brownbag_pocket": (2, 6, 10),
    "brownbag_short": (4, 12, 45),
    "brownbag_week": (5, 60, 25),
    "circle_challenge": (4, 8, 55),
    "circle_closing": (3, 8, 45),
    "circle_deep_listening": (4, 6, 70),
    "circle_goals_weekly": (3, 5, 60),
    "circle_kickoff": (4, 8, 75),
    "circle_pick_a_method": (5, 9, 45),
    "circle_questions_only": (4, 8, 40),
    "circle_two_challenges": (6, 8, 90),
    "coaching_chat": (2, 2, 25),
    "coffee": (2, 3, 30),
    "concierge_hour": (1, 4, 45),
    "experiment_end": (2, 12, 40),
    "experiment_start": (2, 12, 45),
    "feedforward_round": (6, 24, 20),
    "give_get": (6, 10, 60),
    "give_get_week": (8, 80, 20),
    "look_back": (2, 12, 15),
    "plan_talk": (2, 3, 40),
    "readiness_talk": (3, 12, 60),
    "speed_round": (4, 12, 45),
    "trio": (3, 3, 30),
}
OPEN_WORDS = {key for key in SIZES_AND_MINUTES if key.startswith(("brownbag", "experiment_", "give_get"))} | {
    "look_back",
    "concierge_hour",
}


def test_all_formats_of_the_practice_are_there():
    formats = shipped_in("en")
    assert {key: (*one.size, one.minutes) for key, one in formats.items()} == SIZES_AND_MINUTES
    assert {key for key, one in formats.items() if one.words == OPEN} == OPEN_WORDS
    assert {one.words for one in formats.values()} == {OPEN, SEALED}


@pytest.mark.parametrize("key", SIZES_AND_MINUTES)
def test_minutes_add_up_at_each_level(key):
    body = shipped()[key]
    assert sum(step["m"] for step in body["steps"]) == body["minutes"]
    for block in (step for step in body["steps"] if step["mode"] in BLOCKS):
        assert sum(step["m"] for step in block["steps"]) == block["m"]
    assert sum(step.minutes for step in read(body, "en").steps) == body["minutes"]


@pytest.mark.parametrize("key", SIZES_AND_MINUTES)
def test_every_step_is_of_a_known_mode_and_belongs_to_a_known_role(key):
    one = read(shipped()[key], "en")
    assert {step.mode for step in one.steps} <= set(MODES)
    assert {step.bringer for step in one.steps} <= {None, *one.roles}
    assert all(step.bringer for step in one.steps if step.mode in {"bringer", "ask", "story"})
    assert set(one.roles) <= set(role_names("en"))


@pytest.mark.parametrize("key", SIZES_AND_MINUTES)
def test_every_word_is_said_in_english_and_in_german(key):
    for text in texts(shipped()[key]):
        assert set(text) == {"en", "de"}
        assert all(said == said.strip() and said for said in text.values())
        assert text["en"] != text["de"]


def test_what_stands_beside_a_session_is_said_in_both_languages():
    for said in (host_card, good_questions, role_names, charter):
        english, german = said("en"), said("de")
        assert len(english) == len(german)
        if isinstance(english, dict):
            assert english.keys() == german.keys()
            english, german = english.values(), german.values()
        assert all(one and other and one != other for one, other in zip(english, german, strict=True))
    assert (len(host_card("de")), len(good_questions("de")), len(charter("de"))) == (7, 6, 10)
    assert charter("en")["share_air"] == "Everyone speaks; nobody has to. “Pass” is always fine."


def test_a_circle_starts_with_sensible_defaults():
    defaults = circle_defaults("de")
    assert defaults["members"] == {"min_start": 5, "target": 6, "max": 8, "min_to_run_a_session": 4}
    assert (defaults["length_weeks"], defaults["rhythm"], defaults["spare_slots"]) == (13, "fortnightly", 1)
    assert defaults["leave_any_time_text"] == "Ich muss aussteigen. Danke, und macht es gut."


def test_a_block_opens_into_its_inner_steps():
    steps = shipped_in("en")["circle_two_challenges"].steps
    told = [(step.minutes, step.mode, step.bringer, step.inside) for step in steps]
    turn = [(6, "bringer"), (8, "ask"), (1, "bringer"), (13, "ideas"), (2, "quiet"), (4, "playback"), (2, "round")]
    assert told == [
        (4, "round", None, ""),
        (8, "round", None, ""),
        *((*one, "bringer_a", "First challenge") for one in turn),
        (3, "pause", None, ""),
        *((*one, "bringer_b", "Second challenge") for one in turn),
        (3, "plan", None, ""),
    ]


def test_a_small_real_question_is_told_asked_answered_and_played_back():
    inner = [step for step in shipped_in("de")["circle_kickoff"].steps if step.inside]
    assert [(step.minutes, step.mode, step.bringer) for step in inner] == [
        (3, "bringer", "bringer"),
        (3, "ask", "bringer"),
        (6, "ideas", "bringer"),
        (3, "playback", "bringer"),
    ]
    assert {step.inside for step in inner} == {"Eine kleine echte Frage"}


def test_in_a_trio_everybody_brings_once():
    bringers = [step.bringer for step in shipped_in("en")["trio"].steps if step.mode == "playback"]
    assert bringers == ["one", "two", "three"]
    assert shipped_in("en")["trio"].to_give == ("one", "two", "three")
    assert shipped_in("en")["circle_challenge"].to_give == ("bringer", "host", "timekeeper")


def test_rounds_of_pairs_are_counted():
    rounds = {key: [step.rounds for step in one.steps if step.mode == "pairs"] for key, one in shipped_in("en").items()}
    assert {key: found for key, found in rounds.items() if found} == {
        "brownbag": [1],
        "brownbag_short": [1],
        "feedforward_round": [5],
        "speed_round": [7],
    }


def test_a_programme_names_its_twelve_weeks():
    weeks = shipped_in("de")["circle_goals_weekly"].weeks
    assert (len(weeks), weeks[0]) == (12, "Mein Ziel in 20 Wörtern")


SMALL = {
    "format": "ours",
    "name": {"en": "Ours", "de": "Unseres"},
    "size": [2, 4],
    "minutes": 5,
    "words": "sealed",
    "roles": ["host", "everyone"],
    "before": ["Bring a cup."],
    "steps": [{"m": 5, "mode": "round", "title": "Wie geht's?", "say": {"en": "One word.", "de": "Ein Wort."}}],
}


def test_a_copy_may_mix_plain_words_and_languages():
    step = Step(5, "round", "Wie geht's?", "Ein Wort.")
    expected = Format("ours", "Unseres", (2, 4), 5, "sealed", ("host", "everyone"), ("Bring a cup.",), (step,))
    assert read(SMALL, "de-at") == expected
    assert read(SMALL, "fr").name == "Ours"
    assert read({**SMALL, "name": {"it": "Nostro"}}, "fr").name == "Nostro"


def test_changing_a_copy_leaves_ours_alone():
    mine = own_copy("trio")
    mine["steps"][1]["steps"][0]["title"] = "Mine"
    assert mine != shipped()["trio"]
    assert read(mine, "en") != shipped_in("en")["trio"]
    assert own_copy("trio") == shipped()["trio"]


def changed(key: str, *path: Any, to: Any) -> dict[str, Any]:
    """A copy of one of ours with one thing wrong."""
    body = own_copy(key)
    part = body
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = to
    return body


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            changed("circle_challenge", "steps", 3, "m", to=8),
            "circle_challenge, minutes: The steps add up to 54 minutes, here it says 55. Change one of them.",
        ),
        (
            changed("circle_kickoff", "steps", 4, "steps", 2, "m", to=5),
            "circle_kickoff, step 5, minutes: The steps add up to 14 minutes, here it says 15. Change one of them.",
        ),
        (
            changed("trio", "steps", 2, "steps", 1, "mode", to="song"),
            "trio, step 3.2, mode: “song” is not known. Take one of: " + ", ".join(MODES) + ".",
        ),
        (
            changed("trio", "steps", 0, "say", to={"de": "  "}),
            "trio, step 1, say: Some words are missing. Write them, in one language at least.",
        ),
        (
            changed("trio", "steps", 0, "m", to=True),
            "trio, step 1, m: Here belongs a whole number from 1 to 480.",
        ),
        (
            changed("trio", "steps", 1, "bringer", to="four"),
            "trio, step 2, bringer: “four” is not known. Take one of: one, two, three.",
        ),
        (
            changed("coffee", "size", to=[3, 2]),
            "coffee, size: Say the fewest and the most people, as in [4, 8]; at most 200.",
        ),
        (changed("coffee", "words", to="secret"), "coffee, words: “secret” is not known. Take one of: sealed, open."),
        (changed("coffee", "roles", to=[]), "coffee, roles: Name the roles, as in [host, everyone]."),
        (changed("coffee", "steps", to=[]), "coffee, steps: A format has 1 to 60 steps."),
        (changed("coffee", "steps", to={"m": 1}), "coffee, steps: Here belongs a list."),
        (changed("coffee", "steps", 0, to="Hello"), "coffee, step 1, mode: Here belongs a set of named fields."),
        (changed("coffee", "name", to="x" * 1001), "coffee, name: At most 1000 characters. Say it shorter."),
        ("coffee", "?, format: Here belongs a set of named fields."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_wrong_copy_is_told_where_and_what_to_do(body, told):
    with pytest.raises(FormatError) as wrong:
        read(copy.deepcopy(body), "en")
    assert str(wrong.value) == told


def texts(body: Any) -> Iterator[dict[str, str]]:
    """Every text of a body."""
    if isinstance(body, dict) and "en" in body:
        yield body
    elif isinstance(body, dict | list):
        for part in body.values() if isinstance(body, dict) else body:
            yield from texts(part)
