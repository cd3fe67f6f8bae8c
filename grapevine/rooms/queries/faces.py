"""The people of a session as the others see them: names, what they do here, whose turn it is, who is there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, pgettext

from grapevine.people.models import Person
from grapevine.rooms import cards
from grapevine.rooms.engine import State
from grapevine.rooms.models import Participant


@dataclass(frozen=True)
class Face:
    """One of those who are here or may come. `does` are the short words on their picture."""

    participant: Participant
    name: str
    roles: tuple[str, ...]
    does: str
    is_turn: bool
    is_me: bool
    has_come: bool
    is_here: bool
    has_hand_up: bool

    @property
    def pk(self) -> int:
        """Of the participant."""
        return self.participant.pk

    @property
    def on_tile(self) -> str:
        """What stands on their picture: what they do, that they would like to speak, that they are not here or away."""
        hand = pgettext("on a picture", "next") if self.has_hand_up and not self.is_turn else ""
        return ", ".join(filter(None, (self.does, hand, self.whereabouts)))

    @property
    def whereabouts(self) -> str:
        """Empty for those who are here."""
        if self.is_here:
            return ""
        return pgettext("on a picture", "away") if self.has_come else pgettext("on a picture", "not here")

    @property
    def person(self) -> Person | None:
        """None for a guest."""
        return self.participant.person


def faces(participants: Sequence[Participant], state: State, me: int, seen: frozenset[int]) -> list[Face]:
    """In the order of their places."""
    short = Counter(_first_name(one) for one in participants)
    return [_face(one, state, me, seen, is_alone=short[_first_name(one)] == 1) for one in participants]


def _face(one: Participant, state: State, me: int, seen: frozenset[int], *, is_alone: bool) -> Face:
    is_here = one.pk in state.present and one.pk in seen
    has_gone = one.pk in state.came and not is_here  # what they did here nobody does now
    roles = () if has_gone else tuple(role for role, holder in state.roles.items() if holder == one.pk)
    is_turn = state.turn == one.pk
    return Face(
        participant=one,
        name=_first_name(one) if is_alone else one.shown_name,
        roles=roles,
        does=_turn_word(state.mode) if is_turn else ", ".join(map(role_word, roles)),
        is_turn=is_turn,
        is_me=one.pk == me,
        has_come=one.pk in state.present,
        is_here=is_here,
        has_hand_up=one.pk in state.hands,
    )


def role_word(role: str) -> str:
    """What a role does, as short as it fits on a picture. A role of a group's own is called by its name."""
    language = get_language() or "en"
    short = {
        "bringer": pgettext("in a session", "brings"),
        "bringer_a": pgettext("in a session", "brings first"),
        "bringer_b": pgettext("in a session", "brings second"),
        "host": pgettext("in a session", "hosts"),
        "host_from_another_team": pgettext("in a session", "hosts"),
        "timekeeper": pgettext("in a session", "keeps time"),
    }
    return short.get(role) or cards.role_names(language).get(role) or role


def _turn_word(mode: str) -> str:
    words = {
        "ask": pgettext("whose turn it is", "asks"),
        "ideas": pgettext("whose turn it is", "offers"),
        "bringer": pgettext("whose turn it is", "tells"),
        "story": pgettext("whose turn it is", "tells"),
        "playback": pgettext("whose turn it is", "plays back"),
    }
    return words.get(mode) or pgettext("whose turn it is", "speaks")


def _first_name(one: Participant) -> str:
    return one.person.short_name if one.person else one.name
