"""Wiring of the slice."""

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    """The trace every practice leaves."""

    name = "grapevine.challenges"
    label = "challenges"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies, jobs, and what may be listened to; lend a panel."""
        from grapevine.challenges import panels, policies, tasks  # noqa: F401, PLC0415 - needs the models to be ready
        from grapevine.challenges.models import Challenge  # noqa: PLC0415 - the same
        from grapevine.kernel import live  # noqa: PLC0415 - the same
        from grapevine.kernel.ui import panels as lent  # noqa: PLC0415 - the same

        live.watch("challenge", Challenge)
        lent.add("happened", lent.Panel("challenges/what_happened.html", panels.what_happened))
