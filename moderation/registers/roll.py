"""The pupil roll: who must not be named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from moderation.model import UsageError
from moderation.registers.table import read_rows

_REFERENCE = re.compile(r"[A-Z]{1,3}-[0-9]{1,8}")
_COLUMNS = ("reference", "forename", "surname")
_ALL = (*_COLUMNS, "preferred", "class")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One pupil; *reference* is opaque and may leave the register, the rest may not."""

    reference: str
    forename: str
    surname: str
    preferred: str = ""
    class_name: str = ""

    def __repr__(self) -> str:
        """Show the reference only: a name must not reach a log or a traceback."""
        return f"Pupil({self.reference})"


@dataclass(frozen=True, slots=True)
class Roll:
    """The pupils of the school."""

    pupils: tuple[Pupil, ...] = ()

    @classmethod
    def from_names(cls, names: Iterable[str]) -> "Roll":
        """Build a roll from full names, the last word being the surname (for tests and trials)."""
        pupils = []
        for number, name in enumerate(names, start=1):
            forename, _, surname = name.rpartition(" ")
            pupils.append(Pupil(reference=f"P-{number:04}", forename=forename, surname=surname))
        return cls(tuple(pupils))

    @classmethod
    def from_csv(cls, text: str, *, source: str = "the roll") -> "Roll":
        """Read columns reference, forename, surname and, if there, preferred and class.

        Raises:
            UsageError: a column or value is missing, or a reference stands twice; names no pupil

        """
        rows = read_rows(text, _COLUMNS, source=source)
        pupils: dict[str, Pupil] = {}
        for number, row in enumerate(rows, start=2):
            values = {
                key: (row.get(key) or "").strip() for key in (*_COLUMNS, "preferred", "class")
            }
            empty = [c for c in _COLUMNS if not values[c]]
            if empty:
                raise UsageError(f"{source}: row {number}: {', '.join(empty)} is empty; fill it in")
            if not _REFERENCE.fullmatch(values["reference"]):
                raise UsageError(f"{source}: row {number}: write a reference such as P-0112")
            if values["reference"] in pupils:
                raise UsageError(f"{source}: row {number}: the reference stands twice; remove one")
            values["class_name"] = values.pop("class")
            pupils[values["reference"]] = Pupil(**values)
        if not pupils:
            raise UsageError(f"{source}: has no pupil; export the whole roll")
        return cls(tuple(pupils.values()))
