"""Builds the demo world at a moment that never changes. A process of its own: `python -m tests.browser.seeding`."""

import os
from datetime import UTC, datetime

import django

from grapevine.config import serving

MONDAY = datetime(2026, 3, 9, 8, 15, tzinfo=UTC)  # 09:15 in Oslo


def main() -> None:
    """In the directory that GRAPEVINE_DATA_DIR names: rows, keys, static files, and the mails of that morning."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "grapevine.config.settings"
    serving.choose_demo_settings(serving.free_port(8000), fresh=True)
    django.setup()
    serving.prepare()

    from grapevine.demo import world  # noqa: PLC0415 - needs the apps
    from grapevine.kernel import clock  # noqa: PLC0415 - the same
    from tests.background import run_due  # noqa: PLC0415 - the same

    clock.freeze(MONDAY)
    world.load()
    run_due()


if __name__ == "__main__":
    main()
