"""Addresses around a circle."""

from django.urls import path

from grapevine.circles.views import after, circle, meeting, welcome

urlpatterns = [
    path("circles/<int:pk>/", circle.circle, name="circle"),
    path("circles/<int:pk>/now/", circle.now, name="circle-now"),
    path("circles/<int:pk>/agreement/", circle.agreement, name="circle-agreement"),
    path("circles/<int:pk>/agreement/sign/", circle.sign, name="circle-sign"),
    path("circles/<int:pk>/place/", circle.place, name="circle-place"),
    path("circles/<int:pk>/leave/", circle.step_out, name="circle-leave"),
    path("circles/<int:pk>/missed/", circle.missed, name="circle-missed"),
    path("circles/left/", circle.left, name="circle-left"),
    path("circles/<int:pk>/call/", after.call, name="alumni-call"),
    path("circles/<int:pk>/in-touch/", after.in_touch, name="in-touch"),
    path("circles/calls/<int:pk>/answer/", after.answer_call, name="call-answer"),
    path("circles/calls/<int:pk>/back/", after.take_back_hour, name="call-back"),
    path("circles/calls/<int:pk>/end/", after.end_call, name="call-end"),
    path("circles/calls/<int:pk>/room/", after.gather, name="call-gather"),
    path("circles/calendar/", after.calendar, name="circles-calendar"),
    path("circles/calendar/<str:token>.ics", after.calendar_feed, name="calendar-feed"),
    path("circles/meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("circles/meetings/<int:pk>/come/", meeting.come, name="meeting-come"),
    path("circles/meetings/<int:pk>/move/", meeting.move, name="meeting-move"),
    path("circles/meetings/<int:pk>/way/", meeting.choose_way, name="meeting-way"),
    path("circles/meetings/<int:pk>/off/", meeting.call_off, name="meeting-off"),
    path("circles/meetings/<int:pk>/room/", meeting.enter, name="meeting-room"),
    path("circles/meetings/<int:pk>/bring/", meeting.bring, name="meeting-bring"),
    path("circles/meetings/<int:pk>/pulse/", after.pulse, name="meeting-pulse"),
    path("circles/meetings/<int:pk>/tally/", after.tally, name="meeting-tally"),
    path("circles/promises/<int:pk>/happened/", meeting.happened, name="promise-happened"),
    path("circles/cohorts/<int:pk>/welcome/", welcome.welcome, name="cohort-welcome"),
    path("circles/chairs/<int:pk>/", welcome.answer, name="chair-answer"),
    path("circles/turns/<int:pk>/swap/", meeting.swap, name="turn-swap"),
    path("circles/swaps/<int:pk>/answer/", meeting.answer_swap, name="swap-answer"),
    path("circles/briefs/<int:pk>/", after.brief, name="brief"),
]
