"""Marks: whom somebody means, kept as a keyed hash.

HMAC-SHA-256 under a key that is derived (HKDF) from the key file, which lies outside the database. A mark has a direction
and a purpose: two people who mean each other leave different marks, and the same two leave others for another purpose. So
the rows alone tell nobody who is meant, not even that two marks mean the same person. With the key file a mark is read
only by trying: who holds it can.
"""

import hmac
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from grapevine.vaults import keys

INFO = b"marks of pairs"


def pair_mark(*, by: int, about: int, purpose: str) -> str:
    """The mark that `by` leaves about somebody: 64 letters that mean nothing without the key file."""
    return _mark(_keys()[-1], f"{purpose}|{by}|", about)


def meant(marks: Iterable[str], *, by: int, among: Iterable[int], purpose: str) -> set[int]:
    """Whom of `among` the marks of `by` mean, whichever key of the file made them. Two microseconds for each tried."""
    left, before = frozenset(marks), f"{purpose}|{by}|"
    if not left:
        return set()
    among = list(among)
    return {one for key in _keys() for one in among if _mark(key, before, one) in left}


def _mark(key: bytes, before: str, about: int) -> str:
    return hmac.digest(key, f"{before}{about}".encode(), sha256).hex()


def _keys() -> list[bytes]:
    """Oldest first, as in the file."""
    return [_derived(key) for key in keys.file_keys()]


@lru_cache(maxsize=8)
def _derived(key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(key)
