"""Five colleagues with reasons in words, from what they offered, shared or agreed to; nobody who may not be shown."""

import re
from datetime import date, timedelta

import pytest

from grapevine.asks import actions
from grapevine.asks.suggestions import suggest_people
from grapevine.asks.tests.asking import later, request, talk
from grapevine.challenges.actions import release_example, use_example
from grapevine.people import actions as people
from grapevine.people.models import Language
from grapevine.skills import actions as skills
from tests.personas import make_person

ASK = "Frames drop on a test bench; whose clock is wrong?"
LATELY = date(2026, 1, 20)


def tell(person, kind, words="Whose clock is wrong on a bench", on=LATELY, **more):
    """A line about somebody that they agreed to."""
    told = {"skill": None, "origin_kind": "test", "origin_key": f"{kind}{on}", "agreed": True} | more
    return skills.note_evidence(person=person, kind=kind, words=words, on=on, **told)


def found(asker, **options):
    """What the page shows: name, place, reasons, by who comes first."""
    return {s.person.short_name: s for s in suggest_people(asker, ASK, **options)}


def reasons(asker, **options):
    return {name: s.reasons for name, s in found(asker, **options).items()}


def test_each_reason_in_its_words(world):
    tell(world.sanne, "learned")
    tell(world.olav, "used", got="question")
    tell(world.dev, "shared")
    tell(world.kari, "offered")
    for month in (7, 8):
        tell(world.lene, "helped", on=date(2025, month, 1), got="pointer")
    about, outside = "“Whose clock is wrong on a bench”", "In another unit: a view from outside."
    assert reasons(world.mira, besides=[world.ravi.pk]) == {
        "Sanne": [f"Learned this in January: {about}.", "Close by: works in your unit."],
        "Olav": [f"Helped with {about} in January, and it was used.", outside],
        "Dev": [f"Wrote the page {about}.", "You have never met."],
        "Kari": [f"Offers this: {about}.", outside],
        "Lene": ["Helped two people with it; both said: a pointer.", outside],
    }
    tell(world.lene, "helped", on=date(2025, 9, 1), got="opinion")
    assert f"Helped three people with things like {about}." in reasons(world.mira)["Lene"]


def test_what_was_learned_long_ago_is_said_so(world):
    tell(world.sanne, "learned", on=date(2025, 8, 1))
    assert reasons(world.mira)["Sanne"] == ["Learned this a while ago.", "Close by: works in your unit."]


def test_no_reason_and_no_state_tells_a_number(world):
    for number, person in enumerate((world.sanne, world.olav, world.dev, world.kari, world.lene, world.eva)):
        for kind in ("used", "helped", "learned", "shared"):
            for days in range(number + 1):
                tell(person, kind, on=LATELY - timedelta(days=100 * days), got="solution")
    people.rest(by=world.olav, kind="resting")
    shown = suggest_people(world.mira, ASK)
    assert len(shown) == 5
    assert [s.reasons for s in shown if re.search(r"\d|%|score|rank", " ".join([*s.reasons, s.state]))] == []


def test_somebody_new_to_oneself_stays_new_until_one_has_talked(world):
    tell(world.kari, "offered")
    assert found(world.mira)["Kari"].reasons[-1] == "In another unit: a view from outside."
    talk(world.mira, world.kari)
    assert found(world.mira)["Kari"].reasons[-1] == "You have talked before."


def test_who_asked_under_an_alias_is_not_known_by_it(world):
    tell(world.mira, "offered")
    talk(world.mira, world.sanne, alias="a blue heron")
    assert "You have talked before." not in found(world.sanne)["Mira"].reasons


def test_people_who_share_no_language_do_not_meet(world):
    for person in (world.sanne, world.olav):
        tell(person, "offered")
        Language.objects.filter(person=person).update(code="fr")
    Language.objects.create(person=world.olav, code="en")
    Language.objects.filter(person=world.kari).delete()  # said nothing: may speak anything
    names = set(found(world.mira))
    assert ("Sanne" in names, "Olav" in names) == (False, True)
    Language.objects.filter(person=world.mira).delete()
    assert "Sanne" in found(world.mira)


def test_who_would_not_be_found_is_not(world):
    for person in (world.sanne, world.olav, world.dev):
        tell(person, "used", words=f"Whose clock is wrong, says {person.short_name}")
    everybody = found(world.mira)
    people.withdraw_consent(by=world.sanne, about="found")
    skills.no_longer_me(by=world.olav, words="Whose clock is wrong, says Olav")
    people.block(by=world.dev, person=world.mira)
    shown = found(world.mira)
    assert ({"Sanne", "Olav", "Dev"} <= everybody.keys(), shown.keys() & {"Sanne", "Dev"}) == (True, set())
    assert "Olav" not in shown or "clock" not in " ".join(shown["Olav"].reasons)


def test_the_own_lead_only_when_asked_for(world):
    tell(world.jonas, "used")
    assert ("Jonas" in found(world.mira), "Jonas" in found(world.mira, with_lead=True)) == (False, True)
    assert "Jonas" in found(world.kari)
    besides = {s.person for s in suggest_people(world.mira, ASK, besides=[world.olav.pk, world.kari.pk])}
    assert not besides & {world.olav, world.kari}


def test_at_least_one_from_another_unit(world):
    for number in range(8):
        tell(make_person(world.halden, f"near{number}", f"Near{number} Colleague", "Grid Control"), "used")
    assert any(s.person.unit_id != world.mira.unit_id for s in suggest_people(world.mira, ASK))


def test_the_full_expert_is_shown_once_last_with_pointers_that_may_be_shown(world):
    for person in (world.olav, world.kari):
        tell(person, "used")
        tell(person, "used", on=date(2026, 1, 5))
    page = release_example(by=world.kari, title="Clocks on a bench", body="One\nTwo")
    actions.set_limits(by=world.olav, per_week=0, colleagues=[world.jonas, world.lene])
    actions.set_limits(by=world.kari, per_week=0, colleagues=[world.mira, world.dev])
    shown = suggest_people(world.mira, ASK)
    full = [s for s in shown if not s.is_free]
    assert (full, len(shown)) == (shown[-1:], 5)
    assert (full[0].person, full[0].page.url, full[0].colleagues) == (world.kari, page.get_absolute_url(), [world.dev])
    assert full[0].state == "has no room for asks at the moment"
    people.block(by=world.kari, person=world.mira)
    [olav] = [s for s in suggest_people(world.mira, ASK) if not s.is_free]
    assert (olav.person, olav.page, olav.colleagues) == (world.olav, None, [world.lene])  # not Jonas: he leads her
    people.withdraw_consent(by=world.lene, about="found")
    assert [s.colleagues for s in suggest_people(world.mira, ASK) if not s.is_free] == [[]]


def test_requests_that_wait_make_somebody_full(world):
    tell(world.olav, "used")
    for asker in (world.kari, world.lene):
        request(asker, world.olav)
    assert [s.person for s in suggest_people(world.mira, ASK) if not s.is_free] == [world.olav]
    later(days=7)
    assert found(world.mira)["Olav"].is_free


@pytest.fixture
def pages(world):
    """Kari wrote a page that many used: they are openly in touch with her."""
    for place in (world.lene, world.dev, world.olav):
        talk(world.mira, place)
    for number in range(4):
        tell(world.sanne, "learned", on=LATELY - timedelta(days=number))
    for known in (world.olav, world.dev):
        tell(known, "used")
    return release_example(by=world.kari, title="Clocks on a bench", body="One\nTwo")


def test_who_used_the_page_of_somebody_new_may_introduce(world, pages):
    use_example(by=world.ravi, example=pages)
    use_example(by=world.eva, example=pages)
    kari = found(world.mira)["Kari"]
    assert (kari.place, kari.introducer) == ("new", world.ravi)
    assert kari.reasons[-1] == "Ravi knows you both and can introduce you."


def test_who_may_not_be_asked_introduces_nobody(world, pages):
    """The own lead, who is at rest, who would not be found, who is apart."""
    use_example(by=world.jonas, example=pages)
    assert introduced_by(world.mira) == ("new", None)
    use_example(by=world.ravi, example=pages)
    assert introduced_by(world.mira) == ("new", world.ravi)
    people.rest(by=world.ravi, kind="resting")
    assert introduced_by(world.mira) == ("new", None)
    people.end_rest(by=world.ravi)
    people.withdraw_consent(by=world.ravi, about="found")
    assert introduced_by(world.mira) == ("new", None)
    people.consent(by=world.ravi, about="found")
    people.block(by=world.ravi, person=world.mira)
    assert introduced_by(world.mira) == ("new", None)


def introduced_by(asker):
    kari = found(asker)["Kari"]
    return kari.place, kari.introducer


def test_other_houses_and_who_left_are_never_found(world):
    for person in (world.tomasz, world.joanna, world.aiko, world.left):
        tell(person, "used")
    assert {s.person.organisation for s in suggest_people(world.mira, ASK)} == {world.halden}
    assert world.left not in {s.person for s in suggest_people(world.mira, ASK)}
    assert {s.person for s in suggest_people(world.tomasz, ASK)} == {world.joanna}
    assert suggest_people(world.aiko, ASK) == []


def test_words_that_tell_nothing_still_find_colleagues(world):
    shown = suggest_people(world.mira, "the and of")
    assert len(shown) == 5
    assert all(s.reasons for s in shown)


def test_three_cost_as_much_as_one(world, pages, django_assert_num_queries):
    use_example(by=world.ravi, example=pages)
    actions.set_limits(by=world.eva, per_week=0, colleagues=[world.lene])
    for name in (None, "Anna Moe", "Berit Moe"):
        if name:
            other = make_person(world.halden, name[0].lower(), name, "Field")
            use_example(by=world.ravi, example=release_example(by=other, title="Clocks on a bench", body="One"))
        with django_assert_num_queries(18):
            shown = suggest_people(world.mira, ASK)
        assert (len(shown), sum(bool(s.introducer) for s in shown)) == (5, 1)
