"""Plain text and CSV."""

from moderation.extract.builder import Builder
from moderation.model import Carrier, Document, ExtractionError

_DELIMITERS = ",;\t"


def extract(builder: Builder, source: str, *, media_type: str = "text/plain") -> Document:
    """Read a plain text file, paragraph by paragraph, or a CSV file, cell by cell.

    Raises:
        ExtractionError: a CSV file has a quotation mark that is never closed

    """
    if media_type == "text/csv":
        _cells(builder, source)
    else:
        _paragraphs(builder, source)
    return builder.document(media_type, source=source)


def _paragraphs(builder: Builder, source: str) -> None:
    at = 0
    for paragraph in source.split("\n\n"):
        if paragraph.strip():
            builder.block(paragraph, Carrier.BODY, at, at + len(paragraph))
        at += len(paragraph) + 2


def _cells(builder: Builder, source: str) -> None:
    """Add each cell, with its row and column from one as its field."""
    delimiter = max(_DELIMITERS, key=source[:2_000].count)
    row = column = 1
    at = 0
    while at < len(source):
        field = f"row {row} column {column}"
        builder.cut()
        start = _quoted(builder, source, at, field) if source[at] == '"' else at
        end = _ends(source, start, delimiter)
        if source[start:end].strip():
            builder.add(source[start:end], Carrier.CELL, start, end, field=field)
        builder.cut()
        line_ends = end >= len(source) or source[end] == "\n"
        row, column = (row + 1, 1) if line_ends else (row, column + 1)
        at = end + 1


def _ends(source: str, at: int, delimiter: str) -> int:
    stops = (source.find(delimiter, at), source.find("\n", at))
    return min((stop for stop in stops if stop >= 0), default=len(source))


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
