"""How long a page may stand that one person published alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from moderation.policy.node import Node
from moderation.policy.working_days import working_day_after

URGENT_DAYS = 2
_MOST_CLOSED = 400


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What the school says of the second look.

    Args:
        urgent_days: working days after which an urgent page ends unless somebody else approved it
        closed: days on which the school is closed, besides weekends and bank holidays

    """

    urgent_days: int = URGENT_DAYS
    closed: frozenset[date] = frozenset()

    def urgent_until(self, start: datetime, timezone: str) -> datetime:
        """Return when something ends that was published as urgent at the aware time *start*.

        It is the end of the last working day, at the school, in the zone of *start*.
        """
        from zoneinfo import ZoneInfo  # only where a day is asked for

        zone = ZoneInfo(timezone)
        day = start.astimezone(zone).date()
        last = working_day_after(day, self.urgent_days, closed=self.closed)
        end = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
        return end.astimezone(start.tzinfo)


def read_reviewing(table: Node | None) -> Reviewing:
    """Read the table ``[review]``, which need not be there.

    Raises:
        PolicyError: a setting that there is not, or no number or days

    """
    if table is None:
        return Reviewing()
    known = dict(table.items(("urgent_days", "closed")))
    days, closed = known.get("urgent_days"), known.get("closed")
    return Reviewing(
        urgent_days=days.number() if days else URGENT_DAYS,
        closed=frozenset(_days(closed)) if closed else frozenset(),
    )


def looser_reviewing(mine: Reviewing, base: Reviewing) -> list[str]:
    """List what lets an urgent page stand longer than *base* does."""
    found = ["review.urgent_days"] if mine.urgent_days > base.urgent_days else []
    return found if mine.closed <= base.closed else [*found, "review.closed"]


def _days(node: Node) -> Iterable[date]:
    days = []
    for word in node.words():
        try:
            days.append(date.fromisoformat(word))
        except ValueError:
            raise node.error('holds what is no day; write each as "2026-12-21"') from None
    if len(days) > _MOST_CLOSED:
        raise node.error(f"holds more than {_MOST_CLOSED} days; leave out those that are over")
    return days
