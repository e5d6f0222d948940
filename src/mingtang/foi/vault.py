"""The vault: encrypts what is personal (AES-256-GCM), and makes keyed fingerprints of what must only be recognised.

The keys lie in `keys/foi/` of the instance folder (mode 0600), never in the database: who has one without the other
reads nothing. Each ciphertext is bound to what it is of (`about`), so that rows and files cannot be exchanged.
"""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from mingtang.foi.errors import Damaged, KeyExposed, KeyMissing

FORM = b"\x01"
KEY_BYTES, ID_BYTES, NONCE_BYTES = 32, 4, 12
HEAD = len(FORM) + ID_BYTES + NONCE_BYTES
DATA, LINK = "data.key", "link.key"


def seal(plain: bytes, about: str) -> bytes:
    """The content encrypted, with the mark of its key and a nonce of its own; `about` names what it belongs to."""
    key = _key(DATA, make=True)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORM + _mark(key) + nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(kept: bytes, about: str) -> bytes:
    """The content again; raises `KeyMissing`, `KeyExposed` or `Damaged`."""
    key = _key(DATA, make=False)
    if len(kept) < HEAD or kept[:1] != FORM:
        raise Damaged
    if kept[1 : 1 + ID_BYTES] != _mark(key):
        raise KeyMissing(_place(DATA))
    try:
        return AESGCM(key).decrypt(kept[HEAD - NONCE_BYTES : HEAD], kept[HEAD:], about.encode())
    except InvalidTag as error:
        raise Damaged from error


def fingerprint(value: str, purpose: str) -> str:
    """A keyed digest (HMAC-SHA-256, hex) by which the same value is recognised and none can be guessed without key."""
    key = _key(LINK, make=True)
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def same(first: str, second: str) -> bool:
    """Whether two fingerprints are equal, in a time that tells nothing."""
    return hmac.compare_digest(first.encode(), second.encode())


def _mark(key: bytes) -> bytes:
    return hashlib.sha256(b"mingtang.foi\0" + key).digest()[:ID_BYTES]


def _place(name: str) -> Path:
    return Path(settings.HOME) / "keys" / "foi" / name


def _key(name: str, *, make: bool) -> bytes:
    place = _place(name)
    if make and not place.exists():
        _make(place)
    try:
        stat = place.stat()
    except FileNotFoundError as error:
        raise KeyMissing(place) from error
    if stat.st_mode & 0o077:
        raise KeyExposed(place)
    return _read(place, stat.st_mtime_ns)


@lru_cache(maxsize=8)
def _read(place: Path, _changed: int) -> bytes:
    """The key of a file as it is since `_changed`."""
    try:
        key = bytes.fromhex(place.read_text(encoding="ascii").strip())
    except (UnicodeDecodeError, ValueError) as error:
        raise KeyMissing(place) from error
    if len(key) != KEY_BYTES:
        raise KeyMissing(place)
    return key


def _make(place: Path) -> None:
    """A new key, linked into place whole: of two processes that begin at once, both use the first one's."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, place)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        draft.unlink()
