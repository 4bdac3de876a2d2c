"""The key of the registers, wrapped with a passphrase.

The key is random; the file holds it sealed with AES-256-GCM under a key that scrypt makes from the
passphrase (n = 2^17, r = 8, p = 1, as OWASP's password storage cheat sheet asks: one guess costs
128 MiB and about a quarter of a second).
"""

import json
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from moderation.model import IntegrityError, NotAuthenticatedError, UsageError

COST = 2**17
"""scrypt's n."""

SHORTEST = 12
"""Characters of a passphrase."""

_VERSION = 1
_KEY, _SALT, _NONCE = 32, 16, 12
_PARTS = {"salt": _SALT, "nonce": _NONCE, "sealed": _KEY + 16}


def wrap(key: bytes, passphrase: str) -> str:
    """Return the text of a file that holds *key*, 32 bytes, and opens with *passphrase*.

    Raises:
        UsageError: the passphrase is too short

    """
    if len(passphrase) < SHORTEST:
        raise UsageError(f"the passphrase is too short; take at least {SHORTEST} characters")
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, key, _associated())
    parts = {"salt": salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()}
    return json.dumps({"version": _VERSION, **parts}) + "\n"


def unwrap(text: str, passphrase: str, *, source: str = "vault.key") -> bytes:
    """Return the key in a file that :func:`wrap` wrote.

    Args:
        text: the file
        passphrase: as it was given then; how its accents are composed does not matter
        source: name of the file, for errors

    Raises:
        IntegrityError: the file is damaged, or of another version
        NotAuthenticatedError: another passphrase

    """
    parts = _parts(text, source)
    key = AESGCM(_stretched(passphrase, parts["salt"]))
    try:
        return key.decrypt(parts["nonce"], parts["sealed"], _associated())
    except InvalidTag:
        raise NotAuthenticatedError(
            f"{source}: the passphrase is not the one it was sealed with; try again"
        ) from None


def _parts(text: str, source: str) -> dict[str, bytes]:
    try:
        found = json.loads(text)
        version = found["version"]
        parts = {name: bytes.fromhex(found[name]) for name in _PARTS}
    except (ValueError, KeyError, TypeError):
        raise IntegrityError(f"{source}: is damaged; restore it from your backup") from None
    if version != _VERSION:
        raise IntegrityError(f"{source}: was written by another version of Schoolgate; update it")
    if any(len(parts[name]) != size for name, size in _PARTS.items()):
        raise IntegrityError(f"{source}: is damaged; restore it from your backup")
    return parts


def _stretched(passphrase: str, salt: bytes) -> bytes:
    plain = unicodedata.normalize("NFKC", passphrase).encode()
    return Scrypt(salt=salt, length=_KEY, n=COST, r=8, p=1).derive(plain)


def _associated() -> bytes:
    return b"schoolgate vault key %d" % _VERSION
