"""Keys: one file outside the database wraps the key of every vault.

AES-256-GCM throughout (NIST SP 800-38D): 32-byte keys, 12-byte random nonces, 16-byte tags. Texts are padded to
256 bytes, 1, 4 or 16 kB before sealing, so that their length tells little. The associated data bind a text to its
vault, id, kind, author and epoch: a row moved elsewhere in the database does not open.
"""

import json
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from grapevine.vaults import files
from grapevine.vaults.models import Vault

Blob = bytes | memoryview
KEY_BYTES = 32
NONCE_BYTES = 12
PADDED_TO = (256, 1_024, 4_096, 16_384)
MISSED = "there is no key file at {}, and there are vaults that need one"
PUT_BACK = (
    "put the file back or say in GRAPEVINE_KEY_FILE where it is, and start again. "
    "Only when it is gone for good, and the words with it: grapevine new-key"
)


class KeyFileError(ImproperlyConfigured):
    """The key file is missing, unreadable, or not the one that wrapped this vault."""


class NotAuthenticError(RuntimeError):
    """A sealed text does not open: damaged, moved, or sealed by another key."""


def ensure_key_file() -> Path:
    """The key file; made on first start. Raises KeyFileError when there are vaults but no key file: a new one opens none."""
    path = Path(settings.GRAPEVINE_KEY_FILE)
    if not path.exists():
        if Vault.objects.exists():
            raise KeyFileError(f"{MISSED.format(path)}. Nothing is lost: {PUT_BACK}.")
        make_key_file()
    return path


def make_key_file() -> Path:
    """A key file with a new key, readable by its owner alone; one that is there stays as it is."""
    path, body = Path(settings.GRAPEVINE_KEY_FILE), {"keys": {secrets.token_hex(8): secrets.token_hex(KEY_BYTES)}}
    files.keep(path, json.dumps(body))
    forget()
    return path


def not_opened() -> int:
    """How many vaults were sealed with a key that the key file does not hold."""
    return Vault.objects.filter(shredded_at__isnull=True).exclude(key_name__in=[*_keys()]).count()


def file_keys() -> list[bytes]:
    """All keys of the key file, oldest first; for this slice alone."""
    return list(_keys().values())


def new_vault_key() -> tuple[bytes, str]:
    """A fresh vault key, wrapped, and the name of the key that wraps it."""
    name, key = _newest()
    return _seal(key, secrets.token_bytes(KEY_BYTES), b"vault key"), name


def unwrap(wrapped: bytes, name: str) -> bytes:
    """The vault key. Raises KeyFileError when the file does not hold the wrapping key."""
    try:
        return _open(_keys()[name], bytes(wrapped), b"vault key")
    except KeyError:
        message = f"the key file {settings.GRAPEVINE_KEY_FILE} does not hold the key {name}: restore the key file of this database"
        raise KeyFileError(message) from None


def seal(key: bytes, words: str, bound_to: bytes) -> tuple[bytes, bytes]:
    """(nonce, blob) of the padded words."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce, AESGCM(key).encrypt(nonce, _pad(words.encode()), bound_to)


def unseal(key: bytes, nonce: Blob, blob: Blob, bound_to: bytes) -> str:
    """The words again. Raises NotAuthenticError when anything about the row was changed."""
    try:
        return _unpad(AESGCM(key).decrypt(bytes(nonce), bytes(blob), bound_to)).decode()
    except InvalidTag:
        message = "a sealed text is not authentic"
        raise NotAuthenticError(message) from None


def forget() -> None:
    """Read the key file again at the next use (after it was changed)."""
    _keys_in.cache_clear()


def _newest() -> tuple[str, bytes]:
    return list(_keys().items())[-1]


def _keys() -> dict[str, bytes]:
    return _keys_in(str(ensure_key_file()))


@lru_cache(maxsize=4)
def _keys_in(path: str) -> dict[str, bytes]:
    try:
        body = json.loads(Path(path).read_text())
        return {name: bytes.fromhex(key) for name, key in body["keys"].items()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        message = f"the key file {path} cannot be read: {error}"
        raise KeyFileError(message) from error


def _seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _open(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except InvalidTag:
        message = "a vault key does not open with the key file"
        raise KeyFileError(message) from None


def _pad(plain: bytes) -> bytes:
    size = next((s for s in PADDED_TO if len(plain) + 4 <= s), len(plain) + 4)
    return len(plain).to_bytes(4, "big") + plain + bytes(size - len(plain) - 4)


def _unpad(padded: bytes) -> bytes:
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]
