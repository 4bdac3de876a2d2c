"""All rows, and the threats that have none yet with the reason."""

from importlib import import_module
from pathlib import Path

from tests.attacks.scenario import Scenario

THREATS = tuple(f"T{number}" for number in range(1, 33))
NOT_YET = {
    "T16": "the review page on the web is part of the desk's later views; nothing serves HTML yet",
    "T26": "there are no pages of the desk with addresses to guess",
    "T27": "there are no forms on the web",
    "T28": "people sign with file keys at the command line; nobody signs in on the web",
}
"""Threats to what is not built, and why."""


def all_rows() -> tuple[Scenario, ...]:
    """Return the rows of every module here whose name ends in ``_rows``."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("*_rows.py"))
    found: list[Scenario] = []
    for name in names:
        rows: tuple[Scenario, ...] = import_module(f"tests.attacks.{name}").ROWS
        found += rows
    return tuple(found)
