"""How far a talk has come, told by real actions."""

import html
import re

from grapevine.challenges import actions, queries
from grapevine.challenges.models import Challenge
from grapevine.kernel.models import Fact
from grapevine.kernel.policy import get_visible_or_404
from grapevine.vaults import actions as vaults

TITLE, WORDS = "Whose clock is wrong?", "A bench drops every third frame. The trace looks clean."
IDEA, OTHER_IDEA = "Power them one at a time.", "Ask for the wiring plan."
WHEN, WILL = "the second device answers", "check both time sources"


def talk(by, *helpers, alias=""):
    """Somebody told a challenge to one or more colleagues."""
    vault = vaults.open_vault(kind="talk", seats=[(helper, "helper") for helper in helpers])
    vaults.admit(vault=vault, person=by, role="bringer", alias=alias)
    return actions.bring(by=by, vault=vault, title=TITLE, words=WORDS)


def again(challenge):
    """The challenge as it is now, with nothing known of it."""
    return Challenge.objects.get(pk=challenge.pk)


def play_back(challenge, *keeping, **told):
    """The bringer keeps these ideas and commits."""
    kept = {"keeping": keeping, "when": WHEN, "will": WILL} | told
    return actions.play_back(by=challenge.brought_by, challenge=challenge, **kept)


def played_back(by, *helpers, **told):
    """One idea of each helper kept; the commitment that follows."""
    challenge = talk(by, *helpers)
    ideas = [actions.offer_idea(by=helper, challenge=challenge, words=IDEA) for helper in helpers]
    return play_back(challenge, *ideas, **told).commitment


def story(person, challenge):
    """The challenge as this person reads it."""
    return queries.story(person, get_visible_or_404(person, Challenge, pk=challenge.pk))


def facts(kind):
    """The bodies of all facts of a kind, in order."""
    return list(Fact.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True))


def page(answer, status=200):
    """The words of a page that came back with this status."""
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def marks(words, name):
    """Every value of this attribute on the page."""
    return re.findall(rf'\b{name}="([^"]*)"', words)
