"""The skills that come with Grapevine. Others come in through `importing`."""

from grapevine.skills.importing import Outcome, bring_in, read_starter


def load_starter() -> Outcome:
    """The skills of working together, in every language we have. Running it again changes nothing."""
    return bring_in(read_starter())
