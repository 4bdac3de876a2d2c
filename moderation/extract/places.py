"""From offsets in a text file to lines and columns."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from moderation.model import Carrier, ExtractionError, Location, Span
from moderation.model.document import line_starts


class Places:
    """Names places in one text file, while its document is still being made.

    Args:
        path: path of the file, relative to the content folder
        source: its text, each line ending in one newline

    """

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.source = source

    @cached_property
    def _starts(self) -> Sequence[int]:
        return line_starts(self.source)

    def location(self, start: int, end: int, carrier: Carrier, *, field: str = "") -> Location:
        """Return the place of ``source[start:end]``; a file without a place if *start* is -1."""
        if start < 0:
            return Location(path=self.path, carrier=carrier, field=field)
        span = Span(*self._at(start), *self._at(end))
        return Location(path=self.path, carrier=carrier, span=span, field=field)

    def refusal(self, offset: int, trouble: str, remedy: str) -> ExtractionError:
        """Make an error that names the line of *offset*."""
        line = f" line {self._at(offset)[0]}:" if offset >= 0 else ""
        return ExtractionError(f"{self.path}:{line} {trouble}; {remedy}")

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
