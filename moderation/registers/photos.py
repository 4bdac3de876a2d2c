"""The register of known photos: by which hashes a copy is found, who is declared, who said no.

It holds no picture and nothing by which anybody could be recognised: a digest, the references that
were declared, and prints (see :mod:`moderation.analysis.copies.prints`).
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from moderation.model import IntegrityError

NAME = "photos"
_FILE = f"{NAME}.vault"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPhoto:
    """A photo that was published, or that somebody withdrew their consent for.

    Args:
        digest: SHA-256 of its file
        people: references of everybody who was declared in it
        withdrawn: those of them who said no
        prints: one, or several of an animation; see :mod:`moderation.analysis.copies.prints`
        author: who made it, as was declared
        licence: on which terms it was shown

    """

    digest: str
    people: frozenset[str]
    withdrawn: frozenset[str] = frozenset()
    author: str = ""
    licence: str = ""
    prints: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """When somebody said no, and when nothing of them was left on the site.

    Args:
        reference: of the person
        at: aware time
        gone: aware time of the first proof, or None before it

    """

    reference: str
    at: datetime
    gone: datetime | None = None


@dataclass(frozen=True)
class Photos:
    """Every known photo, and every withdrawal."""

    known: tuple[KnownPhoto, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()

    def having(self, photos: Iterable[KnownPhoto]) -> "Photos":
        """Return the register with *photos* in it.

        Who was declared in one before still is, and who said no to it still does: whoever declares
        fewer people must not make the others forgotten.
        """
        found = dict(self._by_digest)
        for photo in photos:
            before = found.get(photo.digest)
            if before is not None:
                people = photo.people | before.people
                withdrawn = photo.withdrawn | before.withdrawn
                prints = photo.prints or before.prints
                photo = replace(photo, people=people, withdrawn=withdrawn, prints=prints)
            found[photo.digest] = photo
        return replace(self, known=tuple(found.values()))

    def withdrawing(self, withdrawal: Withdrawal) -> "Photos":
        """Return the register with a withdrawal in place of an earlier one of that person."""
        others = (w for w in self.withdrawals if w.reference != withdrawal.reference)
        return replace(self, withdrawals=(*others, withdrawal))

    def withdrawal(self, reference: str) -> Withdrawal | None:
        """Return the withdrawal of a person, or None."""
        return next((w for w in self.withdrawals if w.reference == reference), None)

    def of(self, reference: str) -> tuple[KnownPhoto, ...]:
        """Return the photos that a person said no to."""
        return tuple(photo for photo in self.known if reference in photo.withdrawn)

    def photo(self, digest: str) -> KnownPhoto | None:
        """Return what is known of one photo, or None."""
        return self._by_digest.get(digest)

    @cached_property
    def _by_digest(self) -> Mapping[str, KnownPhoto]:
        return {photo.digest: photo for photo in self.known}


def open_photos(folder: Path, key: bytes, *, today: date) -> Photos | None:
    """Open the register in *folder*; None if it is not there.

    Raises:
        IntegrityError: it is there and cannot be opened

    """
    file = folder / _FILE
    if not file.exists():
        return None
    from moderation.registers.vault import unseal  # a page without registers needs no cryptography

    try:
        rows = json.loads(unseal(file.read_bytes(), key, purpose=NAME, today=today))
        return Photos(
            known=tuple(map(_photo, rows["known"])),
            withdrawals=tuple(map(_withdrawal, rows["withdrawals"])),
        )
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise IntegrityError(
            f"{_FILE}: was written by another version; restore it from your backup"
        ) from error


def store_photos(folder: Path, key: bytes, photos: Photos) -> None:
    """Seal *photos* in place of what is there."""
    from moderation.registers.files import make_folder, write_atomically
    from moderation.registers.vault import seal

    rows = {
        "known": [
            {
                "digest": photo.digest,
                "people": sorted(photo.people),
                "withdrawn": sorted(photo.withdrawn),
                "prints": [b64encode(each).decode() for each in photo.prints],
                "rights": [photo.author, photo.licence],
            }
            for photo in photos.known
        ],
        "withdrawals": [
            {
                "reference": each.reference,
                "at": each.at.isoformat(),
                "gone": each.gone.isoformat() if each.gone else "",
            }
            for each in photos.withdrawals
        ],
    }
    make_folder(folder)
    write_atomically(folder / _FILE, seal(json.dumps(rows).encode(), key, purpose=NAME))


def _photo(row: Mapping[str, list[str]]) -> KnownPhoto:
    author, licence = row.get("rights", ["", ""])  # what was kept before has none
    return KnownPhoto(
        author=str(author),
        licence=str(licence),
        digest=str(row["digest"]),
        people=frozenset(row["people"]),
        withdrawn=frozenset(row["withdrawn"]),
        prints=tuple(b64decode(each, validate=True) for each in row["prints"]),
    )


def _withdrawal(row: Mapping[str, str]) -> Withdrawal:
    gone = row["gone"]
    return Withdrawal(
        reference=row["reference"],
        at=datetime.fromisoformat(row["at"]),
        gone=datetime.fromisoformat(gone) if gone else None,
    )
