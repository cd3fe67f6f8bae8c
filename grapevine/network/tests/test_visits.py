"""I went to ...: five seconds, for me alone."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse

from grapevine.network import actions, queries
from grapevine.network.closeness import Closeness
from grapevine.network.models import Visit
from grapevine.network.queries import Node
from grapevine.vaults.models import SealedText, Vault
from tests.personas import make_person

TODAY, MONDAY = date(2026, 3, 10), date(2026, 3, 9)


def notes(person):
    return [(n.name, n.about, n.person, n.visit.on) for n in queries.opened(person, queries.visits(person))]


def test_a_name_a_topic_and_today(world, door):
    mira = door(world.mira)
    assert 'value="2026-03-10"' in mira.get(reverse("network")).content.decode()
    answer = mira.post(reverse("visit"), {"name": "olav haug", "words": "an old relay", "on": "2026-03-10"})
    assert (answer.status_code, answer.url) == (302, reverse("network"))
    assert notes(world.mira) == [("Olav Haug", "an old relay", world.olav, TODAY)]


def test_somebody_who_is_not_here_is_kept_by_name(world, door):
    door(world.mira).post(reverse("visit"), {"name": "My aunt", "words": "soldering", "on": "2026-03-09"})
    assert notes(world.mira) == [("My aunt", "soldering", None, MONDAY)]


def test_two_of_the_same_name_are_not_guessed_at(world, door):
    make_person(world.halden, "olav2", "Olav Haug", "Metering")
    door(world.mira).post(reverse("visit"), {"name": "Olav Haug", "words": "a relay", "on": "2026-03-09"})
    assert notes(world.mira) == [("Olav Haug", "a relay", None, MONDAY)]


@pytest.mark.parametrize("wrong", [{"name": " "}, {"words": ""}, {"on": "2026-03-11"}, {"on": "soon"}])
def test_what_is_missing_is_said_and_nothing_is_lost(world, door, wrong):
    typed = {"name": "Olav Haug", "words": "a relay", "on": "2026-03-09"} | wrong
    answer = door(world.mira).post(reverse("visit"), typed)
    assert (answer.status_code, Visit.objects.count()) == (422, 0)
    assert ("a relay" in answer.content.decode()) is ("words" not in wrong)


def test_whom_and_what_about_are_sealed_for_one(world):
    visit = actions.log_visit(by=world.mira, to=world.olav, words="canary-topic", on=MONDAY)
    with connection.cursor() as cursor:
        for table in ("network_visit", "vaults_sealedtext"):
            cursor.execute(f"SELECT * FROM {table}")
            assert "canary" not in str(cursor.fetchall())
    assert [field.name for field in Visit._meta.fields] == ["id", "person", "words", "on", "at"]
    assert list(visit.words.vault.seats.values_list("person__name", flat=True)) == ["Mira Lindqvist"]


def test_all_notes_lie_in_one_vault(world):
    for words in ("one", "two"):
        actions.log_visit(by=world.mira, to=None, name="Priya", words=words, on=MONDAY)
    actions.log_visit(by=world.olav, to=world.mira, words="three", on=MONDAY)
    assert Vault.objects.filter(kind="private").count() == 2
    assert [about for _, about, _, _ in notes(world.mira)] == ["two", "one"]


def test_a_note_is_corrected_and_removed(world, door):
    mira = door(world.mira)
    visit = actions.log_visit(by=world.mira, to=world.olav, words="a relay", on=MONDAY)
    change = reverse("visit-change", args=[visit.pk])
    assert 'value="Olav Haug"' in mira.get(change).content.decode()
    assert mira.post(change, {"name": "", "words": "x", "on": "2026-03-09"}).status_code == 422
    assert mira.post(change, {"name": "Lene Moe", "words": "a fuse", "on": "2026-03-02"}).status_code == 302
    assert notes(world.mira) == [("Lene Moe", "a fuse", world.lene, date(2026, 3, 2))]
    assert mira.post(reverse("visit-remove", args=[visit.pk])).status_code == 302
    assert (Visit.objects.count(), SealedText.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["olav", "jonas", "eva", "tomasz"])
def test_nobody_else_reads_changes_or_removes_it(world, door, who):
    visit = actions.log_visit(by=world.mira, to=world.olav, words="a relay", on=MONDAY)
    other = getattr(world, who)
    assert queries.opened(other, [visit]) == []
    for url in (reverse("visit-change", args=[visit.pk]), reverse("visit-remove", args=[visit.pk])):
        assert door(other).post(url, {"name": "x", "words": "x", "on": "2026-03-09"}).status_code == 404
    with pytest.raises(Http404):
        actions.delete_visit(by=other, visit=visit)
    assert queries.my_map(other).nodes == ()


def test_a_visit_is_on_my_map_alone_and_again_makes_met(world):
    actions.log_visit(by=world.mira, to=world.olav, words="a relay", on=MONDAY)
    for on in (MONDAY, date(2026, 3, 2)):
        actions.log_visit(by=world.mira, to=None, name="Priya", words="reviews", on=on)
    own = {"leans_on": True, "leaned_on": False, "is_tie": False, "last_on": MONDAY}
    assert queries.my_map(world.mira).nodes == (
        Node(name="Priya", closeness=Closeness.MET, **own),
        Node(
            name="Olav Haug",
            closeness=Closeness.NEW,
            pk=world.olav.pk,
            unit="Field",
            url=world.olav.get_absolute_url(),
            **own,
        ),
    )
    assert queries.my_map(world.olav).nodes == ()


def test_a_tie_takes_the_place_of_a_note_and_old_notes_fade(world):
    actions.log_visit(by=world.mira, to=world.olav, words="a relay", on=MONDAY)
    actions.log_visit(by=world.mira, to=world.lene, words="a fuse", on=date(2025, 1, 1))
    actions.strengthen_tie(helper=world.olav, helped=world.mira, kind="idea", on=MONDAY)
    actions.agree_tie(by=world.mira, other=world.olav)
    actions.agree_tie(by=world.olav, other=world.mira)
    assert [(n.name, n.is_tie) for n in queries.my_map(world.mira).nodes] == [("Olav Haug", True)]
    assert len(notes(world.mira)) == 2
