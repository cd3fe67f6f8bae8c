from django import forms
from django.apps import AppConfig
from django.conf import settings

# what every form says, also those of packages; a field takes its words where it is declared, so this comes before them all
for kind, words in settings.FORM_WORDS.items():
    field = getattr(forms, kind)
    field.default_error_messages = field.default_error_messages | words


class KernelConfig(AppConfig):
    name = "grapevine.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
