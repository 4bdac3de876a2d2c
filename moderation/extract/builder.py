"""Text and pieces, put together one after the other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from moderation.extract.inside import Inside
from moderation.model import (
    Carrier,
    Document,
    Element,
    ExtractionError,
    ImageReference,
    LinkReference,
    Location,
    Part,
    Piece,
    Span,
)
from moderation.policy import Limits

# Characters that no text needs: a program that shows the file may drop them and join the words
# around them, so they are kept as one visible mark each.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MARK = "\N{REPLACEMENT CHARACTER}"


Run = tuple[int, int, Carrier]
"""A block that is copied from the source: where it begins and ends there, and what carries it."""


@dataclass(slots=True)
class Builder:
    """Collects the text of one file, piece by piece, and makes the document.

    Runs that :meth:`add` one after the other read as one stretch of text; :meth:`cut` keeps what
    follows apart by a newline, as the readers of a page, cell or metadata field see it.

    Args:
        path: path of the file, relative to the content folder
        digest: SHA-256 of its bytes
        limits: the most that is read; None for no limit
        inside: how deep inside another file it lies

    """

    path: str
    digest: str
    limits: Limits | None = None
    inside: Inside = field(default_factory=Inside)
    images: list[ImageReference] = field(default_factory=list)
    links: list[LinkReference] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _length: int = 0
    _gap: str = ""

    def add(
        self,
        text: str,
        carrier: Carrier,
        start: int = -1,
        end: int = -1,
        *,
        field: str = "",
    ) -> None:
        """Append a run of text that was carried in one place.

        Args:
            text: as the reader sees it; nothing happens if it is empty
            carrier: what carried it
            start: offset in the source where it begins; -1 for a file without lines
            end: offset after its end
            field: the place in a file without lines, or the setting in front matter

        Raises:
            ExtractionError: the file holds more text than the policy lets be read

        """
        if not text:
            return
        if self._gap and self._texts:
            self._texts.append(self._gap)
            self._length += 1
        self._gap = ""
        clean = _UNPRINTABLE.sub(_MARK, text) if not text.isprintable() else text
        stop = self._length + len(clean)
        if self.limits and stop > self.limits.text_characters:
            most = f"{self.limits.text_characters:,}"
            raise ExtractionError(
                f"{self.path}: holds more than {most} characters of text; hand in a shorter file"
            )
        self._texts.append(clean)
        self._grow(Piece(self._length, stop, carrier, start, end, field))
        self._length = stop

    def cut(self, gap: str = "\n") -> None:
        """Keep what is added next apart from what is there; a tab where both stand in one row."""
        self._gap = gap

    def block(
        self,
        text: str,
        carrier: Carrier,
        start: int = -1,
        end: int = -1,
        *,
        field: str = "",
        gap: str = "\n",
    ) -> None:
        """Append a run of text that stands apart from what is before and after it."""
        self.cut(gap)
        self.add(text, carrier, start, end, field=field)
        self.cut()

    def copy(self, source: str, runs: Sequence[Run]) -> None:
        """Append blocks of the source as they are; a line break within one is read as a space."""
        for start, end, carrier in runs:
            self.block(source[start:end].replace("\n", " "), carrier, start, end)

    def part(self, kind: str, detail: str, *, field: str = "", span: Span | None = None) -> None:
        """Note something that is no text: a macro, a script, an attachment."""
        where = Location(path=self.path, span=span, field=field)
        self.parts.append(Part(kind=kind, detail=detail, location=where))

    def document(
        self,
        media_type: str,
        *,
        source: str = "",
        front_matter: Mapping[str, object] | None = None,
        properties: Mapping[str, str | int | bool] | None = None,
    ) -> Document:
        """Make the document; the file's own name is its last piece."""
        self.block(self.path, Carrier.FILE_NAME, field="file name")
        return Document(
            path=self.path,
            digest=self.digest,
            media_type=media_type,
            text="".join(self._texts),
            pieces=tuple(self._pieces),
            source=source,
            images=tuple(self.images),
            links=tuple(self.links),
            elements=tuple(self.elements),
            parts=tuple(self.parts),
            front_matter=front_matter or {},
            properties=properties or {},
        )

    @property
    def pieces(self) -> Sequence[Piece]:
        """What has been added so far."""
        return self._pieces

    def _grow(self, piece: Piece) -> None:
        """Append a piece, or lengthen the last one where the two are one run."""
        if self._pieces and _continues(self._pieces[-1], piece):
            last = self._pieces.pop()
            piece = Piece(
                last.start,
                piece.end,
                piece.carrier,
                last.source_start,
                piece.source_end,
                last.field,
            )
        self._pieces.append(piece)


def _continues(last: Piece, piece: Piece) -> bool:
    same_place = (last.end, last.source_end, last.carrier, last.field) == (
        piece.start,
        piece.source_start,
        piece.carrier,
        piece.field,
    )
    return same_place and piece.source_start >= 0 and _is_copied(last) and _is_copied(piece)


def _is_copied(piece: Piece) -> bool:
    return piece.end - piece.start == piece.source_end - piece.source_start
