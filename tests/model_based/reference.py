"""What may be live, written down from the rules of the house and not from the code.

Plain values of the standard library: nothing of ``moderation`` is imported here, so that a mistake
there cannot hide in here. Everything is told in words of the machine: a file is a path with a
digest, a page with its files is a *unit*, a decision stands at a place in the log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

File = tuple[str, str]
"""Path and digest."""

Unit = tuple[str, frozenset[File]]
"""A page's path, and the page with every file that was handed in with it."""

DECIDE = frozenset({"moderator", "safeguarding-lead", "head", "executive"})
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """A policy: who must approve each kind of content, how many of them, and for how long."""

    roles: Mapping[str, frozenset[str]]
    count: Mapping[str, int]
    days: int


@dataclass(frozen=True)
class Someone:
    """A person: roles, and from which number of the log on nothing of theirs counts."""

    roles: frozenset[str]
    suspended: bool = False
    since: int = 0


@dataclass(frozen=True)
class Content:
    """What the bytes of a unit say of themselves."""

    kinds: frozenset[str]
    first: date | None = None
    last: date | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """One entry of the log; *makers* had a hand in what is decided on."""

    what: str
    by: str
    unit: Unit
    paths: frozenset[str]
    makers: frozenset[str]
    at: datetime
    ends: datetime
    complete: bool = False
    consents: tuple[str, ...] = ()
    consents_end: date | None = None


@dataclass
class Site:
    """Everything that decides what may be live."""

    rules: Rules
    people: dict[str, Someone]
    now: datetime
    consents: dict[str, tuple[str, date | None]]
    expires: date
    log: list[Decision] = field(default_factory=list)
    content: dict[str, str] = field(default_factory=dict)
    about: dict[Unit, Content] = field(default_factory=dict)

    def usable(self) -> bool:
        """Say whether the list of people may be used today at all, to add anything."""
        today = self.now.date()
        return today <= self.expires <= today + 400 * DAY

    def live(self) -> frozenset[File]:
        """Return every file that may be on the site."""
        units = (unit for unit, approvals in self.standing().items() if self._live(unit, approvals))
        return frozenset(file for unit in units for file in unit[1])

    def standing(self) -> dict[Unit, list[int]]:
        """Return the approvals that no later decision ended, by unit, as places in the log."""
        stand: dict[Unit, list[int]] = {}
        for number, entry in enumerate(self.log, start=1):
            for unit in [unit for unit in stand if self._ends(entry, unit, stand[unit])]:
                del stand[unit]
            if entry.what == "approve":
                stand.setdefault(entry.unit, []).append(number)
        return stand

    def _ends(self, entry: Decision, unit: Unit, approvals: list[int]) -> bool:
        if entry.what == "takedown":
            return any(path in entry.paths for path, _ in unit[1])
        if entry.what != "approve":
            return entry.unit == unit
        if entry.unit == unit or entry.unit[0] != unit[0]:
            return False
        published = any(self.log[number - 1].complete for number in approvals)
        return entry.complete or not published

    def _live(self, unit: Unit, approvals: list[int]) -> bool:
        about, today = self.about[unit], self.now.date()
        here = all(self.content.get(path) == digest for path, digest in unit[1])
        begun = about.first is None or today >= about.first
        over = about.last is not None and today > about.last
        return here and begun and not over and not self.lacking(unit, self.counting(approvals))

    def counting(self, approvals: Iterable[int], also: Iterable[str] = ()) -> frozenset[str]:
        """Return the persons whose approvals count today, of those at these places in the log."""
        numbers = list(approvals)
        makers = frozenset(also).union(*(self.log[n - 1].makers for n in numbers))
        return frozenset(
            self.log[n - 1].by
            for n in numbers
            if self.log[n - 1].by not in makers and self._counts(n, self.log[n - 1])
        )

    def _counts(self, number: int, entry: Decision) -> bool:
        person, today = self.people[entry.by], self.now.date()
        trusted = not person.suspended or number < person.since
        ends = min(entry.ends, entry.at + self.rules.days * DAY)
        dated = entry.at <= self.now + DAY and self.now < ends
        held = entry.consents_end is None or today <= entry.consents_end
        return trusted and bool(person.roles & DECIDE) and dated and held and self._agreed(entry)

    def _agreed(self, entry: Decision) -> bool:
        """Whether nobody who is shown has changed their mind for the worse."""
        states = tuple(self.consent(who) for who in self.about[entry.unit].people)
        return states == entry.consents or all(state == "granted" for state in states)

    def consent(self, who: str) -> str:
        """Return where somebody stands today."""
        state, until = self.consents[who]
        return "expired" if until and self.now.date() > until else state

    def lacking(self, unit: Unit, persons: Iterable[str]) -> frozenset[str]:
        """Return the kinds of content for which *persons* are not enough."""
        return frozenset(
            kind
            for kind in self.about[unit].kinds
            if sum(bool(self.people[who].roles & self.rules.roles[kind]) for who in persons)
            < self.rules.count[kind]
        )
