"""What is not visible does not exist; what is visible but not allowed is refused; nobody passes by rank."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from grapevine.challenges.models import Example
from grapevine.kernel import policy
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Vault


@pytest.fixture
def vault(world):
    return vaults.open_vault(kind="talk", seats=[(world.mira, "asker")])


def test_a_list_a_look_up_and_a_verb_say_the_same(world, vault):
    for person, sees in ((world.mira, True), (world.jonas, False), (world.eva, False), (None, False)):
        assert policy.visible(person, Vault).filter(pk=vault.pk).exists() is sees
        if not sees:
            with pytest.raises(Http404):
                policy.get_visible_or_404(person, Vault, pk=vault.pk)


def test_gone_and_not_mine_look_the_same(world, vault):
    words = set()
    for pk in (vault.pk, "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(Http404) as refused:
            policy.get_visible_or_404(world.jonas, Vault, pk=pk)
        words.add(str(refused.value))
    assert len(words) == 1


def test_a_verb_is_refused_where_the_thing_is_seen(world):
    example = Example(organisation=world.halden, by=world.mira, title="t", body="b", released_at="2026-03-10T08:00Z")
    example.save()
    policy.check(world.mira, "withdraw", example)
    with pytest.raises(PermissionDenied):
        policy.check(world.sanne, "withdraw", example)
    with pytest.raises(Http404):
        policy.check(world.tomasz, "withdraw", example)


def test_what_has_been_seen_is_not_looked_for_again(world, vault, django_assert_num_queries):
    found = policy.get_visible_or_404(world.mira, Vault, pk=vault.pk)
    with django_assert_num_queries(0):
        assert policy._sees(world.mira, found)
    assert not policy._sees(world.sanne, found)


def test_one_policy_a_model():
    with pytest.raises(ValueError, match="has a policy already"):
        policy.policy_for(Vault)(object)
    with pytest.raises(LookupError, match="no policy for Permission"):
        policy.policy_of(Permission)


def test_a_stranger_is_led_to_the_door_and_back():
    view = policy.for_members(lambda request: HttpResponse("in"))
    request = RequestFactory().get("/asks/7/")
    request.person = None
    assert view(request).headers["Location"] == "/accounts/login/?next=/asks/7/"


def test_who_does_not_run_the_place_finds_nothing_there(world):
    view = policy.for_administrators(lambda request: HttpResponse("in"))
    request = RequestFactory().get("/organisation/")
    request.person = world.mira
    with pytest.raises(Http404):
        view(request)
    request.person = world.eva
    assert view(request).content == b"in"
