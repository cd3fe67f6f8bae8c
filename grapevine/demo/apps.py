"""Wiring of the slice."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """A world to look around in; with real people there is nothing of it."""

    name = "grapevine.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the demo's links into everybody's menu, and let the colleagues speak."""
        if not settings.GRAPEVINE_DEMO:
            return
        from grapevine.demo import ticker  # noqa: F401, PLC0415 - needs the models to be ready
        from grapevine.kernel.ui import places  # noqa: PLC0415 - the same

        link = places.MeLink
        places.add_me_link(link(label=_("Be somebody else"), icon="venetian-mask", url_name="demo-door", order=70))
        places.add_me_link(link(label=_("Try things, move the clock"), icon="clock", url_name="demo-time", order=72))
        places.add_me_link(link(label=_("Mail room"), icon="mail", url_name="mail-room", order=74))
