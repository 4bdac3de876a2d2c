"""Encryption at rest: one AES-256-GCM file a register.

Layout: the magic ``SGV1``, a byte for the length of the purpose, the purpose, a 12-byte nonce, then
the sealed text: zlib data behind its length, padded to a power of two so that the size of a roll
does not tell how many pupils there are. Everything before the sealed text is authenticated too.
"""

import os
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from moderation.model import IntegrityError

_MAGIC = b"SGV1"
_NONCE = 12
_LEAST = 1024
_MOST = 256 * 1024 * 1024


def new_key() -> bytes:
    """Return 32 random bytes."""
    return AESGCM.generate_key(bit_length=256)


def seal(data: bytes, key: bytes, *, purpose: str) -> bytes:
    """Encrypt *data*; *purpose* names the register and must be given again to open it."""
    packed = zlib.compress(data)
    size = max(_LEAST, 1 << (len(packed) + 3).bit_length())
    plain = len(packed).to_bytes(4, "big") + packed
    header = _header(purpose) + os.urandom(_NONCE)
    return header + AESGCM(key).encrypt(header[-_NONCE:], plain.ljust(size, b"\0"), header)


def unseal(sealed: bytes, key: bytes, *, purpose: str) -> bytes:
    """Decrypt what :func:`seal` wrote.

    Raises:
        IntegrityError: wrong key, wrong register, newer version, or a damaged file

    """
    expected = _header(purpose)
    if not sealed.startswith(_MAGIC):
        raise IntegrityError(f"{purpose}: is not a register of this version of Schoolgate")
    if not sealed.startswith(expected) or len(sealed) < len(expected) + _NONCE:
        raise IntegrityError(f"{purpose}: is another register, or cut short; restore it")
    split = len(expected) + _NONCE
    try:
        plain = AESGCM(key).decrypt(sealed[split - _NONCE : split], sealed[split:], sealed[:split])
    except (InvalidTag, ValueError) as error:
        raise IntegrityError(f"{purpose}: wrong key, or the file was damaged") from error
    length = int.from_bytes(plain[:4], "big")
    return zlib.decompressobj().decompress(plain[4 : 4 + length], _MOST)


def _header(purpose: str) -> bytes:
    name = purpose.encode()
    return _MAGIC + bytes([len(name)]) + name
