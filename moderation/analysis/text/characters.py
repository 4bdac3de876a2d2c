"""Read characters as what they look like, and remember where each came from."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from unicodedata import category

_ASCII = bytes(range(128))
_HARMLESS = frozenset("‘’“”–—…£°½¼¾²³±÷§«»✓✔→←↑↓™")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is read, with a map back to the text as it is written.

    Args:
        text: the text as it is read
        source: the text as it is written
        steps: offsets in *text* where the shift changes, ascending
        shifts: what to add to an offset at or after the step to find it in the written text

    """

    text: str
    source: str
    steps: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def origin(self, offset: int) -> int:
        """Return where the character at *offset* was written."""
        index = bisect_right(self.steps, offset) - 1
        return offset + self.shifts[index] if index >= 0 else offset

    def position(self, offset: int) -> int:
        """Return where the character written at *offset* is read, or the next one after it."""
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.origin(middle) < offset else (low, middle)
        return low

    def written(self, start: int, end: int) -> bool:
        """Say whether ``text[start:end]`` was written with other characters than it is read."""
        if self.text is self.source:
            return False
        first, last = self.span(start, end)
        return self.source[first:last] != self.text[start:end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the written range of ``text[start:end]``, with the marks on its last character."""
        first, last = self.origin(start), self.origin(end - 1) + 1
        while last < len(self.source) and _is_mark(self.source[last]):
            last += 1
        return first, last


def _is_mark(character: str) -> bool:
    """Say whether a character is drawn upon the one before it: an accent, the tone of a skin."""
    return category(character) in ("Mn", "Me") or "\U0001f3fb" <= character <= "\U0001f3ff"


def fold(text: str, raw: bytes) -> Folded:
    """Read look-alike letters, accents, full-width and enclosed letters as ASCII; drop invisibles.

    Args:
        text: as it is written
        raw: *text* in UTF-8

    """
    if raw.isascii():
        return Folded(text, text)
    rare = set(raw.translate(None, _ASCII).decode("utf-8", "surrogatepass")) - _HARMLESS
    if readings().keys().isdisjoint(rare):
        return Folded(text, text)
    stretching = {c for c in rare if len(readings().get(c, "x")) != 1}
    if not stretching:
        return Folded(text.translate(_codes()), text)
    return _stretch(text, stretching)


def _stretch(text: str, stretching: set[str]) -> Folded:
    """Fold a text in which some characters are read as none or as two."""
    shift = out = 0
    steps: list[int] = []
    shifts: list[int] = []
    for at, character in enumerate(text):
        if character not in stretching:
            out += 1
            continue
        size = len(readings()[character])
        # All characters of a reading stand for the one that was written.
        steps += range(out + 1, out + size)
        shifts += (at - each for each in range(out + 1, out + size))
        out += size
        shift = at + 1 - out
        if steps and steps[-1] == out:
            shifts[-1] = shift
        else:
            steps.append(out)
            shifts.append(shift)
    return Folded(text.translate(_codes()), text, tuple(steps), tuple(shifts))


@cache
def readings() -> Mapping[str, str]:
    """Return what each unusual character is read as; nothing for what nobody sees."""
    source = (get_data(__package__, "characters.tsv") or b"").decode()
    table: dict[str, str] = {}
    for line in source.splitlines():
        reading, _, codes = line.partition("\t")
        table.update((chr(int(code, 16)), reading) for code in codes.split())
    return table


@cache
def _codes() -> Mapping[int, str]:
    return {ord(character): reading for character, reading in readings().items()}
