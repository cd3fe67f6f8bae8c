"""What a kind of notice is made of."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Model


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One thing that may reach a person.

    `subject` is the line of the inbox and of the mail, `more` the sentence below it in the mail, `button` the one way
    in. `model` is what it is about: no longer visible, no mail. Urgent ones go out at once, the others wait for working
    hours, `after` a pause; one's `own` appointment comes even at rest. `again`: one mail a day for the same thing.
    """

    key: str
    topic: str
    icon: str
    subject: Any
    more: Any
    button: Any
    model: type[Model] | None
    is_urgent: bool = False
    is_own: bool = False
    is_mailed: bool = True
    again: bool = False
    after: timedelta = timedelta(0)
    calendar: str = ""
