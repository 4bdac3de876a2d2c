"""A filter of the roll knows its names, and tells none."""

import pytest

from moderation.analysis.names.keyed import RollFilter, Trace, new_filter_key
from moderation.model import IntegrityError, UsageError
from moderation.registers import Pupil, Roll

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
ROLL = Roll(
    (
        Pupil(reference="P-1", forename="Amelia", surname="Thistlewood", preferred="Melly"),
        Pupil(reference="P-2", forename="Zoë", surname="Núñez-O'Brien"),
        Pupil(reference="P-3", forename="Jack", surname="Birch-Dawson"),
        Pupil(reference="P-4", forename="Grace", surname="Wood"),
    )
)
FILTER = RollFilter.of(ROLL, KEY)


def _found(text: str, keyed: RollFilter = FILTER) -> list[str]:
    return [text[trace.start : trace.end] for trace in keyed.find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Well done Amelia Thistlewood!", ["Amelia Thistlewood"]),
        ("THISTLEWOOD, Melly", ["THISTLEWOOD, Melly"]),
        ("amelia thistlewood", ["amelia thistlewood"]),
        ("Millie Thistlewood's cup", ["Millie Thistlewood"]),
        ("Amelia Thistlewod", ["Amelia Thistlewod"]),
        ("Arnelia Thist1ewood", ["Arnelia Thist1ewood"]),
        ("Amelia Rose J. Thistlewood", ["Amelia Rose J. Thistlewood"]),
        ("Amelia and Tom Thistlewood", ["Amelia and Tom Thistlewood"]),
        ("A m e l i a  T h i s t l e w o o d", ["A m e l i a  T h i s t l e w o o d"]),
        ("photos/AmeliaThistlewood07.jpg", ["AmeliaThistlewood"]),
        ("year4AmeliaThistlewood.jpg", ["AmeliaThistlewood"]),
        ("@ameliathistlewood", ["ameliathistlewood"]),
        ("Zo%C3%AB Nunez O’Brien", ["Zo%C3%AB Nunez O’Brien"]),
        ("Jack Dawson, Jack Birch – Dawson", ["Jack Dawson", "Jack Birch – Dawson"]),
        ("grace wood", ["grace wood"]),
        ("Grace wood met grace Wood", []),
        ("Amelia. Thistlewood", []),
        ("Amelia Thorne met the Thistlewoods", []),
        ("", []),
    ],
)
def test_names_are_found_without_the_roll(text: str, found: list[str]) -> None:
    assert _found(text) == found


def test_a_place_is_told_and_not_whose_name_it_is() -> None:
    assert list(FILTER.find("It was Amelia Thistlewood.")) == [Trace(7, 25)]


def test_a_filter_is_read_as_it_was_written() -> None:
    data = FILTER.to_bytes()
    read = RollFilter.from_bytes(data, KEY)
    assert (read, read.to_bytes()) == (FILTER, data)


def test_two_filters_of_one_roll_have_nothing_in_common_but_their_key() -> None:
    assert FILTER.digests.isdisjoint(RollFilter.of(ROLL, OTHER).digests)
    assert FILTER.digests == RollFilter.of(ROLL, KEY).digests


def test_a_dictionary_recovers_no_name_without_the_key() -> None:
    every = [f"{a} {b}" for a in ("Amelia", "Zoe", "Jack", "Grace") for b in SURNAMES]
    stolen = RollFilter(FILTER.digests, OTHER)
    assert [name for name in every if _found(name, stolen)] == []
    assert len([name for name in every if _found(name)]) == 4
    text = FILTER.to_bytes()
    assert not any(part in text.lower() for part in (b"amelia", b"thistle", b"birch", b"wood"))


SURNAMES = ("Thistlewood", "Nunez", "Dawson", "Wood", "Harper", "Ellis")


def test_a_filter_does_not_show_its_key() -> None:
    assert repr(FILTER) == "RollFilter()"


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "is no roll filter"),
        (b"ZIP!", "is no roll filter"),
        (b"SGRF", "is cut short"),
        (b"SGRF\x02", "was written by another version"),
        (FILTER.to_bytes()[:-1], "is cut short"),
        (FILTER.to_bytes() + b"x", "is cut short"),
        (RollFilter.of(ROLL, OTHER).to_bytes(), "belongs to another key"),
    ],
)
def test_a_filter_that_cannot_be_used_is_refused(data: bytes, trouble: str) -> None:
    with pytest.raises(IntegrityError, match=f"the roll filter: {trouble}"):
        RollFilter.from_bytes(data, KEY)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(UsageError, match="must have 32 bytes"):
        RollFilter.of(ROLL, b"secret")
    assert len(new_filter_key()) == 32
    assert new_filter_key() != new_filter_key()
