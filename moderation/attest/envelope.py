"""Signed bytes: DSSE as securesystemslib makes it, with its open doors closed.

The library counts key ids where persons should be counted, ignores the payload type, lets a
signature under a wrong name pass for another key, reads a second key of the same name over the
first, and empties the dictionary it reads from. Here the envelope is a value, reading is strict,
a key's id is its own digest, and the type is part of the question.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from securesystemslib import dsse, signer
from securesystemslib.exceptions import VerificationError

from moderation.attest.canonical import DIGEST, base64_of, canonical, parse
from moderation.attest.public_key import PublicKey

_SIGNATURES = 32
_SIGNATURE_SIZE = 64


@dataclass(frozen=True, slots=True, order=True)
class Signature:
    """64 bytes, and the id of the key that is said to have made them."""

    keyid: str
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A payload with its signatures; having one says nothing until they are verified."""

    payload: bytes
    payload_type: str
    signatures: tuple[Signature, ...]

    def text(self) -> str:
        """Write the envelope as DSSE v1 in canonical JSON, with a newline at the end."""
        record = {
            "payload": base64_of(self.payload),
            "payloadType": self.payload_type,
            "signatures": [
                {"keyid": each.keyid, "sig": base64_of(each.value)}
                for each in sorted(self.signatures)
            ],
        }
        return canonical(record).decode() + "\n"


def parse_envelope(text: str, *, source: str) -> Envelope:
    """Read an envelope strictly; its signatures are not verified here.

    Raises:
        IntegrityError: not DSSE, ambiguous, too long, unsigned, or one key id twice

    """
    root = parse(text, source=source)
    root.only("payload", "payloadType", "signatures")
    signatures = []
    for record in root.child("signatures").each(most=_SIGNATURES):
        record.only("keyid", "sig")
        keyid = record.child("keyid").text(DIGEST)
        signatures.append(Signature(keyid, record.child("sig").base64(_SIGNATURE_SIZE)))
    if not signatures:
        raise root.error("carries no signature; have it signed")
    if len({each.keyid for each in signatures}) < len(signatures):
        raise root.error("carries two signatures under one key id; restore the file from a copy")
    return Envelope(
        payload=root.child("payload").base64(),
        payload_type=root.child("payloadType").text(),
        signatures=tuple(sorted(signatures)),
    )


def sign(payload: bytes, payload_type: str, key: signer.Signer) -> Envelope:
    """Sign *payload* as *payload_type* with one key."""
    made = dsse.Envelope(payload, payload_type, {}).sign(key)
    signature = Signature(made.keyid, bytes.fromhex(made.signature))
    return Envelope(payload=payload, payload_type=payload_type, signatures=(signature,))


def verified_keys(
    envelope: Envelope, keys: Iterable[PublicKey], *, payload_type: str
) -> frozenset[str]:
    """Return the ids of those of *keys* that signed this payload as *payload_type*.

    The answer is about keys: who counts as how many persons is for the trust file to say.
    """
    if envelope.payload_type != payload_type:
        return frozenset()
    signatures = {s.keyid: signer.Signature(s.keyid, s.value.hex()) for s in envelope.signatures}
    signed = dsse.Envelope(envelope.payload, envelope.payload_type, signatures)
    return frozenset(key.keyid for key in keys if _verifies(signed, key))


def library_key(key: PublicKey) -> signer.SSlibKey:
    """Return *key* as securesystemslib wants it."""
    return signer.SSlibKey(key.keyid, "ed25519", "ed25519", {"public": key.public.hex()})


def _verifies(signed: dsse.Envelope, key: PublicKey) -> bool:
    try:
        signed.verify([library_key(key)], threshold=1)
    except VerificationError:
        return False
    return True
