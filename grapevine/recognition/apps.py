"""Wiring of the slice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    """Thanks and stories."""

    name = "grapevine.recognition"
    label = "recognition"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare policies and subscribers; lend panels; put a link into one's own menu."""
        from grapevine.kernel.ui import panels as lent  # noqa: PLC0415 - the same
        from grapevine.kernel.ui import places  # noqa: PLC0415 - needs the models to be ready
        from grapevine.recognition import panels, policies, subscribers  # noqa: F401, PLC0415 - the same

        lent.add("challenge-end", lent.Panel("recognition/challenge_end.html", panels.at_challenge_end, order=20))
        lent.add("person", lent.Panel("recognition/person.html", panels.on_page_of, order=40))
        places.add_me_link(places.MeLink(label=_("Thanks"), icon="hand-heart", url_name="thanks", order=30))
