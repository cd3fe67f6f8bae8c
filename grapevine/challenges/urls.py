"""Addresses of challenges, commitments and released pages."""

from django.urls import path

from grapevine.challenges import views
from grapevine.challenges.views import examples

urlpatterns = [
    path("challenges/", views.mine, name="challenges"),
    path("challenges/<int:pk>/", views.challenge, name="challenge"),
    path("challenges/<int:pk>/story/", views.story, name="challenge-story"),
    path("challenges/<int:pk>/questions/", views.ask, name="challenge-ask"),
    path("challenges/<int:pk>/ideas/", views.offer_idea, name="challenge-idea"),
    path("challenges/<int:pk>/playback/", views.play_back, name="playback"),
    path("challenges/<int:pk>/keep/", views.keep_together, name="keep-together"),
    path("challenges/<int:pk>/closing/", views.close, name="challenge-close"),
    path("challenges/<int:pk>/topic/", views.topic, name="challenge-topic"),
    path("questions/<int:pk>/answer/", views.answer, name="question-answer"),
    path("commitments/<int:pk>/confirm/", views.confirm, name="commitment-confirm"),
    path("commitments/<int:pk>/change/", views.change, name="commitment-change"),
    path("commitments/<int:pk>/put-off/", views.put_off, name="commitment-put-off"),
    path("commitments/<int:pk>/outcome/", views.outcome, name="outcome"),
    path("noticing/<int:pk>/", views.noticing, name="noticing"),
    path("pages/", examples.shelf, name="examples"),
    path("pages/new/", examples.release, name="example-new"),
    path("pages/<int:pk>/", examples.example, name="example"),
    path("pages/<int:pk>/use/", examples.use, name="example-use"),
    path("pages/<int:pk>/named/", examples.agree, name="example-named"),
    path("pages/<int:pk>/withdraw/", examples.withdraw, name="example-withdraw"),
]
