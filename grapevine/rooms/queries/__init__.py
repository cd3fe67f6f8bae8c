"""Reading rooms: how a session stands, who is there, what is on its page, which formats one may choose."""

from grapevine.rooms.cards import charter, circle_defaults
from grapevine.rooms.queries.choosing import Way, formats_for, minutes_of, my_rooms, ways_of
from grapevine.rooms.queries.faces import Face, role_word
from grapevine.rooms.queries.scene import Said, Scene, Told
from grapevine.rooms.queries.staging import scene
from grapevine.rooms.queries.standing import (
    PRESENT,
    entry_in,
    format_of,
    is_taken,
    latest_text,
    mark_of,
    note_of,
    seen_lately,
    state_of,
    story_for,
)

__all__ = [
    "PRESENT",
    "Face",
    "Said",
    "Scene",
    "Told",
    "Way",
    "charter",
    "circle_defaults",
    "entry_in",
    "format_of",
    "formats_for",
    "is_taken",
    "latest_text",
    "mark_of",
    "minutes_of",
    "my_rooms",
    "note_of",
    "role_word",
    "scene",
    "seen_lately",
    "state_of",
    "story_for",
    "ways_of",
]
