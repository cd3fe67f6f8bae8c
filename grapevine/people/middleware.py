"""Who asks: `request.person`, their language and their zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from grapevine.people import queries
from grapevine.people.models import Person

Answer = Callable[[HttpRequest], HttpResponse]


class PersonMiddleware:
    """Sets `request.person`: the person of the account, or None when signed out, inactive or gone.

    Words come in the person's language and times in their zone; a stranger keeps what the browser asked for.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the person's own words and hours."""
        person = queries.person_behind(request.user) if request.user.is_authenticated else None
        request.person = person  # type: ignore[attr-defined]  # this is where it comes from
        timezone.deactivate()
        if person is not None:
            person.opened_vaults = {} if request.method == "GET" else None  # see vaults.queries.opened
            _speak_to(request, person)
        return self.get_response(request)


def _speak_to(request: HttpRequest, person: Person) -> None:
    translation.activate(person.language)
    request.LANGUAGE_CODE = translation.get_language()
    timezone.activate(ZoneInfo(person.timezone))
    # the look the person chose holds in all their browsers, unless this one was told otherwise; the frame reads cookies
    request.COOKIES = {**request.COOKIES, "scheme": request.COOKIES.get("scheme") or person.scheme}
