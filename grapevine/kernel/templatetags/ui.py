"""The small tags under the components: where a template would be slow, or could not say it."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any

from django.forms import BoundField
from django.template import Context, Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from grapevine.kernel import clock, presses
from grapevine.kernel.ui import assets

register = Library()
HUES = 24  # tones of a face, 15 degrees apart
WEEK = 7
SENTENCE = re.compile(r"[^\w/?=&%-]")  # holds more than a word, a number, a day or an address of ours
AUDIENCES = {
    "me": ("lock", gettext_lazy("Only you")),
    "pair": ("users", gettext_lazy("You two")),
    "sealed": ("lock", gettext_lazy("Sealed")),
    "circle": ("circle-dot", gettext_lazy("Your circle")),
    "unit": ("network", gettext_lazy("Your unit")),
    "organisation": ("building-2", gettext_lazy("Everybody in your organisation")),
    "people": ("users-round", gettext_lazy("The people you chose")),
    "community": ("sprout", gettext_lazy("The community")),
    "public": ("globe", gettext_lazy("Everybody")),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; without `label` it is only decoration."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, _sprite(), name
        )
    return _plain_icon(name)


@cache
def _plain_icon(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', _sprite(), name)


@cache
def _sprite() -> str:
    return static("ui/icons.svg")


@register.simple_tag
def face(person: Any, size: str = "m", label: str = "") -> SafeString:
    """Initials on the person's own tone, the same everywhere; a mask for somebody under a pseudonym (None)."""
    if not person:
        return format_html(
            '<span class="face {} masked" aria-hidden="true">{}</span>', size, _plain_icon("venetian-mask")
        )
    tone = int(person.hue) % 360 * HUES // 360
    named = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html('<span class="face {} hue-{}"{}>{}</span>', size, tone, named, person.initials)


@register.simple_tag
def audience(kind: str, words: str = "") -> SafeString:
    """Who can see this: icon and words."""
    shape, otherwise = AUDIENCES[kind]
    return format_html(
        '<span class="audience to-{}">{}<span>{}</span></span>', kind, _plain_icon(shape), words.strip() or otherwise
    )


@register.simple_tag
def when(at: datetime | date, form: str = "near") -> SafeString:
    """A moment in the reader's zone, in the words one would say: `near`, `day` ("tomorrow"), `date` (after "on"), `time`, `full`."""
    at, hour = (
        (timezone.localtime(at), date_format(timezone.localtime(at), "H:i")) if isinstance(at, datetime) else (at, "")
    )
    day = at.date() if isinstance(at, datetime) else at
    full = date_format(at, pgettext("date format", "l j F Y, H:i") if hour else pgettext("date format", "l j F Y"))
    said = {"full": full, "time": hour, "date": _date(day)}.get(form) or _day(day)
    if form == "near" and hour and abs((day - _today()).days) < WEEK:
        said = f"{said} {hour}"
    exact = at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()
    return format_html('<time datetime="{}" title="{}">{}</time>', exact, full, said)


def _day(day: date) -> str:
    """A weekday is the next one; behind us it might be any."""
    away = (day - _today()).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(away)
    return near or (date_format(day, "l") if 0 < away < WEEK else _date(day))


def _date(day: date) -> str:
    form = pgettext("date format", "j F") if day.year == _today().year else pgettext("date format", "j F Y")
    return date_format(day, form)


def _today() -> date:
    return timezone.localtime(clock.now()).date()


@register.simple_tag
def once() -> SafeString:
    """The key that makes a second press of the same form do nothing."""
    return format_html('<input type="hidden" name="once" value="{}">', presses.new_key())


@register.simple_tag(takes_context=True)
def typed(context: Context) -> list[str]:
    """The words of a press that was not done, so that nobody has to remember them; a bare word is a choice or a key."""
    return [words for words in context["request"].POST.values() if SENTENCE.search(words.strip())]


@register.simple_tag(takes_context=True)
def pressed_on(context: Context) -> str:
    """The page of ours that the press came from; Today when that is not known, or cannot be opened."""
    request, page = context["request"], context["request"].headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()})
    return page if is_ours and page != request.build_absolute_uri() else "/"


@register.simple_tag
def control(field: BoundField, rows: str = "", placeholder: str = "", hint: str = "") -> SafeString:
    """The widget of a field, tied to its hint and its errors."""
    attrs = {"rows": rows, "placeholder": placeholder, "aria-describedby": described(field, hint)}
    return field.as_widget(attrs={name: value for name, value in attrs.items() if value})


@register.simple_tag
def described(field: BoundField, hint: str = "") -> str:
    """The ids of what explains a field: its hint and its errors."""
    parts = [("hint", hint or field.help_text), ("error", field.errors)]
    return " ".join(f"{field.auto_id}_{name}" for name, there in parts if there)


@register.simple_tag
def style_url() -> str:
    """The one style sheet."""
    return reverse("ui:style", args=[assets.style_version()])


@register.simple_tag
def import_map(nonce: str) -> SafeString:
    """Where modules are; the only script that stands in the page."""
    return format_html('<script type="importmap" nonce="{}">{}</script>', nonce, SafeString(assets.import_map()))


@register.filter
def widget_kind(field: BoundField) -> str:
    """`checkbox`, `select`, `textarea`, `date` ...: what the control is."""
    return getattr(field.field.widget, "input_type", None) or "textarea"


@register.filter
def trimmed(words: str) -> str:
    """Rendered words without the space around them, which the page would show."""
    return type(words)(words.strip())
