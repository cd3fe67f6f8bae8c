"""What recognition lends to pages below it: the end of a challenge, and the page of a person."""

from typing import Any

from grapevine.challenges.models import Challenge
from grapevine.people.models import Person
from grapevine.recognition import queries
from grapevine.recognition.forms import ThanksForm


def at_challenge_end(reader: Person, challenge: Challenge) -> dict[str, Any] | None:
    """Thanks that can be said or were said, and whether colleagues may read them or what happened."""
    ending = queries.ending(reader, challenge)
    forms = [(voice, _form_for(seat.pk)) for seat, voice in ending.to_thank]
    if not (ending.thanks or ending.stories or forms):
        return None
    return {"challenge": challenge, "forms": forms, "thanks": ending.thanks, "stories": ending.stories, "me": reader}


def on_page_of(reader: Person, person: Person) -> dict[str, Any] | None:
    """What both agreed to show about this person, and a way to thank them."""
    shown = queries.thanks_of(reader, person)
    return {"shown": shown, "to": person, "is_me": reader == person} if shown or reader != person else None


def _form_for(seat: int) -> ThanksForm:
    return ThanksForm(initial={"seat": seat}, auto_id=f"thanks-{seat}-%s")
