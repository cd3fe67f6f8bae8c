"""CASE 1.1 of 1EdTech: one CFPackage as JSON, as `getCFPackage` answers it.

Each CFItem becomes a skill, except that below another item (`isChildOf`) a last item whose type says *level* becomes a
level of that skill, and one whose type says *indicator* or *sign* a sign of it; so does what `hasSkillLevel` points to. Rubrics are
left alone: they rate people. CASE 1.0 has the same names and is read as well.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from grapevine.kernel.text import shorten
from grapevine.skills.importing.files import Node, document, text_of
from grapevine.skills.importing.shapes import LONGEST, FrameworkRead, Rejected, SkillRead, Spot, each_once, gather

CHILD, HAS_LEVEL = "isChildOf", "hasSkillLevel"
LEVEL, SIGN = ("level",), ("indicator", "sign")


@dataclass
class Item:
    """A CFItem and what hangs below it."""

    path: str
    key: str
    statement: str
    short: str
    code: str
    kind: str
    also: list[str]
    below: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """A name short enough for a list."""
        return self.short or (
            self.statement if len(self.statement) <= LONGEST else shorten(self.statement, LONGEST - 1)
        )

    def is_a(self, kinds: tuple[str, ...]) -> bool:
        """Whether its type says one of these words, and nothing is below it."""
        return not self.below and any(kind in self.kind.lower() for kind in kinds)


def read_case(path: Path) -> FrameworkRead:
    """The whole package. Raises UnreadableError."""
    wrong: list[Rejected] = []
    package = document(text_of(path), wrong)
    head = package.part("CFDocument")
    items = [_item(node) for node in package.parts("CFItems")]
    by_key = {item.key: item for item in items}
    _hang(package, by_key, head.text("identifier", required=True), wrong)
    skills, rejected = gather(_skills(items, by_key)) if not wrong else ((), [])
    return FrameworkRead(
        key=f"case:{head.text('identifier')}"[:80],
        name=head.text("title", required=True)[:LONGEST],
        source=(head.text("officialSourceURL") or head.text("uri"))[:300],
        licence=_licence(head),
        skills=skills,
        rejected=(*wrong, *rejected),
    )


def _item(node: Node) -> Item:
    key = node.text("identifier", required=True)
    if key and not _is_uuid(key):
        node.wrong.append(Rejected(_("An identifier is a UUID; this is none."), path=f"{node.path}.identifier"))
    other = [node.text("alternativeLabel"), *node.texts("conceptKeywords")]
    return Item(
        node.path,
        key,
        node.text("fullStatement", required=True),
        node.text("abbreviatedStatement"),
        node.text("humanCodingScheme"),
        node.text("CFItemType"),
        [node.text("humanCodingScheme"), *other],
    )


def _hang(package: Node, items: dict[str, Item], root: str, wrong: list[Rejected]) -> None:
    """Put each item below its parent, in the order that the associations number."""
    hung: defaultdict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    for n, node in enumerate(package.parts("CFAssociations")):
        kind = node.text("associationType", required=True)
        ends = [node.part(end).text("identifier", required=True) for end in ("originNodeURI", "destinationNodeURI")]
        child, parent = ends if kind == CHILD else reversed(ends)
        if kind not in (CHILD, HAS_LEVEL) or not (child and parent) or parent == root:
            continue
        if child in items and parent in items:
            hung[parent, kind].append((node.value.get("sequenceNumber") or n, n, child))
        elif kind == CHILD:
            stranger = child if child not in items else parent
            wrong.append(Rejected(_("%(key)s is no item of this package.") % {"key": stranger}, path=node.path))
    for (parent, kind), children in hung.items():
        (items[parent].below if kind == CHILD else items[parent].levels).extend(
            key for *_order, key in sorted(children)
        )


def _skills(items: list[Item], by_key: dict[str, Item]) -> Iterator[tuple[Spot, SkillRead]]:
    hangs = {key for item in items for key in item.below}
    levels = {key for item in items for key in item.levels}
    for item in items:
        if item.key in levels or (item.key in hangs and item.is_a(LEVEL + SIGN)):
            continue
        below = [by_key[key] for key in item.below]
        steps = [*(by_key[key] for key in item.levels), *(i for i in below if i.is_a(LEVEL))]
        yield (
            Spot("identifier", "fullStatement", path=item.path),
            SkillRead(
                key=item.key,
                name=item.title,
                sentence=item.statement if item.statement != item.title else "",
                signs=tuple(i.statement for i in below if i.is_a(SIGN) and i not in steps),
                also=each_once(item.also, besides=item.title),
                levels=tuple(
                    dict.fromkeys((i.short or i.code or i.kind or str(n), i.statement) for n, i in enumerate(steps, 1))
                ),
            ),
        )


def _licence(head: Node) -> str:
    link = head.value.get("licenseURI") if isinstance(head.value, dict) else None
    return str(link.get("title", ""))[:120] if isinstance(link, dict) else ""


def _is_uuid(words: str) -> bool:
    try:
        return bool(UUID(words))
    except ValueError:
        return False
