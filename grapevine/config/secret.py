"""A secret that is made once and kept in a file only its owner can read."""

import secrets
from pathlib import Path

from grapevine.vaults import files


def kept_in(file: Path) -> str:
    """The secret in `file`; on the first start it is made there."""
    if not file.exists():
        files.keep(file, secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()
