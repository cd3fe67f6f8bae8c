"""How they treat each other: written together, signed by each, and void when others sit there."""

import pytest
from django.http import Http404

from grapevine.challenges.tests.talking import facts, page
from grapevine.circles.actions import agreeing, ending
from grapevine.circles.actions.agreeing import ChangedMeanwhileError
from grapevine.circles.models import Agreement, Application
from grapevine.circles.queries import circle as queries
from grapevine.circles.queries.agreed import GAP, contact_in, draft
from grapevine.circles.tests.circling import BRING, GIFT, SIX, circle, fresh
from grapevine.rooms.queries import charter
from grapevine.vaults.queries import has_seat

pytestmark = pytest.mark.django_db


def sign_all(world, of, *who):
    for name in who or SIX:
        shown = queries.page(getattr(world, name), fresh(of))
        agreeing.sign(by=getattr(world, name), circle=fresh(of), seen=shown.agreed.version)


def test_it_begins_with_the_charter_and_everybody_says_i_am_in(world):
    of = circle(world)
    before = queries.page(world.mira, fresh(of))
    assert (before.agreed.version, len(before.agreed.lines), before.agreed.is_whole) == (0, 10, False)
    sign_all(world, of)
    after = queries.page(world.aiko, fresh(of))
    assert (after.agreed.version, after.agreed.is_whole, after.has_signed) == (1, True, True)


def test_with_the_first_signature_come_ones_own_lines(world):
    of = circle(world)
    sign_all(world, of, "mira")
    application = Application.objects.select_related("vault").get(cohort=of.cohort, person=world.mira)
    assert not has_seat(world.mira, application.vault)
    told = queries.page(world.tomasz, fresh(of)).members
    assert [(m.bring, m.gift) for m in told if m.bring] == [(f"{BRING} Mira Lindqvist", f"{GIFT} Mira Lindqvist")]


def test_a_change_asks_everybody_again(world):
    of = circle(world)
    sign_all(world, of)
    agreeing.agree(by=world.tomasz, circle=fresh(of), seen=1, words="We begin in time.")
    shown = queries.page(world.mira, fresh(of)).agreed
    assert (shown.version, shown.words, shown.is_whole, len(shown.waiting)) == (2, "We begin in time.", False, 6)
    others = sorted(p.pk for p in (world.mira, world.sanne, world.kari, world.olav, world.aiko))
    assert [(t["by"], sorted(t["people"])) for t in facts("circles.AgreementChanged")] == [(world.tomasz.pk, others)]


def test_two_change_it_at_once_and_nothing_is_lost(world, door):
    of = circle(world)
    agreeing.agree(by=world.sanne, circle=fresh(of), seen=0, words="Sanne's words.")
    with pytest.raises(ChangedMeanwhileError):
        agreeing.agree(by=world.mira, circle=fresh(of), seen=0, words="Mira's words.")
    with pytest.raises(ChangedMeanwhileError):
        agreeing.sign(by=world.mira, circle=fresh(of), seen=0)
    address = f"/circles/{of.pk}/agreement/"
    words = page(door(world.mira).post(address, {"words": "Mira's words.", "seen": 0}), status=409)
    assert "Sanne's words." in words
    assert "Mira's words." in words
    answer = door(world.mira).post(address, {"words": "Both our words.", "seen": 1})
    assert answer.status_code == 302
    assert Agreement.objects.filter(circle=of).first().version == 2


def test_whom_to_call_goes_into_the_gap_and_onto_the_page_of_the_circle(world, door):
    of, visitor = circle(world), door(world.mira)
    address, on_page = f"/circles/{of.pk}/agreement/", of.get_absolute_url()
    assert "Your agreement has a gap there: whom do you call?" in page(visitor.get(on_page))
    gap = {"words": draft(fresh(of)), "seen": 0}
    assert visitor.post(address, gap | {"contact": "Ada, 555 0100"}).status_code == 302
    told = queries.page(world.tomasz, fresh(of)).agreed
    assert (told.version, told.has_gap, told.contact) == (1, False, "Ada, 555 0100")
    assert "We know whom to call: Ada, 555 0100." in told.words
    words = page(visitor.get(on_page))
    assert ("Ada, 555 0100" in words, "has a gap there" in words) == (True, False)
    late = page(visitor.post(address, {"words": told.words, "seen": 1, "contact": "Bo"}), status=422)
    assert "There is no gap for it in the words any more." in late


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        ("We act. We know whom to call: ____.", ""),
        ("We act. We know whom to call: Ada at https://help.example.\nNobody records.", "Ada at https://help.example"),
        ("In danger we call Ada.", ""),
        ("", ""),
    ],
)
def test_a_contact_is_found_where_the_sentence_still_stands(words, contact):
    assert contact_in(words, "en") == contact


def test_every_language_of_the_charter_has_the_gap():
    assert [contact_in(charter(code)["exceptions"].replace(GAP, "Ada"), code) for code in ("en", "de")] == [
        "Ada",
        "Ada",
    ]


def test_a_stranger_signs_nothing(world):
    of = circle(world)
    with pytest.raises(Http404):
        agreeing.sign(by=world.jonas, circle=fresh(of), seen=0)


def test_after_a_change_one_reads_what_is_new_and_what_is_gone(world, door):
    of, changed = circle(world), "The words changed since you said yes."
    agreeing.agree(by=world.mira, circle=fresh(of), seen=0, words="We listen.\nWe begin in time.")
    sign_all(world, of, "mira", "sanne", "kari")
    agreeing.agree(by=world.mira, circle=fresh(of), seen=1, words="We listen.\nWe begin late.")
    agreeing.agree(by=world.mira, circle=fresh(of), seen=2, words="We listen.\nWe end in time.")
    address = f"/circles/{of.pk}/agreement/"
    told = page(door(world.sanne).get(address))
    assert [
        one for one in (changed, "<mark>We end in time.</mark>", "<del>We begin in time.</del>") if one not in told
    ] == []
    assert (told.count("<mark>"), told.count("<del>"), "We begin late." in told) == (1, 1, False)
    assert changed in page(door(world.sanne).get(of.get_absolute_url()))
    for other in (world.mira, world.olav):  # who changed it, and who had not said yes
        assert changed not in page(door(other).get(address)) + page(door(other).get(of.get_absolute_url()))
    sign_all(world, of, "sanne")
    told = page(door(world.sanne).get(address))
    assert [one for one in (changed, "<mark>", "<del>", "Keep it", "Leave it as it is", "I am in") if one in told] == []
    assert [one for one in ("Save these words", "Leave it as it was") if one not in told] == []


def test_who_changed_it_last_and_when(world, door):
    of = circle(world)
    sign_all(world, of, "kari")
    address = f"/circles/{of.pk}/agreement/"
    assert "Changed last by" not in page(door(world.mira).get(address))
    agreeing.agree(by=world.kari, circle=fresh(of), seen=1, words="We listen.")
    words = " ".join(page(door(world.mira).get(address)).split())
    assert "Changed last by Kari, <time" in words
    assert "Change what doesn&#x27;t fit." in words or "Change what doesn't fit." in words
    ending.end(circle=fresh(of))
    over = page(door(world.mira).get(address))
    assert ("This is how you treated each other." in over, "doesn't fit" in over) == (True, False)
