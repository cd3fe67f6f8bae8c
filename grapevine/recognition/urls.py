"""Addresses of thanks."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from grapevine.recognition import views
from grapevine.recognition.models import KINDS


class KindConverter(StringConverter):
    """`thanks` or `story`."""

    regex = "|".join(KINDS)


register_converter(KindConverter, "recognition")

urlpatterns = [
    path("thanks/", views.thanks, name="thanks"),
    path("thanks/<recognition:kind>/<int:pk>/heard/", views.hear, name="hear"),
    path("thanks/<recognition:kind>/<int:pk>/show/", views.show, name="show-recognition"),
    path("thanks/<recognition:kind>/<int:pk>/keep-between/", views.keep_between, name="keep-recognition-between"),
    path("thanks/<recognition:kind>/<int:pk>/take-back/", views.take_back, name="take-back-recognition"),
    path("challenges/<int:pk>/thanks/", views.thank, name="thank"),
    path("people/<int:pk>/thanks/", views.thank_person, name="thank-person"),
]
