"""What the loop of two people tells: asked, answered, talked, played back, heard."""

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from grapevine.asks.models import Introduction, Request
from grapevine.challenges.models import Challenge, Commitment, Example, Noticing
from grapevine.notifications.kinds.kind import Kind
from grapevine.recognition.models import HelperStory, Thanks
from grapevine.skills.models import Evidence

A_TALK_IS_OVER = timedelta(minutes=15)  # while two people talk on the page, no mail says so

# fmt: off
KINDS = {
    kind.key: kind
    for kind in (
        # my own words come back to me
        Kind(
            key="monday", topic="monday", icon="sun", model=Commitment, is_urgent=True, is_own=True,
            button=_("Open it"),
            subject=_("The day you spoke of has come"),
            more=_("Nobody else got this mail. Weeks change, and so may this."),
        ),
        Kind(
            key="happened", topic="happened", icon="sprout", model=Commitment, button=_("Say what happened"),
            subject=_("What happened?"),
            more=_("One line is enough. Used, changed on the way or dropped: each is worth knowing, and those who "
                   "helped you hear it first."),
        ),
        # somebody asks me
        Kind(
            key="asked", topic="asked", icon="message-circle-question-mark", model=Request,
            button=_("Read and answer"),
            subject=_("%(name)s asks for your help"),
            more=_("Read it when it suits you. Yes with a time, not now, or a pointer to somebody else: one tap is an "
                   "answer. A no needs no reason, and nobody can tell it from being busy."),
        ),
        Kind(
            key="released", topic="asked", icon="coffee", model=Request, is_mailed=False, button=_("See it"),
            subject=_("%(name)s asked somebody else as well; if you still have time, you are welcome"),
            more=_("Another time may suit better."),
        ),
        Kind(
            key="notice", topic="asked", icon="eye", model=Noticing, button=_("See what it is"),
            subject=_("%(name)s asks you to notice one thing"),
            more=_("Two lines say what they are trying. If you see it happen, one sentence from you is a gift."),
        ),
        # what I asked
        Kind(
            key="accepted", topic="answers", icon="handshake", model=Challenge, is_urgent=True,
            button=_("See when"),
            subject=_("%(name)s says yes"),
            more=_("There is a time for the two of you. What you are trying to do has a page now that only you two "
                   "read."),
        ),
        Kind(
            key="pointed", topic="answers", icon="waypoints", model=Request, button=_("See where"),
            subject=_("%(name)s knows where to look"),
            more=_("They point you to a page or to a colleague."),
        ),
        Kind(
            key="elsewhere", topic="answers", icon="repeat", model=Request, button=_("Ask somebody else"),
            subject=_("%(name)s could not take it on this time"),
            more=_("Two working days passed. That says nothing about you or your question; the others you saw are a "
                   "tap away."),
        ),
        Kind(
            key="went-on", topic="answers", icon="repeat", model=Request, button=_("See it"),
            subject=_("Your question went on to %(name)s"),
            more=_("Two working days passed without a yes, so the next of those you were shown has it now."),
        ),
        Kind(
            key="without", topic="answers", icon="repeat", model=Introduction, button=_("Ask somebody else"),
            subject=_("No introduction this time"),
            more=_("Two working days passed and no introduction came of it. That says nothing about you, your question "
                   "or anybody you asked; the others you saw are a tap away."),
        ),
        Kind(
            key="introduced", topic="answers", icon="handshake", model=Request, button=_("See it"),
            subject=_("%(name)s is happy to hear from you"),
            more=_("Everybody said yes to the introduction."),
        ),
        # in a talk
        Kind(
            key="question", topic="talk", icon="message-circle-question-mark", model=Challenge, again=True,
            after=A_TALK_IS_OVER, button=_("Read and answer"),
            subject=_("%(name)s has a question for you"),
            more=_("It stands on the page that only the two of you read."),
        ),
        Kind(
            key="answer", topic="talk", icon="message-circle", model=Challenge, again=True, after=A_TALK_IS_OVER,
            button=_("Read on"),
            subject=_("%(name)s answered you"),
            more=_("It stands on the page that only the two of you read."),
        ),
        Kind(
            key="idea", topic="talk", icon="lightbulb", model=Challenge, again=True, after=A_TALK_IS_OVER,
            button=_("Read it"),
            subject=_("%(name)s has an idea for you"),
            more=_("Keep it or let it go; it is yours to choose."),
        ),
        Kind(
            key="revealed", topic="talk", icon="users", model=Request, button=_("See who it is"),
            subject=_("Now you know each other's names"),
            more=_("Both of you chose to show who you are."),
        ),
        # what became of my help
        Kind(
            key="kept", topic="heard", icon="heart", model=Challenge, button=_("Read it"),
            subject=_("%(name)s takes along what you said"),
            more=_("They played back what they keep, and what they will try."),
        ),
        Kind(
            key="story", topic="heard", icon="sprout", model=HelperStory, button=_("Read it"),
            subject=_("%(name)s tells you what became of it"),
            more=_("You hear it before anybody else."),
        ),
        Kind(
            key="thanked", topic="heard", icon="hand-heart", model=Thanks, button=_("Read it"),
            subject=_("%(name)s thanks you"),
            more=_("In words, for you alone unless you both say otherwise."),
        ),
        Kind(
            key="noticed", topic="heard", icon="eye", model=Noticing, button=_("Read it"),
            subject=_("%(name)s saw you do it"),
            more=_("One sentence, for you alone."),
        ),
        Kind(
            key="shown", topic="heard", icon="users-round", model=None, is_mailed=False, button=_("See it"),
            subject=_("Shown to colleagues, as you both agreed"),
            more=_("Either of you can take it back."),
        ),
        Kind(
            key="tied", topic="heard", icon="waypoints", model=None, is_mailed=False, button=_("See it"),
            subject=_("You and %(name)s are on each other's map now"),
            more=_("Both of you said yes. Either can take it off again."),
        ),
        # a yes of mine is needed
        Kind(
            key="introduce", topic="decide", icon="handshake", model=Introduction, button=_("Read and answer"),
            subject=_("%(name)s asks you for an introduction"),
            more=_("You know them both. Nothing is passed on unless everybody says yes, and nobody learns who did not."),
        ),
        Kind(
            key="meet", topic="decide", icon="handshake", model=Introduction, button=_("Read and answer"),
            subject=_("%(name)s would introduce somebody to you"),
            more=_("Nothing is passed on unless you say yes, and nobody learns it if you do not."),
        ),
        Kind(
            key="reveal", topic="decide", icon="eye", model=Request, button=_("Decide"),
            subject=_("Show each other your names?"),
            more=_("The other side would. It happens only when both of you say so."),
        ),
        Kind(
            key="show", topic="decide", icon="users-round", model=Thanks, button=_("Decide"),
            subject=_("May colleagues read it?"),
            more=_("%(name)s says yes. It stays between the two of you unless you say so too."),
        ),
        Kind(
            key="found", topic="decide", icon="search", model=Evidence, button=_("Decide"),
            subject=_("May colleagues find you for this?"),
            more=_("%(name)s, whom you helped, proposes a line about you. It counts only when you agree, and you can "
                   "take it back."),
        ),
        Kind(
            key="named", topic="decide", icon="book-open", model=Example, button=_("Read it first"),
            subject=_("%(name)s would name you on a page"),
            more=_("Colleagues see the page only when you agree."),
        ),
        Kind(
            key="tie", topic="decide", icon="waypoints", model=None, button=_("Decide"),
            subject=_("%(name)s would show that you two help each other"),
            more=_("It is on the map only when both of you agree."),
        ),
        # my pages
        Kind(
            key="used", topic="pages", icon="book-open", model=Example, again=True, button=_("Open the page"),
            subject=_("A colleague used a page you wrote"),
            more=_("It helped somebody go on."),
        ),
    )
}
# fmt: on
KINDS["went-on-without"] = replace(
    KINDS["went-on"],
    key="went-on-without",
    model=Introduction,
    more=_("Two working days passed and no introduction came of it, so the next of those you were shown has it now."),
)
KINDS["released-between"] = replace(
    KINDS["released"],
    key="released-between",
    model=Introduction,
    subject=_("%(name)s has asked somebody else; there is nothing left to do"),
)
KINDS["show-story"] = replace(KINDS["show"], key="show-story", model=HelperStory)
