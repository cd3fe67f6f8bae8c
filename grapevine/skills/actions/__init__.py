"""Offering and seeking, what may be told about somebody, whose pages one opens, and the skills we bring ourselves."""

from grapevine.skills.actions.evidence import (
    agree_evidence,
    delete_evidence,
    forget_origin,
    hide_evidence,
    mark_used,
    no_longer_me,
    note_evidence,
    reword_evidence,
    show_evidence,
)
from grapevine.skills.actions.frameworks import load_starter
from grapevine.skills.actions.offers import offer, renew_offer, seek, withdraw_interest, withdraw_offer
from grapevine.skills.actions.profiles import open_profile

__all__ = [
    "agree_evidence",
    "delete_evidence",
    "forget_origin",
    "hide_evidence",
    "load_starter",
    "mark_used",
    "no_longer_me",
    "note_evidence",
    "offer",
    "open_profile",
    "renew_offer",
    "reword_evidence",
    "seek",
    "show_evidence",
    "withdraw_interest",
    "withdraw_offer",
]
