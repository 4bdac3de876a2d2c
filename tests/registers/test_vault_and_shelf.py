"""Registers lie sealed on the disk and open only with the right key."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.model import IntegrityError
from moderation.registers import Consent, Consents, ConsentState, Registers, Roll
from moderation.registers.shelf import open_registers, store_consents, store_roll
from moderation.registers.vault import new_key, seal, unseal

KEY = bytes(range(32))


@given(st.binary(max_size=3000))
def test_what_was_sealed_opens_again(data: bytes) -> None:
    assert unseal(seal(data, KEY, purpose="roll"), KEY, purpose="roll") == data


def test_the_size_does_not_tell_how_much_is_inside() -> None:
    sizes = {len(seal(b"x" * n, KEY, purpose="roll")) for n in range(0, 900, 50)}
    assert len(sizes) == 1


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda s: b"", "roll: is not a register of this version"),
        (lambda s: b"SGV2" + s[4:], "roll: is not a register of this version"),
        (lambda s: s[:9], "roll: is another register, or cut short"),
        (lambda s: s[:15], "roll: is another register, or cut short"),
        (lambda s: s[:-1], "roll: wrong key, or the file was damaged"),
        (
            lambda s: s[:40] + bytes([s[40] ^ 1]) + s[41:],
            "roll: wrong key, or the file was damaged",
        ),
        (
            lambda s: s[:10] + bytes([s[10] ^ 1]) + s[11:],
            "roll: wrong key, or the file was damaged",
        ),
        (lambda s: seal(b"x", KEY, purpose="consent"), "roll: is another register, or cut short"),
        (
            lambda s: seal(b"x", new_key(), purpose="roll"),
            "roll: wrong key, or the file was damaged",
        ),
        (lambda s: s[:22], "roll: wrong key, or the file was damaged"),
    ],
)
def test_a_damaged_register_is_refused(damage: object, message: str) -> None:
    assert callable(damage)
    with pytest.raises(IntegrityError) as caught:
        unseal(damage(seal(b"secret", KEY, purpose="roll")), KEY, purpose="roll")
    assert str(caught.value).startswith(message)


def test_registers_come_back_as_they_were_stored(tmp_path: Path) -> None:
    roll = Roll.from_names(["Ottoline Quill", "Barnaby Thistle"])
    consents = Consents(
        (
            Consent(
                reference="P-1",
                channel="website",
                state=ConsentState.GRANTED,
                with_name=True,
                until=date(2027, 7, 31),
            ),
            Consent(reference="P-2", channel="website", state=ConsentState.REFUSED),
        )
    )
    folder = tmp_path / "private" / "registers"
    store_roll(folder, KEY, roll)
    store_consents(folder, KEY, consents)
    assert open_registers(folder, KEY) == Registers(roll=roll, consents=consents)
    assert not any(b"Quill" in file.read_bytes() for file in folder.iterdir())


def test_a_register_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert open_registers(tmp_path, KEY) == Registers()


@pytest.mark.parametrize("rows", [{"a": 1}, [{"reference": "P-1"}], [{"reference": "P-1", "x": 2}]])
def test_a_register_of_another_version_is_refused(tmp_path: Path, rows: object) -> None:
    sealed = seal(json.dumps(rows).encode(), KEY, purpose="roll")
    (tmp_path / "roll.vault").write_bytes(sealed)
    with pytest.raises(IntegrityError, match="another version; import it anew"):
        open_registers(tmp_path, KEY)
