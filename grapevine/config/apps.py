"""Wiring at start-up."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Last of the apps: by now every slice's models are known."""

    name = "grapevine.config"
    label = "wiring"

    def ready(self) -> None:
        """Have the wiring judged before anybody is served."""
        from grapevine.config import checks  # noqa: F401, PLC0415 - needs the models to be ready
