"""What happened among people."""

from datetime import date

from grapevine.kernel.facts import fact


@fact
class HelpGiven:
    """The helped person accepted help: kept an idea, reported an outcome, or said thanks.

    Ids are of persons. `kind` says how the value was received (idea, outcome, thanks); `occasion` names an open
    occasion and is blank when it was a sealed one, and then `on` is the Monday of the week.
    """

    helper: int
    helped: int
    kind: str
    occasion: str
    on: date


@fact
class PersonLeft:
    """Somebody does not belong here any more."""

    person: int
