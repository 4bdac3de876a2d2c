import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from securesystemslib.dsse import Envelope as Library
from securesystemslib.signer import Signature as LibrarySignature
from securesystemslib.signer import SSlibKey

from moderation.attest import Envelope, PublicKey, Signature, parse_envelope, verified_keys
from moderation.model import IntegrityError
from tests.attest.school import HEAD, MODERATOR, STRANGER

TYPE = "application/vnd.example+json"
SIGNED = MODERATOR.sign(b'{"a":1}', TYPE)
FIELDS = json.loads(SIGNED.text())
SIGNATURE = FIELDS["signatures"][0]


def refusal(text: str) -> str:
    with pytest.raises(IntegrityError) as caught:
        parse_envelope(text, source="f.json")
    return str(caught.value)


def keys(envelope: Envelope, payload_type: str = TYPE) -> frozenset[str]:
    every = (HEAD.key, MODERATOR.key)
    return verified_keys(envelope, every, payload_type=payload_type)


def test_a_signature_survives_writing_and_reading() -> None:
    read = parse_envelope(SIGNED.text(), source="f.json")
    assert (read, keys(read)) == (SIGNED, frozenset({MODERATOR.key.keyid}))


def test_spaces_and_line_ends_that_git_changes_do_no_harm() -> None:
    text = json.dumps(FIELDS, indent=2).replace("\n", "\r\n") + "\r\n"
    assert parse_envelope(text, source="f.json") == SIGNED


def test_the_library_itself_can_read_and_verify_what_we_write() -> None:
    library = Library.from_dict(json.loads(SIGNED.text()))
    key = SSlibKey(
        MODERATOR.key.keyid, "ed25519", "ed25519", {"public": MODERATOR.key.public.hex()}
    )
    assert library.verify([key], threshold=1) == {key.keyid: key}


def test_the_order_of_signatures_is_no_difference() -> None:
    other = HEAD.sign(SIGNED.payload, TYPE)
    both = [
        Envelope(payload=SIGNED.payload, payload_type=TYPE, signatures=signatures).text()
        for signatures in (
            (*SIGNED.signatures, *other.signatures),
            (*other.signatures, *SIGNED.signatures),
        )
    ]
    assert both[0] == both[1]
    assert keys(parse_envelope(both[0], source="f.json")) == {HEAD.key.keyid, MODERATOR.key.keyid}


@pytest.mark.parametrize(
    ("changed", "payload_type"),
    [
        (SIGNED, "application/vnd.in-toto+json"),
        (Envelope(payload=b'{"a":2}', payload_type=TYPE, signatures=SIGNED.signatures), TYPE),
        (
            Envelope(payload=SIGNED.payload, payload_type="x", signatures=SIGNED.signatures),
            "x",
        ),
        (
            Envelope(
                payload=SIGNED.payload,
                payload_type=TYPE,
                signatures=(Signature(HEAD.key.keyid, SIGNED.signatures[0].value),),
            ),
            TYPE,
        ),
        (
            Envelope(
                payload=SIGNED.payload,
                payload_type=TYPE,
                signatures=(Signature(MODERATOR.key.keyid, b"\xff" * 64),),
            ),
            TYPE,
        ),
        (STRANGER.sign(SIGNED.payload, TYPE), TYPE),
    ],
    ids=[
        "asked for another type",
        "other bytes",
        "type swapped after signing",
        "under another person's key id",
        "no signature at all",
        "a key nobody knows",
    ],
)
def test_nothing_is_verified(changed: Envelope, payload_type: str) -> None:
    assert keys(changed, payload_type) == frozenset()


def test_one_key_under_two_ids_is_refused_where_the_library_counts_it_twice() -> None:
    public, value = MODERATOR.key.public, SIGNED.signatures[0].value
    aliases = [SSlibKey(name, "ed25519", "ed25519", {"public": public.hex()}) for name in "ab"]
    library = Library(SIGNED.payload, TYPE, {n: LibrarySignature(n, value.hex()) for n in "ab"})
    assert len(library.verify(list(aliases), threshold=2)) == 2
    for name in ("a" * 64, "b" * 64):
        with pytest.raises(IntegrityError, match="its id is not the digest of the key"):
            PublicKey(name, public)
    renamed = Envelope(
        payload=SIGNED.payload,
        payload_type=TYPE,
        signatures=(*SIGNED.signatures, Signature("a" * 64, value)),
    )
    assert keys(parse_envelope(renamed.text(), source="f.json")) == {MODERATOR.key.keyid}


def test_a_key_under_which_anybody_can_sign_is_refused() -> None:
    point = b"\x01" + bytes(31)
    forged = point + bytes(32)  # R is the neutral point, S is nought
    Ed25519PublicKey.from_public_bytes(point).verify(forged, b"publish everything")
    with pytest.raises(IntegrityError, match="is not a usable Ed25519 key; make a new one"):
        PublicKey.of(point)


P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
ORDER_8 = [
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
]


def test_the_points_of_order_eight_are_the_right_ones() -> None:
    """Doubled they have y = 0, so that d y^4 + 2 y^2 = 1 (from the addition law of RFC 8032)."""
    assert [(D * y**4 + 2 * y**2) % P for y in ORDER_8] == [1, 1]


@pytest.mark.parametrize("sign", [0, 2**255])
@pytest.mark.parametrize("y", [0, 1, P - 1, P, P + 1, *ORDER_8])
def test_no_point_of_small_order_is_a_key(y: int, sign: int) -> None:
    with pytest.raises(IntegrityError, match="is not a usable Ed25519 key"):
        PublicKey.of((y + sign).to_bytes(32, "little"))


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(IntegrityError, match="is not a usable Ed25519 key"):
        PublicKey.of(b"\x09" * size)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {**FIELDS, "extra": 1},
            "holds a field that this version does not know; update Schoolgate",
        ),
        ({**FIELDS, "signatures": []}, "carries no signature; have it signed"),
        (
            {**FIELDS, "signatures": [SIGNATURE, SIGNATURE]},
            "carries two signatures under one key id; restore the file from a copy",
        ),
        (
            {**FIELDS, "signatures": [SIGNATURE] * 33},
            "signatures: must be a list of at most 32 values",
        ),
        (
            {**FIELDS, "signatures": [{**SIGNATURE, "cert": ""}]},
            "signatures 1: holds a field that this version does not know; update Schoolgate",
        ),
        (
            {**FIELDS, "signatures": [{**SIGNATURE, "keyid": "A" * 64}]},
            "signatures 1.keyid: is not written as it must be",
        ),
        (
            {**FIELDS, "signatures": [{**SIGNATURE, "sig": "AAAA"}]},
            "signatures 1.sig: is not base64 of the right length",
        ),
        ({**FIELDS, "payload": "A"}, "payload: is not base64"),
        ({**FIELDS, "payloadType": ""}, "payloadType: must be text"),
        ({"payload": ""}, "signatures: is missing; restore the file from a copy"),
        ([], "must be a record in braces"),
    ],
)
def test_an_envelope_is_read_strictly(fields: object, message: str) -> None:
    assert refusal(json.dumps(fields)) == f"f.json: {message}"


@pytest.mark.parametrize("key", ["payload", "payloadType", "signatures"])
def test_a_second_field_of_the_same_name_is_refused(key: str) -> None:
    text = SIGNED.text().strip()
    doubled = f"{text[:-1]},{json.dumps(key)}:{json.dumps(FIELDS[key])}}}"
    assert refusal(doubled) == ("f.json: holds the same key twice; restore the file from a copy")
