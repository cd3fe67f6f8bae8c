"""Addresses of people and what they can do."""

from django.urls import path

from grapevine.skills import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/find/", views.find, name="people-find"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/block/", views.block, name="person-block"),
    path("skills/<int:pk>/", views.skill, name="skill"),
    path("me/", views.mine, name="mine"),
    path("me/offers/", views.offer, name="offer"),
    path("me/offers/<int:pk>/renew/", views.renew, name="offer-renew"),
    path("me/offers/<int:pk>/withdraw/", views.withdraw, name="offer-withdraw"),
    path("me/interests/", views.seek, name="seek"),
    path("me/interests/<int:pk>/withdraw/", views.withdraw_interest, name="interest-withdraw"),
    path("me/evidence/<int:pk>/agree/", views.evidence, {"verb": "agree"}, name="evidence-agree"),
    path("me/evidence/<int:pk>/hide/", views.evidence, {"verb": "hide"}, name="evidence-hide"),
    path("me/evidence/<int:pk>/show/", views.evidence, {"verb": "show"}, name="evidence-show"),
    path("me/evidence/<int:pk>/delete/", views.evidence, {"verb": "delete"}, name="evidence-delete"),
    path("me/evidence/<int:pk>/no-longer-me/", views.no_longer_me, name="no-longer-me"),
    path("me/found/", views.be_found, name="be-found"),
]
