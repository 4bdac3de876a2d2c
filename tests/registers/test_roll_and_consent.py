"""Registers read what a school exports, and say which row is wrong without naming a pupil."""

from datetime import date

import pytest

from moderation.model import UsageError
from moderation.registers import Consents, Pupil, Registers, Roll

TODAY = date(2026, 11, 21)


def test_a_roll_is_read_from_csv() -> None:
    head = "\ufeffreference,forename,surname,preferred,class"
    text = f"{head}\nP-1, Ottoline ,Quill,Otty,Oak\nP-2,A,B,,\n"
    assert Roll.from_csv(text) == Roll(
        (
            Pupil(
                reference="P-1",
                forename="Ottoline",
                surname="Quill",
                preferred="Otty",
                class_name="Oak",
            ),
            Pupil(reference="P-2", forename="A", surname="B"),
        )
    )


def test_a_roll_is_built_from_full_names() -> None:
    roll = Roll.from_names(["Ottoline Mae Quill"])
    assert roll.pupils == (Pupil(reference="P-0001", forename="Ottoline Mae", surname="Quill"),)


def test_a_pupil_and_the_registers_do_not_print_names() -> None:
    roll = Roll.from_names(["Ottoline Quill"])
    shown = repr(roll) + repr(Registers(roll=roll, consents=Consents()))
    assert "Quill" not in shown
    assert "P-0001" in shown


def test_headings_in_capitals_and_semicolons_are_read() -> None:
    assert Roll.from_csv("Reference;Forename;Surname\nP-1;Ottoline;Quill\n") == Roll(
        (Pupil(reference="P-1", forename="Ottoline", surname="Quill"),)
    )


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("reference,forename,surname\n", "has no pupil; export the whole roll"),
        ("reference,forename,surname\nAnn,A,B\n", "row 2: write a reference such as P-0112"),
        ("reference,forename,surname\nP-1,A\0,B\n", "is no table of text"),
        (f"reference,forename,surname\n{'x' * 200_000}\n", "is no row of a CSV"),
    ],
)
def test_what_is_no_roll_is_refused(text: str, trouble: str) -> None:
    with pytest.raises(UsageError, match=trouble):
        Roll.from_csv(text)
