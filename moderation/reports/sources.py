"""The lines of the files that a report shows."""

from collections.abc import Mapping

from moderation.analysis.names import find_names
from moderation.model import Document, Verdict
from moderation.registers import Roll

Sources = Mapping[str, Document | str]
"""What was checked, by path: documents, or their source where that is at hand."""


class Lines:
    """Hand out lines of *sources*, except those that may not be shown.

    Args:
        sources: the files, by path
        private: path and number of each line that people or images findings stand on
        roll: whose names no line that is handed out may hold

    """

    def __init__(
        self,
        sources: Sources,
        private: frozenset[tuple[str, int]] = frozenset(),
        roll: Roll | None = None,
    ) -> None:
        self._sources = sources
        self._private = private
        self._roll = roll
        self._split: dict[str, list[str]] = {}

    @classmethod
    def without_private(
        cls, sources: Sources, verdict: Verdict, roll: Roll | None = None
    ) -> "Lines":
        """Withhold what findings of *verdict* touch that tell of people, and names of *roll*."""
        places = [
            place
            for finding in verdict.findings
            if finding.is_private
            for place in (finding.primary, *finding.related)
        ]
        spans = [(place.path, place.span) for place in places if place.span]
        return cls(
            sources,
            frozenset(
                (path, number)
                for path, span in spans
                for number in range(span.line, span.end_line + 1)
            ),
            roll,
        )

    def withholds(self, path: str, number: int) -> bool:
        """Say whether line *number* of a file must not be shown."""
        if (path, number) in self._private:
            return True
        line = self.get(path, number) if self._roll is not None else None
        return bool(line and self._roll and any(find_names(line, self._roll)))

    def get(self, path: str, number: int) -> str | None:
        """Return line *number*, counted from one, or None where it is not at hand."""
        if path not in self._split:
            source = self._sources.get(path, "")
            text = source if isinstance(source, str) else source.source
            self._split[path] = text.split("\n") if text else []
        lines = self._split[path]
        return lines[number - 1].removesuffix("\r") if 0 < number <= len(lines) else None
