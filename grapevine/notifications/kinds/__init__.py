"""Everything Grapevine ever tells somebody: one table of kinds, and the topics one can switch off by mail.

Words here are ours alone; `%(name)s` is the one thing filled in, and under a pseudonym it is the pseudonym. Of circles
nothing is ever filled in.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from grapevine.notifications.kinds import circles, loop
from grapevine.notifications.kinds.kind import Kind

__all__ = ["ALL", "KINDS", "TOPICS", "Kind", "Topic"]

ALL = "all"


@dataclass(frozen=True)
class Topic:
    """What one switches on and off by mail. In the inbox everything is found anyway."""

    key: str
    label: Any
    hint: Any
    by_mail: bool = True


TOPICS = {
    topic.key: topic
    for topic in (
        Topic("monday", _("My Monday, in my own words"), _("At 08:30 on the day you spoke of, wherever you said it.")),
        Topic(
            "happened", _("What happened?"), _("Asked on the tenth day, once more on the fourteenth, then never again.")
        ),
        Topic("asked", _("Somebody asks for my help"), _("In your working hours, never while you rest.")),
        Topic("answers", _("Answers to what I asked"), _("A yes with a time comes at once.")),
        Topic("talk", _("Questions, answers and ideas in a talk"), _("At most one mail a day for each talk.")),
        Topic("circle", _("My circles"), _("Dates, and that something waits. Never a word of what is said there.")),
        Topic("heard", _("What became of my help, and thanks"), _("You hear it first.")),
        Topic("decide", _("A yes of mine is needed"), _("Before something is shown, named or passed on.")),
        Topic("pages", _("Somebody used a page of mine"), _("Off unless you want it."), by_mail=False),
    )
}

KINDS = loop.KINDS | circles.KINDS
