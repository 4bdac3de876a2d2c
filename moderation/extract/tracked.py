"""Text that remembers where each of its characters came from."""

import re
from array import array
from collections.abc import Iterable, Sequence
from typing import SupportsIndex

NOWHERE = -1


class Text(str):
    """A string whose every character knows its offset in the source.

    It is a :class:`str`, so patterns run on it as they are; slicing, stripping, splitting and
    adding keep the offsets. A character that a program put in has the offset -1.

    Args:
        value: the characters
        at: an offset for each; -1 throughout unless given
        atomic: the text is final, no inline markup is looked for in it

    """

    __slots__ = ("at", "atomic")
    at: Sequence[int]
    atomic: bool

    def __new__(
        cls, value: str = "", at: Sequence[int] | None = None, *, atomic: bool = False
    ) -> "Text":
        """Make the text; *value* and *at* are equally long."""
        self = super().__new__(cls, value)
        self.at = (NOWHERE,) * len(value) if at is None else at
        self.atomic = atomic
        return self

    @classmethod
    def of(cls, source: str, start: int = 0) -> "Text":
        """Track *source* from *start* on, each character being its own origin."""
        return cls(source[start:], range(start, len(source)))

    def __getitem__(self, key: SupportsIndex | slice) -> "Text":
        """Return a part, with its offsets."""
        if isinstance(key, slice):
            return Text(str.__getitem__(self, key), self.at[key])
        return Text(str.__getitem__(self, key), (self.at[key.__index__()],))

    def __add__(self, other: str) -> "Text":
        """Return both, one after the other."""
        return joined((self, other))

    def strip(self, chars: str | None = None, /) -> "Text":
        """Leave out *chars* (white space) at both ends."""
        return self.lstrip(chars).rstrip(chars)

    def lstrip(self, chars: str | None = None, /) -> "Text":
        """Leave out *chars* (white space) at the start."""
        rest = len(str.lstrip(self, chars))
        return self if rest == len(self) else self[len(self) - rest :]

    def rstrip(self, chars: str | None = None, /) -> "Text":
        """Leave out *chars* (white space) at the end."""
        rest = len(str.rstrip(self, chars))
        return self if rest == len(self) else self[:rest]

    def cut(self, separator: str) -> list["Text"]:
        """Split at each *separator*, as :meth:`str.split` does."""
        parts = []
        at = 0
        while (end := self.find(separator, at)) >= 0:
            parts.append(self[at:end])
            at = end + len(separator)
        parts.append(self[at:])
        return parts

    def lines(self) -> list["Text"]:
        """Split into lines, each with its newline, so that joining them gives the text back."""
        parts = []
        at = 0
        while (end := self.find("\n", at)) >= 0:
            parts.append(self[at : end + 1])
            at = end + 1
        parts.append(self[at:])
        return parts

    def group(self, match: re.Match[str], group: int | str) -> "Text | None":
        """Return a group of a match on this text, with its offsets; None if it took no part."""
        start, end = match.span(group)
        return self[start:end] if start >= 0 else None

    def final(self) -> "Text":
        """Return the same text, in which no inline markup is looked for."""
        return Text(str(self), self.at, atomic=True)

    def as_text(self, value: str) -> "Text":
        """Return *value*, which stands for this whole text: a capital letter, an unescaped one."""
        if len(value) == len(self):
            return Text(value, self.at)
        first, last = self.extent()
        if not value:
            return Text()
        return Text(value, [first] * (len(value) - 1) + [last])

    def extent(self) -> tuple[int, int]:
        """Return the offsets of the first and last character that came from the source."""
        first = next((at for at in self.at if at >= 0), NOWHERE)
        last = next((at for at in reversed(self.at) if at >= 0), NOWHERE)
        return first, last


def joined(parts: Iterable[str]) -> Text:
    """Put texts one after the other; plain strings among them come from nowhere."""
    kept = [part for part in parts if part]
    if len(kept) == 1 and isinstance(kept[0], Text):
        return kept[0]
    return Text("".join(kept), _chain(kept))


def _chain(parts: Sequence[str]) -> Sequence[int]:
    """Join the offsets; what lies in one run in the source stays a range."""
    run: range | None = None
    for part in parts:
        at = part.at if isinstance(part, Text) else None
        if not isinstance(at, range) or (run is not None and run.stop != at.start):
            return _listed(parts)
        run = at if run is None else range(run.start, at.stop)
    return run or range(0)


def _listed(parts: Sequence[str]) -> Sequence[int]:
    """Put offsets in an array: joining and slicing it is what reading a page mostly does."""
    offsets = array("i")
    for part in parts:
        offsets.extend(part.at if isinstance(part, Text) else (NOWHERE,) * len(part))
    return offsets
