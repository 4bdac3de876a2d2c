"""The exports of five systems are read as they come, with headings and answers of their own.

The files are invented; their headings follow what the systems write: SIMS a report with names in
columns of their own, Arbor a student id and a state of each consent, Bromcom a name in one column,
Google Forms a time stamp and the questions as asked, Microsoft Forms an id, two times and an
account.
"""

from datetime import date

import pytest

from moderation.registers import Channel, Consent, Pupil, Roll
from moderation.registers.consent_import import read_questions
from moderation.registers.consent_questions import guess_questions

ROLL = Roll(
    (
        Pupil(
            reference="P-0001",
            forename="Ottoline",
            surname="Quill",
            preferred="Otty",
            class_name="4B",
            number="004711",
        ),
        Pupil(reference="P-0002", forename="Barnaby", surname="Vane", class_name="4A"),
        Pupil(reference="P-0003", forename="Sorrel", surname="Ó Faoláin", class_name="4B"),
    )
)

SIMS = """\
Adno,Legal Surname,Legal Forename,Reg Group,Paper Copy,Photograph - Website,Photograph - Press
004711,Quill,Ottoline,4B,Y,Yes,No
004712,Vane,Barnaby,4A,Y,No,No
"""
ARBOR = """\
Arbor Student ID;Student;Registration Form;Website images: consent;Social media: consent
004711;Ottoline Quill;4B;Consent given;Consent not given
;Barnaby Vane;4A;Consent withdrawn;No response
"""
BROMCOM = """\
Pupil Name\tTutor Group\tPublish photo on website\tSchool prospectus\tLocal press
Quill, Ottoline\t4B\tGranted\tGranted\tDeclined
Vane, Barnaby\t4A\tRefused\tGranted\t
"""
GOOGLE = """\
Timestamp,Email Address,Child's full name,Child's class,May we put photos on our website?,\
May we put photos on Facebook?
21/09/2026 10:15:00,a@home.example,Otty Quill,4b,"Yes, with first name",No
22/09/2026 09:00:00,b@home.example,Sorrel O Faolain,4B,"Yes, without their name",Yes
"""
MICROSOFT = """\
ID,Start time,Completion time,Email,Name,Full name of child,Class,Photos on the website,\
Video on the school's channel
1,9/21/26 10:11:12,21/09/2026 10:15,anonymous,,Ottoline Quill,4B,I give consent,I don't consent
"""


def _read(text: str, dated: str = "") -> list[tuple[str, str, str, bool, date | None]]:
    guessed = guess_questions(text, source="c.csv")
    assert all(len(found) == 1 for found in guessed.values()), guessed
    questions = {channel: found[0] for channel, found in guessed.items()}
    answers = read_questions(text, questions=questions, roll=ROLL, dated=dated, source="c.csv")
    return [_short(answer) for answer in answers]


def _short(answer: Consent) -> tuple[str, str, str, bool, date | None]:
    return answer.reference, answer.channel, answer.state, answer.with_name, answer.given


@pytest.mark.parametrize(
    ("text", "dated", "expected"),
    [
        (
            SIMS,
            "",
            [
                ("P-0001", "website", "granted", False, None),
                ("P-0001", "press", "refused", False, None),
                ("P-0002", "website", "refused", False, None),
                ("P-0002", "press", "refused", False, None),
            ],
        ),
        (
            ARBOR,
            "",
            [
                ("P-0001", "website", "granted", False, None),
                ("P-0001", "social", "refused", False, None),
                ("P-0002", "website", "withdrawn", False, None),
            ],
        ),
        (
            BROMCOM,
            "",
            [
                ("P-0001", "website", "granted", False, None),
                ("P-0001", "press", "refused", False, None),
                ("P-0001", "prospectus", "granted", False, None),
                ("P-0002", "website", "refused", False, None),
                ("P-0002", "prospectus", "granted", False, None),
            ],
        ),
        (
            GOOGLE,
            "timestamp",
            [
                ("P-0001", "website", "granted", True, date(2026, 9, 21)),
                ("P-0001", "social", "refused", False, date(2026, 9, 21)),
                ("P-0003", "website", "granted", False, date(2026, 9, 22)),
                ("P-0003", "social", "granted", False, date(2026, 9, 22)),
            ],
        ),
        (
            MICROSOFT,
            "completion time",
            [
                ("P-0001", "website", "granted", False, date(2026, 9, 21)),
                ("P-0001", "video", "refused", False, date(2026, 9, 21)),
            ],
        ),
    ],
    ids=["SIMS", "Arbor", "Bromcom", "Google Forms", "Microsoft Forms"],
)
def test_an_export_is_read_as_it_comes(
    text: str, dated: str, expected: list[tuple[str, str, str, bool, date | None]]
) -> None:
    assert sorted(_read(text, dated)) == sorted(expected)


def test_the_row_number_of_a_form_is_no_admission_number() -> None:
    roll = Roll(
        (
            Pupil(reference="P-0008", forename="Wren", surname="Ash", number="1"),
            Pupil(reference="P-0009", forename="Ottoline", surname="Quill", number="2"),
        )
    )
    head, row = MICROSOFT.splitlines()
    text = f"{head}\n{row.replace('4B', '')}\n"
    questions = {Channel.WEBSITE: "photos on the website"}
    (answer,) = read_questions(text, questions=questions, roll=roll, source="c.csv")
    assert answer.reference == "P-0009"


@pytest.mark.parametrize(
    "heading",
    [
        "Your child's name",
        "What is your child's full name?",
        "Name of pupil",
        "Please enter the full name of your child",
        "Student's name",
    ],
)
def test_a_form_asks_for_the_pupil_in_many_ways(heading: str) -> None:
    text = f"{heading},Which class is your child in?,Website\nBarnaby Vane,4A,yes\n"
    assert [answer[:3] for answer in _read(text)] == [("P-0002", "website", "granted")]
