"""Reading the roll from what a school's system exports.

The names of columns are those of the class-list exports of SIMS, Arbor and Bromcom, and plain ones.
References are Schoolgate's own: a pupil who was there before keeps theirs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from moderation.model import UsageError
from moderation.registers.roll import Pupil, Roll
from moderation.registers.table import filled, head_of, read_rows

REFERENCE = re.compile(r"[A-Z]{1,3}-[0-9]{1,8}")
_ENOUGH = 3
_PREFIX = re.compile(r"[A-Z]{1,3}")
_NO = frozenset({"", "no", "n", "false", "0", "none", "-", "f"})


class Column(StrEnum):
    """What a column of a class list may hold."""

    REFERENCE = "reference"
    NUMBER = "number"
    NAME = "name"
    FORENAME = "forename"
    SURNAME = "surname"
    PREFERRED = "preferred"
    PREFERRED_SURNAME = "preferred-surname"
    MIDDLE = "middle"
    CLASS = "class"
    FLAGGED = "flagged"


_KNOWN: Mapping[Column, str] = {
    Column.REFERENCE: "reference|ref|schoolgate reference",
    Column.NUMBER: "number|admission number|admission no|adno|adm no|arbor student id|student id"
    "|pupil id|mis id|external id|unique id|id|upn|unique pupil number",
    Column.NAME: "name|full name|pupil name|student name|pupil|student|legal name|legal full name"
    "|child|child name|child full name|name of child",
    Column.FORENAME: "forename|legal forename|first name|legal first name|firstname|given name"
    "|forenames|first names|given names",
    Column.SURNAME: "surname|legal surname|last name|legal last name|lastname|family name",
    Column.PREFERRED: "preferred|preferred forename|preferred first name|preferred name"
    "|chosen forename|chosen first name|chosen name|known as|known name",
    Column.PREFERRED_SURNAME: "preferred surname|preferred last name|chosen surname"
    "|chosen last name|known as surname",
    Column.MIDDLE: "middle|middle name|middle names|legal middle names|legal middle name"
    "|other names",
    Column.CLASS: "class|class name|reg group|reg|reg form|registration group|registration form"
    "|child class|form|form group|tutor group|tutor|class group|year group|year|nc year",
    Column.FLAGGED: "flagged|safeguarding|safeguarding flag|do not publish|do not name"
    "|must not appear|protected|no publicity|court order",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How a roll differs from the one before, by reference."""

    new: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


def guess_columns(text: str, *, source: str) -> dict[Column, str]:
    """Say which column of a class list holds what, by the names in its first row.

    Raises:
        UsageError: it is no table

    """
    there = head_of(text, source=source)
    found: dict[Column, str] = {}
    for column, names in _KNOWN.items():
        wanted = names.split("|")
        ranked = sorted(
            (wanted.index(plain_heading(name)), name)
            for name in there
            if plain_heading(name) in wanted
        )
        if ranked:
            found[column] = ranked[0][1]
    return found


def missing_columns(columns: Mapping[Column, str]) -> tuple[Column, ...]:
    """Return what must still be named before a roll can be read."""
    if Column.NAME in columns:
        return ()
    return tuple(c for c in (Column.FORENAME, Column.SURNAME) if c not in columns)


def read_roll(
    text: str,
    *,
    columns: Mapping[Column, str] | None = None,
    before: Roll | None = None,
    taken: Iterable[str] = (),
    prefix: str = "P",
    source: str = "the roll",
) -> Roll:
    """Read a class list.

    Args:
        text: the file
        columns: which column holds what; by the names in the first row if None
        before: the roll so far; a pupil known from it keeps their reference
        taken: references that no new pupil may get: consents and photos may hang on them
        prefix: one to three capitals that new references begin with
        source: name of the file, for errors

    Raises:
        UsageError: a column or value is missing, or a pupil stands twice; names no pupil

    """
    if not _PREFIX.fullmatch(prefix):
        raise UsageError("the school's code is one to three capital letters, such as OAK")
    columns = guess_columns(text, source=source) if columns is None else columns
    if missing := missing_columns(columns):
        raise UsageError(
            f"{source}: lacks column {', '.join(missing)}; say which one it is with "
            f"--column {missing[0]}=HEADING"
        )
    rows = read_rows(text, tuple(columns.values()), source=source)
    read = {n: _pupil(row, columns, f"{source}: row {n}") for n, row in filled(rows)}
    if not read:
        raise UsageError(f"{source}: has no pupil; export the whole roll")
    _require_distinct(read, source)
    return _referenced(tuple(read.values()), before or Roll(), prefix, taken)


def compare(before: Roll | None, after: Roll) -> Changes:
    """Say how *after* differs from *before*."""
    old = {pupil.reference: pupil for pupil in (before or Roll()).pupils}
    new = {pupil.reference: pupil for pupil in after.pupils}
    both = old.keys() & new.keys()
    changed = sorted(reference for reference in both if old[reference] != new[reference])
    return Changes(
        new=tuple(sorted(new.keys() - old.keys())),
        left=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(changed),
        same=len(both) - len(changed),
    )


def plain_heading(name: str) -> str:
    """Return the words of a heading in lower case, without what stands in brackets."""
    return " ".join(re.sub(r"[^a-z]+", " ", re.sub(r"\(.*?\)|'s\b", "", name.lower())).split())


def _pupil(row: Mapping[str, str | None], columns: Mapping[Column, str], where: str) -> Pupil:
    value = {c: " ".join((row.get(name) or "").split()) for c, name in columns.items()}
    forename, surname = _names(value)
    lacks = [c for c, v in ((Column.FORENAME, forename), (Column.SURNAME, surname)) if not v]
    if lacks:
        raise UsageError(f"{where}: {', '.join(lacks)} is empty; fill it in")
    reference = value.get(Column.REFERENCE, "")
    if Column.REFERENCE in columns and not REFERENCE.fullmatch(reference):
        raise UsageError(f"{where}: write a reference such as P-0112")
    return Pupil(
        reference=reference,
        forename=forename,
        surname=surname,
        preferred=_other(value, Column.PREFERRED, forename),
        preferred_surname=_other(value, Column.PREFERRED_SURNAME, surname),
        middle=value.get(Column.MIDDLE, ""),
        class_name=value.get(Column.CLASS, ""),
        number=value.get(Column.NUMBER, ""),
        flagged=value.get(Column.FLAGGED, "").lower() not in _NO,
    )


def _names(value: Mapping[Column, str]) -> tuple[str, str]:
    """Return forename and surname, from columns of their own or from ``Surname, Forename``."""
    if Column.FORENAME in value and Column.SURNAME in value:
        return value[Column.FORENAME], value[Column.SURNAME]
    whole = value[Column.NAME]
    surname, comma, forename = whole.partition(",")
    if not comma:
        forename, _, surname = whole.rpartition(" ")
    return forename.strip(), surname.strip()


def _other(value: Mapping[Column, str], column: Column, registered: str) -> str:
    used = value.get(column, "")
    return "" if used == registered else used


def _require_distinct(pupils: Mapping[int, Pupil], source: str) -> None:
    """Refuse a list in which a pupil stands twice; *pupils* by the number of their row."""
    seen: dict[tuple[str, ...], int] = {}
    for number, pupil in pupils.items():
        for key in _identities(pupil):
            first = seen.setdefault(key, number)
            if first != number:
                raise UsageError(
                    f"{source}: row {number}: the {key[0]} stands twice, also in row {first}; "
                    "remove one"
                )


def _identities(pupil: Pupil) -> Iterator[tuple[str, ...]]:
    """Yield what no second pupil may have."""
    if pupil.reference:
        yield ("reference", pupil.reference)
    if pupil.number:
        yield ("number", pupil.number)
    if not pupil.reference and not pupil.number:
        yield ("pupil", pupil.forename, pupil.middle, pupil.surname, pupil.class_name)


def _referenced(pupils: Sequence[Pupil], before: Roll, prefix: str, taken: Iterable[str]) -> Roll:
    """Give every pupil the reference they had, or the next that nobody ever had."""
    every = {pupil.reference for pupil in (*pupils, *before.pupils)} | set(taken)
    mine = [int(r.rpartition("-")[2]) for r in every if r.startswith(f"{prefix}-")]
    number = max([*mine, before.highest])
    known = _Known.of(before, pupils)
    found = []
    for pupil in pupils:
        reference = pupil.reference or known.reference(pupil)
        if not reference:
            number += 1
            reference = f"{prefix}-{number:04}"
        found.append(replace(pupil, reference=reference))
    return Roll(tuple(found), number)


@dataclass(frozen=True, slots=True)
class _Known:
    """By what a pupil of the roll before is known again: their number, or else their name.

    A name counts only where it is one pupil's, before and now, and not both have numbers of one
    kind: consents hang on the reference, and a namesake must not inherit them. Numbers of which
    none is known are of another kind, such as UPNs in place of admission numbers.
    """

    by_number: Mapping[str, Pupil]
    by_name: Mapping[str, Pupil]
    numbered: bool

    @classmethod
    def of(cls, before: Roll, pupils: Sequence[Pupil]) -> "_Known":
        counts = Counter(map(_name, before.pupils)) | Counter(map(_name, pupils))
        by_number = {pupil.number: pupil for pupil in before.pupils if pupil.number}
        return cls(
            by_number,
            {_name(pupil): pupil for pupil in before.pupils if counts[_name(pupil)] == 1},
            numbered=not _is_other_kind(by_number, before, pupils),
        )

    def reference(self, pupil: Pupil) -> str:
        """Return the reference that *pupil* had, or nothing."""
        if pupil.number in self.by_number:
            return self.by_number[pupil.number].reference
        same = self.by_name.get(_name(pupil))
        if same is None or (self.numbered and same.number and pupil.number):
            return ""
        return same.reference


def _is_other_kind(known: Mapping[str, Pupil], before: Roll, pupils: Sequence[Pupil]) -> bool:
    """Say whether the numbers of a list are of another kind than those of the roll."""
    names = {_name(pupil) for pupil in before.pupils}
    same = sum(_name(pupil) in names for pupil in pupils)
    found = any(pupil.number in known for pupil in pupils)
    return not found and same >= _ENOUGH and 2 * same > len(pupils)


def _name(pupil: Pupil) -> str:
    return f"{pupil.forename} {pupil.middle} {pupil.surname}".casefold()
