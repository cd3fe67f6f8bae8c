"""What may be told about somebody is theirs to see, hide and delete."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from grapevine.kernel.policy import may, visible
from grapevine.skills import actions, queries
from grapevine.skills.models import Evidence, Framework, Offer, Skill

MARCH = date(2026, 3, 10)
KIND = Evidence.Kind


@pytest.fixture
def skill(world, clock):
    framework = Framework.objects.create(key="own", name="Own", imported_at=clock.now())
    return Skill.objects.create(framework=framework, key="trace", name="Reading a trace")


def helped(person, key, words="reading relay logs", **more):
    said = {"kind": KIND.HELPED, "words": words, "on": MARCH, "origin_kind": "challenge", "origin_key": str(key)}
    return actions.note_evidence(person=person, **said | more)


def told(asker, words="relay logs"):
    return queries.evidence_matching(asker, words)


def test_a_line_counts_once_its_owner_agreed(world):
    line = helped(world.sanne, 1, by=world.mira)
    assert told(world.ravi) == []
    actions.agree_evidence(by=world.sanne, evidence=line)
    assert told(world.ravi) == [line]
    line.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.agree_evidence(by=world.sanne, evidence=line)


def test_a_line_is_noted_once(world):
    assert helped(world.sanne, 1) == helped(world.sanne, 1, words="something else")
    assert helped(world.sanne, 1, kind=KIND.USED) != helped(world.sanne, 2)
    assert Evidence.objects.count() == 3


def test_hidden_shown_and_deleted(world):
    line = helped(world.sanne, 1, agreed=True)
    actions.hide_evidence(by=world.sanne, evidence=line)
    line.refresh_from_db()
    assert told(world.ravi) == []
    assert queries.evidence_of(world.sanne) == [line]
    actions.show_evidence(by=world.sanne, evidence=line)
    assert told(world.ravi) == [line]
    actions.delete_evidence(by=world.sanne, evidence=line)
    assert told(world.ravi) == queries.evidence_of(world.sanne) == []


def test_nobody_else_sees_or_touches_a_line(world):
    line = helped(world.sanne, 1, agreed=True)
    for other in (world.mira, world.jonas, world.eva, world.tomasz):
        assert not visible(other, Evidence).exists()
        assert not any(may(other, verb, line) for verb in ("agree", "hide", "show", "delete"))
        for verb in (actions.hide_evidence, actions.show_evidence, actions.delete_evidence, actions.agree_evidence):
            with pytest.raises(Http404):
                verb(by=other, evidence=line)


def test_deleting_the_line_of_an_offer_withdraws_it(world):
    offer = actions.offer(by=world.sanne, words="reading relay logs")
    actions.delete_evidence(by=world.sanne, evidence=Evidence.objects.get())
    offer.refresh_from_db()
    assert offer.withdrawn_at is not None


def test_no_longer_me_hides_a_skill_everywhere_at_once(world, skill):
    offer = actions.offer(by=world.sanne, words="bits on a wire", skill=skill)
    old = helped(world.sanne, 1, words="frames that vanish", skill=skill, agreed=True)
    other = helped(world.sanne, 2, words="asking early", agreed=True)
    helped(world.kari, 1, words="frames that vanish", skill=skill, agreed=True)
    assert queries.told_about(world.sanne, skill=skill) == [old, *Evidence.objects.filter(kind=KIND.OFFERED)]
    assert actions.no_longer_me(by=world.sanne, skill=skill) == 2
    assert told(world.ravi, "bits wire") == []
    assert [line.person for line in told(world.ravi, "frames vanish")] == [world.kari]
    assert told(world.ravi, "asking early") == [other]
    assert queries.offers_of(world.mira, world.sanne) == []
    assert Offer.objects.get(pk=offer.pk).withdrawn_at is not None


def test_no_longer_me_by_words(world):
    same = helped(world.sanne, 1, words="Reading the logs of a relay", agreed=True)
    far = helped(world.sanne, 2, words="Reading aloud to children", agreed=True)
    assert queries.told_about(world.sanne, words="reading relay logs") == [same]
    actions.no_longer_me(by=world.sanne, words="reading relay logs")
    assert [line for line in queries.evidence_of(world.sanne) if line.hidden_at is None] == [far]


def test_help_that_was_used_is_told_as_used(world):
    line, both = helped(world.sanne, 1, agreed=True), helped(world.kari, 1, agreed=True)
    helped(world.kari, 1, kind=KIND.USED, agreed=True)
    actions.mark_used(origin_kind="challenge", origin_key="1")
    line.refresh_from_db()
    both.refresh_from_db()
    assert (line.kind, both.kind) == (KIND.USED, KIND.HELPED)


def test_what_is_withdrawn_where_it_came_from_is_forgotten(world):
    helped(world.sanne, 1)
    kept = helped(world.sanne, 2)
    assert actions.forget_origin(origin_kind="challenge", origin_key="1") == 1
    assert list(Evidence.objects.all()) == [kept]


def test_the_list_is_one_query_with_one_and_with_three(world, django_assert_num_queries):
    helped(world.sanne, 1, by=world.mira)
    with django_assert_num_queries(1):
        assert [str(line.by) for line in queries.evidence_of(world.sanne)] == ["Mira Lindqvist"]
    late, early = helped(world.sanne, 2, agreed=True), helped(world.sanne, 3, by=world.ravi)
    with django_assert_num_queries(1):
        lines = queries.evidence_of(world.sanne)
        assert [str(line.by) for line in lines] == ["Ravi Berg", "Mira Lindqvist", "None"]
    assert lines[0] == early
    assert lines[-1] == late
