"""Names for a sentence: a few, then "and others". How many others is nobody's business."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from grapevine.kernel.text import listed

register = template.Library()
FEW = 5


@register.filter
def few(people: Sequence[Any]) -> str:
    """`Sanne, Olav and Kari`, by the names colleagues call them."""
    names = [person.short_name for person in people]
    return listed([*names[:FEW], _("others")] if len(names) > FEW + 1 else names)
