"""Who may be shown where, until when: the stricter answer wins and nothing lasts for ever."""

from datetime import date

import pytest

from moderation.registers import (
    Basis,
    Consent,
    Consents,
    ConsentState,
    Respondent,
)

TODAY = date(2026, 11, 21)


def _answer(
    state: str,
    until: date | None = None,
    channel: str = "website",
    given: date | None = None,
    by: str = "parent",
    basis: str = "consent",
    name: bool = False,
) -> Consent:
    return Consent(
        reference="P-1",
        channel=channel,
        state=ConsentState(state),
        until=until,
        given=given,
        by=Respondent(by),
        basis=Basis(basis),
        with_name=name,
    )


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
        ([_answer("granted", basis="public-task")], "unknown"),
        ([_answer("granted"), _answer("refused", by="other-parent")], "refused"),
        ([_answer("granted"), _answer("granted", by="pupil")], "granted"),
        (
            [
                _answer("withdrawn", given=date(2026, 1, 1)),
                _answer("granted", given=date(2026, 9, 1)),
            ],
            "granted",
        ),
        (
            [
                _answer("granted", given=date(2026, 9, 1)),
                _answer("withdrawn", given=date(2026, 1, 1)),
            ],
            "granted",
        ),
        (
            [
                _answer("granted", given=date(2026, 9, 1)),
                _answer("withdrawn", given=date(2026, 9, 1)),
            ],
            "withdrawn",
        ),
        ([_answer("granted", given=date(2021, 11, 21))], "granted"),
        ([_answer("granted", given=date(2021, 11, 20))], "expired"),
        ([_answer("granted", given=date(2020, 2, 29))], "expired"),
    ],
)
def test_of_the_answers_that_stand_the_strictest_wins(answers: list[Consent], state: str) -> None:
    assert Consents(tuple(answers)).state("P-1", "website", TODAY) == state


def test_another_basis_counts_where_the_school_accepts_it() -> None:
    consents = Consents((_answer("granted", basis="public-task"),))
    assert consents.state("P-1", "website", TODAY, bases=[Basis.PUBLIC_TASK]) == "granted"


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ([], False),
        ([_answer("granted", name=True)], True),
        ([_answer("granted", name=True), _answer("granted", by="pupil")], False),
        ([_answer("refused", name=True)], False),
    ],
)
def test_a_name_needs_everybody_to_say_so(answers: list[Consent], *, named: bool) -> None:
    assert Consents(tuple(answers)).may_name("P-1", "website", TODAY) is named


def test_it_ends_on_the_first_of_its_days() -> None:
    answer = Consent(
        reference="P-1",
        channel="website",
        state=ConsentState.GRANTED,
        given=date(2024, 2, 29),
        until=date(2028, 1, 1),
        leaves=date(2027, 7, 20),
    )
    assert answer.end == date(2027, 7, 20)
    assert _answer("granted", given=date(2024, 2, 29)).end == date(2029, 2, 28)
    assert _answer("granted").end is None


def test_what_ends_soon_is_listed_soonest_first() -> None:
    soon, later = (
        _answer("granted", date(2026, 12, 1)),
        _answer("granted", date(2027, 1, 1), "press"),
    )
    far = _answer("granted", date(2027, 7, 1), "video")
    gone = _answer("withdrawn", date(2026, 12, 1), "social")
    consents = Consents((far, later, soon, gone))
    assert list(consents.expiring(TODAY, within=90)) == [soon, later]
    assert list(consents.expiring(TODAY, within=30)) == [soon]
