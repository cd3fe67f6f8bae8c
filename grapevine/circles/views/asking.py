"""A page that asks for something."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

OK, UNCLEAR = 200, 422


def ask(request: HttpRequest, page: str, form: BaseForm, **shown: object) -> HttpResponse:
    """The page with its form, as it begins; or as it was sent, with what is missing said beside it."""
    return render(request, f"circles/{page}.html", {"form": form, **shown}, status=UNCLEAR if form.is_bound else OK)
