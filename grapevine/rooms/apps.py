"""Wiring of the slice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoomsConfig(AppConfig):
    """Live sessions: formats as data, a clock and a step that the server holds, who speaks, what may be entered."""

    name = "grapevine.rooms"
    label = "rooms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies, subscribers, jobs and what may be listened to; be found in the palette and under one's own face."""
        from grapevine.kernel import live  # noqa: PLC0415 - needs the models to be ready
        from grapevine.kernel.ui import places  # noqa: PLC0415 - the same
        from grapevine.rooms import policies, subscribers, tasks  # noqa: F401, PLC0415 - the same
        from grapevine.rooms.models import Session  # noqa: PLC0415 - the same

        live.watch("room", Session)
        places.add_me_link(places.MeLink(label=_("Rooms"), icon="video", url_name="rooms", order=30))
