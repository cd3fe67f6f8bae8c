"""A page that asks for something."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

OK, UNCLEAR = 200, 422


def ask(request: HttpRequest, page: str, form: BaseForm, **shown: object) -> HttpResponse:
    """The page with its form, as it begins; or as it was sent, with what is missing said beside it."""
    return render(request, f"circles/{page}.html", {"form": form, **shown}, status=UNCLEAR if form.is_bound else OK)


def done(form: BaseForm, field: str | None, act: Callable[[], object]) -> bool:
    """Whether it was done; where it was refused at the last moment, the reason stands beside what was typed."""
    try:
        act()
    except ValidationError as refused:
        form.add_error(field, refused)
        return False
    return True


def yes_or_no(request: HttpRequest, name: str) -> bool | None:
    """Which of two buttons was pressed. None where it was neither: the next page says so, and nothing is done."""
    said = {"yes": True, "no": False}.get(request.POST.get(name, ""))
    if said is None:
        messages.error(request, _("Tap one of the two answers. Nothing has changed."))
    return said
