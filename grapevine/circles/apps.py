"""Wiring of the slice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CirclesConfig(AppConfig):
    """Circles of peers: proposed, applied for, formed, agreed, met, ended; and alumni for good."""

    name = "grapevine.circles"
    label = "circles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies, jobs and what may be listened to; lend panels; take a place in the rail."""
        from grapevine.circles import panels, policies, subscribers, tasks  # noqa: F401, PLC0415 - needs the models to be ready
        from grapevine.circles.models import Circle, Proposal  # noqa: PLC0415 - the same
        from grapevine.kernel import live  # noqa: PLC0415 - the same
        from grapevine.kernel.ui import places  # noqa: PLC0415 - the same

        rooms = ("/rooms/", "/formats/", "/join/")
        circles = places.Place(
            key="circles", label=_("Circles"), icon="circle-dot", url_name="circles", order=30, also=rooms
        )
        places.add(circles)
        live.watch("circle", Circle)
        live.watch("proposal", Proposal)
        panels.lend()
