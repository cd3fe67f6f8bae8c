"""People's words: cleaned on the way in, made safe on the way out."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import nh3
from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

WORDS_MAX = 4_000
STEM_MIN = 3
# a full stop after one letter or a short number ends nothing: "1. Power it", "am 16. November", "z. B."
END = re.compile(r"(?<=[!?])\s|(?<=[^\W\d_]{2}\.)\s|(?<=\d{3}\.)\s|(?<=[^\w\s]\.)\s|\n")
ENDINGS = re.compile(r"(ungen|ingly|edly|ings|ing|ung|ies|ern|en|er|es|ed|em|ly|s|e|n)$")
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = set("p br strong em ul ol li blockquote code pre a h3 h4 hr table thead tbody tr th td".split())  # noqa: SIM905


def clean(words: str) -> str:
    """Words as they are kept: composed (NFC), without control characters, no space at either end."""
    plain = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"}).strip()


def markdown(words: str) -> SafeString:
    """Markdown as safe HTML: no raw HTML, no images, links open as strangers. Headings start at h3."""
    html = _MARKDOWN.render(words).replace("<h1>", "<h3>").replace("</h1>", "</h3>")
    html = html.replace("<h2>", "<h4>").replace("</h2>", "</h4>")
    return mark_safe(nh3.clean(html, tags=_TAGS, link_rel="noopener noreferrer nofollow"))  # noqa: S308 - nh3 cleaned it


def stems(words: str) -> list[str]:
    """The searchable beginnings of the telling words, each once, in order.

    A light stemmer that serves English and German alike: lower case, no accents, the commonest endings
    off, at least three letters left. `frames` and `Frame` meet in `fram`.
    """
    told = re.findall(rf"[^\W_]{{{STEM_MIN},}}", _plain(words))
    return list(dict.fromkeys(_stem(word) for word in told if word not in _telling_nothing()))


def shorten(words: str, most: int = 80) -> str:
    """The first sentence or line, cut at a word when it is longer than `most` characters."""
    return cut(END.split(words.strip(), maxsplit=1)[0].rstrip("."), most)


def cut(words: str, most: int) -> str:
    """The same words; what is longer than `most` characters ends after a word."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def listed(names: Iterable[str]) -> str:
    """`Mira`, `Mira and Sanne`, `Mira, Sanne and Olav`."""
    names = list(names)
    if len(names) <= 1:
        return "".join(names)
    return _("%(all_but_last)s and %(last)s") % {"all_but_last": ", ".join(names[:-1]), "last": names[-1]}


def number_in(words: str | None) -> int:
    """The number that an address or a form names; 0 for anything else, or for one that is too long to be anybody's."""
    return int(words) if words and words.isdecimal() and len(words) <= 18 else 0  # noqa: PLR2004 - what a row's id holds


class WordsField(forms.CharField):
    """A text box for people's words: cleaned, never longer than we can keep."""

    def __init__(self, *, rows: int = 3, max_length: int = WORDS_MAX, **options: Any) -> None:
        """`rows` is the height of the box before anything is typed."""
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        """Clean before the length and emptiness are judged."""
        return clean(super().to_python(value) or "")


def _stem(word: str) -> str:
    ending = ENDINGS.search(word)
    return word[: ending.start()] if ending and ending.start() >= STEM_MIN else word


def _plain(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(c))


@cache
def _telling_nothing() -> frozenset[str]:
    lines = (Path(__file__).parent / "stopwords.txt").read_text().splitlines()[1:]
    return frozenset(_plain(" ".join(lines)).split())
