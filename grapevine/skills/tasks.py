"""What is due without anybody asking."""

from datetime import timedelta

from grapevine.kernel import clock
from grapevine.kernel.jobs import on_tick
from grapevine.skills.models import ProfileView


@on_tick
def forget_opened_profiles() -> None:
    """Whose page somebody opened is nobody's business once the day is over everywhere."""
    ProfileView.objects.filter(on__lt=clock.now().date() - timedelta(days=1)).delete()
