"""The message, already written: what I try, a small ask, an easy no, and why this person."""

from django.utils.translation import gettext as _

from grapevine.asks.models import KindOfHelp
from grapevine.kernel.text import shorten

HINT_SHOWS = 160


def draft(*, first_name: str, words: str, kind: str, reason: str) -> str:
    """A message the asker may change. It names why this person was found."""
    parts = [
        _("Hi %(name)s,") % {"name": first_name} + "\n\n" + words.strip() + "\n\n" + _small_ask(kind),
        _("“Not now” is fine."),
        _("I found you by this line: “%(reason)s”") % {"reason": reason} if reason else "",
    ]
    return " ".join(part for part in parts if part)


def hint(*, words: str) -> str:
    """What an introduction is about, in a line: its beginning in the asker's words, which they may change or empty."""
    return _("It is about this: “%(words)s”. 15 minutes would help.") % {"words": shorten(words, HINT_SHOWS)}


def _small_ask(kind: str) -> str:
    return {
        KindOfHelp.SECOND_PAIR_OF_EYES: _(
            "Could you think it through with me for 15 minutes this week, or send me a line?"
        ),
        KindOfHelp.KNOW_HOW: _("Could you show me how you do it, 15 minutes this week?"),
        KindOfHelp.STORY: _("Has something like this happened to you? A short story would help, 15 minutes or a line."),
        KindOfHelp.INTRODUCTION: _("Is there somebody you think I should talk to, and would you introduce us?"),
        KindOfHelp.LISTEN: _("Would you have 15 minutes this week just to listen?"),
    }[KindOfHelp(kind)]
