"""Places: where in which file, carried by what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Carrier(StrEnum):
    """Where a piece of text was carried."""

    BODY = "body"
    HEADING = "heading"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"
    LINK_TEXT = "link text"
    ALT = "alt"
    TITLE = "title"
    LINK = "link"
    COMMENT = "comment"
    ATTRIBUTE = "attribute"
    MARKUP = "markup"
    FRONT_MATTER = "front matter"
    FILE_NAME = "file name"
    EXIF = "EXIF"
    IPTC = "IPTC"
    XMP = "XMP"
    OCR = "OCR"
    PICTURE = "picture"
    PROPERTY = "document property"
    ANNOTATION = "annotation"
    ATTACHMENT = "attachment"
    HEADER = "header or footer"
    TRACKED_CHANGE = "tracked change"
    HIDDEN = "hidden text"
    HIDDEN_CELL = "hidden cell"
    CELL = "cell"
    SHEET_NAME = "sheet name"
    SLIDE = "slide"
    SPEAKER_NOTE = "speaker note"
    FORM_FIELD = "form field"
    FILE = "file"


VISIBLE = frozenset(
    {
        Carrier.BODY,
        Carrier.HEADING,
        Carrier.TABLE,
        Carrier.CODE,
        Carrier.CAPTION,
        Carrier.LINK_TEXT,
    }
)
"""The carriers a visitor reads on the page itself."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of a text file; lines and columns count from one, columns in characters.

    The end is exclusive.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        """Render as ``line:column-column`` or ``line:column-line:column``."""
        if self.line == self.end_line:
            return f"{self.line}:{self.column}-{self.end_column}"
        return f"{self.line}:{self.column}-{self.end_line}:{self.end_column}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Region:
    """A rectangle of a picture as it is displayed, in pixels from its upper left corner.

    Displayed means turned as the EXIF orientation says, at the full size of the file.
    """

    left: int
    top: int
    width: int
    height: int

    @staticmethod
    def around(regions: Sequence["Region"]) -> "Region":
        """Return the smallest rectangle about *regions*, of which there is at least one."""
        left, top = min(r.left for r in regions), min(r.top for r in regions)
        right = max(r.left + r.width for r in regions)
        bottom = max(r.top + r.height for r in regions)
        return Region(left=left, top=top, width=right - left, height=bottom - top)

    def __str__(self) -> str:
        """Render as ``WIDTHxHEIGHT at LEFT,TOP``."""
        return f"{self.width}x{self.height} at {self.left},{self.top}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a submitted file.

    Args:
        path: path of the file, relative to the content folder, with forward slashes
        carrier: what carried the text
        span: line and column range, or None where the file has no lines
        field: the place where there are no lines: a page, cell, slide or metadata field
        role: a word on the part this place plays in a finding (related locations)
        region: the rectangle of a picture, or None where the place is no part of one

    """

    path: str
    carrier: Carrier = Carrier.FILE
    span: Span | None = None
    field: str = ""
    role: str = ""
    region: Region | None = None

    @property
    def line(self) -> int | None:
        """The first line, from one."""
        return self.span.line if self.span else None

    @property
    def column(self) -> int | None:
        """The first column, in characters from one."""
        return self.span.column if self.span else None

    @property
    def end_line(self) -> int | None:
        """The last line."""
        return self.span.end_line if self.span else None

    @property
    def end_column(self) -> int | None:
        """The column after the last character."""
        return self.span.end_column if self.span else None

    def as_role(self, role: str) -> "Location":
        """Return this place with a word on the part it plays."""
        return replace(self, role=role)

    @property
    def sort_key(self) -> tuple[str, tuple[int, int, int, int], str, str]:
        """Order by file, then place, then carrier."""
        span = self.span
        place = (span.line, span.column, span.end_line, span.end_column) if span else (0, 0, 0, 0)
        return (self.path, place, self.field, self.carrier)

    def __str__(self) -> str:
        """Render as ``path:line:column-column`` or ``path [field]``."""
        if self.span:
            return f"{self.path}:{self.span}"
        return f"{self.path} [{self.field}]" if self.field else self.path
