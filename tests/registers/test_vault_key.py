"""The key of the registers opens with its passphrase and with no other."""

import json

import pytest

from moderation.model import IntegrityError, NotAuthenticatedError, UsageError
from moderation.registers.vault_key import unwrap, wrap

KEY = bytes(range(32))
WORD = "three caf\u00e9 words"


def test_the_passphrase_opens_the_key_however_its_accents_are_composed() -> None:
    text = wrap(KEY, WORD)
    assert unwrap(text, "three cafe\u0301 words") == KEY
    assert KEY.hex() not in text


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(NotAuthenticatedError) as caught:
        unwrap(wrap(KEY, WORD), "three tea words")
    assert str(caught.value).startswith("vault.key: the passphrase is not the one")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(UsageError, match="at least 12 characters"):
        wrap(KEY, "short")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "was written by another version"),
        ({"salt": "zz"}, "is damaged"),
        ({"nonce": "00"}, "is damaged"),
        ({"sealed": 7}, "is damaged"),
    ],
)
def test_a_damaged_key_file_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(IntegrityError, match=message):
        unwrap(json.dumps(json.loads(wrap(KEY, WORD)) | change), WORD)


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json"])
def test_what_is_no_key_file_is_refused(text: str) -> None:
    with pytest.raises(IntegrityError, match=r"vault\.key: is damaged; restore it"):
        unwrap(text, WORD)
