"""The policy's voice in templates: `{% if challenge|may:"play_back" %}`, and panels of higher slices."""

from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from grapevine.kernel import policy
from grapevine.kernel.ui import panels as lent

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Context, verb: str, row: Model) -> bool:
    """`{% may "play_back" challenge as may_play_back %}`: the same rule as in the view."""
    return policy.may(context["person"], verb, row)


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, subject: Any) -> SafeString:
    """What higher slices lend to this place, for this reader."""
    filled = lent.filled(place, context["person"], subject)
    return mark_safe("".join(_rendered(context, name, inner) for name, inner in filled))  # noqa: S308 - by templates


def _rendered(context: Context, name: str, inner: dict[str, Any]) -> SafeString:
    """In the page's own context: its processors have run once and need not run for every panel."""
    panel = context.template.engine.get_template(name)  # type: ignore[union-attr]  # a page is being rendered
    with context.push(**inner):
        return panel.render(context)
