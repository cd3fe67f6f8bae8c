"""Addresses that only the demo has."""

from django.urls import path

from grapevine.demo import mailroom_urls, views

urlpatterns = [
    path("demo/", views.door, name="demo-door"),
    path("demo/enter/", views.enter, name="demo-enter"),
    path("demo/time/", views.time, name="demo-time"),
    path("demo/time/move/", views.move, name="demo-move"),
    path("demo/time/quiet/", views.hush, name="demo-hush"),
    *mailroom_urls.urlpatterns,
]
