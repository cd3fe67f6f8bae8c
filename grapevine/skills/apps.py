from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SkillsConfig(AppConfig):
    name = "grapevine.skills"
    label = "skills"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Policies, jobs, and the place in the rail."""
        from grapevine.kernel.ui import places  # noqa: PLC0415 - models are ready only now
        from grapevine.skills import policies, tasks  # noqa: F401, PLC0415 - the same

        places.add(
            places.Place(
                key="people", label=_("People"), icon="users", url_name="people", order=50, also=("/skills/", "/me/")
            )
        )
        places.add_me_link(places.MeLink(label=_("What others may find"), icon="eye", url_name="mine", order=20))
