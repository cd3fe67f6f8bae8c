"""What would be wrong for everybody refuses to start (Django's system checks)."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver


@checks.register()
def every_view_declares_its_policy(**_: Any) -> list[checks.CheckMessage]:
    """A view of ours says who may come: `for_members`, `for_administrators` or `for_everyone(reason)`."""
    return [
        checks.Error(
            f"{view.__module__}.{view.__name__} declares no policy",
            hint="see grapevine.kernel.policy",
            id="grapevine.E001",
        )
        for view in _views(get_resolver().url_patterns)
        if view.__module__.startswith("grapevine.") and not getattr(view, "policy", "")
    ]


@checks.register()
def somebody_carries_the_mail(**_: Any) -> list[checks.CheckMessage]:
    """Codes to sign in travel by mail."""
    if not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return []
    return [
        checks.Warning(
            "no mail server: nobody can get a code to sign in", hint="set GRAPEVINE_MAIL_URL", id="grapevine.W001"
        )
    ]


def _views(patterns: list[URLPattern | URLResolver]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.callback
