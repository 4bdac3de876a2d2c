"""What a letter consists of, whatever program wrote it."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in one manner."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture where it stands.

    Args:
        data: the file that is set into the letter
        alt: what it shows; empty where nobody said
        decorative: it shows nothing
        crop: the shares that are cut off on the left, top, right and bottom

    """

    data: bytes
    alt: str = ""
    decorative: bool = False
    crop: tuple[float, float, float, float] = (0, 0, 0, 0)


Inline = Words | Break | Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, heading or entry of a list.

    Args:
        pieces: what stands in it
        heading: its level from 1; nought for other paragraphs, -1 for the title of the letter
        depth: of the list from 1; nought outside lists
        number: which the entry bears; nought in lists without numbers

    """

    pieces: tuple[Inline, ...]
    heading: int = 0
    depth: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, which hold paragraphs."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


Block = Paragraph | Table


@dataclass(slots=True)
class Draft:
    """A letter while it is read: its blocks, and how often what was left behind."""

    blocks: list[Block] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a page that is to be written: its name in the folder, its clean bytes."""

    name: str
    data: bytes
    decorative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as a page.

    Args:
        title: as it stands in the letter; empty where it has none
        text: Markdown, without the title
        pictures: that the text shows, without hidden data
        lost: what was left behind, in words

    """

    title: str
    text: str
    pictures: tuple[Picture, ...]
    lost: tuple[str, ...]


def plain(pieces: tuple[Inline, ...]) -> str:
    """Return the words of a paragraph, with single blanks."""
    words = (" " if isinstance(p, Break) else p.text for p in pieces if not isinstance(p, Shown))
    return " ".join("".join(words).split())
