"""What happened around circles. Ids and dates, never words."""

from datetime import date

from grapevine.kernel.facts import fact


@fact
class CircleProposed:
    """A cohort was called for."""

    cohort: int
    by: int


@fact
class CohortCalledOff:
    """Nothing comes of it; `people` had applied."""

    cohort: int
    people: tuple[int, ...]


@fact
class ProposalFormed:
    """The engine has seated everybody; `by` proposed the cohort and looks at the cards."""

    proposal: int
    by: int


@fact
class ProposalShown:
    """Applicants see with whom they might sit; `people` are all who applied."""

    proposal: int
    people: tuple[int, ...]


@fact
class CircleFormed:
    """A circle was founded."""

    circle: int
    people: tuple[int, ...]


@fact
class ChairOffered:
    """Somebody who waited is asked whether they come."""

    chair: int
    application: int
    person: int


@fact
class Welcomed:
    """`person` joins a circle that is under way; `people` sat there already."""

    circle: int
    person: int
    people: tuple[int, ...]


@fact
class AgreementChanged:
    """A new version, or other members: everybody signs again."""

    circle: int
    by: int
    people: tuple[int, ...]


@fact
class MeetingMoved:
    """A meeting was moved or called off; `people` get a calendar mail. `kind` is moved or off."""

    meeting: int
    sequence: int
    kind: str
    people: tuple[int, ...]


@fact
class SwapAsked:
    """`by` would change turns with `to`."""

    swap: int
    by: int
    to: int


@fact
class SwapAnswered:
    """`by` said yes or no to `to`, who asked."""

    swap: int
    by: int
    to: int
    is_agreed: bool


@fact
class QuorumMissed:
    """Too few come to a meeting; `people` are told."""

    meeting: int
    people: tuple[int, ...]


@fact
class MeetingHeld:
    """A meeting was held; `people` were there."""

    meeting: int
    circle: int
    people: tuple[int, ...]


@fact
class MissedTwice:
    """`person` was not there twice in a row: they alone get kind words."""

    circle: int
    person: int
    meeting: int


@fact
class SteppedOut:
    """`person` left the circle; `people` stay."""

    circle: int
    person: int
    people: tuple[int, ...]


@fact
class CircleEnded:
    """The season is over; its words vanish `on`."""

    circle: int
    people: tuple[int, ...]
    on: date


@fact
class TouchAsked:
    """Ninety days have gone since the end; `people` are asked whether they are in touch still."""

    circle: int
    people: tuple[int, ...]


@fact
class CalledAlumni:
    """`by` has a new challenge; `people` sat with them."""

    call: int
    circle: int
    by: int
    people: tuple[int, ...]


@fact
class CallAnswered:
    """`by` has an hour for `to`."""

    call: int
    circle: int
    by: int
    to: int
