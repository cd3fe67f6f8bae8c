"""A challenge that was told to a group goes home with its bringer, when the group's words are destroyed."""

from django.db import transaction
from django.db.models import Model

from grapevine.challenges.models import HOME, Challenge, Outcome, Playback
from grapevine.vaults import actions as vaults
from grapevine.vaults.models import Vault
from grapevine.vaults.queries import read


@transaction.atomic
def take_home(*, challenge: Challenge) -> Challenge:
    """The bringer alone keeps their own words: the challenge, the playback, what came of it.

    They are sealed anew in a vault with one seat; everything others said goes with the key of the old one. A bringer
    without a seat has nothing to take: the rows stay, the words are gone.
    """
    old = challenge.vault
    if old.kind == HOME:
        return challenge
    own = vaults.open_vault(kind=HOME, seats=[(challenge.brought_by, "bringer")])
    for row, name in _own_words(challenge):
        _move(row, name, challenge, own)
    challenge.vault = own
    challenge.save(update_fields=["vault"])
    vaults.shred(vault=old)
    return challenge


def _own_words(challenge: Challenge) -> list[tuple[Model, str]]:
    """Rows and the names of their sealed texts that the bringer wrote."""
    found: list[tuple[Model, str]] = [(challenge, "title"), (challenge, "words")]
    playback = Playback.objects.filter(challenge=challenge).select_related("commitment").first()
    if playback:
        found += [(playback.commitment, "when"), (playback.commitment, "will")]
    outcomes = Outcome.objects.filter(commitment__playback__challenge=challenge, words__isnull=False)
    return found + [(outcome, "words") for outcome in outcomes]


def _move(row: Model, name: str, challenge: Challenge, own: Vault) -> None:
    text, by = getattr(row, name), challenge.brought_by
    setattr(row, name, vaults.write(by=by, vault=own, kind=text.kind, words=read(by, text)))
    row.save(update_fields=[name])
