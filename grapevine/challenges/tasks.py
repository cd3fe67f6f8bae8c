"""Jobs: what is over closes by itself, so that nothing said in confidence lies about for ever."""

from datetime import timedelta

from grapevine.challenges.actions import let_end
from grapevine.challenges.models import Challenge
from grapevine.kernel import clock
from grapevine.kernel.jobs import on_tick

AFTER_PLAYBACK = timedelta(days=30)
AFTER_SILENCE = timedelta(days=90)
A_ROUND = 50


@on_tick
def close_what_is_over() -> None:
    """Thirty days after the playback, or ninety days after it was brought, ideas nobody kept vanish."""
    now = clock.now()
    still_open = Challenge.objects.filter(closing__isnull=True, vault__shredded_at__isnull=True)
    played = still_open.filter(playback__at__lt=now - AFTER_PLAYBACK)
    silent = still_open.filter(playback__isnull=True, at__lt=now - AFTER_SILENCE)
    for challenge in [*played[:A_ROUND], *silent[:A_ROUND]]:
        let_end(challenge=challenge)
