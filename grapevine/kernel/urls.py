"""The kernel answers nothing but how pages look."""

from django.urls import include, path

urlpatterns = [path("ui/", include("grapevine.kernel.ui.urls"))]
