"""The words people read, in every language. No gettext needed: Python reads the sources, Babel the catalogues.

`bin/messages` brings the catalogues up to date with the sources; `bin/check` says what is untranslated, doubtful
(fuzzy), or says a word that Grapevine does not use.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from grapevine.config.env import LANGUAGES
from tests.architecture.house import GRAPEVINE, ROOT, ours, tree

IS_STRICT = True
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
CALLS_WITH_CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2, "npgettext_lazy": 2}
IN_TEMPLATES = re.compile(r"\b(npgettext|ngettext|pgettext|gettext|_)\((.+?)\) ", re.DOTALL)
BLANKS = re.compile(r"%\(\w+\)[sd]|%%|</?\w+>")
NEVER = re.compile(r"(?i)\b(submit|users?|content|engagement|resources?|leaderboard|streak)\b")
HEADER = {
    "project": "Grapevine",
    "version": "1",
    "msgid_bugs_address": "none",
    "last_translator": "Grapevine",
    "language_team": "Grapevine",
    "revision_date": datetime(2026, 1, 1, tzinfo=UTC),
}
Key = tuple[str | None, str | tuple[str, ...]]


def main() -> int:
    """Check, or with `--update` write, every catalogue."""
    known = said()
    if "--update" in sys.argv:
        for file in catalogues():
            update(file, known)
        return 0
    wrong, open_ = [*unspeakable(known)], [line for file in catalogues() for line in unfinished(file, known)]
    print("\n".join([*wrong, *open_]))
    return 1 if wrong or (open_ and IS_STRICT) else 0


def said() -> dict[Key, list[str]]:
    """Every message of the sources, with the files that say it."""
    found: dict[Key, list[str]] = {}
    for file in [*ours("*.py"), *ours("*.html"), *ours("*.txt")]:
        for key in in_python(tree(file)) if file.suffix == ".py" else in_template(file.read_text()):
            found.setdefault(key, []).append(str(file.relative_to(ROOT)))
    return found


def in_python(module: ast.AST) -> Iterator[Key]:
    """Messages of gettext calls with literal words."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (key := _key(node)):
            yield key


def in_template(text: str) -> Iterator[Key]:
    """Messages of `trans` and `blocktrans`, which Django itself rewrites as gettext calls."""
    for call in IN_TEMPLATES.finditer(templatize(text) + " "):
        try:
            yield from in_python(ast.parse(call[0].strip()))
        except SyntaxError:
            continue


def _key(call: ast.Call) -> Key | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    literals = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    count, has_context = (CALLS_WITH_CONTEXT[name], 1) if name in CALLS_WITH_CONTEXT else (CALLS.get(name, 0), 0)
    if not count or len(literals) < count + has_context:
        return None
    words = tuple(literals[has_context : has_context + count])
    return (literals[0] if has_context else None), (words[0] if count == 1 else words)


def catalogues() -> list[Path]:
    """The file of every language but English, which the sources speak; it may not be there yet."""
    return [GRAPEVINE / "locale" / language / "LC_MESSAGES" / "django.po" for language in sorted(LANGUAGES - {"en"})]


def read(file: Path) -> Catalog:
    """The catalogue of the language its folder names."""
    if not file.exists():
        return Catalog(locale=file.parts[-3], header_comment="# The words of Grapevine.", fuzzy=False, **HEADER)
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parts[-3])


def unfinished(file: Path, known: dict[Key, list[str]]) -> Iterator[str]:
    """What is missing, empty, doubtful or filled in differently in one language."""
    catalogue = read(file)
    for (context, words), places in known.items():
        message = catalogue.get(words, context)
        if message is None or not _is_whole(message):
            yield f"{file.relative_to(ROOT)}: {'missing' if message is None else 'unfinished'}: {words!r} ({places[0]})"


def _is_whole(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(strings) and not message.fuzzy and _blanks(message.id) == _blanks(message.string)


def _blanks(words: str | tuple[str, ...] | list[str]) -> set[str]:
    """What is filled in, and the tags around it; of a plural, in its last form, since one may be said without a number."""
    return set(BLANKS.findall(words if isinstance(words, str) else words[-1]))


def update(file: Path, known: dict[Key, list[str]]) -> None:
    """Add what the sources say, drop what they do not say any more, guess nothing."""
    catalogue = read(file)
    template = Catalog(locale=file.parts[-3], creation_date=catalogue.creation_date)
    for (context, words), places in sorted(known.items(), key=str):
        template.add(words, context=context, locations=[(place, None) for place in sorted(set(places))])
    catalogue.update(template, no_fuzzy_matching=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalogue, width=110, ignore_obsolete=True, sort_output=True)


def unspeakable(known: dict[Key, list[str]]) -> Iterator[str]:
    """Words that Grapevine does not use towards people."""
    for (_, words), places in known.items():
        if NEVER.search(re.sub(r"%\(\w+\)s|<[^>]+>", "", " ".join([words] if isinstance(words, str) else words))):
            yield f"{places[0]}: not a word of ours: {words!r}"


if __name__ == "__main__":
    sys.exit(main())
