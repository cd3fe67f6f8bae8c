"""Addresses of asking."""

from django.urls import path

from grapevine.asks import views
from grapevine.asks.views import asking

urlpatterns = [
    path("ask/", asking.ask, name="ask"),
    path("asks/", views.mine, name="asks"),
    path("asks/<int:pk>/", views.sent, name="ask-sent"),
    path("asks/<int:pk>/answers/", views.answers, name="ask-answers"),
    path("asks/<int:pk>/closing/", views.close, name="ask-close"),
    path("requests/<int:pk>/", views.request_page, name="request"),
    path("requests/<int:pk>/reply/", views.reply, name="reply"),
    path("requests/<int:pk>/back/", views.take_back, name="request-back"),
    path("requests/<int:pk>/reveal/", views.reveal, name="request-reveal"),
    path("introductions/<int:pk>/", views.introduction, name="introduction"),
    path("introductions/<int:pk>/back/", views.take_introduction_back, name="introduction-back"),
    path("settings/asks/", views.limits, name="settings-asks"),
]
