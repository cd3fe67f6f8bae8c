"""A secret that is made once and kept in a file only its owner can read."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def kept_in(file: Path) -> str:
    """The secret in `file`; on the first start it is made there."""
    if not file.exists():
        _make(file)
    return file.read_text(encoding="ascii").strip()


def _make(file: Path) -> None:
    """Written whole under another name first: of two processes that start at once, both read the same secret."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent)  # which only its owner may read
    with os.fdopen(descriptor, "w") as made:
        made.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, file)
    Path(draft).unlink()
