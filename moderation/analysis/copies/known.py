"""Known photos in a register, and which of them a file shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from moderation.analysis.copies.album import Album
from moderation.analysis.copies.carried import pictures_in
from moderation.analysis.copies.prints import Print, look
from moderation.model import digest_of
from moderation.registers.photos import KnownPhoto


@dataclass(frozen=True, slots=True, order=True)
class Shows:
    """A file shows a known photo.

    Args:
        digest: of the known photo
        place: where in the file; empty for the file itself
        exact: the file is that photo, byte for byte

    """

    digest: str
    place: str
    exact: bool


def prints_of(data: bytes) -> tuple[bytes, ...]:
    """Return what is kept of a picture by which copies of it are found.

    Raises:
        ExtractionError: it cannot be decoded

    """
    return tuple(each.kept.to_bytes() for each in look(data))


def shows(data: bytes, photos: Iterable[KnownPhoto]) -> Iterator[Shows]:
    """Yield each of *photos* that a file shows, or carries inside it.

    Args:
        data: of a picture, PDF, office file or page
        photos: which are looked for

    Raises:
        ExtractionError: a part of it cannot be looked at

    """
    wanted = tuple(photos)
    digest = digest_of(data)
    if any(photo.digest == digest for photo in wanted):
        yield Shows(digest, "", True)
    album, owners = _album(wanted)
    if not len(album):
        return
    for held in pictures_in(data):
        for copy in album.find(look(held.picture)):
            if owners[copy.number] != digest:
                yield Shows(owners[copy.number], held.place, False)


def copies_in(data: bytes, photos: Iterable[KnownPhoto]) -> tuple[str, ...]:
    """Return the digests of those *photos* that a picture is or is a copy of.

    Raises:
        ExtractionError: it cannot be decoded

    """
    wanted = tuple(photos)
    album, owners = _album(wanted)
    digest = digest_of(data)
    same = {photo.digest for photo in wanted if photo.digest == digest}
    return tuple(sorted(same | {owners[copy.number] for copy in album.find(look(data))}))


@lru_cache(maxsize=2)
def _album(photos: tuple[KnownPhoto, ...]) -> tuple[Album, tuple[str, ...]]:
    """Sort prints for searching, once for all files of a run."""
    pairs = [(photo.digest, each) for photo in photos for each in photo.prints]
    return Album(Print.from_bytes(each) for _, each in pairs), tuple(digest for digest, _ in pairs)
