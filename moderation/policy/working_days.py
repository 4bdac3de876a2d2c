"""Working days of a school in England and Wales: Monday to Friday without bank holidays.

The bank holidays are computed from the Banking and Financial Dealings Act 1971, its schedule, and
the two that are so by common law (Good Friday and Christmas Day), as https://www.gov.uk/bank-holidays
lists them. A day that is proclaimed for one year only (a coronation) is not known here: a time that
is counted in working days then ends a day sooner than it might.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

_MONDAY, _SATURDAY = 0, 5
_DAY = timedelta(days=1)
_MOST = 14


def working_day_after(day: date, count: int, *, closed: Collection[date] = ()) -> date:
    """Return the working day that is *count* of them after *day*, at most 14 days later.

    Args:
        day: from which to count; it does not count itself
        count: how many working days
        closed: further days on which nobody works

    """
    last = day + timedelta(days=_MOST)
    while count and day < last:
        day += _DAY
        if day.weekday() < _SATURDAY and day not in closed and day not in bank_holidays(day.year):
            count -= 1
    return day


def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England and Wales in *year*."""
    easter = easter_sunday(year)
    fixed = (
        easter - 2 * _DAY,
        easter + _DAY,
        _first_monday(date(year, 5, 1)),
        _first_monday(date(year, 5, 25)),
        _first_monday(date(year, 8, 25)),
    )
    return frozenset((*fixed, *_substituted(date(year, 1, 1)), *_christmas(year)))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    The algorithm is that of J. Meeus, *Astronomical Algorithms* (1991), chapter 8.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _first_monday(day: date) -> date:
    """Return the first Monday on or after *day*."""
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def _substituted(day: date) -> Iterator[date]:
    """Yield the day, or the Monday after it where it is at a weekend."""
    yield _first_monday(day) if day.weekday() >= _SATURDAY else day


def _christmas(year: int) -> Iterator[date]:
    """Yield Christmas Day and Boxing Day, or the next working days where they are at a weekend."""
    day = date(year, 12, 25)
    found = 0
    while found < 2:
        if day.weekday() < _SATURDAY:
            found += 1
            yield day
        day += _DAY
