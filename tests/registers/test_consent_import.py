"""Consents are read as schools export them; what is not understood is refused, not guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.model import UsageError
from moderation.registers import (
    Basis,
    Channel,
    Consent,
    Consents,
    ConsentState,
    Pupil,
    Respondent,
    Roll,
)
from moderation.registers.consent_import import read_answers, read_questions
from moderation.registers.consent_merge import Merged, merge
from moderation.registers.consent_questions import guess_questions

TODAY = date(2026, 11, 21)
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
        Pupil(reference="P-0003", forename="Barnaby", surname="Vane", class_name="4B"),
    )
)
FORM = """Timestamp,Child's full name,Child's class,Photos on our website?,And on Facebook?
21/09/2026 10:15:00,Quill Otty,4b,"Yes, with first name",No
22/09/2026 09:00:00,Barnaby Vane,4A,"Yes, without their name",
"""
SIMS = """Adno,Surname,Forename,Photograph - Website,Photograph - Press
004711,Quill,Ottoline,Granted,Declined
"""


def _read(text: str, roll: Roll | None = ROLL, dated: str = "") -> list[Consent]:
    guessed = guess_questions(text, source="c.csv")
    questions = {channel: found[0] for channel, found in guessed.items()}
    return list(read_questions(text, questions=questions, roll=roll, dated=dated, source="c.csv"))


def _answer(
    reference: str, channel: str, state: str, given: date | None, *, name: bool = False
) -> Consent:
    return Consent(
        reference=reference,
        channel=Channel(channel),
        state=ConsentState(state),
        given=given,
        with_name=name,
    )


def test_a_form_is_read_and_its_people_are_looked_up() -> None:
    assert _read(FORM, dated="timestamp") == [
        _answer("P-0001", "website", "granted", date(2026, 9, 21), name=True),
        _answer("P-0001", "social", "refused", date(2026, 9, 21)),
        _answer("P-0002", "website", "granted", date(2026, 9, 22)),
    ]


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        ("P-1,No,21/09/2026\nP-1,Yes,22/09/2026\nP-2,Yes,20/09/2026\n", date(2026, 9, 22)),
        ("P-1,Yes,22/09/2026\nP-1,No,21/09/2026\nP-2,Yes,20/09/2026\n", date(2026, 9, 22)),
        ("P-1,Yes,\nP-1,No,21/09/2026\nP-2,Yes,20/09/2026\n", TODAY),
    ],
)
def test_a_later_yes_of_perhaps_the_other_parent_undoes_no_no(rows: str, day: date) -> None:
    read = _read(f"reference,website,date\n{rows}", dated="date")
    merged = merge(Consents(), read, today=TODAY)
    assert merged.contradicting == ("P-1",)
    assert set(merged.consents.answers) == {
        _answer("P-1", "website", "refused", day),
        _answer("P-2", "website", "granted", date(2026, 9, 20)),
    }


def test_an_export_of_the_school_system_is_read_by_number() -> None:
    assert _read(SIMS) == [
        _answer("P-0001", "website", "granted", None),
        _answer("P-0001", "press", "refused", None),
    ]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("yes", "granted"),
        ("Y", "granted"),
        ("I give consent", "granted"),
        ("Consent given", "granted"),
        ("no", "refused"),
        ("Not granted", "refused"),
        ("I do not give consent", "refused"),
        ("I don't consent", "refused"),
        ("Declined", "refused"),
        ("withdrawn", "withdrawn"),
        ("Consent withdrawn", "withdrawn"),
        ("Consent not given", "refused"),
        ("Consent refused", "refused"),
        ("Permission denied", "refused"),
        ("No, I do not give consent.", "refused"),
        ("Yes, I give my consent", "granted"),
        ("Yes - without name", "granted"),
        ("must-not-appear", "must-not-appear"),
    ],
)
def test_an_answer_is_understood(answer: str, state: str) -> None:
    (read,) = _read(f'reference,website\nP-1,"{answer}"\n')
    assert read.state == state


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("Yes, with first name", True),
        ("yes with the child's name", True),
        ("yes with no name", False),
        ("Yes, no names", False),
        ("yes, but without his surname", False),
        ("yes", False),
    ],
)
def test_a_yes_says_whether_the_name_may_stand_there(answer: str, *, named: bool) -> None:
    (read,) = _read(f'reference,website\nP-1,"{answer}"\n')
    assert (read.state, read.with_name) == ("granted", named)


@pytest.mark.parametrize("answer", ["", "-", "No response", "Unknown", "n/a", "awaiting form"])
def test_no_answer_is_no_answer(answer: str) -> None:
    assert _read(f"reference,website\nP-1,{answer}\n") == []


@pytest.mark.parametrize(
    ("text", "roll", "message"),
    [
        (
            "reference,website\nP-1,perhaps\n",
            ROLL,
            "row 2: the answer for website is not understood; write yes, no, withdrawn or nothing",
        ),
        (
            "name,website\nOttoline Quill,yes\n",
            None,
            "row 2: names a person, and no roll is here; import the roll first",
        ),
        (
            "name,website\nNobody Known,yes\n",
            ROLL,
            "row 2: nobody on the roll is meant; write the reference in a column reference",
        ),
        (
            "name,website\nBarnaby Vane,yes\n",
            ROLL,
            "row 2: several people are meant; write the reference in a column reference",
        ),
        (
            "reference,website,date\nP-1,yes,soon\n",
            ROLL,
            "row 2: date is not a date such as 2027-07-31",
        ),
    ],
)
def test_what_is_not_understood_is_refused_without_a_name(
    text: str, roll: Roll | None, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        _read(text, roll, dated="date")
    assert str(caught.value) == f"c.csv: {message}"


def test_a_list_of_answers_is_read_whole() -> None:
    head = "reference,channel,state,with_name,until,leaves,given,by,basis,form"
    row = "S-7,Website,granted,yes,2027-07-31,2028-07-21,2026-09-01,staff,public-task,cabinet 3"
    assert list(read_answers(f"{head}\n{row}\n", source="c.csv")) == [
        Consent(
            reference="S-7",
            channel=Channel.WEBSITE,
            state=ConsentState.GRANTED,
            with_name=True,
            until=date(2027, 7, 31),
            leaves=date(2028, 7, 21),
            given=date(2026, 9, 1),
            by=Respondent.STAFF,
            basis=Basis.PUBLIC_TASK,
            form="cabinet 3",
        )
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",website,granted,,,", "row 2: reference or channel is empty; fill it in"),
        ("P-1,,granted,,,", "row 2: reference or channel is empty; fill it in"),
        ("P-1,wall,granted,,,", "row 2: channel is not one of website, social, press,"),
        ("P-1,website,maybe,,,", "row 2: state is not one of granted, expired, unknown, refused,"),
        ("P-1,website,granted,perhaps,,", "row 2: with_name is not yes or no"),
        ("P-1,website,granted,no,soon,", "row 2: until is not a date such as 2027-07-31"),
        ("P-1,website,granted,no,,aunt", "row 2: by is not one of parent, other-parent, pupil,"),
    ],
)
def test_a_bad_answer_names_the_row(row: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        Consents.from_csv(f"reference,channel,state,with_name,until,by\n{row}\n", source="c.csv")
    assert str(caught.value).startswith(f"c.csv: {message}")


def test_a_register_without_its_columns_is_refused() -> None:
    with pytest.raises(UsageError, match="lacks column channel, state"):
        Consents.from_csv("reference\nP-1")


def test_no_export_undoes_must_not_appear_on_any_channel_or_of_anybody() -> None:
    before = Consents((_answer("P-3", "website", "must-not-appear", date(2026, 1, 1)),))
    rows = [
        _answer("P-3", channel, "granted", date(2026, 11, 1)) for channel in ("website", "press")
    ]
    assert merge(before, rows, today=TODAY) == Merged(
        consents=before, new=0, kept=("P-3",), contradicting=()
    )
    weaker = merge(before, [_answer("P-3", "website", "withdrawn", None)], today=TODAY)
    assert weaker.consents.state("P-3", "website", TODAY) == "must-not-appear"
    lifted = weaker.consents.lifting("P-3")
    assert lifted.state("P-3", "website", TODAY) == "withdrawn"
    assert before.lifting("P-1") == before


BEFORE = Consents(
    (
        _answer("P-1", "website", "withdrawn", date(2026, 10, 1)),
        _answer("P-2", "website", "granted", date(2025, 9, 1)),
        _answer("P-3", "website", "must-not-appear", None),
    )
)


def test_an_export_nobody_corrected_does_not_bring_a_picture_back() -> None:
    merged = merge(
        BEFORE,
        [
            _answer("P-1", "website", "granted", None),
            _answer("P-1", "press", "granted", date(2026, 9, 1)),
            _answer("P-2", "website", "granted", None),
            _answer("P-3", "website", "granted", date(2026, 11, 20)),
        ],
        today=TODAY,
    )
    assert merged == Merged(
        consents=BEFORE.having([_answer("P-1", "press", "granted", date(2026, 9, 1))]),
        new=1,
        kept=("P-1", "P-3"),
        contradicting=(),
    )


def test_a_later_answer_with_a_date_counts() -> None:
    later = _answer("P-1", "website", "granted", date(2026, 11, 1))
    merged = merge(BEFORE, [later], today=TODAY)
    assert merged.consents.state("P-1", "website", TODAY) == "granted"
    stricter = merge(BEFORE, [_answer("P-1", "website", "objected", None)], today=TODAY)
    assert stricter.consents.state("P-1", "website", TODAY) == "objected"


@pytest.mark.parametrize("states", [("granted", "refused"), ("refused", "granted")])
def test_of_two_rows_that_contradict_each_other_the_stricter_counts(
    states: tuple[str, ...],
) -> None:
    rows = [_answer("P-9", "website", state, None) for state in states]
    merged = merge(Consents(), rows, today=TODAY)
    assert merged.contradicting == ("P-9",)
    assert merged.consents.state("P-9", "website", TODAY) == "refused"


@pytest.mark.parametrize(
    "answer",
    [
        "Given: no",
        "allowed - no",
        "yes, but not her face",
        "yes, no photos",
        "yes, with the exception of the website, no name",
        "yes with reservations about the name",
        "agreed to none of these",
        "i consent to nothing",
        "i consent only to the newsletter",
        "granted until he left",
        "granted then withdrawn",
        "i am happy for my child not to appear",
        "y/n",
        "true/false",
    ],
)
def test_a_yes_with_anything_beside_it_is_not_guessed(answer: str) -> None:
    with pytest.raises(UsageError, match="is not understood"):
        _read(f'reference,website\nP-1,"{answer}"\n')


@pytest.mark.parametrize(
    ("heading", "channels"),
    [
        ("May we use photos on our website?", {"website"}),
        ("I do NOT want photos on the website", set()),
        ("Do you object to photos on the website?", set()),
        ("Any objections to website photos", set()),
        ("Please don’t put photos on the website", set()),
        ("Opting out of the website", set()),
        ("Website: withhold", set()),
        ("Website (no photos)", set()),
        ("Website photos (Yes/No)", {"website"}),
        ("May we show your child's work on the website?", set()),
        ("Have you read the website policy?", set()),
        ("Photo and first name on the website", {"website"}),
        ("Online safety agreement signed", set()),
        ("Social media", {"social"}),
    ],
)
def test_a_question_is_only_guessed_where_yes_means_yes(heading: str, channels: set[str]) -> None:
    assert set(guess_questions(f"reference,{heading}\n", source="c.csv")) == channels


@given(st.permutations(range(4)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    rows = [
        _answer("P-1", "website", "granted", date(2026, 1, 10)),
        _answer("P-1", "website", "withdrawn", date(2026, 9, 1)),
        _answer("P-1", "website", "granted", None),
        _answer("P-1", "website", "refused", date(2026, 9, 1)),
    ]
    merged = merge(Consents(), [rows[at] for at in order], today=TODAY)
    assert merged.consents.state("P-1", "website", TODAY) == "withdrawn"


def test_the_same_answer_with_a_later_date_is_news() -> None:
    first = merge(
        Consents(), [_answer("P-1", "website", "withdrawn", date(2025, 5, 1))], today=TODAY
    )
    again = merge(
        first.consents, [_answer("P-1", "website", "withdrawn", date(2026, 6, 1))], today=TODAY
    )
    assert again.new == 1
    late = merge(
        again.consents, [_answer("P-1", "website", "granted", date(2025, 12, 1))], today=TODAY
    )
    assert late.kept == ("P-1",)
    assert late.consents.state("P-1", "website", TODAY) == "withdrawn"


def test_an_answer_of_tomorrow_is_refused() -> None:
    with pytest.raises(UsageError, match="P-1: was answered after today; correct the date"):
        merge(Consents(), [_answer("P-1", "website", "granted", date(2062, 1, 1))], today=TODAY)


def test_a_name_is_no_reference() -> None:
    with pytest.raises(UsageError) as caught:
        list(read_answers("reference,channel,state\nOttoline Quill,website,granted\n", source="c"))
    assert str(caught.value) == "c: row 2: write a reference such as P-0112"


def test_blank_rows_are_left_out_and_numbers_of_another_kind_do_not_hide_a_name() -> None:
    text = "UPN,Surname,Forename,Website\n,,,\nA123,Quill,Ottoline,yes\n,,,\n"
    assert [answer.reference for answer in _read(text)] == ["P-0001"]
