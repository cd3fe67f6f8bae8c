"""Addresses of Today, the inbox, and mail."""

from django.urls import path

from grapevine.notifications import views
from grapevine.notifications.views import passes

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/nudges/<int:pk>/", views.nudge, name="nudge"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="inbox-read"),
    path("inbox/<int:pk>/", views.notice, name="notice"),
    path("settings/mail/", views.wishes, name="mail-settings"),
    path("m/<str:token>/", passes.letter, name="letter"),
]
