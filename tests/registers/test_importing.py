"""A class list is read as the school's system writes it, and pupils keep their references."""

import pytest

from moderation.model import UsageError
from moderation.registers import Pupil, Roll
from moderation.registers.importing import (
    Changes,
    Column,
    compare,
    guess_columns,
    missing_columns,
    read_roll,
)

SIMS = """Adno,Surname,Legal Forename,Preferred Surname,Preferred Forename,Middle Name(s),Reg,U
004711,Quill,Ottoline,Quill,Otty,Mae,4B,A
004712,Thistle,Barnaby,Vane,Barnaby,,4B,B
"""
ARBOR = """Arbor Student ID\tFirst name\tLast name\tPreferred first name\tRegistration form
81\tOttoline\tQuill\tOtty\t4B
82\tBarnaby\tThistle\t\t4B
"""
BROMCOM = """"Student's ID";"Full Name";"Tutor Group";"Safeguarding Flag"
7;"Quill, Ottoline Mae";"4B";Yes
8;"Thistle, Barnaby";"4B";No
"""


def test_a_list_from_sims_is_read() -> None:
    assert read_roll(SIMS).pupils == (
        Pupil(
            reference="P-0001",
            forename="Ottoline",
            surname="Quill",
            preferred="Otty",
            middle="Mae",
            class_name="4B",
            number="004711",
        ),
        Pupil(
            reference="P-0002",
            forename="Barnaby",
            surname="Thistle",
            preferred_surname="Vane",
            class_name="4B",
            number="004712",
        ),
    )


def test_a_list_from_arbor_is_read() -> None:
    first, second = read_roll(ARBOR).pupils
    assert (first.number, first.forename, first.preferred, first.class_name) == (
        "81",
        "Ottoline",
        "Otty",
        "4B",
    )
    assert (second.forename, second.preferred) == ("Barnaby", "")


def test_a_list_from_bromcom_with_whole_names_is_read() -> None:
    first, second = read_roll(BROMCOM).pupils
    assert (first.forename, first.surname, first.flagged) == ("Ottoline Mae", "Quill", True)
    assert (second.forename, second.surname, second.flagged) == ("Barnaby", "Thistle", False)


def test_a_whole_name_without_a_comma_ends_with_the_surname() -> None:
    (pupil,) = read_roll("name\nOttoline Mae Quill\n").pupils
    assert (pupil.forename, pupil.surname) == ("Ottoline Mae", "Quill")


def test_columns_can_be_named_where_the_headings_do_not_tell() -> None:
    text = "vorname,nachname\nOttoline,Quill\n"
    assert missing_columns(guess_columns(text, source="x")) == (Column.FORENAME, Column.SURNAME)
    (pupil,) = read_roll(
        text, columns={Column.FORENAME: "vorname", Column.SURNAME: "nachname"}
    ).pupils
    assert (pupil.forename, pupil.surname) == ("Ottoline", "Quill")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "",
            "list.csv: lacks column forename, surname; say which one it is with --column "
            "forename=HEADING",
        ),
        (
            "reference,forename\nP-1,Ottoline",
            "list.csv: lacks column surname; say which one it is with --column surname=HEADING",
        ),
        ("forename,surname\n", "list.csv: has no pupil; export the whole roll"),
        (
            "reference,forename,surname\nP-1,,Quill",
            "list.csv: row 2: forename is empty; fill it in",
        ),
        ("name\nQuill", "list.csv: row 2: forename is empty; fill it in"),
        (
            "reference,forename,surname\nquill,Otto,Quill",
            "list.csv: row 2: write a reference such as P-0112",
        ),
        (
            "reference,forename,surname\nP-1,Ottoline,Quill\nP-1,Otto,Quill",
            "list.csv: row 3: the reference stands twice, also in row 2; remove one",
        ),
        (
            "adno,forename,surname\n1,Ottoline,Quill\n1,Otto,Quill",
            "list.csv: row 3: the number stands twice, also in row 2; remove one",
        ),
        (
            "forename,surname\nOtto,Quill\nOtto,Quill",
            "list.csv: row 3: the pupil stands twice, also in row 2; remove one",
        ),
        (
            "forename,surname,surname\nOtto,Quill,Quill",
            "list.csv: columns 2 and 3 have one heading; row 1 must name each column once",
        ),
        (
            "forename,surname\nOtto,Quill,4B",
            "list.csv: row 2 has more cells than row 1; export the file again",
        ),
        (
            "forename,surname\0\nOtto,Quill",
            "list.csv: is no table of text; export it again as CSV UTF-8",
        ),
        ('"forename","surname\nOtto', "list.csv: lacks column"),
    ],
)
def test_a_bad_list_names_the_row_and_no_pupil(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_roll(text, source="list.csv")
    assert str(caught.value).startswith(message)
    assert "Quill" not in str(caught.value)


def test_the_code_of_a_school_begins_its_references() -> None:
    (pupil,) = read_roll("forename,surname\nOtto,Quill\n", prefix="OAK").pupils
    assert pupil.reference == "OAK-0001"
    with pytest.raises(UsageError, match="one to three capital letters"):
        read_roll("forename,surname\nOtto,Quill\n", prefix="oak")


BEFORE = Roll(
    (
        Pupil(reference="P-0003", forename="Ottoline", surname="Quill", number="1"),
        Pupil(reference="P-0007", forename="Barnaby", surname="Thistle"),
        Pupil(reference="P-0009", forename="Una", surname="Vane", number="5"),
    )
)


def test_who_was_there_before_keeps_the_reference() -> None:
    text = "adno,forename,surname\n1,Ottoline,Quill-Vane\n2,Barnaby,Thistle\n3,New,Comer\n"
    after = read_roll(text, before=BEFORE)
    assert [pupil.reference for pupil in after.pupils] == ["P-0003", "P-0007", "P-0010"]
    assert compare(BEFORE, after) == Changes(
        new=("P-0010",), left=("P-0009",), changed=("P-0003", "P-0007"), same=0
    )


def test_a_namesake_with_another_number_does_not_inherit_the_reference() -> None:
    after = read_roll("adno,forename,surname\n6,Una,Vane\n", before=BEFORE)
    assert after.pupils[0].reference == "P-0010"


def test_two_namesakes_without_numbers_are_not_guessed_apart() -> None:
    text = "forename,surname,class\nBarnaby,Thistle,4A\nBarnaby,Thistle,4B\n"
    after = read_roll(text, before=BEFORE)
    assert [pupil.reference for pupil in after.pupils] == ["P-0010", "P-0011"]


def test_a_first_roll_is_all_new() -> None:
    assert compare(None, BEFORE) == Changes(
        new=("P-0003", "P-0007", "P-0009"), left=(), changed=(), same=0
    )


def test_a_reference_is_never_given_again() -> None:
    first = read_roll("forename,surname\nOtto,Quill\nUna,Vane\n")
    left = read_roll("forename,surname\nOtto,Quill\n", before=first)
    after = read_roll("forename,surname\nOtto,Quill\nNew,Comer\n", before=left)
    assert [pupil.reference for pupil in after.pupils] == ["P-0001", "P-0003"]
    anew = read_roll("forename,surname\nNew,Comer\n", taken=["P-0007"])
    assert [pupil.reference for pupil in anew.pupils] == ["P-0008"]


def test_numbers_of_another_kind_do_not_make_everybody_new() -> None:
    rows = ("Otto,Quill", "Una,Vane", "Ida,Moss", "Ned,Fry")
    before = read_roll(
        "adno,forename,surname\n" + "\n".join(f"{n},{r}" for n, r in enumerate(rows))
    )
    after = read_roll(
        "upn,forename,surname\n" + "\n".join(f"A{n},{r}" for n, r in enumerate(rows)), before=before
    )
    assert [p.reference for p in after.pupils] == [p.reference for p in before.pupils]


def test_blank_rows_are_left_out_and_rows_keep_their_numbers() -> None:
    with pytest.raises(UsageError, match="row 4: forename is empty"):
        read_roll("forename,surname\nOtto,Quill\n,\n,Vane\n")
    assert len(read_roll("forename,surname\nOtto,Quill\n,\n").pupils) == 1
