"""A page is published from its first day to its last, both included."""

from datetime import date

import pytest

from moderation.model import Publication

EVE, END = date(2026, 12, 24), date(2027, 1, 31)
BOTH = Publication(first=EVE, last=END)


@pytest.mark.parametrize(
    ("days", "day", "covers"),
    [
        (Publication(), EVE, True),
        (BOTH, date(2026, 12, 23), False),
        (BOTH, EVE, True),
        (BOTH, END, True),
        (BOTH, date(2027, 2, 1), False),
        (Publication(first=EVE), date(2099, 1, 1), True),
        (Publication(last=END), date(1999, 1, 1), True),
    ],
)
def test_both_days_are_included(days: Publication, day: date, *, covers: bool) -> None:
    assert days.covers(day) is covers


@pytest.mark.parametrize(
    ("days", "after", "turn"),
    [
        (Publication(), EVE, None),
        (BOTH, date(2026, 11, 21), EVE),
        (BOTH, EVE, date(2027, 2, 1)),
        (BOTH, END, date(2027, 2, 1)),
        (BOTH, date(2027, 2, 1), None),
        (Publication(last=date.max), EVE, None),
    ],
)
def test_the_next_day_on_which_it_turns(days: Publication, after: date, turn: date | None) -> None:
    assert days.turns(after) == turn
