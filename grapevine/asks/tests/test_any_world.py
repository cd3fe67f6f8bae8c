"""Whatever people wish, and in whatever world: nobody is shown who may not be, and one at most who cannot be asked."""

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grapevine.asks import actions
from grapevine.asks.suggestions import suggest_people
from grapevine.people import actions as people
from grapevine.people.models import Block, Consent, Person
from grapevine.skills import actions as skills

CAST = ("sanne", "jonas", "ravi", "kari", "olav", "lene", "dev", "eva", "left", "tomasz", "joanna")
WISHES = ("resting", "short", "full", "hidden", "blocks", "is blocked", "points to the lead", "knows", "left out")
EVIDENCE = ("offered", "shared", "learned", "helped", "used")

worlds = st.fixed_dictionaries(
    {name: st.tuples(st.sets(st.sampled_from(WISHES)), st.sets(st.sampled_from(EVIDENCE), max_size=2)) for name in CAST}
)


@given(wishes=worlds, with_lead=st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_is_shown_who_may_not_be(world, wishes, with_lead):
    with transaction.atomic():
        for name, (wished, told) in wishes.items():
            _wish(world, getattr(world, name), wished, told)
        besides = {getattr(world, name).pk for name, (wished, _) in wishes.items() if "left out" in wished}
        shown = suggest_people(world.mira, "whose clock is wrong", with_lead=with_lead, besides=besides)
        named = {s.person.pk for s in shown} | {s.introducer.pk for s in shown if s.introducer}
        named |= {colleague.pk for s in shown for colleague in s.colleagues}
        assert named <= _may_be_named(world.mira, besides, with_lead)
        assert sum(not s.is_free for s in shown) <= 1
        assert len(shown) == len({s.person.pk for s in shown}) <= 5
        assert not any(digit in " ".join(s.reasons) for s in shown for digit in "0123456789%")
        transaction.set_rollback(True)


def _wish(world, person, wished, told):
    for kind in told:
        skills.note_evidence(
            person=person, kind=kind, words="Whose clock is wrong", on=date(2026, 2, 1), origin_kind="t",
            origin_key="t", agreed=True,
        )  # fmt: skip
    for kind in wished & {"resting", "short"}:
        people.rest(by=person, kind=kind)
    if "full" in wished:
        pointer = world.jonas if "points to the lead" in wished else world.ravi
        actions.set_limits(by=person, per_week=0, colleagues=[pointer, world.mira])
    if "hidden" in wished:
        people.withdraw_consent(by=person, about="found")
    if "blocks" in wished:
        people.block(by=person, person=world.mira)
    if "is blocked" in wished:
        people.block(by=world.mira, person=person)


def _may_be_named(asker, besides, with_lead):
    """Said again in other words than in the code: one rule after the other, person by person."""
    agreed = {c.person_id for c in Consent.objects.all() if c.about == "found" and c.withdrawn_at is None}
    apart = {
        pk for b in Block.objects.all() for pk in (b.person_id, b.blocked_id) if asker.pk in (b.person_id, b.blocked_id)
    }
    here = {p.pk for p in Person.objects.all() if p.organisation_id == asker.organisation_id and p.left_on is None}
    lead = set() if with_lead else {asker.reporting_line.lead_id}
    return (here & agreed) - apart - lead - besides - {asker.pk}
