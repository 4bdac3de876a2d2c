"""Public keys, known by what they are and never by a name somebody gave them."""

import hashlib
from dataclasses import dataclass

from moderation.model import IntegrityError

SIZE = 32

_WEAK = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)
"""The points of small order on Curve25519, without the sign bit (the list libsodium refuses).

Under such a key anybody can write a signature that holds for many messages or for all.
"""


@dataclass(frozen=True, slots=True, order=True)
class PublicKey:
    """An Ed25519 public key.

    Args:
        keyid: SHA-256 of *public*, in lower-case hexadecimal; so one key cannot have two ids
        public: the key, 32 bytes as in RFC 8032

    Raises:
        IntegrityError: the id is not the key's, or the key is not one that protects anything

    """

    keyid: str
    public: bytes

    def __post_init__(self) -> None:
        if len(self.public) != SIZE or self.public[:31] + _unsigned(self.public[31:]) in _WEAK:
            raise IntegrityError("public key: is not a usable Ed25519 key; make a new one")
        if self.keyid != hashlib.sha256(self.public).hexdigest():
            raise IntegrityError("public key: its id is not the digest of the key; make a new one")

    @classmethod
    def of(cls, public: bytes) -> "PublicKey":
        """Return the key with its id."""
        return cls(hashlib.sha256(public).hexdigest(), public)


def _unsigned(last: bytes) -> bytes:
    return bytes([last[0] & 0x7F])
