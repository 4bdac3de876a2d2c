"""What a publisher declares of each file, under ``assets:`` in the page's front matter."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from moderation.model import Declaration, Document, ExtractionError

REFERENCE = re.compile(r"[A-Z]{1,3}-[0-9]{1,8}")
WORDS = (
    *("device", "author", "holder", "licence", "title", "source", "invoice", "permission"),
    "made-by",
)
"""The keys that take words, in the order in which they are written."""
MAKERS = ("", "ai")
"""What ``made-by`` may say."""
_KEYS = ("people", *WORDS, "until", "decorative")


def read_declarations(page: Document) -> Mapping[str, Declaration]:
    """Read the declarations of a page, by path of the file.

    Raises:
        ExtractionError: something is not of the form; the message names the key, not its value

    """
    table = page.front_matter.get("assets")
    if table is None:
        return {}
    if not isinstance(table, Mapping):
        raise ExtractionError("front matter: assets: list each file with what you declare of it")
    return {str(path): _declaration(str(path), entry) for path, entry in table.items()}


def _declaration(path: str, entry: object) -> Declaration:
    where = f"front matter: assets: {path}"
    if not isinstance(entry, Mapping):
        raise ExtractionError(f"{where}: write what you declare of it, such as author and licence")
    for key in entry:
        if key not in _KEYS:
            raise ExtractionError(f"{where}: has an unknown key; use {', '.join(_KEYS)}")
    decorative = entry.get("decorative", False)
    if not isinstance(decorative, bool):
        raise ExtractionError(f"{where}: decorative: write true or false")
    words = {key.replace("-", "_"): read_word(entry.get(key), f"{where}: {key}") for key in WORDS}
    if words["made_by"] not in MAKERS:
        raise ExtractionError(f"{where}: made-by: write ai, or leave it out")
    until = read_until(entry.get("until"), f"{where}: until")
    people = _people(entry["people"], where) if "people" in entry else None
    return Declaration(path=path, people=people, until=until, decorative=decorative, **words)


def read_word(value: object, where: str) -> str:
    """Return words, without blanks about them.

    Raises:
        ExtractionError: it is something else

    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ExtractionError(f"{where}: write words, in quotation marks if need be")
    return value.strip()


def read_until(value: object, where: str) -> date | None:
    """Return the last day of a use; None where none is given.

    Raises:
        ExtractionError: it is no day of the calendar

    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else _refuse(where)
    except ValueError:
        return _refuse(where)


def _refuse(where: str) -> date:
    raise ExtractionError(f"{where}: write a day such as 2027-08-31") from None


def _people(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(
        isinstance(each, str) and REFERENCE.fullmatch(each) for each in value
    ):
        raise ExtractionError(
            f"{where}: people: write references such as [P-0112], never names; [] says nobody"
        )
    return tuple(value)
