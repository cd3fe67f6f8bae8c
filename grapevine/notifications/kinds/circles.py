"""What circles tell. No name, no theme, no word of what is said there: not in the subject, not below it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from grapevine.challenges.models import Challenge
from grapevine.circles.models import Call, Chair, Circle, Cohort, Meeting, Proposal, Swap
from grapevine.notifications.kinds.kind import Kind
from grapevine.recognition.models import HelperStory, Thanks

SOON_AGAIN = timedelta(minutes=30)  # while they edit together, one mail tells it all

# fmt: off
KINDS = {
    kind.key: kind
    for kind in (
        # before there is a circle
        Kind(
            key="circle-cards", topic="circle", icon="users-round", model=Proposal, button=_("Look at the cards"),
            subject=_("The circles you proposed can be looked at"),
            more=_("Move somebody, lock a circle, form the rest anew; then show it to everybody."),
        ),
        Kind(
            key="circle-off", topic="circle", icon="users-round", model=Cohort, button=_("See it"),
            subject=_("A circle you applied for does not come about"),
            more=_("What you wrote for it is destroyed. Circles start with one person and a question, and that may be "
                   "you."),
        ),
        Kind(
            key="circle-shown", topic="circle", icon="users-round", model=Cohort, button=_("See with whom"),
            subject=_("You can see with whom you might sit"),
            more=_("Look at the list while it is quiet. Would you rather sit elsewhere? One tap, no reason needed, "
                   "and nobody learns it was you."),
        ),
        Kind(
            key="circle-unplaced", topic="circle", icon="users-round", model=Cohort, button=_("See why"),
            subject=_("There is no seat that fits you yet"),
            more=_("The page says what stood in the way and what would help. You come first next time."),
        ),
        Kind(
            key="circle-formed", topic="circle", icon="users-round", model=Circle, calendar="season",
            button=_("Meet your circle"),
            subject=_("Your circle is there"),
            more=_("The dates are in the calendar part of this mail. The first meeting is for getting to know each "
                   "other; until then there is nothing to prepare."),
        ),
        Kind(
            key="circle-chair", topic="circle", icon="users-round", model=Chair, button=_("See with whom"),
            subject=_("A chair is free in a circle"),
            more=_("You waited for one. The page says who sits there and when they meet next; come if you like. A no "
                   "needs no reason, and nobody is told of it."),
        ),
        Kind(
            key="circle-joined", topic="circle", icon="users-round", model=Circle, calendar="season",
            button=_("Meet your circle"),
            subject=_("You have a seat in a circle"),
            more=_("The dates to come are in the calendar part of this mail. On its page you find the agreement: read it, "
                   "change what does not fit, then say: I'm in."),
        ),
        Kind(
            key="circle-welcome", topic="circle", icon="users-round", model=Circle, button=_("See who"),
            subject=_("Somebody joins your circle"),
            more=_("They read nothing of what was said before. The agreement is signed anew, by everybody."),
        ),
        Kind(
            key="circle-agreement", topic="circle", icon="pencil", model=Circle, again=True, after=SOON_AGAIN,
            button=_("Read and sign"),
            subject=_("The agreement of your circle changed"),
            more=_("It holds when everybody has said: I'm in."),
        ),
        # meetings
        Kind(
            key="meeting-today", topic="circle", icon="calendar", model=Meeting, is_urgent=True, is_own=True,
            button=_("Open it"),
            subject=_("Your circle meets today"),
            more=_("The page says when, what your part is, and has the door."),
        ),
        Kind(
            key="meeting-moved", topic="circle", icon="calendar", model=Meeting, calendar="moved",
            button=_("See when"),
            subject=_("A meeting of your circle has a new date"),
            more=_("The calendar part of this mail moves it for you."),
        ),
        Kind(
            key="meeting-off", topic="circle", icon="calendar", model=Meeting, calendar="off", button=_("See it"),
            subject=_("A meeting of your circle is called off"),
            more=_("The calendar part of this mail takes it out for you."),
        ),
        Kind(
            key="meeting-few", topic="circle", icon="calendar", model=Meeting, is_urgent=True,
            button=_("See who comes"),
            subject=_("Too few can come to the next meeting of your circle"),
            more=_("Four make a good hour. Any of you can move it."),
        ),
        Kind(
            key="meeting-missed", topic="circle", icon="heart", model=Circle, button=_("See the next date"),
            subject=_("Your circle missed you"),
            more=_("Weeks get full, and nobody keeps count. The next date is on the page; if you would rather step out, "
                   "that is fine too, and it takes one tap."),
        ),
        Kind(
            key="swap-asked", topic="circle", icon="repeat", model=Swap, button=_("Yes or no"),
            subject=_("Somebody in your circle would change turns with you"),
            more=_("A no needs no reason."),
        ),
        Kind(
            key="swap-answered", topic="circle", icon="repeat", model=Swap, is_mailed=False, button=_("See it"),
            subject=_("There is an answer about changing turns"),
            more=_("The page shows who does what now."),
        ),
        Kind(
            key="circle-kept", topic="circle", icon="heart", model=Challenge, button=_("Read it"),
            subject=_("Something said in your circle is taken along"),
            more=_("What was kept, and what will be tried, stands in the circle."),
        ),
        Kind(
            key="circle-story", topic="heard", icon="sprout", model=HelperStory, button=_("Read it"),
            subject=_("You hear what became of something said in your circle"),
            more=_("You hear it before anybody else."),
        ),
        Kind(
            key="circle-thanked", topic="heard", icon="hand-heart", model=Thanks, button=_("Read it"),
            subject=_("Somebody in your circle thanks you"),
            more=_("In words, for you alone unless you both say otherwise."),
        ),
        # leaving, ending, and what stays
        Kind(
            key="circle-stepped-out", topic="circle", icon="log-out", model=Circle, button=_("See it"),
            subject=_("Somebody stepped out of your circle"),
            more=_("They thank you and wish you well. The turns are planned anew, and the agreement is signed anew."),
        ),
        Kind(
            key="circle-out", topic="circle", icon="log-out", model=None, is_urgent=True, calendar="out",
            button=_("See it"),
            subject=_("You stepped out of a circle"),
            more=_("The calendar part of this mail takes its dates out for you. Go well."),
        ),
        Kind(
            key="circle-ended", topic="circle", icon="sprout", model=Circle, calendar="over",
            button=_("See what stays"),
            subject=_("Your circle has come to its end"),
            more=_("What was said is destroyed in thirty days. What is yours stays with you, and you can always call "
                   "each other again."),
        ),
        Kind(
            key="circle-touch", topic="circle", icon="message-circle", model=Circle, button=_("One tap"),
            subject=_("Ninety days later: still in touch?"),
            more=_("And is it time for a date to meet again?"),
        ),
        Kind(
            key="circle-call", topic="circle", icon="message-circle-question-mark", model=Call, button=_("Read it"),
            subject=_("Somebody you sat with in a circle has a new challenge"),
            more=_("If you have an hour, say so; if not, silence is fine."),
        ),
        Kind(
            key="circle-called", topic="circle", icon="handshake", model=Call, button=_("See it"),
            subject=_("Somebody has an hour for your new challenge"),
            more=_("As soon as two have one, you can meet."),
        ),
    )
}
# fmt: on
