"""Offering, seeking, and taking it back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from grapevine.kernel.policy import visible
from grapevine.people import actions as people
from grapevine.people.models import Consent
from grapevine.skills import actions, queries
from grapevine.skills.models import Evidence, Interest, Offer

SEPTEMBER = date(2026, 9, 9)  # 183 days after the Tuesday


def test_an_offer_stands_for_six_months_and_says_so(world):
    offer = actions.offer(by=world.sanne, words=" reading relay logs ")
    assert (offer.words, offer.expires_on) == ("reading relay logs", SEPTEMBER)
    line = Evidence.objects.get()
    assert (line.person, line.kind, line.words, line.until_on) == (
        world.sanne,
        "offered",
        "reading relay logs",
        SEPTEMBER,
    )
    assert (line.origin_kind, line.origin_key, line.agreed_at) == ("offer", str(offer.pk), offer.at)


def test_an_offer_runs_out_and_is_renewed(world, clock):
    offer = actions.offer(by=world.sanne, words="reading relay logs")
    clock.set_offset(timedelta(days=183))
    assert queries.offers_of(world.mira, world.sanne) == [offer]
    clock.set_offset(timedelta(days=184))
    assert queries.offers_of(world.mira, world.sanne) == []
    assert queries.offers_of(world.sanne, world.sanne) == [offer]
    actions.renew_offer(by=world.sanne, offer=offer)
    assert queries.offers_of(world.mira, world.sanne) == [offer]
    assert Evidence.objects.get().until_on == SEPTEMBER + timedelta(days=184)


def test_the_same_words_again_renew(world, clock):
    first = actions.offer(by=world.sanne, words="reading relay logs")
    clock.set_offset(timedelta(days=10))
    assert actions.offer(by=world.sanne, words="reading relay logs") == first
    assert (Offer.objects.count(), Offer.objects.get().expires_on) == (1, SEPTEMBER + timedelta(days=10))


def test_a_withdrawn_offer_is_gone_with_its_line(world):
    offer = actions.offer(by=world.sanne, words="reading relay logs")
    actions.withdraw_offer(by=world.sanne, offer=offer)
    assert queries.offers_of(world.mira, world.sanne) == queries.offers_of(world.sanne, world.sanne) == []
    assert not Evidence.objects.exists()
    offer.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.renew_offer(by=world.sanne, offer=offer)


def test_nobody_withdraws_or_renews_for_another(world):
    offer = actions.offer(by=world.sanne, words="reading relay logs")
    for by, refusal in ((world.mira, PermissionDenied), (world.eva, PermissionDenied), (world.tomasz, Http404)):
        with pytest.raises(refusal):
            actions.withdraw_offer(by=by, offer=offer)
        with pytest.raises(refusal):
            actions.renew_offer(by=by, offer=offer)


def test_offers_are_for_colleagues_of_people_who_want_to_be_found(world):
    offer = actions.offer(by=world.sanne, words="reading relay logs")
    seen = {who: visible(getattr(world, who), Offer).exists() for who in ("sanne", "mira", "eva", "tomasz", "aiko")}
    assert seen == {"sanne": True, "mira": True, "eva": True, "tomasz": False, "aiko": False}
    people.withdraw_consent(by=world.sanne, about=Consent.About.FOUND)
    assert queries.offers_of(world.mira, world.sanne) == []
    assert queries.offers_of(world.sanne, world.sanne) == [offer]


def test_an_offer_whose_line_is_hidden_is_not_shown(world):
    offer = actions.offer(by=world.sanne, words="reading relay logs")
    line = Evidence.objects.get()
    actions.hide_evidence(by=world.sanne, evidence=line)
    assert queries.offers_of(world.mira, world.sanne) == []
    line.refresh_from_db()
    actions.show_evidence(by=world.sanne, evidence=line)
    assert queries.offers_of(world.mira, world.sanne) == [offer]


def test_offers_of_who_left_are_gone(world):
    actions.offer(by=world.sanne, words="reading relay logs")
    people.leave(by=world.sanne, person=world.sanne)
    assert not visible(world.mira, Offer).exists()


def test_a_wish_is_no_skill(world):
    wish = actions.seek(by=world.mira, words="reading relay logs")
    assert actions.seek(by=world.mira, words="reading relay logs") == wish
    assert not Evidence.objects.exists()
    assert queries.interests_of(world.sanne, world.mira) == [wish]
    assert not visible(world.tomasz, Interest).exists()
    with pytest.raises(PermissionDenied):
        actions.withdraw_interest(by=world.sanne, interest=wish)
    actions.withdraw_interest(by=world.mira, interest=wish)
    assert queries.interests_of(world.sanne, world.mira) == queries.interests_of(world.mira, world.mira) == []


def test_offers_of_many_in_one_query(world, django_assert_num_queries):
    one = actions.offer(by=world.sanne, words="reading relay logs")
    others = [actions.offer(by=world.kari, words=words) for words in ("climbing", "cable joints")]
    with django_assert_num_queries(1):
        found = queries.offers_by(world.mira, [world.sanne, world.kari, world.olav])
    assert {pk: set(offers) for pk, offers in found.items()} == {world.sanne.pk: {one}, world.kari.pk: set(others)}
