"""Passes: what the links of a mail may do without a sign-in. Signed, for one letter, and only ever harmless.

A pass is shown by GET, which changes nothing (scanners and previews fetch links), and used by POST. It opens no words.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

from grapevine.kernel import clock
from grapevine.notifications.models import Letter
from grapevine.notifications.queries import letter_of

GOOD_FOR = timedelta(days=14)
FOR_LONG = timedelta(days=366)  # whoever wants no more mails may find an old one
SALT = "grapevine.notifications.pass"
STOP = "stop"
CONFIRM, CHANGE, PUT_OFF = ACTS = "confirm", "change", "put-off"


@dataclass(frozen=True)
class Pass:
    """This act, through this letter."""

    act: str
    letter: Letter


def token_for(act: str, letter: Letter) -> str:
    """What stands in the link."""
    until = clock.now() + (FOR_LONG if act == STOP else GOOD_FOR)
    return Signer(salt=SALT).sign_object([act, letter.pk, int(until.timestamp())])


def pass_in(token: str) -> Pass | None:
    """The pass, or None for a forged or expired one and for somebody who left."""
    try:
        act, pk, until = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    if datetime.fromtimestamp(until, UTC) < clock.now():
        return None
    letter = letter_of(pk)
    return Pass(act, letter) if letter else None
