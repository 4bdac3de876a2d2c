"""A person's own key in a file, wrapped with their passphrase.

The Ed25519 seed is sealed with AES-256-GCM under a key that scrypt makes from the passphrase; one
guess costs 128 MiB and about a quarter of a second. Everything else in the file is authenticated
with it. The checksum is no protection: it tells a damaged file from a wrong passphrase.
"""

import os
import unicodedata
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from securesystemslib.signer import CryptoSigner

from moderation.attest.canonical import DIGEST, TOKEN, Record, base64_of, canonical, parse
from moderation.attest.envelope import Envelope, library_key, sign
from moderation.attest.public_key import PublicKey
from moderation.model import IntegrityError, NotAuthenticatedError, UsageError, digest_of

__all__ = [
    "COST",
    "SHORTEST",
    "VERSION",
    "KeyFile",
    "PublicKey",
    "Signer",
    "create_key",
    "open_key",
    "public_key_of",
    "read_key",
    "wrap_key",
]

VERSION = 1
COST = 2**17
"""scrypt's n, with r = 8 and p = 1: what OWASP's password storage cheat sheet asks first."""

SHORTEST = 12
"""Characters of a passphrase: three random words, as the NCSC advises, are rarely shorter."""

_MOST_COST = 2**19
_BLOCK, _LANES = 8, 1
_SALT, _NONCE, _SEED, _SEALED = 16, 12, 32, 48
_MOST = 8192
_AUTHENTICATED = ("version", "person", "keyid", "public", "kdf", "nonce")


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who has opened their key and may sign until the program ends."""

    person: str
    key: PublicKey
    _seed: bytes = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, person: str, seed: bytes) -> "Signer":
        """Return the signer whose private key is *seed*, 32 bytes."""
        private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(person, PublicKey.of(private.public_key().public_bytes_raw()), seed)

    @classmethod
    def generate(cls, person: str) -> "Signer":
        """Return a signer with a new key that is in no file."""
        return cls.from_seed(person, os.urandom(_SEED))

    def sign(self, payload: bytes, payload_type: str) -> Envelope:
        """Sign *payload* as *payload_type*."""
        private = Ed25519PrivateKey.from_private_bytes(self._seed)
        return sign(payload, payload_type, CryptoSigner(private, library_key(self.key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A key file as it lies on the disk: whose, which key, and the sealed seed."""

    person: str
    key: PublicKey
    cost: int
    salt: bytes
    nonce: bytes
    sealed: bytes

    @property
    def header(self) -> dict[str, object]:
        """What is authenticated together with the seed."""
        return {
            "version": VERSION,
            "person": self.person,
            "keyid": self.key.keyid,
            "public": self.key.public.hex(),
            "kdf": {
                "name": "scrypt",
                "n": self.cost,
                "r": _BLOCK,
                "p": _LANES,
                "salt": base64_of(self.salt),
            },
            "nonce": base64_of(self.nonce),
        }

    def text(self) -> str:
        """Write the file as canonical JSON with a newline at the end."""
        body = {**self.header, "sealed": base64_of(self.sealed)}
        return canonical({**body, "checksum": digest_of(canonical(body))}).decode() + "\n"


def create_key(person: str, passphrase: str, *, cost: int = COST) -> str:
    """Make a new key for *person* and return its file.

    Args:
        person: opaque id
        passphrase: at least :data:`SHORTEST` characters
        cost: scrypt's n, a power of two; a file with less than :data:`COST` opens only for a
            caller who asks for that

    Raises:
        UsageError: the id or the passphrase cannot be used

    """
    return wrap_key(Signer.generate(person), passphrase, cost=cost)


def wrap_key(signer: Signer, passphrase: str, *, cost: int = COST) -> str:
    """Seal an opened key under a new passphrase and return its file; see :func:`create_key`."""
    if not TOKEN.fullmatch(signer.person):
        raise UsageError(
            "key: the person's id must be letters, digits, dots, hyphens and underlines, at most "
            "64; choose an id that is not a name"
        )
    if len(passphrase) < SHORTEST:
        raise UsageError(
            f"key of {signer.person}: the passphrase has fewer than {SHORTEST} characters; "
            "use three or four random words"
        )
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    draft = KeyFile(
        person=signer.person, key=signer.key, cost=cost, salt=salt, nonce=nonce, sealed=b""
    )
    lock = AESGCM(_stretch(passphrase, draft))
    sealed = lock.encrypt(nonce, signer._seed, canonical(draft.header))
    return KeyFile(
        person=signer.person, key=signer.key, cost=cost, salt=salt, nonce=nonce, sealed=sealed
    ).text()


def open_key(
    text: str, passphrase: str, *, source: str = "the key file", floor: int = COST
) -> Signer:
    """Open a key file.

    Args:
        text: the file
        passphrase: as typed; composed and decomposed accents are the same
        source: name of the file, for errors
        floor: the least scrypt cost accepted

    Raises:
        NotAuthenticatedError: wrong passphrase
        IntegrityError: the file is damaged, or its protection was weakened

    """
    file = read_key(text, source=source)
    if not floor <= file.cost <= _MOST_COST:
        raise IntegrityError(
            f"{source}: kdf.n: {file.cost} lies outside {floor} to {_MOST_COST}, so somebody "
            "changed how the key is protected; have the head revoke it and make a new one"
        )
    try:
        seed = AESGCM(_stretch(passphrase, file)).decrypt(
            file.nonce, file.sealed, canonical(file.header)
        )
    except InvalidTag as error:
        raise NotAuthenticatedError(
            f"{source}: wrong passphrase; try again, or ask the head for a new key"
        ) from error
    signer = Signer.from_seed(file.person, seed)
    if signer.key != file.key:
        raise IntegrityError(f"{source}: holds another key than it says; make a new one")
    return signer


def public_key_of(text: str, *, source: str = "the key file") -> PublicKey:
    """Return the public half of a key file; needs no passphrase.

    Raises:
        IntegrityError: the file is damaged

    """
    return read_key(text, source=source).key


def read_key(text: str, *, source: str = "the key file") -> KeyFile:
    """Read a key file without opening it.

    Raises:
        IntegrityError: the file is damaged, or of another version

    """
    root = parse(text, source=source, most=_MOST)
    if root.child("version").number() != VERSION:
        raise root.error(f"is not a key file of version {VERSION}; update Schoolgate")
    root.only(*_AUTHENTICATED, "sealed", "checksum")
    body = {key: record.value for key, record in root.items() if key != "checksum"}
    if root.child("checksum").text(DIGEST) != digest_of(canonical(body)):
        raise root.error("is damaged; restore it from a copy, or make a new key")
    kdf = root.child("kdf")
    kdf.only("name", "n", "r", "p", "salt")
    kdf.child("name").choice(["scrypt"])
    for name, value in (("r", _BLOCK), ("p", _LANES)):
        if kdf.child(name).number() != value:
            raise kdf.child(name).error(f"is not {value}; make a new key")
    return KeyFile(
        person=root.child("person").text(TOKEN),
        key=_public(root),
        cost=_power_of_two(kdf.child("n")),
        salt=kdf.child("salt").base64(_SALT),
        nonce=root.child("nonce").base64(_NONCE),
        sealed=root.child("sealed").base64(_SEALED),
    )


def _public(root: Record) -> PublicKey:
    try:
        return PublicKey(root.child("keyid").text(DIGEST), root.child("public").hex(_SEED))
    except IntegrityError as error:
        raise IntegrityError(f"{root.source}: {error}") from error


def _power_of_two(record: Record) -> int:
    cost = record.number()
    if cost < 2 or cost & (cost - 1):
        raise record.error("is not a power of two; make a new key")
    return cost


def _stretch(passphrase: str, file: KeyFile) -> bytes:
    """Make the 32-byte wrapping key; takes 1 KiB of memory times the cost."""
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=file.salt, length=32, n=file.cost, r=_BLOCK, p=_LANES).derive(secret)
