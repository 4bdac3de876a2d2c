"""What a command prints: tables for people, JSON for programs."""

import json
import os
import shutil
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

import click

from moderation.model.errors import UsageError
from moderation.reports.display import safe

_WITHHELD = "[withheld]"
_ENDINGS = frozenset({".md", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf", ".html"})

Row = Mapping[str, object]

_NARROW = 80
"""Columns below which a table would break ids in the middle, so that they could not be copied."""

json_or_terminal = click.option(
    "--format",
    "style",
    type=click.Choice(["terminal", "text", "json"]),
    default=None,
    help="terminal (default), text for screen readers, json for programs.",
)


report_format = click.option(
    "--format",
    "style",
    type=click.Choice(["terminal", "text", "json"]),
    default="terminal",
    help="terminal (default), text for screen readers, json for programs.",
)


def width() -> int:
    """Return the columns of the terminal."""
    return shutil.get_terminal_size((100, 24)).columns


def colour() -> bool:
    """Say whether colour is wanted: a terminal, and no NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def in_ci() -> bool:
    """Say whether this runs where the output is public."""
    named = os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}
    return named or bool(os.environ.get("TF_BUILD"))


def told(path: str, known: Collection[str]) -> str:
    """Return *path* as it may be told: where all read along, no name that nobody has looked at.

    Args:
        path: of a file in the content folder or the site
        known: paths that were approved, or built

    """
    if not in_ci() or path in known:
        return path
    folders = {folder for each in known for folder in each.split("/")[:-1]}
    *above, name = path.split("/")
    ending = PurePosixPath(name).suffix if PurePosixPath(name).suffix in _ENDINGS else ""
    kept = [folder if folder in folders else _WITHHELD for folder in above]
    return "/".join([*kept, f"{_WITHHELD}{ending}"])


def show_json(value: object) -> None:
    """Print *value* for a program; what could steer a terminal stands there as an escape."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    click.echo("\n".join(_escaped(line) for line in text.split("\n")))


def _escaped(line: str) -> str:
    """Write every character that is not printable as JSON escapes it; only strings hold any."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def show_rows(rows: Sequence[Row], columns: Sequence[str], style: str | None, empty: str) -> None:
    """Print *rows*: a table, a sentence a row, or JSON.

    Args:
        rows: values by column; a value is text, a number or a list of them
        columns: which to show, in order
        style: terminal, text or json
        empty: what to say when there are no rows

    """
    if style == "json":
        show_json([dict(row) for row in rows])
    elif not rows:
        click.echo(empty)
    elif style == "text" or (style is None and width() < _NARROW):
        for row in rows:
            click.echo("; ".join(f"{c.replace('_', ' ')}: {_cell(row[c])}" for c in columns))
    else:
        _table(rows, columns)


def _table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    columns = [each for each in columns if any(_cell(row[each]) for row in rows)]
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row[column])) for column in columns))
    Console(width=width(), no_color=not colour(), highlight=False).print(table)


def _cell(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return safe(text)


def need_reason(reason: str) -> str:
    """Return a reason that says something.

    Raises:
        UsageError: it is empty

    """
    if not reason.strip():
        raise UsageError("--reason: is empty; say why in a few words")
    return reason.strip()
