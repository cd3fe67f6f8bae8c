"""Wiring of the slice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Ties, and one's own map."""

    name = "grapevine.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies and subscribers; lend a panel; put the place into the rail."""
        from grapevine.kernel.ui import panels as lent  # noqa: PLC0415 - needs the models to be ready
        from grapevine.kernel.ui import places  # noqa: PLC0415 - the same
        from grapevine.network import panels, policies, subscribers  # noqa: F401, PLC0415 - the same

        lent.add("challenge-margin", lent.Panel("network/challenge_margin.html", panels.beside_challenge, order=60))
        places.add(places.Place(key="network", label=_("Network"), icon="waypoints", url_name="network", order=70))
