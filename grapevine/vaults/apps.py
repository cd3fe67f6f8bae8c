"""Wiring of the slice."""

from django.apps import AppConfig


class VaultsConfig(AppConfig):
    """Sealed words."""

    name = "grapevine.vaults"
    label = "vaults"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies and subscribers."""
        from grapevine.vaults import policies, subscribers  # noqa: F401, PLC0415 - needs the models to be ready
