"""Which approvals stand after the last decision of the log, and what ended the others.

Every room that asks what the log says asks here. A decision counts at its place in the log,
whatever the times written in it say. Only the log is looked at: what was ended once stays ended
when the policy, the people or the clock change later, so no old approval is brought back that way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from moderation.attest.statement import Decision, Statement
from moderation.model import AssetRef

Index = dict[str, dict[int, None]]
"""Numbers of units, in order, by a word."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A page with its files, as it was approved, and the approvals of exactly these bytes."""

    page: str
    subjects: tuple[AssetRef, ...]
    approvals: tuple[Statement, ...]

    @property
    def page_ref(self) -> AssetRef:
        """The page itself, among the subjects."""
        return next(ref for ref in self.subjects if ref.path == self.page)

    @property
    def complete(self) -> bool:
        """Whether an approval said that it lacks nobody else's."""
        return any(not approval.lacking for approval in self.approvals)

    @property
    def urgent(self) -> bool:
        """Whether one person published it alone, and nobody else has approved it since."""
        return not self.complete and any(approval.urgent_until for approval in self.approvals)


@dataclass(frozen=True, slots=True)
class Ending:
    """What ended a unit."""

    unit: Unit
    by: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands after the last decision.

    Args:
        units: approvals in force; of one page at most a complete version and a newer one
        ended: what became last of bytes that were approved once, by path and digest

    """

    units: tuple[Unit, ...]
    ended: Mapping[AssetRef, Ending]

    def approvals(self, page: str, subjects: Iterable[AssetRef]) -> tuple[Statement, ...]:
        """Return the approvals in force of exactly these bytes."""
        wanted = (page, tuple(sorted(subjects)))
        found = (unit.approvals for unit in self.units if (unit.page, unit.subjects) == wanted)
        return next(found, ())


def replay(statements: Sequence[Statement]) -> Standing:
    """Apply every decision in the order of the log.

    An approval that lacks nobody else's ends every earlier approval of that page with other bytes;
    one that still lacks somebody's ends only what was never complete. A takedown ends every earlier
    approval that covers a path it names; a rejection or withdrawal every earlier approval of that
    submission. A later approval stands again.
    """
    work = _Replay()
    for number, statement in enumerate(sorted(statements, key=_order)):
        if statement.decision is Decision.APPROVE:
            work.approve(number, statement)
        else:
            work.take_away(statement)
    return Standing(units=tuple(work.units.values()), ended=work.ended)


def taken_down(statement: Statement) -> frozenset[str]:
    """Return the paths that a takedown names."""
    return frozenset({statement.page, *(ref.path for ref in statement.subjects)})


@dataclass(frozen=True, slots=True)
class _Replay:
    """Units by number, and where to find them, so that a decision touches only what it is about."""

    units: dict[int, Unit] = field(default_factory=dict)
    ended: dict[AssetRef, Ending] = field(default_factory=dict)
    pages: Index = field(default_factory=dict)
    paths: Index = field(default_factory=dict)
    submissions: Index = field(default_factory=dict)

    def approve(self, number: int, statement: Statement) -> None:
        unit = fresh = Unit(statement.page, statement.subjects, (statement,))
        for each in tuple(self.pages.get(statement.page, ())):
            before = self.units[each]
            if before.subjects == unit.subjects:
                number = each
                unit = replace(before, approvals=(*before.approvals, statement))
            elif not _stays(before, statement):
                self._end(each, statement)
        self.units[number] = unit
        for index, word in self._places(fresh):
            index.setdefault(word, {})[number] = None

    def take_away(self, statement: Statement) -> None:
        if statement.decision is Decision.TAKEDOWN:
            index, words = self.paths, taken_down(statement)
        else:
            index, words = self.submissions, frozenset({statement.submission})
        for number in sorted({each for word in words for each in index.get(word, ())}):
            self._end(number, statement)

    def _end(self, number: int, by: Statement) -> None:
        unit = self.units.pop(number)
        for index, word in self._places(unit):
            index[word].pop(number, None)
        self.ended.update((ref, Ending(unit, by)) for ref in unit.subjects)

    def _places(self, unit: Unit) -> Iterator[tuple[Index, str]]:
        yield self.pages, unit.page
        yield from ((self.paths, ref.path) for ref in unit.subjects)
        yield from ((self.submissions, each.submission) for each in unit.approvals)


def _stays(before: Unit, newer: Statement) -> bool:
    """Whether a version stays until a newer one is complete; an urgent one replaces an urgent."""
    kept = before.complete or (before.urgent and not newer.urgent_until)
    return bool(newer.lacking) and kept


def _order(statement: Statement) -> int:
    return statement.seq
