"""Addresses of people: settings, the door, running the place."""

from django.urls import path

from grapevine.people.views import door, oneself, running

urlpatterns = [
    path("", oneself.home, name="home"),
    path("settings/", oneself.settings, name="settings"),
    path("settings/look/", oneself.look, name="settings-look"),
    path("settings/hours/", oneself.hours, name="settings-hours"),
    path("settings/shifts/", oneself.add_shift, name="shift-add"),
    path("settings/shifts/<int:pk>/remove/", oneself.remove_shift, name="shift-remove"),
    path("settings/rest/", oneself.rest, name="settings-rest"),
    path("settings/rest/end/", oneself.end_rest, name="rest-end"),
    path("settings/consent/", oneself.consent, name="settings-consent"),
    path("settings/blocks/", oneself.blocks, name="settings-blocks"),
    path("settings/blocks/<int:pk>/end/", oneself.unblock, name="unblock"),
    path("settings/door/", door.door, name="settings-door"),
    path("settings/door/address/", door.address, name="settings-address"),
    path("settings/door/sessions/<int:pk>/end/", door.end_session, name="session-end"),
    path("organisation/", running.organisation, name="organisation"),
    path("organisation/lists/", running.look_at_list, name="people-list-look"),
    path("organisation/lists/<int:pk>/", running.people_list, name="people-list"),
    path("organisation/lists/<int:pk>/bring/", running.bring_list_in, name="people-list-bring"),
    path("organisation/administrators/", running.make_administrator, name="administrator-make"),
    path(
        "organisation/administrators/<int:pk>/withdraw/", running.withdraw_administrator, name="administrator-withdraw"
    ),
    path("organisation/leavers/", running.look_at_leaver, name="leaver-look"),
    path("organisation/leavers/<int:pk>/", running.leaver, name="leaver"),
    path("organisation/leavers/<int:pk>/see-off/", running.see_off, name="see-off"),
]
