"""True filters, twenty a page, never everybody."""

import pytest

from grapevine.people import actions as people
from grapevine.people.models import Consent, Language, Organisation, Person, Unit
from grapevine.skills import actions, queries
from grapevine.skills.actions import load_starter
from grapevine.skills.forms import DirectoryForm
from grapevine.skills.models import Skill

GRID = ["Jonas", "Mira", "Ravi", "Sanne"]
EVERYBODY = 9


def found(asker, number=1, **chosen):
    page = queries.directory(asker, DirectoryForm(chosen, person=asker).filters(), number)
    return [row.person.short_name for row in page]


def test_without_a_filter_it_is_ones_own_unit(world):
    assert found(world.mira) == GRID
    Person.objects.filter(pk=world.mira.pk).update(unit=None)
    world.mira.refresh_from_db()
    assert found(world.mira) == []


def test_names_need_two_letters(world):
    assert found(world.mira, q="ka") == ["Kari"]
    assert found(world.mira, q="NILS") == ["Kari"]
    assert found(world.mira, q="kari nil") == ["Kari"]
    assert found(world.mira, q="ari") == []
    assert found(world.mira, q="k") == []
    assert found(world.mira, q="%%") == []
    assert found(world.mira, q="wilk") == []
    assert found(world.mira, q="gone") == []


def test_a_unit_with_its_parts(world):
    field = Unit.objects.get(name="Field")
    Unit.objects.create(organisation=world.halden, name="Operations")
    top = Unit.objects.get(name="Operations")
    Unit.objects.filter(pk=field.pk).update(parent=top)
    assert found(world.mira, unit=field.pk) == ["Kari", "Lene", "Olav"]
    assert found(world.mira, unit=top.pk) == ["Kari", "Lene", "Olav"]
    assert found(world.mira, unit=Unit.objects.get(name="Ward 7B").pk) == found(world.mira)
    assert DirectoryForm(None, person=world.mira).fields["unit"].choices[2:] == [
        (Unit.objects.get(name="Metering").pk, "Metering"), (top.pk, "Operations"), (field.pk, "\xa0\xa0\xa0Field"),
        (world.eva.unit_id, "People & Learning"),
    ]  # fmt: skip


def test_a_skill_by_its_name_or_by_words(world):
    load_starter()
    skill = Skill.objects.get(key="ask-early")
    actions.offer(by=world.sanne, words="how to begin", skill=skill)
    actions.offer(by=world.kari, words="climbing in winter")
    assert found(world.mira, skill="asking WHILE it is still small") == ["Sanne"]
    assert found(world.mira, skill="winter climbing") == ["Kari"]
    assert found(world.mira, skill="winter diving") == []
    assert found(world.mira, skill="???") == []
    assert found(world.tomasz, skill="winter climbing") == []


def test_a_wish_is_not_a_skill(world):
    actions.seek(by=world.dev, words="climbing in winter")
    actions.offer(by=world.kari, words="climbing in winter")
    assert found(world.mira, interest="climbing") == ["Dev"]
    assert found(world.mira, skill="climbing") == ["Kari"]
    assert found(world.mira, skill="climbing", interest="climbing") == []


def test_who_does_not_want_to_be_found_is_there_by_name_only(world):
    actions.offer(by=world.kari, words="climbing in winter")
    actions.seek(by=world.kari, words="diving")
    people.withdraw_consent(by=world.kari, about=Consent.About.FOUND)
    assert found(world.mira, skill="climbing") == found(world.mira, interest="diving") == []
    row = next(iter(queries.directory(world.mira, DirectoryForm({"q": "kari"}, person=world.mira).filters())))
    assert (row.person, row.offers, row.rest) == (world.kari, [], None)


def test_languages_and_zones(world):
    Language.objects.create(person=world.kari, code="nb")
    Person.objects.filter(pk=world.dev.pk).update(timezone="Asia/Kolkata")
    Person.objects.filter(pk=world.olav.pk).update(timezone="Pacific/Auckland")
    assert queries.zones_and_languages(world.mira) == (
        ["Asia/Kolkata", "Europe/Oslo", "Pacific/Auckland"],
        ["en", "nb"],
    )
    assert found(world.mira, language="nb") == ["Kari"]
    assert found(world.mira, zone="Asia/Kolkata") == ["Dev"]
    assert found(world.mira, overlap=4, unit=world.dev.unit_id) == ["Dev"]
    assert found(world.mira, overlap=6, unit=world.dev.unit_id) == []
    assert found(world.mira, overlap=2, unit=world.olav.unit_id) == ["Kari", "Lene"]
    assert found(world.mira, overlap=2, zone="Pacific/Auckland") == []


@pytest.mark.parametrize(
    ("zone", "hours", "shared"),
    [
        ("Europe/Oslo", 9, ["Europe/Oslo"]),
        ("Europe/Oslo", 8, ["Europe/Oslo", "Europe/London"]),
        ("Europe/Oslo", 2, ["Europe/Oslo", "Europe/London", "America/New_York"]),
        ("Pacific/Auckland", 1, ["America/New_York", "America/Los_Angeles"]),
    ],
)
def test_shared_hours_go_round_the_world(world, zone, hours, shared):
    zones = ["Europe/Oslo", "Europe/London", "America/New_York", "America/Los_Angeles"]
    assert queries.working_together(zone, zones, hours) == shared


def test_twenty_a_page_and_ten_pages_at_most(world):
    big = Organisation.objects.create(name="Big")
    for n in range(230):
        Person.objects.create(organisation=big, number=str(n), name=f"Ann {n:03}", email=f"{n}@big.example")
    asker = Person.objects.get(number="7", organisation=big)
    filters = DirectoryForm({"q": "ann"}, person=asker).filters()
    last = queries.directory(asker, filters, 10)
    assert (len(last), last.paginator.num_pages, last.paginator.has_more) == (20, 10, True)
    assert last[-1].person.name == "Ann 199"
    assert queries.directory(asker, filters, 11).number == 10
    assert queries.directory(asker, filters, "x").number == 1


def test_the_same_queries_for_one_and_for_four(world, django_assert_num_queries):
    load_starter()
    for person in (world.mira, world.sanne, world.kari):
        actions.offer(by=person, words="asking early", skill=Skill.objects.get(key="ask-early"))
    with django_assert_num_queries(6):
        assert found(world.mira, q="kari") == ["Kari"]
    with django_assert_num_queries(6):
        assert found(world.mira) == GRID
    everything = {"q": "sa", "unit": world.mira.unit_id, "skill": "asking early", "interest": "diving deep", "language": "en",
                  "overlap": 2}  # fmt: skip
    actions.seek(by=world.sanne, words="diving deep")
    with django_assert_num_queries(9):  # one more for the names of skills, two for words
        assert found(world.mira, **everything) == ["Sanne"]


def test_names_for_the_palette(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [(p.name, str(p.unit)) for p in queries.names_like(world.mira, "ei")] == [("Jonas Eide", "Grid Control")]
    assert queries.names_like(world.mira, "e") == []
    for n in range(12):
        Person.objects.create(organisation=world.halden, number=f"x{n}", name=f"Ann {n}", email=f"{n}@x.example")
    assert len(queries.names_like(world.mira, "ann")) == 8
