"""What people type when they thank somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.kernel.text import WordsField

A_LETTER = 1_000


class ThanksForm(forms.Form):
    """A line or a short letter. `seat` says to whom, where a challenge has several who thought along."""

    words = WordsField(rows=2, max_length=A_LETTER, label=_("Your thanks"))
    seat = forms.IntegerField(required=False, widget=forms.HiddenInput)
