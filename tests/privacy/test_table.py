"""Every address and eight kinds of people: who comes in, who finds nothing, who is led to the door.

`in` the page answers · `door` to sign-in · `404` as if it did not exist · `403` seen but not allowed.
A new address without a row fails. Each cell runs alone and is rolled back.
"""

from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse

from grapevine.people.models import Person

WHO = ("anonymous", "mira", "sanne", "jonas", "lene", "tomasz", "eva", "left")
#      nobody       asker   helper   lead     colleague other house admin  former member
MEMBERS = "door in in in in in in door"
HALDEN = "door in in in in 404 in door"
ASKER = "door in 404 404 404 404 404 door"
OPEN = "door in 403 403 403 404 403 door"  # colleagues see it, its owner alone may change it
TWO = "door in in 404 404 404 404 door"
NOT_YET = "door 403 403 404 404 404 404 door"
APPLICANT = "door 404 in 404 404 404 404 door"
ADMIN = "door 404 404 404 404 404 in door"
WORLD = "in in in in in in in in"

TABLE = {
    # people
    "healthz": (None, WORLD),
    "home": (None, MEMBERS),
    "ui:gallery": (None, WORLD),
    "ui:scheme": (None, WORLD),
    "ui:style": ({"version": "x"}, WORLD),
    "settings": (None, MEMBERS),
    "settings-look": (None, MEMBERS),
    "settings-hours": (None, MEMBERS),
    "shift-add": (None, MEMBERS),
    "settings-rest": (None, MEMBERS),
    "rest-end": (None, MEMBERS),
    "settings-consent": (None, MEMBERS),
    "settings-blocks": (None, MEMBERS),
    "settings-door": (None, MEMBERS),
    "settings-address": (None, MEMBERS),
    "unblock": ("dev", HALDEN),
    "organisation": (None, ADMIN),
    "people-list-look": (None, ADMIN),
    "administrator-make": (None, ADMIN),
    "leaver-look": (None, ADMIN),
    "leaver": ("olav", ADMIN),
    "see-off": ("olav", ADMIN),
    "people-list": ("list", ADMIN),
    "people-list-bring": ("list", ADMIN),
    "administrator-withdraw": ("office", "door 404 404 404 404 404 403 door"),
    "shift-remove": ("shift", ASKER),
    "session-end": ({"pk": 0}, MEMBERS),
    # skills
    "people": (None, MEMBERS),
    "people-find": (None, MEMBERS),
    "person": ("olav", HALDEN),
    "person-block": ("olav", HALDEN),
    "mine": (None, MEMBERS),
    "offer": (None, MEMBERS),
    "seek": (None, MEMBERS),
    "be-found": (None, MEMBERS),
    "offer-renew": ("offer", OPEN),
    "offer-withdraw": ("offer", OPEN),
    "interest-withdraw": ("interest", OPEN),
    "skill": ("skill", MEMBERS),
    "evidence-agree": ("line", "door 403 404 404 404 404 404 door"),
    "evidence-hide": ("line", ASKER),
    "evidence-show": ("line", "door 403 404 404 404 404 404 door"),
    "evidence-delete": ("line", ASKER),
    "no-longer-me": ("line", ASKER),
    # challenges
    "challenges": (None, MEMBERS),
    "challenge": ("challenge", TWO),
    "challenge-story": ("challenge", TWO),
    "challenge-ask": ("challenge", "door 403 in 404 404 404 404 door"),
    "challenge-idea": ("challenge", "door 403 in 404 404 404 404 door"),
    "playback": ("challenge", "door in 403 404 404 404 404 door"),
    "keep-together": ("challenge", TWO),
    "challenge-close": ("challenge", "door in 403 404 404 404 404 door"),
    "challenge-topic": ("done", "door in 403 404 404 404 404 door"),
    "question-answer": ("question", "door in 403 404 404 404 404 door"),
    "commitment-confirm": ("commitment", ASKER),
    "commitment-change": ("commitment", ASKER),
    "commitment-put-off": ("commitment", ASKER),
    "outcome": ("commitment", ASKER),
    "noticing": ("noticing", ASKER),
    "examples": (None, MEMBERS),
    "example-new": (None, MEMBERS),
    "example": ("example", HALDEN),
    "example-use": ("example", "door 403 in in in 404 in door"),
    "example-named": ("example", "door 403 403 403 403 404 403 door"),
    "example-withdraw": ("example", "door in 403 403 403 404 403 door"),
    # rooms
    "rooms": (None, MEMBERS),
    "room": ("room", TWO),
    "room-stage": ("room", TWO),
    "room-here": ("room", TWO),
    "room-do": ("room", TWO),
    "room-say": ("room", TWO),
    "room-join": (None, WORLD),
    "formats": ("room_vault", TWO),
    "format-own": ("way", TWO),
    "format-drop": ("way", TWO),
    # circles
    "circle": ("circle", TWO),
    "circle-now": ("circle", TWO),
    "circle-agreement": ("circle", TWO),
    "circle-sign": ("circle", TWO),
    "circle-place": ("circle", TWO),
    "circle-leave": ("circle", TWO),
    "circle-missed": ("circle", TWO),
    "circle-left": (None, MEMBERS),
    "chair-answer": ("chair", "door 404 404 404 in 404 404 door"),
    "cohort-welcome": ("circle_cohort", "door in 403 403 403 404 403 door"),
    "meeting": ("ahead", TWO),
    "meeting-come": ("ahead", TWO),
    "meeting-move": ("ahead", TWO),
    "meeting-way": ("ahead", TWO),
    "meeting-off": ("ahead", TWO),
    "meeting-room": ("ahead", NOT_YET),
    "meeting-bring": ("ahead", "door in 403 404 404 404 404 door"),
    "meeting-pulse": ("held", "door 403 in 404 404 404 404 door"),
    "meeting-tally": ("held", TWO),
    "promise-happened": ("promise", "door 403 in 404 404 404 404 door"),
    "brief": ("brought", "door 403 in 404 404 404 404 door"),
    "turn-swap": ("duty", "door in 403 404 404 404 404 door"),
    "swap-answer": ("swap", "door 403 in 404 404 404 404 door"),
    "alumni-call": ("alumni", TWO),
    "in-touch": ("alumni", NOT_YET),
    "call-answer": ("call", "door 403 in 404 404 404 404 door"),
    "call-back": ("call", NOT_YET),
    "call-end": ("call", "door in 403 404 404 404 404 door"),
    "call-gather": ("call", NOT_YET),
    "circles-calendar": (None, MEMBERS),
    "calendar-feed": ({"token": "forged"}, "404 404 404 404 404 404 404 404"),
    # asks
    "ask": (None, MEMBERS),
    "asks": (None, MEMBERS),
    "settings-asks": (None, MEMBERS),
    "ask-sent": ("ask", ASKER),
    "ask-answers": ("ask", ASKER),
    "ask-close": ("ask", ASKER),
    "request": ("request", "door in 404 404 in 404 404 door"),
    "reply": ("request", "door 403 404 404 in 404 404 door"),
    "request-back": ("request", "door in 404 404 403 404 404 door"),
    "request-reveal": ("talked", TWO),
    "introduction": ("introduction", ASKER),
    "introduction-back": ("introduction", ASKER),
    # circles: the way to one
    "circles": (None, MEMBERS),
    "cohort-new": (None, MEMBERS),
    "cohort": ("cohort", HALDEN),
    "cohort-change": ("cohort", OPEN),
    "cohort-call-off": ("cohort", OPEN),
    "cohort-taste": ("cohort", HALDEN),
    "cohort-taste-leave": ("cohort", HALDEN),
    "cohort-apply": ("cohort", HALDEN),
    "cohort-form": ("cohort", OPEN),
    "application": ("application", APPLICANT),
    "application-change": ("application", APPLICANT),
    "application-withdraw": ("application", APPLICANT),
    "application-move": ("shown", APPLICANT),
    "application-stay": ("shown", "door 404 403 404 404 404 404 door"),
    "proposal": ("proposal", ASKER),
    "proposal-cards": ("proposal", ASKER),
    "proposal-move": ("proposal", "door 404 404 404 404 404 404 door"),
    "proposal-lock": ("proposal", "door 404 404 404 404 404 404 door"),
    "proposal-show": ("proposal", ASKER),
    # recognition
    "thanks": (None, MEMBERS),
    "thank": ("played", ASKER),
    "thank-person": ("olav", HALDEN),
    "hear": ("story", "door 403 in 404 404 404 404 door"),
    "show-recognition": ("thanks", TWO),
    "keep-recognition-between": ("thanks", "door 403 403 404 404 404 404 door"),
    "take-back-recognition": ("thanks", "door 403 403 404 404 404 404 door"),
    # network
    "network": (None, MEMBERS),
    "visit": (None, MEMBERS),
    "visit-change": ("visit", ASKER),
    "visit-remove": ("visit", ASKER),
    "tie-agree": ("sanne", "door in 404 404 404 404 404 door"),
    "tie-withdraw": ("sanne", "door in 404 404 404 404 404 door"),
    # notifications
    "today": (None, MEMBERS),
    "inbox": (None, MEMBERS),
    "inbox-read": (None, MEMBERS),
    "notice": ("notice", ASKER),
    "mail-settings": (None, MEMBERS),
    "nudge": ("nudge", ASKER),
    "letter": ({"token": "forged"}, WORLD),
}
# the talk in which the former member had a seat, as helper
LEFT = {
    "challenge": ("left_talk", ASKER),
    "challenge-story": ("left_talk", ASKER),
    "challenge-ask": ("left_talk", "door 403 404 404 404 404 404 door"),
    "challenge-idea": ("left_talk", "door 403 404 404 404 404 404 door"),
    "keep-together": ("left_talk", ASKER),
    "question-answer": ("left_question", ASKER),
    "request": ("helped", ASKER),
    "reply": ("helped", "door 403 404 404 404 404 404 door"),
}
KIND = {
    "hear": "story",
    "show-recognition": "thanks",
    "keep-recognition-between": "thanks",
    "take-back-recognition": "thanks",
}


def test_every_address_has_a_row():
    named = {name for name, module in _routes(get_resolver().url_patterns) if module.startswith("grapevine.") and name}
    demo = {name for name in named if name.startswith(("demo-", "mail-room"))}
    assert named - demo - set(TABLE) == set()
    assert set(TABLE) - named == set()


def test_who_comes_in(everything, door, client, subtests):
    visitors = {who: client if who == "anonymous" else door(getattr(everything.world, who)) for who in WHO}
    for name, (key, expected) in TABLE.items():
        address = _address(name, key, everything)
        with subtests.test(name):
            assert _row(visitors, address) == expected


def test_who_had_a_seat_and_left_sees_nothing_of_the_talk(everything, door, client, subtests):
    """Neither now nor when they belong here again."""
    world, things = everything.world, everything.things
    seats = {seat.person: seat.until_at is None for seat in things.left_talk.vault.seats.all()}
    assert seats == {world.mira: True, world.left: False}
    visitors = {who: client if who == "anonymous" else door(getattr(world, who)) for who in WHO}
    for is_back in (False, True):
        if is_back:
            Person.objects.filter(pk=world.left.pk).update(left_on=None)
        for name, (key, expected) in LEFT.items():
            wanted = expected.removesuffix("door") + "404" if is_back else expected
            with subtests.test(name, is_back=is_back):
                assert _row(visitors, _address(name, key, everything)) == wanted


def _row(visitors, address):
    return " ".join(_answer(visitor, address) for visitor in visitors.values())


def _address(name, key, everything):
    if key is None or isinstance(key, dict):
        return reverse(name, kwargs=key)
    thing = getattr(everything.things, key, None) or getattr(everything.world, key)
    kind = {"kind": KIND[name]} if name in KIND else {}
    return reverse(name, kwargs={"pk": thing.pk} | kind)


def _answer(visitor, address):
    with transaction.atomic():
        answer = visitor.get(address)
        if answer.status_code == 405:
            answer = visitor.post(address)
        transaction.set_rollback(True)
    if answer.status_code in (403, 404):
        return str(answer.status_code)
    return "door" if answer.headers.get("Location", "").startswith("/accounts/login") else "in"


def _routes(patterns, within=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else within)
        else:
            yield pattern.name and within + pattern.name, pattern.callback.__module__
