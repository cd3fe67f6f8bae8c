"""Secrets in files: made once, whole, on the disk, and for their owner alone."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def keep(file: Path, secret: str) -> None:
    """`secret` is in `file` from now on, unless there is one already: two processes that start at once read the same."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent)  # which only its owner may read
    with os.fdopen(descriptor, "w") as made:
        made.write(secret)
        made.flush()
        os.fsync(descriptor)
    with suppress(FileExistsError):
        os.link(draft, file)
    Path(draft).unlink()
    _remember_names(file.parent)


def _remember_names(directory: Path) -> None:
    """A file is safe on the disk only when its directory is."""
    descriptor = os.open(directory, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
