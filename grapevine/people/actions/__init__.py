"""Joining and leaving, saying who one is, when one works and rests, what one agrees to, and running the place."""

from grapevine.people.actions.joining import join, leave, move_account
from grapevine.people.actions.oneself import (
    choose_look,
    introduce_oneself,
    keep_address,
    set_hours,
    set_shifts,
    take_new_address,
)
from grapevine.people.actions.running import forget_list, look_at_list, make_administrator, withdraw_administrator
from grapevine.people.actions.sessions import end_session, end_sessions
from grapevine.people.actions.wishes import block, consent, end_rest, rest, unblock, withdraw_consent

__all__ = [
    "block",
    "choose_look",
    "consent",
    "end_rest",
    "end_session",
    "end_sessions",
    "forget_list",
    "introduce_oneself",
    "join",
    "keep_address",
    "leave",
    "look_at_list",
    "make_administrator",
    "move_account",
    "rest",
    "set_hours",
    "set_shifts",
    "take_new_address",
    "unblock",
    "withdraw_administrator",
    "withdraw_consent",
]
