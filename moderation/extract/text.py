"""Plain text, CSV, calendars and cards."""

import re

from moderation.extract.builder import Builder
from moderation.model import Carrier, Document, ExtractionError

_DELIMITERS = ",;\t"
_CARDS = ("BEGIN:VCALENDAR", "BEGIN:VCARD")
_VALUE = re.compile(r"(?P<value>[^\n;]*)(?P<ends>\n[ \t]|[\n;]|\Z)")

_GAPS = {"\n": "\n", ";": "\t"}


def extract(builder: Builder, source: str, *, media_type: str = "text/plain") -> Document:
    """Read a plain text file by paragraph, a CSV file by cell, a calendar or card by line.

    Raises:
        ExtractionError: a CSV file has a quotation mark that is never closed

    """
    if media_type == "text/csv":
        _cells(builder, source)
    elif source.startswith(_CARDS):
        _values(builder, source)
    else:
        _paragraphs(builder, source)
    return builder.document(media_type, source=source)


def _paragraphs(builder: Builder, source: str) -> None:
    at = 0
    for paragraph in source.split("\n\n"):
        if paragraph.strip():
            builder.block(paragraph, Carrier.BODY, at, at + len(paragraph))
        at += len(paragraph) + 2


def _values(builder: Builder, source: str) -> None:
    """Add the lines of a calendar or card: one may go on in the next, its values in a row.

    After RFC 5545, section 3.1: a line that begins with a blank continues the one before; and
    RFC 6350, section 3.3: the parts of a name stand between semicolons.
    """
    builder.cut()
    for match in _VALUE.finditer(source):
        start, end = match.span("value")
        builder.add(source[start:end], Carrier.BODY, start, end)
        if match["ends"] in _GAPS:
            builder.cut(_GAPS[match["ends"]])
    builder.cut()


def _cells(builder: Builder, source: str) -> None:
    """Add each cell, with its row and column from one as its field; a row reads as one line."""
    delimiter = max(_DELIMITERS, key=source[:2_000].count)
    stops = re.compile(f"[{delimiter}\n]")
    row = column = 1
    at = 0
    beside = False  # what is empty at the start of a row must not join it to the row before
    while at < len(source):
        builder.cut("\t" if beside else "\n")
        field = f"row {row} column {column}"
        start = _quoted(builder, source, at, field) if source[at] == '"' else at
        stop = stops.search(source, start)
        end = stop.start() if stop else len(source)
        if source[start:end].strip():
            builder.add(source[start:end], Carrier.CELL, start, end, field=field)
        beside = beside or end > at
        at = end + 1
        if end >= len(source) or source[end] == "\n":
            row, column, beside = row + 1, 1, False
        else:
            column += 1
    builder.cut()


def _quoted(builder: Builder, source: str, at: int, field: str) -> int:
    """Add a cell in quotation marks, two of them standing for one; return where it ends."""
    begin = at + 1
    while True:
        end = source.find('"', begin)
        if end < 0:
            line = source.count("\n", 0, at) + 1
            raise ExtractionError(
                f"{builder.path}: line {line}: a quotation mark is never closed; close it"
            )
        builder.add(source[begin:end], Carrier.CELL, begin, end, field=field)
        if source[end + 1 : end + 2] != '"':
            return end + 1
        builder.add('"', Carrier.CELL, end, end + 2, field=field)
        begin = end + 2
