"""Addresses of rooms, of their doors, and of a group's own formats."""

from django.urls import path

from grapevine.rooms import views
from grapevine.rooms.views import copies, joining, room

urlpatterns = [
    path("rooms/", views.rooms, name="rooms"),
    path("rooms/<int:pk>/", room.room, name="room"),
    path("rooms/<int:pk>/stage/", room.stage, name="room-stage"),
    path("rooms/<int:pk>/here/", room.here, name="room-here"),
    path("rooms/<int:pk>/do/", room.do, name="room-do"),
    path("rooms/<int:pk>/say/", room.say, name="room-say"),
    path("join/", joining.join, name="room-join"),
    path("formats/<uuid:pk>/", copies.ways, name="formats"),
    path("formats/own/<int:pk>/", copies.way, name="format-own"),
    path("formats/own/<int:pk>/drop/", copies.drop, name="format-drop"),
]
