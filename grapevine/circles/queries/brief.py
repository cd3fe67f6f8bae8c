"""What the bringer takes along: their own text, and what it begins with."""

from django.utils.translation import gettext as _

from grapevine.challenges import queries as challenges
from grapevine.circles.models import Brief, Brought
from grapevine.kernel.policy import one_or_none, visible
from grapevine.people.models import Person
from grapevine.vaults.queries import read


def kept_words(reader: Person, brought: Brought) -> str:
    """The brief as its writer left it; empty while there is none."""
    kept = one_or_none(visible(reader, Brief).filter(brought=brought).select_related("words"))
    return read(reader, kept.words) if kept else ""


def first_words(reader: Person, brought: Brought) -> str:
    """The challenge in one line, the ideas that were kept, the promise, and room for what one asks of the reader.

    Nobody else is named: their ideas are theirs, who said them stays in the circle.
    """
    told = challenges.story(reader, brought.challenge)
    kept = [offered.words for offered in told.ideas if offered.idea.kept_at]
    promise = (
        _("When %(when)s, I will %(will)s") % {"when": told.line.when, "will": told.line.will} if told.line else ""
    )
    parts = (
        (_("What it is about"), told.title),
        (_("What I heard that helps"), "\n".join(f"- {words}" for words in kept)),
        (_("What I will do"), promise),
        (_("What I ask of you"), ""),
    )
    return "\n\n".join(f"{title}\n{words}".rstrip() for title, words in parts)
