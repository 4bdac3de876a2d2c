"""Who may be shown where, until when: the stricter answer wins and nothing lasts for ever."""

from dataclasses import replace
from datetime import date

import pytest

from moderation.policy.consenting import Consenting
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
    accepted = Consenting(pupils=frozenset({Basis.PUBLIC_TASK}))
    consents = Consents((_answer("granted", basis="public-task"),))
    assert consents.state("P-1", "website", TODAY) == "unknown"
    assert consents.not_counted("P-1", "website") == (
        "it rests on public-task, which the policy does not accept",
    )
    assert consents.under(accepted).state("P-1", "website", TODAY) == "granted"
    assert consents.under(accepted).not_counted("P-1", "website") == ()


@pytest.mark.parametrize(
    ("by", "state"), [("parent", "withdrawn"), ("staff", "withdrawn"), ("pupil", "granted")]
)
def test_a_yes_that_does_not_count_undoes_no_withdrawal(by: str, state: str) -> None:
    consents = Consents(
        (
            _answer("granted", given=date(2026, 1, 1), by="other-parent"),
            _answer("objected", given=date(2025, 1, 1), by=by),
            _answer("withdrawn", given=date(2026, 2, 1), by=by),
            _answer("refused", given=date(2026, 2, 2), by=by),
            _answer("granted", given=date(2026, 9, 1), by=by, basis="public-task"),
        )
    )
    assert consents.state("P-1", "website", TODAY) == state


def test_who_must_not_appear_never_does_until_that_is_lifted() -> None:
    consents = Consents(
        (
            _answer("must-not-appear", given=date(2026, 1, 1), channel="display"),
            _answer("granted", given=date(2026, 9, 1), channel="display"),
            _answer("granted", given=date(2026, 9, 1)),
        )
    )
    assert consents.state("P-1", "website", TODAY) == "must-not-appear"
    assert consents.lifting("P-1").state("P-1", "website", TODAY) == "granted"
    assert consents.lifting("P-2") == consents


def test_a_no_counts_whatever_it_rests_on() -> None:
    consents = Consents((_answer("granted"), _answer("refused", basis="public-task", by="staff")))
    assert consents.state("P-1", "website", TODAY) == "refused"


@pytest.mark.parametrize("by", ["staff", "governor"])
def test_staff_and_governors_have_bases_of_their_own(by: str) -> None:
    consents = Consents((_answer("granted", basis="legitimate-interests", by=by),))
    accepted = Consenting(staff=frozenset({Basis.LEGITIMATE_INTERESTS}))
    assert consents.under(accepted).state("P-1", "website", TODAY) == "granted"
    pupils = Consenting(pupils=frozenset({Basis.LEGITIMATE_INTERESTS}))
    assert consents.under(pupils).state("P-1", "website", TODAY) == "unknown"


@pytest.mark.parametrize(
    ("answers", "parents_answer", "pupils_decide"),
    [
        ([_answer("granted", by="pupil")], "unknown", "granted"),
        ([_answer("refused", by="pupil")], "refused", "refused"),
        ([_answer("granted"), _answer("refused", by="pupil")], "refused", "refused"),
        ([_answer("refused"), _answer("granted", by="pupil")], "refused", "refused"),
        ([_answer("granted"), _answer("granted", by="pupil")], "granted", "granted"),
    ],
)
def test_a_pupil_says_yes_alone_only_where_pupils_decide_and_no_always(
    answers: list[Consent], parents_answer: str, pupils_decide: str
) -> None:
    consents = Consents(tuple(answers))
    assert consents.state("P-1", "website", TODAY) == parents_answer
    decide = consents.under(Consenting(pupils_decide_from=13))
    assert decide.state("P-1", "website", TODAY) == pupils_decide


def test_a_school_says_how_many_years_an_answer_lasts() -> None:
    consents = Consents((_answer("granted", given=date(2024, 11, 20)),))
    two = consents.under(Consenting(years=2))
    assert (consents.end("P-1", "website"), two.end("P-1", "website")) == (
        date(2029, 11, 20),
        date(2026, 11, 20),
    )
    assert two.state("P-1", "website", TODAY) == "expired"
    assert two.having([]).state("P-1", "website", TODAY) == "expired"
    ages = Consents((_answer("granted", given=date(2024, 11, 20)),), Consenting(years=9_000))
    assert ages.end("P-1", "website") == date(9999, 11, 20)


def test_a_leaving_date_ends_a_consent() -> None:
    leaves = replace(_answer("granted", date(2028, 1, 1)), leaves=date(2026, 11, 20))
    assert Consents((leaves,)).state("P-1", "website", TODAY) == "expired"


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
    assert answer.end(5) == date(2027, 7, 20)
    assert _answer("granted", given=date(2024, 2, 29)).end(5) == date(2029, 2, 28)
    assert _answer("granted").end(5) is None
    assert Consents((_answer("granted"),)).end("P-1", "website") is None


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
