"""What happened to a challenge. Ids and dates, never words."""

from datetime import date

from grapevine.kernel.facts import fact


@fact
class ChallengeBrought:
    """A challenge was told to the people who have a seat."""

    challenge: int
    bringer: int


@fact
class SomethingSaid:
    """A question, an answer or an idea was added; `kind` says which."""

    challenge: int
    by: int
    kind: str


@fact
class PlayedBack:
    """The bringer kept ideas of `helpers` and committed to a day."""

    challenge: int
    bringer: int
    helpers: tuple[int, ...]
    on: date


@fact
class OutcomeReported:
    """What came of it was told; `kind` is used, changed or dropped."""

    challenge: int
    bringer: int
    helpers: tuple[int, ...]
    kind: str


@fact
class ChallengeClosed:
    """Ideas nobody kept are gone."""

    challenge: int
    bringer: int


@fact
class ExampleReleased:
    """A page was released to the organisation; `asked` are people it would like to name."""

    example: int
    by: int
    asked: tuple[int, ...]


@fact
class ExampleUsed:
    """A colleague used a page."""

    example: int
    writer: int
    by: int


@fact
class EvidenceProposed:
    """The helped person would let others find `helper` for a topic; the helper decides."""

    evidence: int
    helper: int
    helped: int
    challenge: int


@fact
class NoticingAsked:
    """`by` invited `person` to notice a commitment."""

    noticing: int
    by: int
    person: int


@fact
class Noticed:
    """`person` told `by` that they saw it."""

    noticing: int
    by: int
    person: int
