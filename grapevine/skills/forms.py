"""What one types: a filter, an offer, a wish."""

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from grapevine.kernel.policy import visible
from grapevine.kernel.text import clean
from grapevine.people.models import Person, Unit
from grapevine.skills.models import Skill, language_here
from grapevine.skills.queries import Filters, skills_to_choose, working_together, zones_and_languages

LONGEST = 160
OVERLAPS = (2, 4, 6)
INDENT = "\N{NO-BREAK SPACE}" * 3
ANY = ("", _("Any"))


class PlainField(forms.CharField):
    """One line of words, cleaned before it is judged."""

    def to_python(self, value: object) -> str:
        """Without control characters."""
        return clean(super().to_python(value) or "")


class PlainSelect(forms.Select):
    """A list to choose from, written at once: Django renders a template for each of its lines."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - as Django asks
        """The element with its options."""
        chosen = "" if value is None else str(value)
        options = mark_safe("".join(_option(str(key), str(label), chosen) for key, label in self.choices))  # noqa: S308 - escaped
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})})), options
        )


class UnitLine(NamedTuple):
    """What the list of units needs of one."""

    pk: int
    parent_id: int | None
    name: str


def _option(key: str, label: str, chosen: str) -> str:
    return f'<option value="{escape(key)}"{" selected" * (key == chosen)}>{escape(label)}</option>'


class DirectoryForm(forms.Form):
    """True filters: what is chosen holds, nothing is guessed."""

    q = PlainField(max_length=80, required=False, label=_("Name"))
    unit = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, label=_("Unit, with its parts"), widget=PlainSelect
    )
    skill = PlainField(max_length=LONGEST, required=False, label=_("Can help with"))
    interest = PlainField(max_length=LONGEST, required=False, label=_("Would like to learn"))
    language = forms.ChoiceField(required=False, label=_("Language"), widget=PlainSelect)
    zone = forms.ChoiceField(required=False, label=_("Time zone"), widget=PlainSelect)
    overlap = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, label=_("Works when I work"), widget=PlainSelect
    )

    def __init__(self, data: Any, *, person: Person) -> None:
        """`person` asks: units, zones and languages are those of their organisation. Two queries."""
        super().__init__(data)
        self.person = person
        self.units = [UnitLine(*row) for row in visible(person, Unit).values_list("pk", "parent_id", "name")]
        self.zones, languages = zones_and_languages(person)
        self._choose("unit", [(unit.pk, f"{INDENT * depth}{unit.name}") for unit, depth in _tree(self.units)])
        self._choose("language", sorted(((code, language_named(code)) for code in languages), key=lambda c: c[1]))
        self._choose("zone", [(zone, zone.replace("_", " ")) for zone in self.zones])
        self._choose(
            "overlap", [(n, ngettext("at least %(n)d hour", "at least %(n)d hours", n) % {"n": n}) for n in OVERLAPS]
        )

    def filters(self) -> Filters:
        """What was chosen; what cannot be understood is not looked for, and said beside its field."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        return Filters(
            q=said.get("q", ""),
            skill=said.get("skill", ""),
            interest=said.get("interest", ""),
            language=said.get("language", ""),
            units=_with_parts(self.units, said["unit"]) if said.get("unit") else None,
            zones=self._zones(said.get("zone", ""), said.get("overlap") or 0),
        )

    def _zones(self, zone: str, overlap: int) -> list[str] | None:
        if not zone and not overlap:
            return None
        near = working_together(self.person.timezone, self.zones, overlap) if overlap else self.zones
        return [name for name in near if zone in ("", name)]

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = [ANY, *choices]


class OfferForm(forms.Form):
    """ "Ask me about ..." in one line."""

    words = PlainField(max_length=LONGEST, label=_("Colleagues may ask me about"))
    skill: "forms.ModelChoiceField[Skill]" = forms.ModelChoiceField(
        None, required=False, empty_label=_("None of these"), label=_("Is it one of these?"), widget=PlainSelect
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        """`person` offers."""
        super().__init__(data, prefix="offer")
        self.fields["skill"].queryset = skills_to_choose(person)


class InterestForm(forms.Form):
    """ "I would like to learn ..." in one line."""

    words = PlainField(max_length=LONGEST, label=_("What would you like to learn?"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="interest")


def language_named(code: str) -> str:
    """The language as the reader calls it: `German`, `Deutsch`."""
    try:
        return str(Locale.parse(language_here() or "en").languages.get(code, code))
    except (UnknownLocaleError, ValueError):
        return code


def _tree(units: list[UnitLine]) -> Iterator[tuple[UnitLine, int]]:
    """Each unit under its parent, with its depth."""
    below = _below(units)
    known = {unit.pk for unit in units}
    waiting = [(unit, 0) for unit in reversed(units) if unit.parent_id not in known]
    while waiting:
        unit, depth = waiting.pop()
        yield unit, depth
        waiting += [(part, depth + 1) for part in reversed(below[unit.pk])]


def _with_parts(units: list[UnitLine], pk: int) -> list[int]:
    """The unit and every unit below it."""
    below, found = _below(units), [pk]
    for one in found:
        found += [part.pk for part in below[one] if part.pk not in found]
    return found


def _below(units: list[UnitLine]) -> dict[int | None, list[UnitLine]]:
    below: defaultdict[int | None, list[UnitLine]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)
    return below
