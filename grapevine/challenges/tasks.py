"""Jobs: what is over closes by itself, so that nothing said in confidence lies about for ever."""

from datetime import timedelta

from grapevine.challenges.actions import let_end
from grapevine.challenges.models import Challenge
from grapevine.kernel import clock
from grapevine.kernel.jobs import on_tick, one_by_one

AFTER_PLAYBACK = timedelta(days=30)
AFTER_SILENCE = timedelta(days=90)
A_ROUND = 50


@on_tick
def close_what_is_over() -> None:
    """Ideas nobody kept vanish: thirty days after the playback and after the day it names, or ninety after a silence."""
    now = clock.now()
    still_open = Challenge.objects.filter(closing__isnull=True, vault__shredded_at__isnull=True)
    lately = now - AFTER_PLAYBACK
    played = still_open.filter(playback__at__lt=lately, playback__commitment__on__lt=lately.date())
    silent = still_open.filter(playback__isnull=True, at__lt=now - AFTER_SILENCE)
    one_by_one([*played[:A_ROUND], *silent[:A_ROUND]], lambda challenge: let_end(challenge=challenge))
