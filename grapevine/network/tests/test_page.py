"""The page of my map, its twin in words, and the note beside a challenge."""

import pytest
from django.urls import reverse

from grapevine.network import actions, queries
from grapevine.network.tests.test_map import MONDAY, agree, helped
from grapevine.recognition.tests.telling import played_back, reported
from tests.personas import make_person


def page(visitor, name="network", *args):
    answer = visitor.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_three_plain_sentences(world, door):
    helped(world.sanne, world.mira)
    helped(world.olav, world.mira)
    helped(world.mira, world.dev)
    for other in (world.sanne, world.olav, world.dev):
        agree(world.mira, other)
    actions.strengthen_tie(helper=world.olav, helped=world.mira, kind="thanks", on=MONDAY)
    seen = page(door(world.mira))
    assert "You lean on Olav and Sanne." in seen
    assert "Dev leans on you." in seen
    assert "Not thanked yet: Sanne." in seen
    assert reverse("thank-person", args=[world.sanne.pk]) in seen
    assert "Only you" in seen


def test_two_of_one_name_are_told_apart_in_the_sentences_and_on_the_drawing(world, door):
    berg = make_person(world.halden, "berg", "Sanne Berg", "Field")
    helped(world.sanne, world.mira)
    helped(world.mira, berg)
    for other in (world.sanne, berg):
        agree(world.mira, other)
    seen = page(door(world.mira))
    for told in (
        "You lean on Sanne Vik.",
        "Sanne Berg leans on you.",
        "Not thanked yet: Sanne Vik.",
        ">Sanne B.</text>",
    ):
        assert told in seen


def test_the_drawing_and_its_twin_say_the_same(world, door):
    helped(world.sanne, world.mira)
    helped(world.mira, world.sanne)
    agree(world.mira, world.sanne)
    actions.log_visit(by=world.mira, to=None, name="Priya", words="reviews", on=MONDAY)
    seen = page(door(world.mira))
    drawing, twin = seen.split('id="everybody"')
    for told in ("Sanne Vik, Grid Control, helps both ways, on both your maps", "Priya, new, from your own notes"):
        assert told in drawing
    for told in ("Sanne Vik", "helps both ways", "You lean on each other", "On both maps", "Priya", "Your own notes"):
        assert told in twin


def test_nobody_yet(world, door):
    seen = page(door(world.mira))
    assert "Nobody on your map yet." in seen
    assert "<svg viewBox" not in seen.split("<main")[1]


def test_deciding_about_a_tie_on_the_page(world, door):
    helped(world.sanne, world.mira)
    mira, sanne = door(world.mira), door(world.sanne)
    assert "Sanne helped you in March 2026." in page(mira)
    mira.post(reverse("tie-agree", args=[world.sanne.pk]))
    assert "You said yes; it appears when Sanne does." in page(mira)
    assert "Mira would show it on both maps. You too?" in page(sanne)
    answer = sanne.post(reverse("tie-agree", args=[world.mira.pk]), {"back": "/challenges/"})
    assert (answer.status_code, answer.url) == (302, "/challenges/")
    assert "You lean on Sanne." in page(mira)
    assert "Mira leans on you." in page(sanne)
    assert sanne.post(reverse("tie-withdraw", args=[world.mira.pk]), {"back": "//elsewhere.example"}).url == "/network/"
    assert "Nobody on your map yet." in page(mira)
    assert "Show it after all" in page(sanne)


def test_the_note_beside_the_challenge_where_the_tie_grew(world, door, run_jobs):
    challenge = reported(world.mira, world.sanne)
    run_jobs()
    mira = door(world.mira)
    assert "A tie on your map?" in page(mira, "challenge", challenge.pk)
    mira.post(reverse("tie-agree", args=[world.sanne.pk]))
    assert "A tie on your map?" not in page(mira, "challenge", challenge.pk)
    assert "Mira would show it on both maps. You too?" in page(door(world.sanne), "challenge", challenge.pk)


def test_no_note_beside_a_challenge_that_hides_a_name(world, door):
    helped(world.sanne, world.mira)
    challenge = played_back(world.mira, world.sanne, alias="a blue heron")
    assert queries.waiting_ties_in(world.sanne, challenge.vault) == []
    assert [t.other for t in queries.waiting_ties_in(world.mira, challenge.vault)] == [world.sanne]


def test_a_crowd_is_grouped_and_the_twin_is_open(world, door):
    for number in range(42):
        other = make_person(world.halden, f"n{number}", f"Person{number} Long", f"Unit {number % 4}")
        helped(other, world.mira)
        agree(other, world.mira)
    seen = page(door(world.mira))
    assert 'href="#everybody"' in seen
    assert '<details class="details" open id="everybody">' in seen
    assert "and others." in seen


def test_earlier_notes_are_a_page_away(world, door):
    for number in range(10):
        actions.log_visit(by=world.mira, to=None, name="Priya", words=f"note-{number}.", on=MONDAY)
    mira = door(world.mira)
    first = page(mira)
    second = mira.get(reverse("network"), {"earlier": "8"}).content.decode()
    assert ["note-9." in first, "note-0." in first, "note-0." in second, "note-9." in second] == [
        True,
        False,
        True,
        False,
    ]
    assert mira.get(reverse("network"), {"earlier": "-1"}).status_code == 200
    mine = queries.my_map(world.mira)
    assert queries.notes_from(world.mira, mine, 9, 500) == queries.notes_from(world.mira, mine, 9, 9)


@pytest.mark.parametrize("people", [1, 3])
def test_the_map_costs_the_same_whatever_is_on_it(world, door, people, django_assert_num_queries):
    for other, far in list(
        zip((world.sanne, world.olav, world.dev), (world.kari, world.lene, world.ravi), strict=True)
    )[:people]:
        helped(other, world.mira)
        agree(world.mira, other)
        helped(far, world.mira)
        actions.log_visit(by=world.mira, to=far, words="a relay", on=MONDAY)
    mira = door(world.mira)
    with django_assert_num_queries(11):
        page(mira)


def test_the_visitor_without_a_seat_is_led_to_the_door(world, door, client):
    for visitor in (client, door(world.left)):
        assert visitor.get(reverse("network")).status_code == 302
