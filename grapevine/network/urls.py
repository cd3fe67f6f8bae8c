"""Addresses of the network: so far, of one's own map. `pk` of a tie is the other person's."""

from django.urls import path

from grapevine.network import views

urlpatterns = [
    path("network/", views.network, name="network"),
    path("network/visits/", views.log_visit, name="visit"),
    path("network/visits/<int:pk>/", views.visit, name="visit-change"),
    path("network/visits/<int:pk>/remove/", views.delete_visit, name="visit-remove"),
    path("network/ties/<int:pk>/agree/", views.agree, name="tie-agree"),
    path("network/ties/<int:pk>/withdraw/", views.withdraw, name="tie-withdraw"),
]
