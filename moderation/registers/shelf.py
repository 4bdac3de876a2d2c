"""The registers as files: sealed, written whole or not at all, opened in memory only.

Several schools of one site have a roll each, ``roll-OAK.vault`` beside ``roll.vault``.
"""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from pathlib import Path

from moderation.model import IntegrityError, UsageError
from moderation.policy.consenting import Basis
from moderation.registers import Registers
from moderation.registers.consent import Consent, Consents, ConsentState, Respondent
from moderation.registers.files import make_folder, write_atomically
from moderation.registers.photos import open_photos
from moderation.registers.roll import Pupil, Roll
from moderation.registers.vault import end_of, seal, unseal

ROLL = "roll"
CONSENT = "consent"
_ENDING = ".vault"
_ANOTHER = "a register was written by another version; import it anew"


def open_registers(folder: Path, key: bytes, *, today: date) -> Registers:
    """Open what is in *folder*; a register that is not there is None.

    The rolls of several schools become one.

    Raises:
        IntegrityError: one is there and cannot be opened, or has ended

    """
    rolls = [open_roll(folder, key, school=school, today=today) for school in schools(folder)]
    return Registers(
        roll=_joined([roll for roll in rolls if roll is not None]),
        consents=open_consents(folder, key, today=today),
        photos=open_photos(folder, key, today=today),
    )


def open_consents(folder: Path, key: bytes, *, today: date) -> Consents | None:
    """Open the consents; None if there are none.

    Raises:
        IntegrityError: they are there and cannot be opened

    """
    rows = _open(folder, CONSENT, key, today)
    try:
        return None if rows is None else Consents(tuple(map(_consent, _rows(rows))))
    except (TypeError, ValueError, KeyError) as error:
        raise IntegrityError(_ANOTHER) from error


def schools(folder: Path) -> tuple[str, ...]:
    """Return the codes of the schools that have a roll of their own; the first may be empty."""
    files = folder.glob(f"{ROLL}*{_ENDING}")
    return tuple(sorted(file.name[len(ROLL) : -len(_ENDING)].removeprefix("-") for file in files))


def open_roll(folder: Path, key: bytes, *, school: str = "", today: date) -> Roll | None:
    """Open the roll of one school; None if it has none.

    Raises:
        IntegrityError: it is there and cannot be opened, or has ended

    """
    found = _open(folder, _roll_name(school), key, today)
    try:
        return None if found is None else _roll(found)
    except (TypeError, ValueError, KeyError) as error:
        raise IntegrityError(_ANOTHER) from error


def store_roll(
    folder: Path, key: bytes, roll: Roll, *, school: str = "", until: date | None = None
) -> None:
    """Seal *roll* in place of the one that is there; it opens up to the day *until*."""
    rows = {"highest": roll.highest, "pupils": [asdict(pupil) for pupil in roll.pupils]}
    _store(folder, _roll_name(school), key, rows, until)


def forget(folder: Path, key: bytes, references: Collection[str], *, today: date) -> None:
    """Take people off the roll and out of the consents; photos that they said no to stay stopped.

    Raises:
        UsageError: one is in no register; then nobody is taken out
        IntegrityError: a register cannot be opened; likewise

    """
    rolls = {
        school: open_roll(folder, key, school=school, today=today) for school in schools(folder)
    }
    consents = open_registers(folder, key, today=today).consents or Consents()
    there = {pupil.reference for roll in rolls.values() if roll for pupil in roll.pupils}
    there |= {answer.reference for answer in consents.answers}
    if missing := sorted(set(references) - there):
        raise UsageError(f"{', '.join(missing)}: in no register; nobody was taken out")
    for school, roll in rolls.items():
        if roll and any(pupil.reference in references for pupil in roll.pupils):
            name = _roll_name(school)
            until = end_of((folder / f"{name}{_ENDING}").read_bytes(), purpose=name)
            left = tuple(p for p in roll.pupils if p.reference not in references)
            store_roll(folder, key, Roll(left, roll.highest), school=school, until=until)
    if any(answer.reference in references for answer in consents.answers):
        stay = tuple(a for a in consents.answers if a.reference not in references)
        store_consents(folder, key, Consents(stay))


def reseal(folder: Path, old: bytes, new: bytes) -> int:
    """Seal every register anew under the key *new*.

    Killed half way, some registers open with the old key and some with the new: do it again.

    Returns:
        how many there are

    Raises:
        IntegrityError: one opens with neither key; then none was changed

    """
    files = sorted(folder.glob(f"*{_ENDING}"))
    opened = [(file, _either(file, old, new)) for file in files]
    for file, (data, until) in opened:
        sealed = seal(data, new, purpose=file.name.removesuffix(_ENDING), until=until)
        write_atomically(file, sealed)
    return len(files)


def _either(file: Path, old: bytes, new: bytes) -> tuple[bytes, date | None]:
    sealed, purpose = file.read_bytes(), file.name.removesuffix(_ENDING)
    until = end_of(sealed, purpose=purpose)
    try:
        return unseal(sealed, new, purpose=purpose, today=date.min), until
    except IntegrityError:
        return unseal(sealed, old, purpose=purpose, today=date.min), until


def _roll_name(school: str) -> str:
    return f"{ROLL}-{school}" if school else ROLL


def _joined(rolls: list[Roll]) -> Roll | None:
    """Make the rolls of several schools one."""
    pupils = tuple(pupil for roll in rolls for pupil in roll.pupils)
    if len({pupil.reference for pupil in pupils}) != len(pupils):
        raise IntegrityError("two rolls use the same references; import one with another --school")
    return Roll(pupils) if rolls else None


def store_consents(folder: Path, key: bytes, consents: Consents) -> None:
    """Seal *consents* in place of what is there."""
    rows = [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
        for row in map(asdict, consents.answers)
    ]
    _store(folder, CONSENT, key, rows)


def _roll(found: object) -> Roll:
    if not isinstance(found, dict) or not isinstance(found["highest"], int):
        raise TypeError
    return Roll(tuple(map(_pupil, _rows(found["pupils"]))), found["highest"])


def _rows(found: object) -> list[dict[str, object]]:
    if not isinstance(found, list):
        raise TypeError
    return found


def _pupil(row: dict[str, object]) -> Pupil:
    flagged = row["flagged"] is True
    words = {key: str(value) for key, value in row.items() if key != "flagged"}
    return Pupil(**words, flagged=flagged)


def _consent(row: dict[str, object]) -> Consent:
    days = {key: _day(row[key]) for key in ("until", "leaves", "given")}
    return Consent(
        reference=str(row["reference"]),
        channel=str(row["channel"]),
        state=ConsentState(str(row["state"])),
        with_name=row["with_name"] is True,
        by=Respondent(str(row["by"])),
        basis=Basis(str(row["basis"])),
        form=str(row["form"]),
        **days,
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _store(folder: Path, name: str, key: bytes, rows: object, until: date | None = None) -> None:
    make_folder(folder)
    sealed = seal(json.dumps(rows).encode(), key, purpose=name, until=until)
    write_atomically(folder / f"{name}{_ENDING}", sealed)


def _open(folder: Path, name: str, key: bytes, today: date) -> object | None:
    file = folder / f"{name}{_ENDING}"
    if not file.exists():
        return None
    found: object = json.loads(unseal(file.read_bytes(), key, purpose=name, today=today))
    return found
