"""The same question to both databases; words cleaned and made safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Example
from grapevine.kernel import text
from grapevine.kernel.search import matching


@pytest.fixture
def pages(world):
    rows = {
        "Two clocks, one bench": "frames drop",
        "Ein Trafo wird warm": "Größe und Übertragung",
        "Saying no": "kindly",
    }
    return [challenges.release_example(by=world.mira, title=t, body=b) for t, b in rows.items()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Whose CLOCK drops a frame?", ["Two clocks, one bench"]),
        ("übertragungen", ["Ein Trafo wird warm"]),
        ("ubertragung", ["Ein Trafo wird warm"]),
        ("größe", ["Ein Trafo wird warm"]),
        ("clock or kindly said", ["Saying no", "Two clocks, one bench"]),
        ("the and of und der", []),
        ("", []),
        ('"; GRANT xyzzy; -- * ( ) AND NEAR', []),
    ],
)
def test_any_of_the_telling_words(pages, words, found):
    assert sorted(e.title for e in matching(Example.objects.all(), words)) == found


def test_every_word_when_asked(pages):
    assert [e.title for e in matching(Example.objects.all(), "clocks bench", every=True)] == ["Two clocks, one bench"]
    assert not matching(Example.objects.all(), "clocks kindly", every=True)


def test_the_better_match_comes_first(world, pages):
    challenges.release_example(by=world.mira, title="Clocks and frames on a bench", body="clock frame bench")
    assert matching(Example.objects.all(), "clock frame bench")[0].title == "Clocks and frames on a bench"


def test_what_is_changed_or_deleted_is_found_so(pages):
    Example.objects.filter(pk=pages[0].pk).update(title="Nothing of the kind", body="at all")
    assert not matching(Example.objects.all(), "clock")
    Example.objects.filter(pk=pages[2].pk).delete()
    assert not matching(Example.objects.all(), "saying")


def test_stems_of_both_languages():
    assert text.stems("Frames frame, the framing") == ["fram"]
    assert text.stems("Die Schulung, Schulungen") == ["schul"]


def test_words_are_cleaned():
    assert text.clean("  a\r\nb\x00\x07\u0085c\u0301  ") == "a\nbć"


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("**bold** <script>alert(1)</script>", "<p><strong>bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](https://a.example/b.png)", "<p></p>"),
        ("# big", "<h3>big</h3>"),
    ],
)
def test_markdown_is_safe(words, html):
    assert text.markdown(words).strip() == html


@given(st.text())
def test_no_markdown_makes_a_script_or_a_handler(words):
    html = text.markdown(words).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert " on" not in html.split(">")[0] or html.startswith("<p>")


@pytest.mark.parametrize(
    ("words", "short"),
    [("One. Two.", "One"), ("a line\nmore", "a line"), ("word " * 30, "word word…")],
)
def test_shortened_at_a_sentence_or_a_word(words, short):
    assert text.shorten(words, 10) == short


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("1. Power one device. 2. Look at the trace.", "1. Power one device"),
        ("1. Power one device\n2. Look at the trace", "1. Power one device"),
        ("12. Power one device! Then the other.", "12. Power one device!"),
        ("Am 16. November fiel es aus. Seitdem nicht mehr.", "Am 16. November fiel es aus"),
        ("Uhren, z. B. am Prüfstand, gehen vor. Alle.", "Uhren, z. B. am Prüfstand, gehen vor"),
        ("It has been there since 1987. Nobody has the key.", "It has been there since 1987"),
        ("“Later.” That is what they say (in June). I wait.", "“Later.” That is what they say (in June)"),
        ("1.", "1"),
    ],
)
def test_a_number_or_a_letter_with_a_full_stop_is_no_sentence(words, short):
    assert text.shorten(words) == short


@pytest.mark.parametrize(
    ("words", "number"),
    [(None, 0), ("", 0), ("7", 7), ("1234567", 1234567), ("9" * 18, int("9" * 18)), ("9" * 19, 0), ("-7", 0), ("²", 0)],
)
def test_a_number_in_an_address(words, number):
    assert text.number_in(words) == number
