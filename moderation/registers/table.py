"""A school's CSV exports, row by row."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from moderation.model import UsageError

Row = Mapping[str, str | None]


def read_rows(text: str, columns: Sequence[str], *, source: str) -> list[dict[str, str | None]]:
    """Read a CSV with a first row that names the columns.

    Args:
        text: the file
        columns: those that must be there
        source: name of the file, for errors

    Raises:
        UsageError: a column is missing, or it is no CSV; quotes nothing of it

    """
    rows = _reader(text, source)
    try:
        missing = [column for column in columns if column not in (rows.fieldnames or ())]
        if missing:
            raise UsageError(f"{source}: lacks column {', '.join(missing)}; add it to row 1")
        read = list(rows)
    except csv.Error as error:
        raise UsageError(
            f"{source}: row {rows.line_num} is no row of a CSV; export the file again"
        ) from error
    if any(None in row for row in read):
        number = next(n for n, row in enumerate(read, start=2) if None in row)
        raise UsageError(f"{source}: row {number} has more cells than row 1; export the file again")
    return read


def head_of(text: str, *, source: str) -> tuple[str, ...]:
    """Return the names of the columns, in lower case.

    Raises:
        UsageError: it is no CSV, or two columns have one name

    """
    try:
        names = tuple(name.strip() for name in _reader(text, source).fieldnames or ())
    except csv.Error:
        raise UsageError(f"{source}: row 1 is no row of a CSV; export the file again") from None
    places = [at for at, name in enumerate(names, start=1) if name and names.count(name) > 1]
    if places:
        raise UsageError(
            f"{source}: columns {places[0]} and {places[1]} have one heading; row 1 must name each "
            "column once"
        )
    return names


def filled(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """Yield the rows that are not blank, with their numbers in the file."""
    for number, row in enumerate(rows, start=2):
        if any((cell or "").strip() for cell in row.values()):
            yield number, row


def _reader(text: str, source: str) -> "csv.DictReader[str]":
    if "\0" in text:
        raise UsageError(f"{source}: is no table of text; export it again as CSV UTF-8")
    head, _, body = text.removeprefix("\ufeff").partition("\n")
    sign = max(",;\t", key=head.count)  # Excel writes any of them, by country
    head = sign.join(name.strip() for name in head.lower().split(sign))
    return csv.DictReader(io.StringIO(f"{head}\n{body}"), delimiter=sign)
