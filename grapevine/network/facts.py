"""What happened among ties."""

from grapevine.kernel.facts import fact


@fact
class TieProposed:
    """`by` would show the tie; `asked` decides too."""

    by: int
    asked: int


@fact
class TieAgreed:
    """Both agreed: the tie is on both maps."""

    one: int
    other: int
