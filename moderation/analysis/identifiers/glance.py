"""A text, and the parts of it that are worth a closer look."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_DIGIT = re.compile("[0-9]")
_BLANK = re.compile(r"\s")
_BEFORE, _AFTER, _FURTHER = 120, 200, 100


@dataclass(frozen=True, slots=True)
class Glance:
    """A text with the ranges in which something may stand, in order and apart."""

    text: str
    windows: tuple[tuple[int, int], ...]

    @classmethod
    def at(cls, text: str, hits: Iterable[tuple[int, int]]) -> "Glance":
        """Look around *hits*, which are in order; a range ends where a word does."""
        windows: list[tuple[int, int]] = []
        for start, end in hits:
            first, last = max(0, start - _BEFORE), _word_end(text, end + _AFTER)
            if windows and first <= windows[-1][1]:
                windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
            else:
                windows.append((first, last))
        return cls(text, tuple(windows))

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield what *pattern* matches in the ranges; it sees what stands before them."""
        for start, end in self.windows:
            yield from pattern.finditer(self.text, start, end)

    def numbered(self) -> "Glance":
        """Keep the ranges that hold a digit."""
        windows = (w for w in self.windows if _DIGIT.search(self.text, *w))
        return Glance(self.text, tuple(windows))


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = _BLANK.search(text, at, at + _FURTHER)
    return blank.start() if blank else min(len(text), at + _FURTHER)
