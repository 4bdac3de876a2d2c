"""Registers read what a school exports, and say which row is wrong without naming a pupil."""

from datetime import date

import pytest

from moderation.model import UsageError
from moderation.registers import Consent, Consents, ConsentState, Pupil, Registers, Roll

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


def test_consents_are_read_from_csv() -> None:
    head = "reference,channel,state,with_name,until"
    text = f"{head}\nP-1,website,granted,yes,2027-07-31\nP-2,press,refused,,\n"
    assert Consents.from_csv(text).answers == (
        Consent(
            reference="P-1",
            channel="website",
            state=ConsentState.GRANTED,
            with_name=True,
            until=date(2027, 7, 31),
        ),
        Consent(reference="P-2", channel="press", state=ConsentState.REFUSED),
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",website,granted,,", "row 2: reference or channel is empty; fill it in"),
        ("P-1,,granted,,", "row 2: reference or channel is empty; fill it in"),
        ("P-1,website,maybe,,", "row 2: state is not one of granted, expired, unknown, refused,"),
        ("P-1,website,granted,perhaps,", "row 2: with_name is not yes or no"),
        ("P-1,website,granted,no,soon", "row 2: until is not a date such as 2027-07-31"),
    ],
)
def test_a_bad_answer_names_the_row(row: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        Consents.from_csv(f"reference,channel,state,with_name,until\n{row}\n", source="c.csv")
    assert str(caught.value).startswith(f"c.csv: {message}")


def test_a_register_without_its_columns_is_refused() -> None:
    with pytest.raises(UsageError, match="lacks column channel, state"):
        Consents.from_csv("reference\nP-1")


def _answer(state: str, until: date | None = None, channel: str = "website") -> Consent:
    return Consent(reference="P-1", channel=channel, state=ConsentState(state), until=until)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([], "unknown"),
        ([_answer("granted")], "granted"),
        ([_answer("granted", TODAY)], "granted"),
        ([_answer("granted", date(2026, 11, 20))], "expired"),
        ([_answer("granted"), _answer("refused")], "refused"),
        ([_answer("withdrawn"), _answer("granted")], "withdrawn"),
        ([_answer("granted", channel="press")], "unknown"),
        ([_answer("granted"), _answer("must-not-appear", channel="press")], "must-not-appear"),
        ([_answer("refused", date(2020, 1, 1))], "refused"),
    ],
)
def test_of_two_answers_the_stricter_wins(answers: list[Consent], state: str) -> None:
    assert Consents(tuple(answers)).state("P-1", "website", TODAY) == state


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
