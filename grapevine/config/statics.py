"""Static files are named by what is in them, and collected when they changed, so that the second start is quick."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

ICON = (r"""(?P<matched>"src": "(?P<url>[^"]+)")""", '"src": "%(url)s"')


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Also the icons that the installed app names."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("*.webmanifest", (ICON,)))


def collect_if_changed() -> None:
    """Collect and name the static files anew, unless they are the ones already collected."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = fingerprint()
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)


def fingerprint() -> str:
    """Changes whenever a static file, or the way they are stored, does."""
    seen = [settings.STORAGES["staticfiles"]["BACKEND"], *sorted(_files())]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def _files() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            yield f"{name} {stat.st_size} {stat.st_mtime_ns}"
