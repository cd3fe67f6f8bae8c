"""Writing a letter at the moment it leaves, and posting it."""

import logging
from datetime import timedelta
from email.utils import formataddr
from functools import cache
from pathlib import Path
from smtplib import SMTPException, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from grapevine.challenges.models import Commitment
from grapevine.circles.queries.calendar import calendar_part
from grapevine.kernel import clock
from grapevine.notifications import actions, passes
from grapevine.notifications.hours import may_leave_at
from grapevine.notifications.kinds import KINDS, TOPICS
from grapevine.notifications.models import Letter
from grapevine.notifications.wanted import is_wanted, thing_of
from grapevine.vaults.queries import read_all

log = logging.getLogger(__name__)
# after each attempt that failed; together 72 hours
PAUSES = tuple(timedelta(minutes=m) for m in (5, 15, 40, 180, 480, 720, 1440, 1440))
TRIES = len(PAUSES) + 1
MONDAY = 0


def send(letter: Letter) -> None:
    """Post it, keep it for a better hour, or drop it when it is not wanted any more. Trouble is written down."""
    person, kind, now = letter.notice.person, KINDS[letter.notice.kind], clock.now()
    try:
        if not is_wanted(letter):
            actions.mark(letter=letter, dropped_at=now)
        elif (later := may_leave_at(person, kind, now)) > now:
            actions.mark(letter=letter, due_at=later, attempts=letter.attempts - 1)
        else:
            written(letter).send()
            actions.mark(letter=letter, sent_at=now, trouble="")
    except (SMTPException, OSError) as reason:
        log.warning("letter %s did not leave: %s", letter.pk, _trouble(reason))
        actions.mark(letter=letter, trouble=_trouble(reason))
    except Exception as reason:  # a mistake of ours loses no letter either: it is tried again
        log.exception("letter %s could not be written", letter.pk)
        actions.mark(letter=letter, trouble=_trouble(reason))


def written(letter: Letter) -> EmailMultiAlternatives:
    """The mail, in its reader's language and hours."""
    person = letter.notice.person
    with translation.override(person.language), timezone.override(ZoneInfo(person.timezone)):
        words = _words(letter)
        text = render_to_string("notifications/mail/letter.txt", words)
        html = render_to_string("notifications/mail/letter.html", words | {"css": _css()})
        mail = EmailMultiAlternatives(
            words["subject"], text, to=[formataddr((person.name, person.email))], headers=_headers(letter, words)
        )
    mail.attach_alternative(html, "text/html")
    _put_dates_in(mail, letter)
    return mail


def _put_dates_in(mail: EmailMultiAlternatives, letter: Letter) -> None:
    """Dates for the calendar, where the letter is about some."""
    notice, says = letter.notice, KINDS[letter.notice.kind].calendar
    part = calendar_part(notice.person, says, int(notice.about)) if says else None
    if part:
        method, message = part
        mail.attach_alternative(message.decode(), f'text/calendar; method={method}; charset="utf-8"')
        mail.attach("dates.ics", message, "application/ics")


def _words(letter: Letter) -> dict[str, Any]:
    notice, kind = letter.notice, KINDS[letter.notice.kind]
    who, topic = {"name": notice.who}, TOPICS[kind.topic]
    quote, subject = _own_words(letter), capfirst(" ".join((str(kind.subject) % who).split()))
    return {
        "subject": subject,
        "sentence": subject if subject.endswith((".", "?", "!")) else f"{subject}.",
        "more": str(kind.more) % who,
        "person": notice.person,
        "opening": _opening(letter) if quote else "",
        "quote": quote,
        "ways": _ways(letter),
        "topic": topic.label,
        "stop_url": _pass_url(passes.STOP, letter),
        "settings_url": _absolute(reverse("mail-settings")),
        "language": translation.get_language(),
    }


def _own_commitment(letter: Letter) -> Commitment | None:
    """What the reader promised, where the letter is about that."""
    thing = thing_of(letter.notice)
    return thing if isinstance(thing, Commitment) and thing.when.author_id == letter.notice.person_id else None


def _own_words(letter: Letter) -> str:
    """The reader's own commitment; nobody else's words ever stand in a mail, and none that were said in a circle."""
    commitment = _own_commitment(letter)
    if commitment is None or not commitment.playback.challenge.is_of_two:
        return ""
    opened = read_all(letter.notice.person, [commitment.when, commitment.will])
    said = {"when": opened.get(commitment.when_id, ""), "will": opened.get(commitment.will_id, "")}
    return _("When %(when)s, I will %(will)s") % said if all(said.values()) else ""


def _opening(letter: Letter) -> str:
    if letter.notice.kind != "monday":
        return _("Some days ago you said:")
    day = clock.today(letter.notice.person.timezone)
    return (
        _("It is the Monday you spoke of. You said:")
        if day.weekday() == MONDAY
        else _("It is the day you spoke of. You said:")
    )


def _ways(letter: Letter) -> list[tuple[str, str]]:
    """One way in; on one's own day three taps that need no sign-in."""
    if letter.notice.kind == "monday" and _own_commitment(letter):
        taps = (passes.CONFIRM, _("Still right")), (passes.CHANGE, _("Change it")), (passes.PUT_OFF, _("Not now"))
        return [(label, _pass_url(act, letter)) for act, label in taps]
    return [(str(KINDS[letter.notice.kind].button), _absolute(reverse("notice", args=[letter.notice_id])))]


def _headers(letter: Letter, words: dict[str, Any]) -> dict[str, str]:
    place = urlsplit(settings.GRAPEVINE_BASE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{salted_hmac('grapevine.letter', letter.key).hexdigest()[:32]}@{place}>",
        "List-Unsubscribe": f"<{words['stop_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def _pass_url(act: str, letter: Letter) -> str:
    return _absolute(reverse("letter", args=[passes.token_for(act, letter)]))


def _absolute(path: str) -> str:
    return settings.GRAPEVINE_BASE_URL.rstrip("/") + path


@cache
def _css() -> SafeString:
    """The mail's own few rules; a mail cannot fetch a style sheet."""
    file = Path(__file__).parent / "templates" / "notifications" / "mail" / "letter.css"
    return mark_safe(f"<style>{file.read_text()}</style>")  # noqa: S308 - a file of ours


def _trouble(reason: Exception) -> str:
    """What kind of trouble; never the words of an error, which may quote the mail."""
    code = f" {reason.smtp_code}" if isinstance(reason, SMTPResponseException) else ""
    return f"{type(reason).__name__}{code} at {clock.now():%Y-%m-%d %H:%M} UTC"
