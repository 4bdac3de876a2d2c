"""From which day to which a page is published."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The days of a page, both in the time zone of the school.

    Args:
        first: not before this day; None sets no beginning
        last: not after this day; None sets no end

    """

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether the page is published on *day*."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def turns(self, after: date) -> date | None:
        """Return the first day later than *after* on which it begins or is over; None if none."""
        over = self.last + timedelta(days=1) if self.last and self.last < date.max else None
        return min((day for day in (self.first, over) if day and day > after), default=None)
