"""What happened in recognition."""

from grapevine.kernel.facts import fact


@fact
class ThanksSaid:
    """Somebody was thanked."""

    thanks: int
    by: int
    person: int


@fact
class StoryTold:
    """A helper is told what became of the idea."""

    story: int
    by: int
    person: int


@fact
class MadePublic:
    """Both agreed to show thanks or a story (`kind`) to colleagues."""

    kind: str
    recognition: int
    by: int
    person: int


@fact
class ShowingProposed:
    """One side would show it to colleagues; `asked` decides too."""

    kind: str
    recognition: int
    asked: int
