"""Addresses of the mail room; `urls.py` takes them in."""

from django.urls import path

from grapevine.demo import mailroom_views

urlpatterns = [
    path("demo/mail/", mailroom_views.room, name="mail-room"),
    path("demo/mail/<str:name>/", mailroom_views.mail, name="mail-room-mail"),
    path("demo/mail/<str:name>/html/", mailroom_views.html, name="mail-room-html"),
]
