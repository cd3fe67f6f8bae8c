"""Addresses around a cohort."""

from django.urls import URLPattern, path

from grapevine.circles.views import cohort as views
from grapevine.circles.views import proposal

urlpatterns: list[URLPattern] = [
    path("circles/", views.circles, name="circles"),
    path("circles/new/", views.propose, name="cohort-new"),
    path("circles/cohorts/<int:pk>/", views.cohort, name="cohort"),
    path("circles/cohorts/<int:pk>/change/", views.change, name="cohort-change"),
    path("circles/cohorts/<int:pk>/off/", views.call_off, name="cohort-call-off"),
    path("circles/cohorts/<int:pk>/taste/", views.come, name="cohort-taste"),
    path("circles/cohorts/<int:pk>/taste/leave/", views.stay_away, name="cohort-taste-leave"),
    path("circles/cohorts/<int:pk>/apply/", views.apply, name="cohort-apply"),
    path("circles/cohorts/<int:pk>/form/", proposal.form, name="cohort-form"),
    path("circles/applications/<int:pk>/", views.application, name="application"),
    path("circles/applications/<int:pk>/change/", views.change_application, name="application-change"),
    path("circles/applications/<int:pk>/withdraw/", views.withdraw, name="application-withdraw"),
    path("circles/applications/<int:pk>/move/", views.be_moved, name="application-move"),
    path("circles/applications/<int:pk>/stay/", views.stay, name="application-stay"),
    path("circles/proposals/<int:pk>/", proposal.proposal, name="proposal"),
    path("circles/proposals/<int:pk>/cards/", proposal.cards, name="proposal-cards"),
    path("circles/proposals/<int:pk>/move/", proposal.move, name="proposal-move"),
    path("circles/proposals/<int:pk>/lock/", proposal.lock, name="proposal-lock"),
    path("circles/proposals/<int:pk>/show/", proposal.show, name="proposal-show"),
]
