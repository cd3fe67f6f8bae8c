"""The links of a mail that work without a sign-in. GET shows one button, POST does it; neither shows any words."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from grapevine.challenges import actions as challenges
from grapevine.challenges.models import Commitment
from grapevine.kernel.policy import for_everyone, may
from grapevine.notifications import actions, passes
from grapevine.notifications.forms import DayForm
from grapevine.notifications.kinds import KINDS, TOPICS
from grapevine.notifications.passes import Pass
from grapevine.notifications.queries import wants
from grapevine.notifications.wanted import thing_of
from grapevine.vaults.queries import read_all

GONE, UNCLEAR = 410, 422


@csrf_exempt  # no cookie gives any power here: the signed address is the whole key, and mail programs post to it
@for_everyone("the signed link is the key, and it opens no words and only harmless acts")
@require_http_methods(["GET", "POST"])
@never_cache
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """One act, for two weeks."""
    found = passes.pass_in(token)
    if found is None:
        return render(request, "notifications/pass_gone.html", status=GONE)
    person = found.letter.notice.person
    with translation.override(person.language), timezone.override(ZoneInfo(person.timezone)):
        answer = stop(request, found) if found.act == passes.STOP else move(request, found)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def stop(request: HttpRequest, found: Pass) -> HttpResponse:
    """No more mails of this topic; the mail program's own button posts here, too."""
    person, topic = found.letter.notice.person, TOPICS[KINDS[found.letter.notice.kind].topic]
    if request.method == "POST":
        actions.wish(by=person, topic=topic.key, by_mail=False)
    return render(request, "notifications/pass_stop.html", {"topic": topic, "is_stopped": not wants(person, topic.key)})


def move(request: HttpRequest, found: Pass) -> HttpResponse:
    """Still right, another day, not now: for the day the mail was about, until something was said about it."""
    notice, commitment = found.letter.notice, thing_of(found.letter.notice)
    if not isinstance(commitment, Commitment) or not may(notice.person, "move", commitment):
        return render(request, "notifications/pass_gone.html", status=GONE)
    form = DayForm(
        request.POST if found.act == passes.CHANGE and request.method == "POST" else None, person=notice.person
    )
    is_open, is_unclear = _is_open(found, commitment), form.is_bound and not form.is_valid()
    if is_open and request.method == "POST" and not is_unclear:
        ACTS[found.act](found, commitment, form)
        is_open = False
    shown = {"act": found.act, "is_open": is_open, "form": form, "commitment": commitment}
    return render(request, "notifications/pass_move.html", shown, status=UNCLEAR if is_unclear else 200)


def _is_open(found: Pass, commitment: Commitment) -> bool:
    return commitment.confirmed_at is None and found.letter.notice.key.endswith(f":{commitment.on}")


def _confirm(found: Pass, commitment: Commitment, form: DayForm) -> None:
    challenges.confirm_commitment(by=found.letter.notice.person, commitment=commitment)


def _put_off(found: Pass, commitment: Commitment, form: DayForm) -> None:
    challenges.put_off_commitment(by=found.letter.notice.person, commitment=commitment)


def _change(found: Pass, commitment: Commitment, form: DayForm) -> None:
    """The day alone. Words in somebody's name are not harmless; they need a sign-in."""
    person = found.letter.notice.person
    opened = read_all(person, [commitment.when, commitment.will])
    challenges.change_commitment(
        by=person,
        commitment=commitment,
        on=form.cleaned_data["on"],
        when=opened[commitment.when_id],
        will=opened[commitment.will_id],
    )


ACTS: dict[str, Callable[[Pass, Commitment, Any], None]] = {
    passes.CONFIRM: _confirm,
    passes.PUT_OFF: _put_off,
    passes.CHANGE: _change,
}
