"""What a form says when something typed, chosen or sent cannot be taken, by the kind of its field."""

from django.utils.translation import gettext_lazy as _

NOT_HERE = _("This cannot be chosen, or not any more. Please choose again.")
CHOOSE_A_FILE = _("Choose a file first.")
FORM_WORDS = {
    "Field": {
        "required": _("Something is still missing here."),
        "max_length": _("This is too long: at most %(limit_value)d characters fit, and it has %(show_value)d."),
        "min_length": _("This is too short: it takes at least %(limit_value)d characters, and it has %(show_value)d."),
        "max_value": _("At most %(limit_value)s."),
        "min_value": _("At least %(limit_value)s."),
    },
    "EmailField": {"invalid": _("This does not read like a mail address. They look like name@example.org.")},
    "IntegerField": {"invalid": _("Please write a whole number.")},
    "DateField": {"invalid": _("This is no day of the calendar. Please choose one.")},
    "TimeField": {"invalid": _("This is no time of day. Please write it like 08:30.")},
    "FileField": {
        "invalid": CHOOSE_A_FILE,
        "missing": CHOOSE_A_FILE,
        "empty": _("This file is empty. Please choose another one."),
        "max_length": _("The name of this file is too long. Please give it a shorter one."),
    },
    "ChoiceField": {"invalid_choice": NOT_HERE},
    "MultipleChoiceField": {"invalid_choice": NOT_HERE, "invalid_list": NOT_HERE},
    "ModelChoiceField": {"invalid_choice": NOT_HERE},
}
