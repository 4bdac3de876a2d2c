"""Encryption at rest: one AES-256-GCM file a register.

Layout: the magic ``SGV2``, two bytes for the length of the header, the header (canonical JSON:
purpose, the day the register ends), a 12-byte nonce, then the sealed text: zlib data behind its
length, padded to a power of two so that the size of a roll does not tell how many pupils there are.
Everything before the sealed text is authenticated with it.
"""

import json
import os
import zlib
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from moderation.model import IntegrityError

_FAMILY, _VERSION = b"SGV", b"2"
_START = len(_FAMILY + _VERSION) + 2
_NONCE = 12
_LEAST = 1024
_MOST = 256 * 1024 * 1024


def new_key() -> bytes:
    """Return 32 random bytes."""
    return AESGCM.generate_key(bit_length=256)


def seal(data: bytes, key: bytes, *, purpose: str, until: date | None = None) -> bytes:
    """Encrypt *data*.

    Args:
        data: the register
        key: 32 bytes
        purpose: names the register and must be given again to open it
        until: the last day on which it opens; None: it does not end

    """
    packed = zlib.compress(data)
    size = max(_LEAST, 1 << (len(packed) + 3).bit_length())
    plain = len(packed).to_bytes(4, "big") + packed
    named = {"purpose": purpose, "until": until.isoformat() if until else None}
    text = json.dumps(named, sort_keys=True, separators=(",", ":")).encode()
    start = _FAMILY + _VERSION + len(text).to_bytes(2, "big") + text + os.urandom(_NONCE)
    return start + AESGCM(key).encrypt(start[-_NONCE:], plain.ljust(size, b"\0"), start)


def unseal(sealed: bytes, key: bytes, *, purpose: str, today: date) -> bytes:
    """Decrypt what :func:`seal` wrote.

    Raises:
        IntegrityError: wrong key, wrong register, newer version, ended, or a damaged file

    """
    split = _split(sealed, purpose)
    try:
        plain = AESGCM(key).decrypt(sealed[split - _NONCE : split], sealed[split:], sealed[:split])
    except (InvalidTag, ValueError):
        raise IntegrityError(
            f"{purpose}: wrong key, or the file was damaged; restore both from your backup"
        ) from None
    until = end_of(sealed, purpose=purpose)
    if until and today > until:
        raise IntegrityError(f"{purpose}: ended on {until}; import this year's")
    length = int.from_bytes(plain[:4], "big")
    return zlib.decompressobj().decompress(plain[4 : 4 + length], _MOST)


def end_of(sealed: bytes, *, purpose: str) -> date | None:
    """Return the last day of a register, which anybody may read; None if it does not end.

    Only :func:`unseal` proves that the day is the one it was sealed with.

    Raises:
        IntegrityError: another register, or a damaged file

    """
    split = _split(sealed, purpose)
    try:
        named = json.loads(sealed[_START : split - _NONCE])
        until = date.fromisoformat(named["until"]) if named["until"] else None
    except (ValueError, KeyError, TypeError):
        raise IntegrityError(f"{purpose}: is damaged; restore it from your backup") from None
    if named["purpose"] != purpose:
        raise IntegrityError(f"{purpose}: is another register under this name; restore it")
    return until


def _split(sealed: bytes, purpose: str) -> int:
    """Return where the sealed text begins."""
    _require_version(sealed, purpose)
    split = _START + int.from_bytes(sealed[_START - 2 : _START], "big") + _NONCE
    if len(sealed) <= split:
        raise IntegrityError(f"{purpose}: is cut short; restore it from your backup")
    return split


def _require_version(sealed: bytes, purpose: str) -> None:
    if not sealed.startswith(_FAMILY):
        raise IntegrityError(f"{purpose}: is no register of Schoolgate, or damaged; restore it")
    found = sealed[len(_FAMILY) : len(_FAMILY + _VERSION)]
    if found > _VERSION:
        raise IntegrityError(
            f"{purpose}: was written by a newer version of Schoolgate; update this one"
        )
    if found != _VERSION:
        raise IntegrityError(f"{purpose}: was written by an older version; import it anew")
