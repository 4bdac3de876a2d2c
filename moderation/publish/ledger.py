"""The log of decisions, replayed in its order: which approvals stand, and what became of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.attest import Decision, Statement
from moderation.model import AssetRef


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
    def date(self) -> str:
        """The day of the last approval."""
        return _day(self.approvals[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What stands after the last decision.

    Args:
        units: approvals in force
        ended: what became of bytes that were approved once, by path and digest
        paths: a unit in force for each path that one covers
        digests: a path for each digest that a unit in force covers

    """

    units: tuple[Unit, ...]
    ended: Mapping[AssetRef, str]
    paths: Mapping[str, Unit]
    digests: Mapping[str, str]

    def why_not(self, ref: AssetRef) -> str:
        """Say why no approval in force covers *ref*."""
        if ref in self.ended:
            return self.ended[ref]
        if ref.path in self.paths:
            date = self.paths[ref.path].date
            return f"changed since it was approved on {date}; hand it in again"
        if ref.digest in self.digests:
            return f"was approved for another path ({self.digests[ref.digest]}), not for this one"
        return "was never approved; hand it in"


def replay(statements: Sequence[Statement]) -> Ledger:
    """Apply every decision in the order of the log.

    An approval of a page ends every earlier approval of that page with other bytes. A takedown
    ends every earlier approval that covers the path; a rejection or withdrawal every earlier
    approval of that submission. A later approval stands again.
    """
    units: dict[str, Unit] = {}
    ended: dict[AssetRef, str] = {}
    for statement in sorted(statements, key=_order):
        if statement.decision is Decision.APPROVE:
            _approve(units, ended, statement)
        else:
            _end(units, ended, statement)
    covered = [(ref, unit) for unit in units.values() for ref in unit.subjects]
    return Ledger(
        units=tuple(units.values()),
        ended=ended,
        paths={ref.path: unit for ref, unit in covered},
        digests={ref.digest: ref.path for ref, _ in covered},
    )


def _approve(units: dict[str, Unit], ended: dict[AssetRef, str], statement: Statement) -> None:
    subjects = tuple(sorted(statement.subjects))
    before = units.get(statement.page)
    approvals: tuple[Statement, ...] = ()
    if before and before.subjects == subjects:
        approvals = before.approvals
    elif before:
        why = f"is an older version; another one was approved on {_day(statement)}"
        ended.update(dict.fromkeys(before.subjects, why))
    units[statement.page] = Unit(statement.page, subjects, (*approvals, statement))


def _end(units: dict[str, Unit], ended: dict[AssetRef, str], statement: Statement) -> None:
    for unit in [u for u in units.values() if _covers(statement, u)]:
        del units[unit.page]
        ended.update((ref, _became(statement, unit, ref)) for ref in unit.subjects)


def _became(statement: Statement, unit: Unit, ref: AssetRef) -> str:
    what = f"{_WORDS[statement.decision]} {_day(statement)}"
    if statement.decision is Decision.TAKEDOWN and ref.path not in _named(statement):
        return f"belongs to {unit.page}, of which a part {what}"
    return what


def _named(statement: Statement) -> set[str]:
    return {statement.page, *(ref.path for ref in statement.subjects)}


def _covers(statement: Statement, unit: Unit) -> bool:
    if statement.decision is Decision.TAKEDOWN:
        return any(ref.path in _named(statement) for ref in unit.subjects)
    return any(approval.submission == statement.submission for approval in unit.approvals)


def _order(statement: Statement) -> int:
    return statement.seq


def _day(statement: Statement) -> str:
    return statement.issued_at.date().isoformat()


_WORDS = {
    Decision.TAKEDOWN: "was taken down on",
    Decision.REJECT: "was rejected on",
    Decision.WITHDRAW: "was withdrawn on",
}
