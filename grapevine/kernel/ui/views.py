"""The style sheet, the choice of light or dark, and the page that shows every component."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from grapevine.kernel.policy import for_everyone
from grapevine.kernel.ui import assets, context, samples

YEAR = 365 * 24 * 3600


@for_everyone("colours and letters, nobody's words")
def style(request: HttpRequest, version: str) -> HttpResponse:
    """All CSS at an address that changes with it."""
    return HttpResponse(
        assets.style_sheet(),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": f"public, max-age={YEAR}, immutable"},
    )


@for_everyone("a choice of this browser, kept in this browser")
@require_POST
def scheme(request: HttpRequest) -> HttpResponse:
    """Light, dark, more contrast, or as the machine has it."""
    back = request.POST.get("back", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(back if safe else "/")
    chosen = request.POST.get("scheme", "")
    if chosen in {"auto", *context.SCHEMES}:
        answer.set_cookie("scheme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


@for_everyone("made-up people only; not served where real work is done")
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    if not (settings.DEBUG or getattr(settings, "GRAPEVINE_DEMO", False)):
        raise Http404
    if "message" in request.GET:
        messages.success(request, "Sent to Sanne. You will hear when she answers.")
    return render(
        request, "ui/gallery.html", {"people": samples.PEOPLE, "shown": samples.shown(wrong="wrong" in request.GET)}
    )
