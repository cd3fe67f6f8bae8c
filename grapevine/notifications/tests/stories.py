"""How far a story has come, told by real actions. Words carry marks, so that a leak is found by a search."""

from datetime import date

from grapevine.asks import actions as asks
from grapevine.asks.actions import Asked
from grapevine.challenges import actions as challenges

THE_ASK = "canary-ask: the bench drops every third frame"
THE_MESSAGE = "canary-message: could you look at it with me?"
THE_TIME = "canary-time: 11:00, bring the trace"
THE_IDEA = "canary-idea: look at the two clocks"
WHEN, WILL = "canary-when the review goes quiet", "canary-will ask my question first"
THE_LINE = "canary-outcome: it took half the time"
MONDAY = date(2026, 3, 16)


def asked(by, to, alias=""):
    """Somebody asks somebody."""
    made = asks.ask(
        by=by, words=THE_ASK, kind="think", to=[Asked(to, THE_MESSAGE, ("You have talked before.",))], alias=alias
    )
    return made.requests.get()


def agreed(by, to, alias=""):
    """And gets a yes with a time."""
    request = asked(by, to, alias)
    asks.reply(by=to, request=request, kind="yes", words=THE_TIME)
    request.refresh_from_db()
    return request.challenge


def advised(by, to, alias=""):
    """And an idea."""
    challenge = agreed(by, to, alias)
    challenges.offer_idea(by=to, challenge=challenge, words=THE_IDEA)
    return challenge


def played_back(by, to, on=MONDAY, alias=""):
    """And says what follows, and from when."""
    challenge = advised(by, to, alias)
    playback = challenges.play_back(
        by=by, challenge=challenge, keeping=challenge.ideas.all(), when=WHEN, will=WILL, on=on, got="question"
    )
    return playback.commitment


def reported(by, to, kind="used"):
    """And tells what happened."""
    commitment = played_back(by, to)
    challenges.report(by=by, commitment=commitment, kind=kind, words=THE_LINE)
    return commitment
