"""Registers lie sealed on the disk and open only with the right key."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.model import IntegrityError, UsageError
from moderation.registers import Consent, Consents, ConsentState, Pupil, Registers, Roll
from moderation.registers.shelf import (
    forget,
    open_registers,
    open_roll,
    reseal,
    schools,
    store_consents,
    store_roll,
)
from moderation.registers.vault import end_of, new_key, seal, unseal

KEY = bytes(range(32))
TODAY = date(2026, 11, 21)


@given(st.binary(max_size=3000))
def test_what_was_sealed_opens_again(data: bytes) -> None:
    assert unseal(seal(data, KEY, purpose="roll"), KEY, purpose="roll", today=TODAY) == data


def test_the_size_does_not_tell_how_much_is_inside() -> None:
    sizes = {len(seal(b"x" * n, KEY, purpose="roll")) for n in range(0, 900, 50)}
    assert len(sizes) == 1


WRONG = "roll: wrong key, or the file was damaged; restore both from your backup"
CUT = "roll: is cut short; restore it from your backup"


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda s: b"", "roll: is no register of Schoolgate, or damaged; restore it"),
        (lambda s: b"PK" + s[2:], "roll: is no register of Schoolgate, or damaged; restore it"),
        (
            lambda s: b"SGV3" + s[4:],
            "roll: was written by a newer version of Schoolgate; update this one",
        ),
        (lambda s: b"SGV1" + s[4:], "roll: was written by an older version; import it anew"),
        (lambda s: s[:9], CUT),
        (lambda s: s[:40], CUT),
        (lambda s: s[:-1], WRONG),
        (lambda s: s[:60] + bytes([s[60] ^ 1]) + s[61:], WRONG),
        (lambda s: s[:10] + bytes([s[10] ^ 1]) + s[11:], WRONG),
        (lambda s: s.replace(b"2027", b"2099"), WRONG),
        (
            lambda s: seal(b"x", KEY, purpose="consent"),
            "roll: is another register under this name; restore it",
        ),
        (lambda s: seal(b"x", new_key(), purpose="roll"), WRONG),
        (
            lambda s: seal(b"x", KEY, purpose="roll", until=date(2026, 11, 20)),
            "roll: ended on 2026-11-20; import this year's",
        ),
    ],
)
def test_a_damaged_register_is_refused(damage: Callable[[bytes], bytes], message: str) -> None:
    sealed = seal(b"secret", KEY, purpose="roll", until=date(2027, 8, 31))
    with pytest.raises(IntegrityError) as caught:
        unseal(damage(sealed), KEY, purpose="roll", today=TODAY)
    assert str(caught.value) == message


@given(st.data())
def test_no_cut_and_no_changed_byte_opens(data: st.DataObject) -> None:
    sealed = seal(b"secret", KEY, purpose="roll", until=date(2027, 8, 31))
    at = data.draw(st.integers(0, len(sealed) - 1))
    flipped = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]
    for broken in (sealed[:at], flipped):
        with pytest.raises(IntegrityError):
            unseal(broken, KEY, purpose="roll", today=TODAY)


@pytest.mark.parametrize("header", [b"{", b"[]", b"{}", b'{"until":"soon","purpose":"roll"}'])
def test_a_header_that_says_nothing_is_refused(header: bytes) -> None:
    sealed = b"SGV2" + len(header).to_bytes(2, "big") + header + bytes(40)
    with pytest.raises(IntegrityError, match="roll: is damaged; restore it from your backup"):
        end_of(sealed, purpose="roll")


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
    assert open_registers(folder, KEY, today=TODAY) == Registers(roll=roll, consents=consents)
    assert not any(b"Quill" in file.read_bytes() for file in folder.iterdir())


def test_a_register_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert open_registers(tmp_path, KEY, today=TODAY) == Registers()


@pytest.mark.parametrize("rows", [{"a": 1}, [{"reference": "P-1"}], [{"reference": "P-1", "x": 2}]])
def test_a_register_of_another_version_is_refused(tmp_path: Path, rows: object) -> None:
    sealed = seal(json.dumps(rows).encode(), KEY, purpose="roll")
    (tmp_path / "roll.vault").write_bytes(sealed)
    with pytest.raises(IntegrityError, match="another version; import it anew"):
        open_registers(tmp_path, KEY, today=TODAY)


OTHER = bytes(reversed(range(32)))
FIRST = Roll.from_names(["Ottoline Quill", "Barnaby Thistle"])
SECOND = Roll((Pupil(reference="OAK-0001", forename="Merrily", surname="Vane", flagged=True),))
BOTH = Roll((*FIRST.pupils, *SECOND.pupils))


def _two_schools(folder: Path) -> None:
    store_roll(folder, KEY, FIRST, until=date(2027, 8, 31))
    store_roll(folder, KEY, SECOND, school="OAK")
    answer = Consent(reference="P-0001", channel="website", state=ConsentState.GRANTED)
    store_consents(folder, KEY, Consents((answer,)))


def test_each_school_has_a_roll_and_the_checks_see_one(tmp_path: Path) -> None:
    _two_schools(tmp_path)
    assert schools(tmp_path) == ("", "OAK")
    assert open_roll(tmp_path, KEY, school="OAK", today=TODAY) == SECOND
    assert open_roll(tmp_path, KEY, school="ASH", today=TODAY) is None
    opened = open_registers(tmp_path, KEY, today=TODAY).roll
    assert opened is not None
    assert set(opened.pupils) == set(BOTH.pupils)


def test_two_schools_must_not_share_references(tmp_path: Path) -> None:
    store_roll(tmp_path, KEY, FIRST)
    store_roll(tmp_path, KEY, FIRST, school="OAK")
    with pytest.raises(IntegrityError, match="two rolls use the same references"):
        open_registers(tmp_path, KEY, today=TODAY)


def test_a_roll_of_another_version_is_refused_by_itself_too(tmp_path: Path) -> None:
    (tmp_path / "roll.vault").write_bytes(seal(b'[{"reference": "P-1"}]', KEY, purpose="roll"))
    with pytest.raises(IntegrityError, match="another version; import it anew"):
        open_roll(tmp_path, KEY, today=TODAY)


def test_who_is_forgotten_is_in_no_register_and_the_end_stays(tmp_path: Path) -> None:
    _two_schools(tmp_path)
    forget(tmp_path, KEY, {"P-0001"}, today=TODAY)
    opened = open_registers(tmp_path, KEY, today=TODAY)
    assert opened.roll is not None
    assert {pupil.reference for pupil in opened.roll.pupils} == {"P-0002", "OAK-0001"}
    assert opened.consents == Consents()
    assert end_of((tmp_path / "roll.vault").read_bytes(), purpose="roll") == date(2027, 8, 31)


def test_nobody_is_forgotten_where_one_is_in_no_register(tmp_path: Path) -> None:
    _two_schools(tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(UsageError, match="P-0999: in no register; nobody was taken out"):
        forget(tmp_path, KEY, {"P-0001", "P-0999"}, today=TODAY)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_new_key_opens_everything_and_the_old_one_nothing(tmp_path: Path) -> None:
    _two_schools(tmp_path)
    before = open_registers(tmp_path, KEY, today=TODAY)
    assert reseal(tmp_path, KEY, OTHER) == 3
    assert open_registers(tmp_path, OTHER, today=TODAY) == before
    with pytest.raises(IntegrityError):
        open_registers(tmp_path, KEY, today=TODAY)


def test_a_change_of_keys_broken_off_half_way_is_finished_by_doing_it_again(tmp_path: Path) -> None:
    _two_schools(tmp_path)
    before = open_registers(tmp_path, KEY, today=TODAY)
    half = tmp_path / "roll.vault"
    other = tmp_path / "aside"
    other.mkdir()
    (other / half.name).write_bytes(half.read_bytes())
    reseal(other, KEY, OTHER)
    half.write_bytes((other / half.name).read_bytes())
    assert reseal(tmp_path, KEY, OTHER) == 3
    assert open_registers(tmp_path, OTHER, today=TODAY) == before


def test_nothing_is_sealed_anew_where_one_register_does_not_open(tmp_path: Path) -> None:
    _two_schools(tmp_path)
    (tmp_path / "roll-OAK.vault").write_bytes(seal(b"[]", new_key(), purpose="roll-OAK"))
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(IntegrityError):
        reseal(tmp_path, KEY, OTHER)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
