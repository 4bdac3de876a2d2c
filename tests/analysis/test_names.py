"""Names on the roll are found exactly, whatever their dress."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.analysis.names import NameMatch, find_names, fold
from moderation.registers import Pupil, Roll

ROLL = Roll(
    (
        Pupil(reference="P-1", forename="Amelia", surname="Hart", preferred="Millie"),
        Pupil(reference="P-2", forename="Zoë", surname="Núñez-O'Brien"),
        Pupil(reference="P-3", forename="Mary Jane", surname="Łoś"),
        Pupil(reference="P-4", forename="Ann", surname="Ex"),
        Pupil(reference="P-5", forename="王", surname="芳"),
        Pupil(reference="P-6", forename="Amelia", surname="Hart"),
        Pupil(reference="P-7", forename="Hart", surname="Stone"),
    )
)


def _found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.references) for m in find_names(text, ROLL)]


@pytest.mark.parametrize(
    ("text", "name", "reference"),
    [
        ("Well done Millie Hart!", "Millie Hart", "P-1"),
        ("HART, MILLIE", "HART, MILLIE", "P-1"),
        ("millie   hart", "millie   hart", "P-1"),
        ("photos/millie-hart-2.jpg", "millie-hart", "P-1"),
        ("photos/MillieHart.jpg", "MillieHart", "P-1"),
        ("millie_hart, year 6", "millie_hart", "P-1"),
        ("millie%20hart", "millie%20hart", "P-1"),
        ("millie.hart@example.org", "millie.hart", "P-1"),
        ("Mi\u00adllie Ha\u200brt", "Mi\u00adllie Ha\u200brt", "P-1"),
        ("Millie\nHart", "Millie\nHart", "P-1"),
        ("Millie Hart's cup", "Millie Hart", "P-1"),
        ("(Hart Millie)", "Hart Millie", "P-1"),
        ("Zoe Nunez O Brien", "Zoe Nunez O Brien", "P-2"),
        ("Zoë Núñez-OBrien", "Zoë Núñez-OBrien", "P-2"),
        ("ZOE\u0308 NU\u0301N\u0303EZ-O’BRIEN", "ZOE\u0308 NU\u0301N\u0303EZ-O’BRIEN", "P-2"),
        ("Mary Jane Los", "Mary Jane Los", "P-3"),
        ("Mary Łoś", "Mary Łoś", "P-3"),
        ("Ann Ex", "Ann Ex", "P-4"),
        ("王 芳", "王 芳", "P-5"),
    ],
)
def test_a_full_name_is_found(text: str, name: str, reference: str) -> None:
    assert _found(text) == [(name, (reference,))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Amelia",
        "Hart",
        "Amelia Harte",
        "Camelia Hart",
        "Thank you, Amelia. Hart was late.",
        "Amelia and Hart",
        "the annex",
        "Amelia 12 Hart",
        "Jane Łoś",
    ],
)
def test_anything_else_is_left_alone(text: str) -> None:
    assert _found(text) == []


def test_pupils_who_share_a_name_are_all_told() -> None:
    assert _found("Amelia Hart") == [("Amelia Hart", ("P-1", "P-6"))]


def test_names_do_not_overlap_and_the_longest_wins() -> None:
    text = "Millie Hart Stone; Hart Stone; Millie Hart"
    assert [name for name, _ in _found(text)] == ["Millie Hart", "Hart Stone", "Millie Hart"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_among_other_words_is_found_in_its_place(before: str, after: str) -> None:
    text = f"{before} - 1! Millie Hart; 2. {after}"
    start = text.index("Millie Hart", len(before))
    assert NameMatch(start, start + 11, ("P-1",)) in list(find_names(text, ROLL))


@given(st.text())
def test_folding_is_done_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_time_grows_with_the_text_and_not_with_the_roll() -> None:
    roll = Roll(
        tuple(
            Pupil(reference=f"P-{n}", forename=f"Amelia{chr(97 + n % 26)}", surname="Hart")
            for n in range(2_000)
        )
    )
    list(find_names("", roll))
    started = time.perf_counter()
    assert list(find_names("Amelia Amelia Hart Amelia " * 20_000, roll)) == []
    assert time.perf_counter() - started < 5
