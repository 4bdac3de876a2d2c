"""The registers as files: sealed, written whole or not at all, opened in memory only."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from moderation.model import IntegrityError
from moderation.registers import Registers
from moderation.registers.consent import Consent, Consents, ConsentState
from moderation.registers.files import make_folder, write_atomically
from moderation.registers.roll import Pupil, Roll
from moderation.registers.vault import seal, unseal

ROLL = "roll"
CONSENT = "consent"
_ENDING = ".vault"


def open_registers(folder: Path, key: bytes) -> Registers:
    """Open what is in *folder*; a register that is not there is None.

    Raises:
        IntegrityError: one is there and cannot be opened

    """
    roll = _open(folder, ROLL, key)
    consents = _open(folder, CONSENT, key)
    try:
        return Registers(
            roll=None if roll is None else Roll(tuple(map(_pupil, roll))),
            consents=None if consents is None else Consents(tuple(map(_consent, consents))),
        )
    except (TypeError, ValueError, KeyError) as error:
        raise IntegrityError("a register was written by another version; import it anew") from error


def store_roll(folder: Path, key: bytes, roll: Roll) -> None:
    """Seal *roll* in place of the one that is there."""
    _store(folder, ROLL, key, [asdict(pupil) for pupil in roll.pupils])


def store_consents(folder: Path, key: bytes, consents: Consents) -> None:
    """Seal *consents* in place of what is there."""
    rows = [
        {**asdict(answer), "until": answer.until.isoformat() if answer.until else None}
        for answer in consents.answers
    ]
    _store(folder, CONSENT, key, rows)


def _pupil(row: dict[str, object]) -> Pupil:
    return Pupil(**{key: str(value) for key, value in row.items()})


def _consent(row: dict[str, object]) -> Consent:
    until = row["until"]
    return Consent(
        reference=str(row["reference"]),
        channel=str(row["channel"]),
        state=ConsentState(str(row["state"])),
        with_name=bool(row["with_name"]),
        until=date.fromisoformat(str(until)) if until else None,
    )


def _store(folder: Path, name: str, key: bytes, rows: list[dict[str, object]]) -> None:
    make_folder(folder)
    sealed = seal(json.dumps(rows).encode(), key, purpose=name)
    write_atomically(folder / f"{name}{_ENDING}", sealed)


def _open(folder: Path, name: str, key: bytes) -> list[dict[str, object]] | None:
    file = folder / f"{name}{_ENDING}"
    if not file.exists():
        return None
    rows = json.loads(unseal(file.read_bytes(), key, purpose=name))
    if not isinstance(rows, list):
        raise IntegrityError(f"{name}: was written by another version; import it anew")
    return rows
