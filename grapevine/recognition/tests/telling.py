"""How far a talk has come, told by real actions."""

from grapevine.challenges import actions as challenges
from grapevine.vaults import actions as vaults

IDEA = "Power them one at a time."
HAPPENED = "Two clocks, one bench. Found in ten minutes."
THANKS = "You asked one question and saved me a week."


def played_back(by, *helpers, title="Whose clock is wrong?", alias=""):
    """Somebody brought a challenge, kept an idea of each helper, and committed to Monday."""
    vault = vaults.open_vault(kind="talk", seats=[(helper, "helper") for helper in helpers])
    vaults.admit(vault=vault, person=by, role="bringer", alias=alias)
    challenge = challenges.bring(by=by, vault=vault, title=title, words="A bench drops every third frame.")
    ideas = [challenges.offer_idea(by=helper, challenge=challenge, words=IDEA) for helper in helpers]
    challenges.play_back(by=by, challenge=challenge, keeping=ideas, when="it drops", will="look at both clocks")
    return challenge


def reported(by, *helpers, kind="used", words=HAPPENED, **told):
    """And said what happened."""
    challenge = played_back(by, *helpers, **told)
    challenges.report(by=by, commitment=challenge.playback.commitment, kind=kind, words=words)
    return challenge
