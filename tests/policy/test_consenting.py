"""What counts as permission, and where the school's days begin."""

from datetime import UTC, date, datetime

import pytest

from moderation.model import PolicyError
from moderation.policy import default_policy, load_policy
from moderation.policy.consenting import Basis, Consenting


def test_permission_of_the_parents_for_five_years_is_the_default() -> None:
    assert default_policy().consenting == Consenting(
        pupils=frozenset({Basis.CONSENT}),
        staff=frozenset({Basis.CONSENT}),
        pupils_decide_from=0,
        years=5,
    )


def test_a_school_says_otherwise() -> None:
    text = """
[consent]
pupils = ["consent", "public-task"]
staff = ["legitimate-interests"]
pupils_decide_from = 13
years = 2
"""
    assert load_policy(text).consenting == Consenting(
        pupils=frozenset({Basis.CONSENT, Basis.PUBLIC_TASK}),
        staff=frozenset({Basis.LEGITIMATE_INTERESTS}),
        pupils_decide_from=13,
        years=2,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[consent]\npupils = ["habit"]',
            'consent.pupils: "habit" is not one of consent, public-task, legitimate-interests',
        ),
        ("[consent]\nstaff = []", "consent.staff: names no lawful basis; write at least consent"),
        ("[consent]\nyears = 0", "consent.years: must be a whole number of at least 1"),
        (
            "[consent]\npupils_decide_from = -1",
            "consent.pupils_decide_from: must be a whole number of at least 0",
        ),
        (
            "[consent]\nparents = 2",
            "consent.parents: is not a setting; write one of pupils, staff, pupils_decide_from, "
            "years",
        ),
        (
            '[school]\ntimezone = "Fernlea"',
            'school.timezone: is no time zone; write one such as "Europe/London"',
        ),
    ],
)
def test_a_bad_setting_is_named(text: str, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(text)
    assert str(caught.value) == f"policy.toml: {message}"


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Europe/London", datetime(2026, 12, 23, 23, 59, tzinfo=UTC), date(2026, 12, 23)),
        ("Europe/London", datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),
        ("Asia/Tokyo", datetime(2026, 12, 23, 15, 0, tzinfo=UTC), date(2026, 12, 24)),
    ],
)
def test_a_day_begins_at_midnight_at_the_school(zone: str, now: datetime, day: date) -> None:
    assert load_policy(f'[school]\ntimezone = "{zone}"').day(now) == day
