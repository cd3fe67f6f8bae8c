"""The frame, the components and the pages of the look."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_cotton.compiler_regex import CottonCompiler

from grapevine.kernel import clock
from grapevine.kernel.templatetags import ui as tags
from grapevine.kernel.ui import assets, context, places
from grapevine.kernel.ui.samples import PEOPLE, SampleForm

PACKAGE = Path(assets.__file__).parents[2]
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)  # a Tuesday


@pytest.fixture
def request_of_mira():
    request = RequestFactory().get("/")
    request.person = PEOPLE["mira"]
    request.csp_nonce = "n0nce"
    return request


@pytest.fixture
def noon():
    clock.freeze(NOON)
    with timezone.override("Europe/Oslo"):
        yield
    clock.release()


class EveryKind(forms.Form):
    """One field of each kind that can be wrong in its own way."""

    long = forms.CharField(max_length=3)
    short = forms.CharField(min_length=2)
    mail = forms.EmailField()
    many = forms.IntegerField(max_value=20)
    number = forms.IntegerField()
    day = forms.DateField()
    hour = forms.TimeField()
    kind = forms.ChoiceField(choices=[("think", "Think along")])
    file = forms.FileField()
    other = forms.FileField()


def shown(template: str, request: HttpRequest | None = None, **known: object) -> str:
    return engines["django"].from_string(CottonCompiler().process(template)).render(known, request)


def test_every_icon_named_anywhere_is_in_the_sprite():
    drawn = set(re.findall(r'symbol id="([^"]+)"', (assets.UI / "icons.svg").read_text()))
    named = re.compile(r'(?:\bicon="|<c-icon name="|{% icon "|\bicon=")([a-z0-9-]+)"')
    files = [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("apps.py")]
    wanted = {(name, file.name) for file in files for name in named.findall(file.read_text())}
    assert {pair for pair in wanted if pair[0] not in drawn} == set()


def test_nobody_invents_an_attribute():
    folder = assets.UI.parents[1] / "templates" / "cotton"
    declared = {file.stem: re.search(r"<c-vars ([^>]*)/>", file.read_text()) for file in folder.glob("*.html")}
    known = {name: set(re.findall(r"([a-z_]+)=", found[1])) if found else set() for name, found in declared.items()}
    used = re.compile(r"""<c-(?!slot|vars)([a-z]+)((?:\s+:{0,2}[a-z_-]+(?:="[^"]*"|='[^']*')?)*)\s*/?>""")
    attribute = re.compile(r"""\s:{0,2}([a-z_-]+)(?:="[^"]*"|='[^']*')?""")
    wrong = {
        (file.name, name, given)
        for file in PACKAGE.rglob("templates/**/*.html")
        for name, attributes in used.findall(file.read_text())
        for given in attribute.findall(attributes)
        if given not in known.get(name, set())
    }
    assert wrong == set()


def test_no_template_has_inline_style_or_script():
    inline = re.compile(
        r'\sstyle="|\son(?!ly)[a-z]+="|javascript:|<style|<script(?![^>]*(?:src=|type="application/json"))'
    )
    found = {file.name: inline.findall(file.read_text()) for file in PACKAGE.rglob("templates/**/*.html")}
    assert {name: what for name, what in found.items() if what} == {}


def test_the_frame_carries_a_nonce_and_no_stranger(request_of_mira):
    page = render_to_string("ui/frame.html", request=request_of_mira)
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
    assert all('nonce="n0nce"' in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_a_page_without_anything_known_still_shows():
    assert "Something broke" in render_to_string("500.html")


def test_what_is_not_there_and_what_is_not_ours_read_the_same(request_of_mira):
    signed_out = RequestFactory().get("/")
    assert all(
        "nothing here for you" in render_to_string("404.html", request=one) for one in (request_of_mira, signed_out)
    )


def test_a_phone_has_four_places_and_more():
    every = [places.Place(key=str(n), label="", icon="sun", url_name="x", order=n, narrow=n != 1) for n in range(6)]
    bar, behind = places.bar(every)
    assert [[p.key for p in bar], [p.key for p in behind]] == [["0", "2", "3", "4"], ["1", "5"]]


def test_a_place_nobody_serves_is_not_shown(request_of_mira):
    assert places.Place(key="x", label="", icon="sun", url_name="nobody-serves-this", order=1).url == ""


def test_the_place_is_the_longest_address_that_fits():
    frame = context.Frame(RequestFactory().get(reverse("ui:scheme")), PEOPLE["mira"])
    known = {"ui": "ui:gallery", "scheme": "ui:scheme"}
    frame.places = [places.Place(key=key, label="", icon="sun", url_name=name, order=1) for key, name in known.items()]
    assert frame.here == "scheme"
    frame = context.Frame(RequestFactory().get("/challenges/7/"), PEOPLE["mira"])
    frame.places = [
        places.Place(key="ask", label="", icon="sun", url_name="ui:gallery", order=1, also=("/challenges/",))
    ]
    assert frame.here == "ask"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today 13:00"),
        (-1, "yesterday 13:00"),
        (1, "tomorrow 13:00"),
        (3, "Friday 13:00"),
        (6, "Monday 13:00"),
        (7, "17 March"),
        (-2, "8 March 13:00"),
        (-3, "7 March 13:00"),
        (-30, "8 February"),
        (-400, "3 February 2025"),
    ],
)
def test_moments_are_said_as_one_would_say_them(noon, days, said):
    assert f">{said}</time>" in tags.when(NOON + timedelta(days=days))


def test_a_day_has_no_hour(noon):
    assert ">tomorrow</time>" in tags.when(date(2026, 3, 11))


@pytest.mark.parametrize(
    ("days", "said"), [(0, "10 March"), (1, "11 March"), (-3, "7 March"), (-100, "30 November 2025")]
)
def test_after_on_and_until_a_date_is_a_date(noon, days, said):
    assert f">{said}</time>" in tags.when(NOON + timedelta(days=days), "date")


def test_people_s_words_are_text():
    page = shown('<c-words size="s">\n {{ words }}\n</c-words>', words="<b>a</b>\nb")
    assert page.strip() == '<p class="words s plain" dir="auto">&lt;b&gt;a&lt;/b&gt;\nb</p>'


def test_a_field_is_tied_to_its_hint_and_its_error():
    page = shown('<c-field :field="form.words" big/>', form=SampleForm({"words": ""}))
    assert 'aria-describedby="id_words_hint id_words_error"' in page
    assert 'aria-invalid="true"' in page
    assert re.search(r'id="id_words_hint".*<textarea.*id="id_words_error"', page, re.DOTALL)


def test_the_summary_leads_to_the_field():
    page = shown('<c-errors :form="form"/>', form=SampleForm({"words": "hm"}))
    assert 'href="#id_kind"' in page
    assert shown('<c-errors :form="form"/>', form=SampleForm()).strip() == ""


def test_the_summary_counts_what_is_to_put_right_and_calms_only_who_typed():
    calm = "Nothing you typed is lost."
    typed = shown('<c-errors :form="form"/>', form=SampleForm({"words": "hm", "kind": "think"}))
    chosen = shown('<c-errors :form="form"/>', form=EveryKind({}, {}))
    assert [words in typed for words in ("One thing to put right.", calm)] == [True, True]
    assert [words in chosen for words in ("10 things to put right.", calm)] == [True, False]


def test_the_summary_calls_a_field_what_the_page_calls_it():
    page = shown(
        '<c-errors :form="form" label="Your words"/>', form=SampleForm({"words": "", "kind": "think", "agree": "on"})
    )
    assert '<a href="#id_words">Your words</a>: Something is still missing here.' in page


def test_a_form_speaks_as_we_do():
    """Whatever can be wrong with what somebody typed, chose or sent."""
    form = EveryKind(
        {
            "long": "abcd",
            "short": "a",
            "mail": "mira",
            "many": "21",
            "number": "one",
            "day": "30.2.",
            "hour": "noon",
            "kind": "x",
        },
        {"file": SimpleUploadedFile("people.csv", b"")},
    )
    assert {name: errors[0] for name, errors in form.errors.items()} == {
        "long": "This is too long: at most 3 characters fit, and it has 4.",
        "short": "This is too short: it takes at least 2 characters, and it has 1.",
        "mail": "This does not read like a mail address. They look like name@example.org.",
        "many": "At most 20.",
        "number": "Please write a whole number.",
        "day": "This is no day of the calendar. Please choose one.",
        "hour": "This is no time of day. Please write it like 08:30.",
        "kind": "This cannot be chosen, or not any more. Please choose again.",
        "file": "This file is empty. Please choose another one.",
        "other": "Something is still missing here.",
    }


def test_every_form_is_pressed_once(request_of_mira):
    page = shown('<c-form action="/x/" draft="d" sealed offline>a</c-form>', request_of_mira)
    assert len(re.findall('name="(?:once|csrfmiddlewaretoken)"', page)) == 2
    assert '<keep-draft key="d" sealed>' in page
    assert "<offline-tap sealed>" in page


def test_an_audience_always_has_words():
    assert all(re.search(r"<span>[^<]+</span>", tags.audience(kind)) for kind in tags.AUDIENCES)


def test_the_page_of_components_is_not_for_real_work(client, settings):
    settings.DEBUG = settings.GRAPEVINE_DEMO = False
    assert client.get(reverse("ui:gallery")).status_code == 404
    settings.GRAPEVINE_DEMO = True
    assert client.get(reverse("ui:gallery") + "?wrong=1").status_code == 200


def test_the_style_sheet_may_be_kept_for_ever(client):
    answer = client.get(tags.style_url())
    assert ("immutable" in answer["Cache-Control"], answer["Content-Type"]) == (True, "text/css; charset=utf-8")


def test_light_or_dark_is_kept_in_the_browser_and_leads_back(client):
    answer = client.post(reverse("ui:scheme"), {"scheme": "dark", "back": "/ui/"})
    assert (answer["Location"], answer.cookies["scheme"].value) == ("/ui/", "dark")
    answer = client.post(reverse("ui:scheme"), {"scheme": "auto", "back": "https://elsewhere.example/"})
    assert (answer["Location"], answer.cookies["scheme"].value) == ("/", "auto")
