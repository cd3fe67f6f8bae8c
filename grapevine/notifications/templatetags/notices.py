"""What a line of the inbox says."""

from datetime import date, datetime

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from grapevine.notifications.kinds import KINDS
from grapevine.notifications.models import Notice

register = Library()


@register.filter
def sentence(notice: Notice) -> str:
    """Its one sentence, with the name its reader may know."""
    return capfirst(str(KINDS[notice.kind].subject) % {"name": notice.who})


@register.filter
def sign(notice: Notice) -> str:
    """Its icon."""
    return KINDS[notice.kind].icon


@register.filter
def first_line(words: str) -> str:
    """Where a page of a few lines begins: the first of them, all its sentences."""
    return words.strip().partition("\n")[0]


@register.filter
def day(at: datetime) -> date:
    """The day in the reader's zone."""
    return timezone.localtime(at).date()


@register.simple_tag
def new_mark() -> SafeString:
    """A quiet dot, with words for who does not see it."""
    return format_html('<span class="dot"><span class="visually-hidden">{}</span></span>', _("not read yet"))
