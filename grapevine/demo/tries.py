"""What one could try as somebody: two or three things the demo is made for."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from grapevine.demo.bank import bank


@dataclass(frozen=True)
class Try:
    """A sentence and where it leads."""

    words: Any
    url_name: str
    asking: tuple[str, str] = ("", "")

    @property
    def url(self) -> str:
        """The address, with the words of a scenario already written where one would ask; empty while nobody serves it."""
        try:
            address = reverse(self.url_name)
        except NoReverseMatch:
            return ""
        organisation, scenario = self.asking
        return f"{address}?{urlencode({'words': bank(organisation).scenario(scenario).words})}" if scenario else address


TRIES = {
    "mira": (
        Try(
            _(
                "Ask who knows why every third frame goes missing. The words are there already; Sanne answers within a minute."
            ),
            "ask",
            ("halden", "two-clocks"),
        ),
        Try(
            _("Offer Ravi ten minutes, ask him one question and give him one idea. He plays back what he takes along."),
            "today",
        ),
        Try(_("Say that it is still right, then come back ten days later and tell what happened."), "today"),
    ),
    "sanne": (
        Try(_("Hear first what became of your idea, and let colleagues read it if you like."), "today"),
        Try(_("See who would find you for what, and hide a line."), "mine"),
        Try(
            _("See with whom you might sit in a circle, and ask to be moved. Nobody learns that it was you."), "circles"
        ),
    ),
    "jonas": (
        Try(_("Look for what Mira talked about with somebody else. You will not find it."), "people"),
        Try(_("Read the two lines you were invited to notice."), "inbox"),
    ),
    "tomasz": (
        Try(_("Answer Ingrid's question about the handover."), "today"),
        Try(_("Ask one more thing before you tell."), "ask", ("brigid", "huddle-grew")),
        Try(_("Form two circles of the fourteen people who applied to yours."), "circles"),
    ),
    "aiko": (
        Try(
            _("Host your circle: the door is open, and Dana brings something. Step in as Mira in a second window."),
            "today",
        ),
        Try(_("Give Ben two ideas, or point him to somebody else."), "today"),
        Try(_("See whom you lean on and who leans on you."), "network"),
    ),
    "eva": (
        Try(_("Bring in a list of people, and look whether you can read anybody's words. You cannot."), "organisation"),
    ),
}


def tries_of(key: str) -> list[Try]:
    """For this persona, as far as the pages are there."""
    return [one for one in TRIES.get(key, ()) if one.url]
