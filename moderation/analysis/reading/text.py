"""What was read in a picture, as values that need no library."""

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.model import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a line and where it stands in the picture as it is displayed."""

    text: str
    region: Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text.

    Args:
        words: from its beginning to its end
        score: how sure the reader is, between 0 and 1
        block: which block of lines it belongs to, from nought
        frame: which picture of an animation, from nought

    """

    words: tuple[Word, ...]
    score: float
    block: int
    frame: int = 0

    @property
    def text(self) -> str:
        """Return the words with blanks between them."""
        return " ".join(word.text for word in self.words)


def between(before: Line | None, line: Line) -> str:
    """Return what stands between two lines: a line's end in a block, two between blocks."""
    if before is None:
        return ""
    same = (before.block, before.frame) == (line.block, line.frame)
    return "\n" if same else "\n\n"


def joined(lines: Iterable[Line]) -> str:
    """Return lines as one text."""
    text, before = "", None
    for line in lines:
        text, before = text + between(before, line) + line.text, line
    return text
