"""A school's CSV exports, row by row."""

import csv
import io
from collections.abc import Sequence

from moderation.model import UsageError


def read_rows(text: str, columns: Sequence[str], *, source: str) -> list[dict[str, str | None]]:
    """Read a CSV with a first row that names the columns.

    Args:
        text: the file
        columns: those that must be there
        source: name of the file, for errors

    Raises:
        UsageError: a column is missing, or it is no CSV; quotes nothing of it

    """
    if "\0" in text:
        raise UsageError(f"{source}: is no table of text; export it again as CSV UTF-8")
    plain = text.removeprefix("\ufeff")
    head, _, body = plain.partition("\n")
    sign = ";" if head.count(";") > head.count(",") else ","  # Excel writes either, by country
    rows = csv.DictReader(io.StringIO(f"{head.lower()}\n{body}"), delimiter=sign)
    try:
        missing = [column for column in columns if column not in (rows.fieldnames or ())]
        if missing:
            raise UsageError(f"{source}: lacks column {', '.join(missing)}; add it to row 1")
        return list(rows)
    except csv.Error as error:
        raise UsageError(
            f"{source}: row {rows.line_num} is no row of a CSV; export the file again"
        ) from error
