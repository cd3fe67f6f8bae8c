"""Wiring of the slice."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """What reaches a person, and when."""

    name = "grapevine.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies, jobs, subscribers, and the place where a day begins."""
        from grapevine.kernel.ui import places  # noqa: PLC0415 - needs the apps

        autodiscover_modules("facts")  # a neighbour's facts are heard by name, its module is never imported
        from grapevine.notifications import circles, policies, subscribers, tasks  # noqa: F401, PLC0415 - the same

        places.add(places.Place(key="today", label=_("Today"), icon="sun", url_name="today", order=10))
        places.add_me_link(places.MeLink(label=_("Inbox"), icon="inbox", url_name="inbox", order=10))
