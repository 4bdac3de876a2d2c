"""Working days in England and Wales, and what a school says of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from moderation.model import PolicyError
from moderation.policy import default_policy, load_policy, looser
from moderation.policy.reviewing import Reviewing
from moderation.policy.working_days import bank_holidays, easter_sunday, working_day_after

# https://www.gov.uk/bank-holidays, England and Wales
LISTED = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize("year", LISTED)
def test_the_bank_holidays_are_those_of_the_government(year: int) -> None:
    assert bank_holidays(year) == {
        date.fromisoformat(f"{year}-{day}") for day in LISTED[year].split()
    }


def test_easter_is_where_others_compute_it() -> None:
    easter = pytest.importorskip("dateutil.easter").easter
    years = range(1900, 2200)
    assert [easter_sunday(year) for year in years] == [easter(year) for year in years]


@pytest.mark.parametrize(
    ("day", "count", "closed", "last"),
    [
        ("2026-11-23", 2, [], "2026-11-25"),  # Monday
        ("2026-11-20", 2, [], "2026-11-24"),  # Friday
        ("2026-11-21", 2, [], "2026-11-24"),  # Saturday
        ("2026-11-22", 2, [], "2026-11-24"),  # Sunday
        ("2026-12-24", 2, [], "2026-12-30"),  # over Christmas; Boxing Day is on Saturday
        ("2027-03-25", 1, [], "2027-03-30"),  # over Easter
        ("2026-12-18", 2, ["2026-12-21", "2026-12-22"], "2026-12-24"),
        (
            "2026-07-20",
            2,
            [f"2026-0{m}-{d:02}" for m in (7, 8) for d in range(1, 31)],
            "2026-08-03",
        ),
    ],
)
def test_a_working_day_is_counted_from_the_day_after(
    day: str, count: int, closed: list[str], last: str
) -> None:
    off = frozenset(map(date.fromisoformat, closed))
    assert working_day_after(date.fromisoformat(day), count, closed=off).isoformat() == last


def test_it_ends_with_the_day_at_the_school() -> None:
    reviewing = Reviewing()
    summer = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)  # 00:30 on Tuesday in London
    assert reviewing.urgent_until(summer, "Europe/London") == datetime(2026, 7, 9, 23, tzinfo=UTC)
    winter = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert reviewing.urgent_until(winter, "Europe/London") == datetime(2026, 11, 26, tzinfo=UTC)


def test_a_school_says_when_it_is_closed() -> None:
    policy = load_policy('[review]\nclosed = ["2026-12-21"]\nurgent_days = 1\n')
    assert policy.reviewing == Reviewing(1, frozenset({date(2026, 12, 21)}))
    assert default_policy().reviewing == Reviewing()


def test_more_time_is_looser() -> None:
    base = default_policy()
    assert looser(load_policy("[review]\nurgent_days = 3\n"), base, {}) == ["review.urgent_days"]
    closed = load_policy('[review]\nclosed = ["2026-12-21"]\n')
    assert looser(closed, base, {}) == ["review.closed"]
    assert looser(load_policy("[review]\nurgent_days = 1\n"), base, {}) == []


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("urgent_days = 0", "review.urgent_days: must be a whole number of at least 1"),
        ('closed = ["Monday"]', 'review.closed: holds what is no day; write each as "2026-12-21"'),
        ("days = 2", "review.days: is not a setting; write one of urgent_days, closed"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(text: str, trouble: str) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(f"[review]\n{text}\n")
    assert str(caught.value) == f"policy.toml: {trouble}"


def test_more_closed_days_than_a_year_has_are_refused() -> None:
    days = [f'"{date(2026, 1, 1) + timedelta(days=n)}"' for n in range(401)]
    with pytest.raises(PolicyError, match="holds more than 400 days"):
        load_policy(f"[review]\nclosed = [{', '.join(days)}]\n")
