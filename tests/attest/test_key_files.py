import json
import time
import unicodedata

import pytest

from moderation.attest import Signer, create_key, open_key, public_key_of, verified_keys, wrap_key
from moderation.attest.canonical import canonical
from moderation.attest.keys import COST, read_key
from moderation.model import (
    ExitCode,
    IntegrityError,
    NotAuthenticatedError,
    UsageError,
    digest_of,
)
from tests.attest.school import HEAD, MODERATOR

CHEAP = 2**4
PASSPHRASE = "marmalade tractor cloud"
TEXT = wrap_key(MODERATOR, PASSPHRASE, cost=CHEAP)


def opened(text: str, passphrase: str = PASSPHRASE) -> Signer:
    return open_key(text, passphrase, source="m-1.key", floor=CHEAP)


def changed(path: str, value: object) -> str:
    """Return the file with one field changed and the checksum made right again."""
    fields = json.loads(TEXT)
    *tables, key = path.split(".")
    table = fields
    for name in tables:
        table = table[name]
    table[key] = value
    del fields["checksum"]
    return json.dumps({**fields, "checksum": digest_of(canonical(fields))})


def test_a_key_at_full_cost_opens_with_its_passphrase() -> None:
    text = create_key("m-1", PASSPHRASE)
    signer = open_key(text, PASSPHRASE)
    envelope = signer.sign(b"{}", "t")
    assert (signer.person, signer.key, read_key(text).cost) == ("m-1", public_key_of(text), COST)
    assert verified_keys(envelope, [signer.key], payload_type="t") == {signer.key.keyid}


def test_two_new_keys_are_different() -> None:
    made = [create_key("m-1", PASSPHRASE, cost=CHEAP) for _ in range(2)]
    assert public_key_of(made[0]) != public_key_of(made[1])


def test_the_same_key_can_be_wrapped_again_under_another_passphrase() -> None:
    text = wrap_key(opened(TEXT), "another three words", cost=CHEAP)
    assert opened(text, "another three words") == opened(TEXT)


def test_the_file_holds_neither_the_seed_nor_the_passphrase() -> None:
    seed = bytes.fromhex(digest_of(b"m-1 0"))
    file = read_key(TEXT)
    assert seed.hex() not in TEXT
    assert seed not in file.sealed
    assert PASSPHRASE not in TEXT
    assert seed.hex() not in repr(MODERATOR)
    assert repr(seed) not in repr(MODERATOR)
    assert file.text() == TEXT


def test_accents_may_be_typed_either_way() -> None:
    words = "café crème brûlée"
    text = wrap_key(MODERATOR, unicodedata.normalize("NFD", words), cost=CHEAP)
    assert opened(text, unicodedata.normalize("NFC", words)) == MODERATOR


@pytest.mark.parametrize("passphrase", ["", "marmalade tractor clou", PASSPHRASE.upper(), "\udcff"])
def test_a_wrong_passphrase_is_not_authenticated(passphrase: str) -> None:
    with pytest.raises(NotAuthenticatedError) as caught:
        opened(TEXT, passphrase)
    assert (str(caught.value), caught.value.exit_code) == (
        "m-1.key: wrong passphrase; try again, or ask the head for a new key",
        ExitCode.NOT_ALLOWED,
    )


def test_a_passphrase_must_be_long() -> None:
    with pytest.raises(UsageError) as caught:
        create_key("m-1", "elevenchars", cost=CHEAP)
    assert str(caught.value) == (
        "key of m-1: the passphrase has fewer than 12 characters; use three or four random words"
    )


@pytest.mark.parametrize("person", ["", "Mrs Example", "a@b.example", "x" * 65])
def test_an_id_must_be_opaque(person: str) -> None:
    with pytest.raises(UsageError) as caught:
        create_key(person, PASSPHRASE, cost=CHEAP)
    assert str(caught.value) == (
        "key: the person's id must be letters, digits, dots, hyphens and underlines, at most 64; "
        "choose an id that is not a name"
    )


@pytest.mark.parametrize("damage", ["flip", "cut"])
def test_damage_anywhere_is_told_from_a_wrong_passphrase(damage: str) -> None:
    for at in range(len(TEXT) - 1):
        broken = TEXT[:at]
        if damage == "flip":
            broken += chr(ord(TEXT[at]) ^ 1) + TEXT[at + 1 :]
        with pytest.raises(IntegrityError) as caught:
            opened(broken)
        assert caught.value.exit_code is ExitCode.INTEGRITY


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("version", 2, "is not a key file of version 1; update Schoolgate"),
        ("version", "1", "version: must be a whole number of at least 0"),
        ("extra", 1, "holds a field that this version does not know; update Schoolgate"),
        ("person", "Mrs Example", "person: is not written as it must be"),
        ("keyid", "0" * 64, "public key: its id is not the digest of the key; make a new one"),
        ("public", "00" * 32, "public key: is not a usable Ed25519 key; make a new one"),
        ("kdf.name", "pbkdf2", "kdf.name: is not one of scrypt"),
        ("kdf.r", 1, "kdf.r: is not 8; make a new key"),
        ("kdf.p", 2**30, "kdf.p: is not 1; make a new key"),
        ("kdf.n", 100, "kdf.n: is not a power of two; make a new key"),
        ("kdf.n", 1, "kdf.n: is not a power of two; make a new key"),
        ("kdf.n", 0, "kdf.n: is not a power of two; make a new key"),
        ("kdf.salt", "", "kdf.salt: is not base64 of the right length"),
        ("kdf.extra", 1, "kdf: holds a field that this version does not know; update Schoolgate"),
        ("nonce", "AAAA", "nonce: is not base64 of the right length"),
        ("sealed", "AAAA", "sealed: is not base64 of the right length"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_refused(
    path: str, value: object, message: str
) -> None:
    with pytest.raises(IntegrityError) as caught:
        opened(changed(path, value))
    assert str(caught.value) == f"m-1.key: {message}"


def test_a_damaged_file_says_what_to_do() -> None:
    with pytest.raises(IntegrityError) as caught:
        opened(TEXT.replace('"person":"m-1"', '"person":"m-2"'))
    assert str(caught.value) == ("m-1.key: is damaged; restore it from a copy, or make a new key")


@pytest.mark.parametrize("cost", [2**3, 2**20, 2**40])
def test_a_cost_too_low_or_too_high_is_refused_before_it_is_spent(cost: int) -> None:
    begin = time.process_time()
    with pytest.raises(IntegrityError) as caught:
        opened(changed("kdf.n", cost))
    assert str(caught.value) == (
        f"m-1.key: kdf.n: {cost} lies outside 16 to 524288, so somebody changed how the key is "
        "protected; have the head revoke it and make a new one"
    )
    assert time.process_time() - begin < 0.2


def test_a_cheap_key_opens_only_for_who_asks_for_that() -> None:
    with pytest.raises(IntegrityError, match="lies outside 131072 to 524288"):
        open_key(TEXT, PASSPHRASE)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("person", "head"),
        ("kdf.n", CHEAP * 2),
        ("kdf.salt", "A" * 22 + "=="),
        ("nonce", "A" * 16),
        ("sealed", "A" * 64),
    ],
)
def test_what_stands_in_the_file_is_sealed_with_the_key(path: str, value: object) -> None:
    with pytest.raises(NotAuthenticatedError):
        opened(changed(path, value))


def test_a_file_that_shows_another_public_key_is_refused() -> None:
    seed = bytes.fromhex(digest_of(b"m-1 0"))
    text = wrap_key(Signer("m-1", HEAD.key, seed), PASSPHRASE, cost=CHEAP)
    with pytest.raises(IntegrityError) as caught:
        opened(text)
    assert str(caught.value) == "m-1.key: holds another key than it says; make a new one"
