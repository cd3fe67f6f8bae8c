"""Nobody waits because of their language or their zone when somebody of a group that is better off could wait instead."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from grapevine.circles.forming.numbered import Circle, Numbered

Group = tuple[str, object]


def lag(numbered: Numbered, circles: Sequence[Circle]) -> list[float]:
    """For each person how far the group of theirs that is placed least is from all being placed, 0 to 1."""
    seated = {one for circle in circles for one in circle}
    belongs, members = _groups(numbered), defaultdict(list)
    for one, theirs in enumerate(belongs):
        for group in theirs:
            members[group].append(one in seated)
    missing = {group: 1 - sum(sits) / len(sits) for group, sits in members.items()}
    return [max(missing[group] for group in theirs) for theirs in belongs]


def _groups(numbered: Numbered) -> list[set[Group]]:
    """For each person: with or without the language most people speak, and their zone where it is known."""
    spoken = Counter(language for one in numbered.people for language in one.languages)
    common = max(sorted(spoken, key=repr), key=spoken.__getitem__, default=None)
    return [
        {("common language", common in one.languages)} | ({("zone", one.zone)} if one.zone else set())
        for one in numbered.people
    ]
