"""Wiring of the slice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Who is here."""

    name = "grapevine.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies and jobs, and put the person's own links into the menu."""
        from grapevine.kernel.ui import places  # noqa: PLC0415 - the same
        from grapevine.people import accounts, policies, tasks  # noqa: F401, PLC0415 - needs the models to be ready

        link = places.MeLink
        places.add_me_link(link(label=_("Settings"), icon="settings", url_name="settings", order=50))
        places.add_me_link(
            link(
                label=_("Your organisation"), icon="building-2", url_name="organisation", order=60, only=runs_the_place
            )
        )
        places.add_me_link(link(label=_("Sign out"), icon="log-out", url_name="account_logout", order=90, post=True))


def runs_the_place(person: object) -> bool:
    """Whether the link to the organisation is for this person."""
    return bool(getattr(person, "is_administrator", False))
