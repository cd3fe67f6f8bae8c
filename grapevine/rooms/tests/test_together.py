"""Many sockets are hinted in one moment: all are asked about together, and each of them as if it stood alone."""

from django.http import HttpResponse

from grapevine.rooms import guests
from grapevine.rooms.actions import join
from grapevine.rooms.calls import participants_of
from grapevine.rooms.tests.meeting import Meeting
from grapevine.vaults import actions as vaults


def window(person=None, cookies=None):
    """What a socket knows of who is at its other end."""
    return {"account": person.account_id if person else None, "cookies": cookies or {}}


def test_each_socket_is_answered_for_itself(world, circle, django_assert_num_queries):
    """Mira, Luis, who has no seat any more, and Sanne, who never had one; in an open room Mira, Lene and a guest."""
    open_room = Meeting({"mira": world.mira, "sanne": world.sanne}, "brownbag")
    guest, key = join(session=open_room.session, name="Noor")
    answer = HttpResponse()
    guests.remember(answer, guest, key)
    cookies = {guests.COOKIE: answer.cookies[guests.COOKIE].value}
    luis = circle.people["luis"]
    vaults.leave(vault=circle.session.vault, person=luis)
    sealed, opened = circle.session.pk, open_room.session.pk
    asked = [
        *((window(person), sealed) for person in (world.mira, luis, world.sanne)),
        *((window(person), opened) for person in (world.mira, world.lene)),
        (window(cookies=cookies), opened),
        (window(cookies=cookies), sealed),
    ]
    with django_assert_num_queries(4):  # who they are; the members; the guest, in each room
        found = participants_of(asked)
    assert found == [circle.mira, None, None, open_room.mira, None, guest, None]


def test_who_has_left_the_organisation_hears_nothing(circle):
    luis = circle.people["luis"]
    asked = [(window(luis), circle.session.pk), (window(circle.people["mira"]), circle.session.pk)]
    luis.account.is_active = False
    luis.account.save()
    assert participants_of(asked) == [None, circle.mira]


def test_a_stranger_asks_in_vain(circle):
    assert participants_of([(window(), circle.session.pk)]) == [None]
