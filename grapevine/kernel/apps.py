from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _

# what every form says, also those of packages; a field takes its words where it is declared, so this comes before them all
Field.default_error_messages["required"] = _("Something is still missing here.")


class KernelConfig(AppConfig):
    name = "grapevine.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
