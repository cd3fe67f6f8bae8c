"""The small world, looked at from every side. `test_whole_world` looks at the large one."""

from collections import Counter

import pytest

from grapevine.asks.models import Ask, Request
from grapevine.asks.queries import suggest_people
from grapevine.asks.tasks import ask_the_next_person
from grapevine.challenges.models import Closing, Commitment
from grapevine.challenges.tasks import close_what_is_over
from grapevine.demo.bank import bank
from grapevine.demo.personas import CAST, PERSONAS
from grapevine.demo.tests.rules import RULES
from grapevine.demo.world import PLACES
from grapevine.kernel import clock
from grapevine.network.queries import my_map, waiting_ties
from grapevine.notifications.models import Notice
from grapevine.notifications.queries import what_waits
from grapevine.people.models import Consent, Person, Shift
from grapevine.people.queries import add_working_hours
from grapevine.skills.models import Offer
from grapevine.vaults.models import SealedText
from grapevine.vaults.queries import read_all

pytestmark = pytest.mark.usefixtures("small")


def the(key):
    return Person.objects.select_related("organisation").get(number=key)


def waits_for(key):
    return {name for name, rows in what_waits(the(key)).rows.items() if rows}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule(rule):
    assert not list(rule())


def test_everybody_of_the_cast_is_there():
    assert [the(p.key).name for p in CAST] == [p.name for p in CAST]


def test_every_word_opens_with_the_key():
    for person in Person.objects.all():
        written = SealedText.objects.filter(author=person)
        assert all(read_all(person, written).values())


def test_jobs_find_nothing_left_to_do():
    before = Closing.objects.count(), Request.objects.count()
    close_what_is_over()
    ask_the_next_person()
    assert (Closing.objects.count(), Request.objects.count()) == before


def test_an_answer_is_expected_after_48_working_hours():
    shiftless = Request.objects.exclude(to__in=Shift.objects.values("person")).select_related("to")
    assert [r for r in shiftless if r.answer_by != add_working_hours(r.to, r.sent_at, 48)] == []


def test_nurses_know_their_shifts():
    assert Shift.objects.filter(person=the("joanna"), starts_at__gt=clock.now()).count() > 5


# --- what stands on the door is true -------------------------------------------------------------


def test_mira_is_stuck_on_a_test_bench_and_the_day_she_spoke_of_has_come():
    mira, words = the("mira"), bank("halden").scenario("two-clocks").words
    assert waits_for("mira") == {"commitments", "meetings", "requests"}
    assert not Ask.objects.filter(by=mira, closed_at__isnull=True).exists()
    found = {s.person.number: s for s in suggest_people(mira, words)}
    assert set(found) == {"sanne", "olav", "kari", "dev", "tomas"}
    assert found["sanne"].reasons[0] == "Helped two people with it; both said: a better question."
    assert found["sanne"].reasons[1].startswith("Learned this in ")
    assert found["sanne"].is_free
    assert found["kari"].introducer == the("ravi")
    assert "You have never met." in found["kari"].reasons
    assert not found["olav"].is_free
    assert found["olav"].state.startswith("resting until ")
    assert found["olav"].colleagues == [the("lene"), the("sanne")]
    assert found["olav"].page.words.startswith("Clock drift in ten pictures")


def test_mira_would_find_the_same_in_other_words():
    words = (
        "A bench drops every third frame. The trace looks clean until the second device answers. Whose clock is wrong?"
    )
    assert {s.person.number for s in suggest_people(the("mira"), words)} == {"sanne", "olav", "kari", "dev", "tomas"}


def test_ravi_asks_mira_because_she_wrote_a_page():
    [request] = what_waits(the("mira")).rows["requests"]
    assert request.ask.by == the("ravi")
    assert request.reasons == ["Wrote the page “Your first hour at the bench”."]


def test_sanne_gets_asked_a_lot_and_hears_first():
    waiting = what_waits(the("sanne"))
    assert len(waiting.rows["requests"]) == 2
    [story] = [row for row in waiting.rows["stories"] if row.heard_at is None]
    assert story.by == the("ana")


def test_jonas_reads_only_what_he_was_invited_to():
    jonas = the("jonas")
    noticing = jonas.noticings.get()
    assert noticing.commitment.playback.challenge.brought_by == the("mira")
    assert {"commitments", "introductions"} <= waits_for("jonas")
    assert Notice.objects.get(person=jonas, kind="notice").url == noticing.get_absolute_url()


def test_tomasz_asks_three_people_and_one_asks_back():
    asked = Ask.objects.filter(by=the("tomasz"), closed_at__isnull=True).order_by("-at")
    assert [[r.to.number for r in ask.requests.all()] for ask in asked] == [["joanna", "samira", "paul"], ["ingrid"]]
    assert Notice.objects.filter(person=the("tomasz"), kind="question", read_at__isnull=True).exists()


def test_aiko_is_asked_by_ben_and_asked_him_first():
    [request] = what_waits(the("aiko")).rows["requests"]
    assert request.ask.by == the("ben")
    assert waits_for("aiko") >= {"commitments", "requests", "stories"}


@pytest.mark.parametrize("key", ["mira", "tomasz", "aiko"])
def test_three_on_the_door_have_a_map_of_their_own(key):
    me = the(key)
    mine = my_map(me)
    assert 8 <= len(mine.nodes) == len(mine.agreed) <= 14
    assert min(len(mine.leaning_on), len(mine.leaned_on_by)) >= 3
    assert 1 <= len(mine.not_thanked) <= 2
    around = Person.objects.filter(pk__in=[node.pk for node in mine.nodes]).select_related("unit__parent")
    assert len({person.unit.parent or person.unit for person in around}) >= 5
    assert all(me.pk in {node.pk for node in my_map(person).nodes} for person in around)


def test_what_priya_did_lately_waits_for_mira_s_word():
    assert [tie.other for tie in waiting_ties(the("mira"))] == [the("priya")]


def test_eva_runs_the_place_and_reads_her_own_words_only():
    eva = the("eva")
    assert eva.is_administrator
    assert not read_all(eva, SealedText.objects.exclude(vault__seats__person=eva))


def test_no_two_colleagues_offer_something_in_the_same_german_words():
    german = {words for key in PLACES for s in bank(key).scenarios if s.lang == "de" for words in s.offers}
    said = Counter(Offer.objects.filter(words__in=german).values_list("words", flat=True))
    assert len(said) > len(german) / 2
    assert set(said.values()) == {1}


def test_what_the_cast_spoke_of_begins_on_a_day_of_work():
    spoken = Commitment.objects.filter(playback__challenge__brought_by__number__in=[p.key for p in CAST])
    days = Counter(on.weekday() for on in spoken.values_list("on", flat=True))
    assert sum(days.values()) > 30
    assert max(days) < 5


def test_something_waits_for_everybody_on_the_door():
    assert all(waits_for(persona.key) for persona in PERSONAS)


def test_most_people_may_be_found_and_some_may_not():
    found = Consent.objects.filter(about=Consent.About.FOUND).count()
    assert 0.8 < found / Person.objects.count() < 0.98
