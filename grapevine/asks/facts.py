"""What happened to an ask. Ids and dates, never words."""

from grapevine.kernel.facts import fact


@fact
class RequestSent:
    """Somebody was asked."""

    request: int
    to: int


@fact
class RequestAccepted:
    """Yes, with a time; the two talk in `challenge`."""

    request: int
    asker: int
    helper: int
    challenge: int


@fact
class RequestAnswered:
    """An answer other than yes. What it was is not in the fact: the asker cannot tell a no from busy."""

    request: int
    asker: int
    points_on: bool


@fact
class RequestWentOn:
    """Nobody answered in 48 working hours: `to` was told, and the next person was asked with `next_request`."""

    request: int
    asker: int
    to: int
    next_request: int


@fact
class IntroductionProposed:
    """`through` is asked to introduce; `to` is asked once `through` said yes (`step` names who is asked)."""

    introduction: int
    asked: int
    step: str


@fact
class IntroductionMade:
    """Both said yes: the request is open."""

    introduction: int
    request: int
    asker: int


@fact
class IntroductionWentOn:
    """Nobody was introduced in 48 working hours, whoever said what: the next person was asked with `next_request`."""

    introduction: int
    asker: int
    next_request: int


@fact
class RevealOffered:
    """One side of a pseudonymous talk would show their name; `asked` decides too."""

    request: int
    asked: int


@fact
class Revealed:
    """Both sides pressed reveal."""

    request: int
    asker: int
    helper: int
