"""What templates and styles may hold: nothing inline, nothing that has a left or a right."""

import re

from tests.architecture.house import ours, where

INLINE = re.compile(r"""<[^>]*\s(style|on(?!ly\b)[a-z]+)\s*=\s*["']|<style(?![^>]*nonce)|<script(?![^>]*(src|nonce))""")
OUTSIDE = re.compile(r"""(src|href)\s*=\s*["'](https?:)?//(?!www\.w3\.org)""")
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)[\w-]*|left|right|top|bottom)\s*:"
    r"|(text-align|float|clear)\s*:\s*(left|right)\b|border-(top|bottom)-(left|right)-radius"
)
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|/\*.*?\*/", re.DOTALL)


def test_nothing_is_inline():
    assert not (wrong := found(INLINE, "*.html")), "\n".join(wrong)


def test_pages_load_nothing_from_elsewhere():
    assert not (wrong := found(OUTSIDE, "*.html")), "\n".join(wrong)


def test_styles_know_start_and_end_only():
    assert not (wrong := found(PHYSICAL, "*.css")), "\n".join(wrong)


def found(pattern: re.Pattern[str], files: str) -> list[str]:
    """Where the pattern occurs outside comments."""
    return [
        f"{where(file, text.count(chr(10), 0, hit.start()) + 1)} {' '.join(hit[0].split())}"
        for file in ours(files)
        for text in [_without_comments(file.read_text())]
        for hit in pattern.finditer(text)
    ]


def _without_comments(text: str) -> str:
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
