"""Wiring of the slice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AsksConfig(AppConfig):
    """Who do I go talk to?"""

    name = "grapevine.asks"
    label = "asks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies and jobs, take a place in the rail, lend panels."""
        from grapevine.asks import panels, policies, tasks  # noqa: F401, PLC0415 - needs the models to be ready
        from grapevine.asks.models import Ask  # noqa: PLC0415 - the same
        from grapevine.kernel import live  # noqa: PLC0415 - the same
        from grapevine.kernel.ui import places  # noqa: PLC0415 - the same

        places.add(
            places.Place(
                key="ask",
                label=_("Ask"),
                icon="message-circle-question",
                url_name="ask",
                order=20,
                also=("/asks/", "/challenges/", "/pages/", "/requests/"),
            )
        )
        panels.lend()
        live.watch("ask", Ask)
