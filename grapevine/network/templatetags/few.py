"""Names for a sentence: a few, then "and others". How many others is nobody's business."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from grapevine.kernel.text import listed

register = template.Library()
FEW = 5


@register.filter
def few(people: Sequence[Any], around: Sequence[Any]) -> str:
    """`Sanne, Olav and Kari`, by the names colleagues call them; in full where two around are called the same."""
    called = Counter({one.name: one.short_name for one in (*around, *people)}.values())
    names = [one.short_name if called[one.short_name] == 1 else one.name for one in people]
    return listed([*names[:FEW], _("others")] if len(names) > FEW + 1 else names)
