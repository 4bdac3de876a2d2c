"""What the log of decisions means for the files that are here, in words a publisher understands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from moderation.attest import ApprovalLog, Decision, Statement, Trust, verify_log
from moderation.attest.standing import Ending, Unit, replay, taken_down
from moderation.model import AssetRef, IntegrityError


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
    ended: Mapping[AssetRef, Ending]
    paths: Mapping[str, Unit]
    digests: Mapping[str, str]

    def why_not(self, ref: AssetRef) -> str:
        """Say why no approval in force covers *ref*."""
        if ref in self.ended:
            return _became(self.ended[ref], ref)
        if ref.path in self.paths:
            date = day_of(self.paths[ref.path].approvals[-1])
            return f"changed since it was approved on {date}; hand it in again"
        if ref.digest in self.digests:
            return f"was approved for another path ({self.digests[ref.digest]}), not for this one"
        return "was never approved; hand it in"


def read_statements(root: Path, folder: str, trust: Trust) -> tuple[Statement, ...]:
    """Read and verify the log of a site.

    Args:
        root: of the site
        folder: of the log below it, with forward slashes; errors name it
        trust: the people of the site

    Raises:
        IntegrityError: see :func:`moderation.attest.verify.verify_log`

    """
    above, _, name = folder.rpartition("/")
    try:
        return verify_log(ApprovalLog(root / folder).read(), trust)
    except IntegrityError as error:
        where = above if str(error).startswith(f"{name}:") else folder
        raise IntegrityError(f"{where}/{error}") from error


def open_ledger(statements: Sequence[Statement]) -> Ledger:
    """Apply every decision in the order of the log (see :mod:`moderation.attest.standing`)."""
    standing = replay(statements)
    covered = [(ref, unit) for unit in standing.units for ref in unit.subjects]
    return Ledger(
        units=standing.units,
        ended=standing.ended,
        paths={ref.path: unit for ref, unit in covered},
        digests={ref.digest: ref.path for ref, _ in covered},
    )


def day_of(statement: Statement) -> str:
    """Return the day on which it was signed."""
    return statement.issued_at.date().isoformat()


def _became(ending: Ending, ref: AssetRef) -> str:
    what = f"{_WORDS[ending.by.decision]} {day_of(ending.by)}"
    if ending.by.decision is Decision.TAKEDOWN and ref.path not in taken_down(ending.by):
        if ref.path == ending.unit.page:
            return f"shows or links to a file that {what}"
        return f"belongs to {ending.unit.page}, of which a part {what}"
    return what


_WORDS = {
    Decision.APPROVE: "is an older version; another one was approved on",
    Decision.TAKEDOWN: "was taken down on",
    Decision.REJECT: "was rejected on",
    Decision.WITHDRAW: "was withdrawn on",
}
