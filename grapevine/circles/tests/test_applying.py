"""Applying in two minutes, changing it, taking it back: on the pages, as browsers without JavaScript do it."""

import shutil
import subprocess
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from grapevine.circles.actions import proposing
from grapevine.circles.models import Application, Cohort, PairMark
from grapevine.circles.tests.applying import BRING, GIFT, HELP, THEME, WORDS, again, apply, propose
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import read

HERE, NODE = Path(__file__).parent, shutil.which("node")
PROPOSED = {
    "theme": THEME,
    "words": WORDS,
    "is_across": "across",
    "starts_on": "2026-04-07",
    "apply_until": "2026-03-20",
    "weeks": "13",
    "every": "2",
    "minutes": "90",
}
SAID = {"bring": BRING, "gift": GIFT, "help": HELP, "languages": ["en"], "reach": "either", "comes": "on"}
FRIDAY = {"day_0": "4", "from_0": "13:00", "to_0": "17:00"}


def at(name, row):
    return reverse(name, args=[row.pk])


def led(answer):
    return answer.status_code, answer.headers.get("Location")


def page(answer):
    return " ".join(answer.content.decode().split())


def errors_of(form):
    return {name: list(found) for name, found in form.errors.items()}


@pytest.fixture
def cohort(world):
    return propose(world.aiko)


def test_somebody_proposes_and_everybody_here_finds_it(world, door):
    assert "Circles start with one person and a question." in page(door(world.mira).get(reverse("circles")))
    answer = door(world.aiko).post(reverse("cohort-new"), PROPOSED)
    cohort = Cohort.objects.get()
    assert led(answer) == (302, at("cohort", cohort))
    assert (cohort.by, cohort.organisation, cohort.zone, cohort.is_across) == (
        world.aiko,
        world.utility,
        "Europe/Berlin",
        True,
    )
    for reader in (world.mira, world.tomasz):
        assert THEME in page(door(reader).get(reverse("circles")))
        told = page(door(reader).get(at("cohort", cohort)))
        assert [words for words in (WORDS, "Proposed by Aiko Tanaka", "8 in 13 weeks") if words not in told] == [
            "Proposed by Aiko Tanaka"
        ]


def test_two_minutes_on_one_page(world, door, cohort):
    mira = door(world.mira)
    form = page(mira.get(at("cohort-apply", cohort)))
    assert "I can come to 7 of 8 meetings" in form
    names = {"apart": "Jonas Eide\nolav haug", "together": "Kari Nilsen"}
    answer = mira.post(at("cohort-apply", cohort), SAID | FRIDAY | names)
    mine = Application.objects.get()
    assert led(answer) == (302, at("application", mine))
    assert (mine.never, mine.languages, mine.reach) == ([[4, "13:00", "17:00"]], ["en"], "either")
    assert [read(world.mira, getattr(mine, name)) for name in ("bring", "gift", "help")] == [BRING, GIFT, HELP]
    assert kept() == {"apart": 2, "together": 1}
    told = page(mira.get(at("application", mine)))
    assert [w for w in (BRING, GIFT, HELP, "3 names are kept", "36 hours of the week") if w not in told] == []
    assert [name for name in ("Jonas", "Olav", "Kari") if name in told] == []
    assert led(mira.get(at("cohort-apply", cohort))) == (302, at("application", mine))


def test_what_is_not_clear_comes_back_with_everything_typed(world, door, cohort):
    unclear = {"bring": "", "from_0": "13:00", "day_1": "1", "from_1": "15:00", "to_1": "15:00", "apart": "Nobody Here"}
    answer = door(world.mira).post(
        at("cohort-apply", cohort), {k: v for k, v in (SAID | unclear).items() if k != "comes"}
    )
    told = page(answer)
    assert (answer.status_code, Application.objects.count(), GIFT in told, "Nobody Here" in told) == (
        422,
        0,
        True,
        True,
    )
    whole = "Say the day, from and to, or leave all three empty."
    assert errors_of(answer.context["form"]) == {
        "bring": ["Something is still missing here."],
        "day_0": [whole],
        "to_0": [whole],
        "to_1": ["From and to are the same."],
        "apart": [
            "We know nobody, or more than one, by the name of Nobody Here here. Write the full name, or leave it empty.",
            "Only colleagues of your own organisation can be named here.",
        ],
        "comes": ["Something is still missing here."],
    }
    assert [name for name in ("Row 1, Day</a>", "Row 1, To</a>", "Row 2, To</a>") if name not in told] == []


def test_a_night_ends_the_next_morning(world, door, cohort):
    mira, night = door(world.mira), {"day_0": "0", "from_0": "22:00", "to_0": "06:00"}
    assert led(mira.post(at("cohort-apply", cohort), SAID | night))[0] == 302
    mine = Application.objects.get()
    assert (mine.never, 'value="22:00"' in page(mira.get(at("application-change", mine)))) == (
        [[0, "22:00", "06:00"]],
        True,
    )


def test_nobody_of_another_house_can_be_named_or_found_by_trying(world, door, cohort):
    answer = door(world.mira).post(at("cohort-apply", cohort), SAID | {"apart": "Tomasz Wilk"})
    nobody = door(world.mira).post(at("cohort-apply", cohort), SAID | {"apart": "Tomasz Nobody"})
    said = [each.context["form"].errors["apart"][0].replace("Nobody", "Wilk") for each in (answer, nobody)]
    assert said[0] == said[1]
    hint = "Full names of colleagues of your own organisation, one a line; nobody else can be named."
    assert hint in page(answer)


def test_it_can_be_changed_until_circles_are_formed(world, door, cohort):
    mira, mine = (
        door(world.mira),
        apply(world.mira, cohort, apart=(world.jonas, world.olav), never=[(4, "13:00", "17:00")]),
    )
    form = page(mira.get(at("application-change", mine)))
    assert [w for w in (BRING, "2 names are kept", "13:00") if w not in form] == []
    assert [name for name in ("Jonas", "Olav") if name in form] == []
    mira.post(at("application-change", mine), SAID | {"bring": "Another one", "apart": "Kari Nilsen"})
    assert (read(world.mira, again(mine).bring), again(mine).never, kept()) == ("Another one", [], {"apart": 3})
    mira.post(at("application-change", mine), SAID | {"forgets_names": "on", "together": "Dev Patel"})
    assert kept() == {"together": 1}
    for name in ("sanne", "kari", "dev", "olav"):
        apply(getattr(world, name), cohort)
    proposing.ask_for_proposal(by=world.aiko, cohort=cohort)
    assert mira.get(at("application-change", mine)).status_code == 403
    assert door(world.tomasz).get(at("cohort-apply", cohort)).status_code == 403


def test_taken_back_it_is_destroyed_and_one_may_apply_again(world, door, cohort):
    mira, mine = door(world.mira), apply(world.mira, cohort, apart=(world.jonas,), never=[(0, "08:00", "09:00")])
    assert led(mira.post(at("application-withdraw", mine))) == (302, reverse("circles"))
    gone = again(mine)
    assert (gone.bring, gone.never, gone.vault.wrapped_key, SealedText.objects.count(), kept()) == (
        None,
        [],
        None,
        0,
        {},
    )
    assert "You took your application back." in page(mira.get(at("application", mine)))
    assert led(mira.post(at("cohort-apply", cohort), SAID))[0] == 302
    assert mira.post(at("application-withdraw", mine)).status_code == 403


def test_the_proposer_changes_it_and_calls_it_off(world, door, cohort):
    aiko = door(world.aiko)
    aiko.post(at("cohort-change", cohort), PROPOSED | {"theme": "Plain words", "weeks": "9"})
    mine = apply(world.mira, again(cohort))
    assert "1 person applied. A circle needs five." in page(aiko.get(at("cohort", cohort)))
    assert (again(cohort).theme, again(cohort).weeks) == ("Plain words", 9)
    assert "I can come to 5 of 6 meetings" in page(door(world.sanne).get(at("cohort-apply", cohort)))
    assert door(world.mira).get(at("cohort-change", cohort)).status_code == 403
    aiko.post(at("cohort-call-off", cohort))
    assert (again(mine).bring, again(mine).vault.wrapped_key) == (None, None)
    assert "Called off." in page(door(world.sanne).get(at("cohort", cohort)))
    assert "Plain words" not in page(door(world.mira).get(reverse("circles")))


def test_a_cohort_inside_a_house_is_not_there_for_another(world, door):
    inside = propose(world.mira, is_across=False)
    assert [door(who).get(at("cohort", inside)).status_code for who in (world.olav, world.tomasz)] == [200, 404]
    assert THEME not in page(door(world.tomasz).get(reverse("circles")))
    assert "With whom?" not in page(door(world.olav).get(at("cohort-apply", inside)))


def test_dates_that_cannot_be(world, door):
    wrong = {"starts_on": "2026-03-01", "apply_until": "2026-03-02", "taste_on": "2026-03-09", "taste_at": "10:00"}
    answer = door(world.aiko).post(reverse("cohort-new"), PROPOSED | wrong)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (
        422,
        ["apply_until", "starts_on", "taste_on"],
    )


def test_a_season_that_cannot_be_is_told_field_by_field(world, door):
    answer = door(world.aiko).post(reverse("cohort-new"), PROPOSED | {"weeks": "4", "every": "8", "minutes": "30"})
    assert (answer.status_code, errors_of(answer.context["form"])) == (
        422,
        {
            "every": ["That is as long as the 4 weeks themselves, or longer. Say a smaller number."],
            "minutes": ["One challenge takes 55 minutes: keep at least so many free."],
        },
    )
    assert 'min="55"' in page(answer)
    assert (
        led(door(world.aiko).post(reverse("cohort-new"), PROPOSED | {"weeks": "3", "every": "2", "minutes": "60"}))[0]
        == 302
    )


def test_everything_that_is_wrong_is_said_at_once(world, door):
    ahead, whole = "Choose an hour that is still to come.", "Say the day and the hour, or neither."
    wrong = {
        "theme": "",
        "starts_on": "2026-03-03",
        "apply_until": "2026-03-25",
        "taste_on": "2026-03-01",
        "taste_at": "",
    }
    answer = door(world.aiko).post(reverse("cohort-new"), PROPOSED | wrong)
    assert errors_of(answer.context["form"]) == {
        "theme": ["Something is still missing here."],
        "starts_on": ["Choose a week to come, within a year."],
        "apply_until": [
            "Choose a day at least a week before the Monday of the first week: forming circles takes its time."
        ],
        "taste_at": [whole],
        "taste_on": [ahead],
    }
    no_day = door(world.aiko).post(reverse("cohort-new"), PROPOSED | {"taste_on": "", "taste_at": "10:00"})
    assert errors_of(no_day.context["form"]) == {"taste_on": [whole]}


def test_a_wednesday_means_its_week(world, door):
    door(world.aiko).post(reverse("cohort-new"), PROPOSED | {"starts_on": "2026-04-08"})
    of = Cohort.objects.get()
    first = "<dt>First week</dt><dd>6 April 2026, until the week of 29 June 2026</dd>"
    assert (of.starts_on.isoformat(), first in page(door(world.mira).get(at("cohort", of)))) == ("2026-04-06", True)
    on_a_wednesday = propose(world.aiko, starts_on=date(2026, 4, 8))
    assert first in page(door(world.mira).get(at("cohort", on_a_wednesday)))


def test_a_taste_in_a_vault_of_its_own(world, door):
    door(world.aiko).post(reverse("cohort-new"), PROPOSED | {"taste_on": "2026-03-12", "taste_at": "15:00"})
    cohort, mira = Cohort.objects.get(), door(world.mira)
    room = cohort.preview.get_absolute_url()
    assert (cohort.preview.planned_at.isoformat(), cohort.preview.is_relay_only) == ("2026-03-12T14:00:00+00:00", True)
    assert mira.get(room).status_code == 404
    for _ in range(2):
        mira.post(at("cohort-taste", cohort))
    assert "You have a seat" in page(mira.get(at("cohort", cohort)))
    assert [door(who).get(room).status_code for who in (world.mira, world.aiko, world.eva)] == [200, 200, 404]
    mira.post(at("cohort-taste-leave", cohort))
    assert mira.get(room).status_code == 404


def test_a_time_is_the_readers_and_names_their_zone(world, door):
    door(world.mira).post(reverse("cohort-new"), PROPOSED | {"taste_on": "2026-03-12", "taste_at": "09:00"})
    of, told = Cohort.objects.get(), {}
    for reader in (world.mira, world.tomasz):
        words = page(door(reader).get(at("cohort", of)))
        told[reader.short_name] = [said for said in ("2026, 09:00", "2026, 08:00", "time in ") if said in words]
    assert told == {"Mira": ["2026, 09:00"], "Tomasz": ["2026, 08:00", "time in "]}
    assert "time in London" in words


def test_that_a_taste_stays_is_said_where_the_proposal_is_changed(world, door, clock):
    of, stays = (
        propose(world.aiko, preview_at=clock.now() + timedelta(days=1)),
        "It stays: a taste can be neither moved",
    )
    aiko = door(world.aiko)
    pages = [page(aiko.get(address)) for address in (at("cohort-change", of), reverse("cohort-new"))]
    assert [stays in words for words in pages] == [True, False]
    assert "once proposed, it can be neither moved nor called off" in pages[1]


def test_who_reads_what_is_one_truth_on_the_page(world, door, cohort):
    told = page(door(world.mira).get(at("cohort-apply", cohort)))
    truth = (
        "Your words are sealed: only you, until you sit together",
        "Before you sit together nobody reads a word of it.",
        "When the lists are shown, those with whom you would sit read your name.",
        "Aiko Tanaka, who proposed this, sees your name and the hours that would do.",
    )
    assert [words for words in truth if words not in told] == []


def test_the_proposer_is_asked_quietly(world, door, cohort):
    told = {reader.short_name: page(door(reader).get(at("cohort", cohort))) for reader in (world.aiko, world.mira)}
    labels = "Sit in one of the circles yourself", "Apply in two minutes"
    assert {name: [label in words for label in labels] for name, words in told.items()} == {
        "Aiko": [True, False],
        "Mira": [False, True],
    }


def test_minutes_are_said_as_they_are(world, door):
    aiko = door(world.aiko)
    lines = {}
    for minutes in (60, 80, 90):
        told = page(aiko.get(at("cohort", propose(world.aiko, minutes=minutes))))
        lines[minutes] = [told.split(f"<dt>{term}</dt><dd>")[1].split("</dd>")[0] for term in ("Meetings", "Turns")]
    turns = "6 people bring something of their own; where more sit together, two in one meeting"
    assert lines == {
        60: ["8 in 13 weeks, 60 minutes each, the first one 75", f"{turns} (90 minutes then)"],
        80: ["8 in 13 weeks, 80 minutes each", f"{turns} (90 minutes then)"],
        90: ["8 in 13 weeks, 90 minutes each", turns],
    }


def test_how_long_a_taste_takes_is_said_before_and_after_it_is_proposed(world, door, clock):
    aiko = door(world.aiko)
    assert "Before anybody applies, 55 minutes in which one sees the method." in page(aiko.get(reverse("cohort-new")))
    cohort = propose(world.aiko, preview_at=clock.now() + timedelta(days=1))
    assert "55 minutes in which you see how it goes" in page(door(world.mira).get(at("cohort", cohort)))


def test_the_proposer_is_no_stranger_on_their_own_page(world, door, cohort):
    stranger = "Aiko Tanaka"
    for reader, is_named in ((world.aiko, False), (world.mira, True)):
        for address in ("cohort", "cohort-apply"):
            words = page(door(reader).get(at(address, cohort))).split("<main")[1].split("</main")[0]
            assert (stranger in words) is is_named
    mine = apply(world.aiko, cohort)
    assert stranger not in page(door(world.aiko).get(at("application", mine))).split("<main")[1].split("</main")[0]


def test_a_last_day_that_is_over_is_not_said_any_more(world, door, clock, cohort):
    aiko, told = door(world.aiko), []
    for day in (0, 30):
        clock.set_offset(timedelta(days=day))
        words = page(aiko.get(at("cohort", cohort)))
        told.append(("<dt>Apply until</dt><dd>20 March 2026</dd>" in words, "until 20 March" in words))
    assert told == [(True, True), (False, False)]


def test_where_too_few_applied_no_circle_is_promised(world, door, clock):
    few, enough = propose(world.aiko, theme="Few"), propose(world.aiko, theme="Enough")
    for name in ("mira", "sanne", "kari", "dev", "tomasz"):
        apply(getattr(world, name), enough)
    apply(world.mira, few)
    clock.set_offset(timedelta(days=12))
    too_few, soon = "too few did: a circle needs five.", "Circles are being formed soon."
    for reader in (world.aiko, world.mira):
        lists = page(door(reader).get(reverse("circles")))
        pages = [page(door(reader).get(at("cohort", one))) for one in (few, enough)]
        assert (lists.count(too_few), lists.count(soon)) == (1, 1)
        assert [(too_few in words, soon in words) for words in pages] == [(True, False), (False, True)]


def test_whether_one_can_apply_just_now_is_said(world, door):
    nobody, empty = page(door(world.mira).get(reverse("circles"))), "No circle to apply for just now."
    cohort = propose(world.aiko)
    offered, none_other = (
        page(door(world.mira).get(reverse("circles"))),
        "Just now there is no other circle to apply for.",
    )
    apply(world.mira, cohort)
    applied, proposed = (page(door(who).get(reverse("circles"))) for who in (world.mira, world.aiko))
    assert [(empty in words, none_other in words) for words in (nobody, offered, applied, proposed)] == [
        (True, False),
        (False, False),
        (False, True),
        (False, True),
    ]


def test_times_that_never_work_are_asked_for_without_a_refrain(world, door, cohort):
    never = (
        page(door(world.mira).get(at("cohort-apply", cohort))).split('class="field never"')[1].split("</fieldset>")[0]
    )
    assert (never.count("if you like"), never.count('class="visually-hidden"'), "On the clock of Oslo." in never) == (
        1,
        24,
        True,
    )


def test_what_was_said_in_a_taste_vanishes(world, clock, run_jobs):
    cohort = propose(world.aiko, preview_at=clock.now() + timedelta(days=1))
    clock.set_offset(timedelta(days=30))
    run_jobs()
    assert again(cohort.preview.vault).shredded_at is None
    clock.set_offset(timedelta(days=32))
    run_jobs()
    assert again(cohort.preview.vault).wrapped_key is None


def test_what_the_pages_cost(world, door, cohort, django_assert_num_queries):
    mine, mira = apply(world.mira, cohort), door(world.mira)
    for address, count in ((reverse("circles"), 6), (at("cohort", cohort), 8), (at("application", mine), 14)):
        mira.get(address)
        with django_assert_num_queries(count):
            mira.get(address)


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_what_a_hand_on_the_cards_means(tmp_path):
    (tmp_path / "lib").mkdir()
    shutil.copy(HERE.parent / "static" / "circles" / "js" / "lib" / "carrying.js", tmp_path / "lib" / "carrying.mjs")
    test = shutil.copy(HERE / "js" / "carrying.test.mjs", tmp_path)
    run = subprocess.run([NODE, "--test", test], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout


def kept():
    """How many marks there are of each kind."""
    return dict(Counter(PairMark.objects.values_list("kind", flat=True)))
