"""A file as its readers see it, every character traceable to where it came from."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from moderation.model.location import VISIBLE, Carrier, Location, Region, Span
from moderation.model.picture import Face


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a document's text that was carried in one place.

    ``text[start:end]`` came from ``source[source_start:source_end]``. Where both ranges have the
    same length each character is its source character; otherwise the whole range (an entity,
    say) stands for the whole text. A file without lines has ``source_start == -1`` and names the
    place in *field*; one that was read in a picture has the *region* where it stands.
    """

    start: int
    end: int
    carrier: Carrier
    source_start: int = -1
    source_end: int = -1
    field: str = ""
    region: Region | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageReference:
    """An image that a page shows: ``![alt](target "title")`` or ``<img>``.

    *alt* is None where no alternative text was written at all (HTML only).
    """

    target: str
    alt: str | None
    location: Location
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReference:
    """A link or other reference by which a page reaches something else."""

    target: str
    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A raw HTML tag in a page, with its attributes as written (names in lower case)."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something a file contains besides text: a macro, a script, an attachment, a GPS position.

    Args:
        kind: one of the words in the extractor's own table, such as ``gps`` or ``macro``
        detail: what was found, without personal information
        location: where

    """

    kind: str
    detail: str
    location: Location


@dataclass(frozen=True, kw_only=True)
class Document:
    """One asset's text in all its carriers, with the source map.

    It has no slots: where its lines begin is found when a place is first asked for, and kept.

    Args:
        path: path of the file, relative to the content folder
        digest: SHA-256 of its bytes, in lower-case hexadecimal
        media_type: as sniffed from the content, such as ``text/markdown``
        text: every piece of text, pieces of different blocks or carriers kept apart by newlines
        pieces: where each run of *text* came from, ordered by ``start``, not overlapping
        source: the decoded file, for files with lines
        images: images a page shows
        links: links a page makes
        elements: raw HTML tags of a page
        parts: what else the file contains
        front_matter: the page's own settings
        properties: facts measured on the file, such as ``width`` and ``height`` in pixels
        people: the faces seen in a picture, from left to right; None where nobody looked
        copies: digests of the known photos that it shows, in order

    """

    path: str
    digest: str
    media_type: str
    text: str
    pieces: tuple[Piece, ...]
    source: str = ""
    images: tuple[ImageReference, ...] = ()
    links: tuple[LinkReference, ...] = ()
    elements: tuple[Element, ...] = ()
    parts: tuple[Part, ...] = ()
    front_matter: Mapping[str, object] = field(default_factory=dict)
    properties: Mapping[str, str | int | bool] = field(default_factory=dict)
    people: tuple[Face, ...] | None = None
    copies: tuple[str, ...] = ()

    @cached_property
    def _lines(self) -> Sequence[int]:
        return line_starts(self.source)

    def locate(self, start: int, end: int) -> Location:
        """Map ``text[start:end]`` back to the place in the publisher's own file.

        Raises:
            ValueError: the range is empty or lies outside the text

        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"range {start}:{end} outside a text of {len(self.text)}")
        first, last = self._piece_from(start), self._piece_to(end - 1)
        if first is None or last is None or last.start < first.start:
            return Location(path=self.path)
        if first.source_start < 0 or last.source_start < 0:
            region = self._region(start, end)
            return Location(path=self.path, carrier=first.carrier, field=first.field, region=region)
        begin = _to_source(first, max(start, first.start))[0]
        finish = _to_source(last, min(end, last.end) - 1)[1]
        return self.place(begin, finish, first.carrier, field=first.field)

    def place(self, start: int, end: int, carrier: Carrier, *, field: str = "") -> Location:
        """Turn the range ``source[start:end]`` into a location."""
        span = Span(*self._line_column(start), *self._line_column(end))
        return Location(path=self.path, carrier=carrier, span=span, field=field)

    def carrier_at(self, offset: int) -> Carrier:
        """Name what carried the character at *offset* of the text."""
        piece = self._piece_from(offset)
        return piece.carrier if piece else Carrier.FILE

    def carried(self, *carriers: Carrier) -> Iterator[Piece]:
        """Yield the pieces carried in these ways."""
        return (piece for piece in self.pieces if piece.carrier in carriers)

    @property
    def visible_text(self) -> str:
        """What a visitor reads on the page itself, pieces of different blocks kept apart."""
        parts: list[str] = []
        at = 0
        for piece in self.pieces:
            if piece.carrier in VISIBLE:
                parts.append("\n" if piece.start > at and parts else "")
                parts.append(self.text[piece.start : piece.end])
            at = piece.end
        return "".join(parts)

    def line(self, number: int) -> str:
        """Return a line of the source, counting from one, without its line end."""
        begin = self._lines[number - 1]
        end = self._lines[number] - 1 if number < len(self._lines) else len(self.source)
        return self.source[begin:end].rstrip("\r")

    def _piece_from(self, offset: int) -> Piece | None:
        index = bisect_right(self.pieces, offset, key=_start) - 1
        if index >= 0 and offset < self.pieces[index].end:
            return self.pieces[index]
        return self.pieces[index + 1] if index + 1 < len(self.pieces) else None

    def _piece_to(self, offset: int) -> Piece | None:
        index = bisect_right(self.pieces, offset, key=_start) - 1
        return self.pieces[index] if index >= 0 else None

    def _region(self, start: int, end: int) -> Region | None:
        """Return the rectangle about the pieces of ``text[start:end]`` that have one."""
        first = max(0, bisect_right(self.pieces, start, key=_start) - 1)
        last = bisect_right(self.pieces, end - 1, key=_start)
        regions = [p.region for p in self.pieces[first:last] if p.region and p.end > start]
        return Region.around(regions) if regions else None

    def _line_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def line_starts(source: str) -> Sequence[int]:
    """Return the offset at which each line of *source* begins."""
    return (0, *accumulate(len(line) + 1 for line in source.split("\n")[:-1]))


def _start(piece: Piece) -> int:
    return piece.start


def _to_source(piece: Piece, offset: int) -> tuple[int, int]:
    """Return the source range of one character of a piece."""
    if piece.end - piece.start == piece.source_end - piece.source_start:
        at = piece.source_start + offset - piece.start
        return at, at + 1
    return piece.source_start, piece.source_end
