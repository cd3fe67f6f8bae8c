"""From the people of a map to marks that can be drawn."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from grapevine.kernel.text import listed
from grapevine.network.drawing import LABEL_MOST, MOST, as_units, draw
from grapevine.network.geometry import cut
from grapevine.network.queries import MyMap, Node
from grapevine.network.shapes import Drawing, Mark

WIDE = 672
SLIM = 340
SLIM_MOST = 12
NAMED = 3


def drawn(mine: MyMap) -> Drawing | None:
    """The map as a wide sheet; None while nobody is on it."""
    return draw(_marks(mine), width=WIDE, home=_home(mine)) if mine.nodes else None


def drawn_slim(mine: MyMap) -> Drawing | None:
    """The map for a phone; None when its names would not find room, then the list says it all."""
    marks = _marks(mine)
    return draw(marks, width=SLIM, home=_home(mine)) if 0 < len(marks) <= SLIM_MOST else None


def _marks(mine: MyMap) -> list[Mark]:
    shared = Counter(node.short_name for node in mine.nodes)
    marks = [_mark(node, is_shared=shared[node.short_name] > 1) for node in mine.nodes]
    if len(marks) <= MOST:
        return marks
    units = {node.unit for node in mine.nodes}
    return as_units(marks, {unit: _unit_title(unit, mine.nodes) for unit in units}, _("elsewhere"))


def _mark(node: Node, *, is_shared: bool) -> Mark:
    label = f"{node.short_name} {node.name.split()[-1][0]}." if is_shared and " " in node.name else node.short_name
    return Mark(
        label=cut(label, LABEL_MOST),
        title=_title(node),
        initials=node.face.initials,
        hue=node.face.hue,
        unit=node.unit,
        ring=node.closeness.ring,
        leans_on=node.leans_on,
        leaned_on=node.leaned_on,
        is_tie=node.is_tie,
        url=node.url,
    )


def _title(node: Node) -> str:
    known_from = _("on both your maps") if node.is_tie else _("from your own notes")
    return ", ".join(filter(None, [node.name, node.unit, str(node.closeness.word), known_from]))


def _unit_title(unit: str, nodes: Sequence[Node]) -> str:
    names = [node.name for node in nodes if node.unit == unit]
    return f"{unit}: {listed([*names[:NAMED], _('others')] if len(names) > NAMED else names)}"


def _home(mine: MyMap) -> str:
    return mine.me.unit.name if mine.me.unit else ""
