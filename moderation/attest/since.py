"""What was decided on a page and its files after somebody handed them in.

Whoever hands in signs the number of the last decision that they knew of. A version that its
publisher took back, that was refused, taken down or replaced since is not brought back by that
signature: it takes a new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from moderation.attest.standing import taken_down
from moderation.attest.statement import Decision, Statement
from moderation.model import AssetRef


@dataclass(slots=True)
class Decided:
    """The decisions so far, by what they are about."""

    _ended: dict[str, int] = field(default_factory=dict)
    _approved: dict[str, dict[tuple[AssetRef, ...], int]] = field(default_factory=dict)

    @classmethod
    def by(cls, statements: Iterable[Statement]) -> "Decided":
        """Return what was decided by all of *statements*, which come in order of the log."""
        decided = cls()
        for statement in statements:
            decided.add(statement)
        return decided

    def add(self, statement: Statement) -> None:
        """Take note of the next decision of the log."""
        if statement.decision is Decision.APPROVE:
            self._approved.setdefault(statement.page, {})[statement.subjects] = statement.seq
        elif statement.decision is Decision.TAKEDOWN:
            self._ended.update(dict.fromkeys(taken_down(statement), statement.seq))
        else:
            self._ended[statement.page] = statement.seq

    def since(self, page: str, subjects: Iterable[AssetRef], after: int) -> int:
        """Return the last decision that turned against these files; 0 where none did.

        Args:
            page: path of the page
            subjects: its files
            after: number of the last decision that its publisher knew of

        """
        files = tuple(sorted(subjects))
        ended = (self._ended.get(path, 0) for path in {page, *(ref.path for ref in files)})
        others = self._approved.get(page, {}).items()
        last = max([0, *ended, *(number for other, number in others if other != files)])
        return last if last > after else 0
