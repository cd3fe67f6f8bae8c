"""How far an ask has come, told by real actions."""

import re
from datetime import timedelta

from django.apps import apps

from grapevine.asks import actions
from grapevine.asks.actions import Asked
from grapevine.asks.models import Ask, Introduction, Reply, Request
from grapevine.challenges.tests.talking import facts, marks, page
from grapevine.kernel import clock
from grapevine.vaults.models import SealedText, Vault

__all__ = [
    "Asked",
    "ask",
    "everything",
    "facts",
    "introduced",
    "later",
    "marks",
    "page",
    "plain",
    "request",
    "talk",
    "told",
]

WORDS = "A test bench drops every third frame. I am stuck at telling whose clock is wrong."
MESSAGE = "Hi, could you think it through with me?"
HINT = "It is about a test bench whose two clocks disagree."
TIME = "11:00, bring the trace."


def ask(by, *people, **options):
    """Somebody asks one or more colleagues."""
    to = [Asked(person, MESSAGE) for person in people]
    return actions.ask(by=by, words=WORDS, kind="think", to=to, **options)


def request(by, to, **options):
    """What one of them got."""
    return ask(by, to, **options).requests.get()


def talk(by, to, **options):
    """And a yes with a time: the request, with its talk."""
    sent = request(by, to, **options)
    actions.reply(by=to, request=sent, kind="yes", words=TIME)
    return sent


def introduced(by, to, through, **options):
    """Somebody asks to be introduced."""
    asked = [Asked(to, MESSAGE, through=through, hint=HINT)]
    return actions.ask(by=by, words=WORDS, kind="intro", to=asked, **options).introductions.get()


def later(**by):
    """So much time passes."""
    clock.freeze(clock.now() + timedelta(**by))


def plain(shown):
    """A page without what differs between any two introductions and any two forms."""
    shown = re.sub(r"/(introductions|asks|requests|live/ask)/\d+/", "/.../", shown)
    return re.sub(r"back-\d+|nonce[^ >]+|value=\"[^\"]{20,}\"|hx-headers[^>]+", "...", shown)


def told(person):
    """What stands in the inbox of somebody: kind and by whom."""
    notices = apps.get_model("notifications", "Notice")  # a higher slice: told, not imported
    return sorted(notices.objects.filter(person=person).values_list("kind", "by__name"))


def everything():
    """How many rows of each kind there are."""
    return {model.__name__: model.objects.count() for model in (Ask, Request, Reply, Introduction, Vault, SealedText)}
