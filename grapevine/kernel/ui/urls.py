"""Addresses of the look itself."""

from django.urls import path

from grapevine.kernel.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("style-<str:version>.css", views.style, name="style"),
    path("scheme/", views.scheme, name="scheme"),
]
