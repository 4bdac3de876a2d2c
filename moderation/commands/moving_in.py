"""How a new site that was written aside moves to its place, and goes on where that was killed.

A new folder takes its place in one step. A folder that is there keeps its name, so its files move
in one by one. Before the first moves, a list of all of them is written beside them. The same
command, given again, goes on if what lies in both places is exactly what that list names.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from moderation.attest.canonical import Record, canonical, parse
from moderation.attest.state_file import read_state
from moderation.commands.workspace import STATE
from moderation.model import IntegrityError, digest_of
from moderation.publish.folder import walk
from moderation.registers.aside import abandoned, taken_over
from moderation.registers.files import sync_folder, write_atomically

ASIDE = ".schoolgate-init-"
"""How the names of the folders begin in which new sites are written."""

_DRAFT = "site"
_LIST = "moving.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One site on its way.

    Args:
        aside: the folder where it was written
        place: where it goes
        name: of the school
        head: id of the head teacher

    """

    aside: Path
    place: Path
    name: str
    head: str

    @property
    def draft(self) -> Path:
        """What has not moved yet."""
        return self.aside / _DRAFT

    def state(self, name: str) -> Path:
        """Return where a file of the state lies now."""
        site = self.draft if (self.draft / STATE).exists() else self.place
        return site / STATE / name

    def begin(self) -> None:
        """Write the list of what moves.

        Raises:
            OSError: the disk is full

        """
        files = {path: digest_of((self.draft / path).read_bytes()) for path, _ in walk(self.draft)}
        words = {"place": str(self.place), "name": self.name, "head": self.head, "files": files}
        write_atomically(self.aside / _LIST, canonical(words))
        sync_folder(self.aside.parent)

    def put(self) -> None:
        """Move what is left; into a folder that is there, its state goes last.

        Raises:
            OSError: it cannot be moved

        """
        if not self.place.exists():
            self.draft.rename(self.place)
            sync_folder(self.place.parent)
            return
        for child in self._left():
            child.rename(self.place / child.name)
        sync_folder(self.place)

    def take_back(self) -> None:
        """Move everything back, as far as that can be done."""
        with suppress(OSError):
            if not self.draft.exists():
                self.place.rename(self.draft)
                return
            moved = {path.partition("/")[0] for path in self._listed()}
            moved -= {child.name for child in self._left()}
            for name in sorted(moved):
                (self.place / name).rename(self.draft / name)

    def goes_on(self) -> bool:
        """Say whether this is the same command, and both places hold what it listed."""
        words = _read(self.aside)
        if words is None or not self._same(words):
            return False
        listed, found = self._listed(), [*_files(self.draft), *_files(self.place)]
        if sorted(found) != sorted(listed):  # before anything is read: it may be a large folder
            return False
        return all(listed[path] == digest_of(self._where(path).read_bytes()) for path in found)

    def _left(self) -> list[Path]:
        there = self.draft.iterdir() if self.draft.exists() else ()
        return sorted(there, key=lambda path: (path.name == STATE, path.name))

    def _same(self, words: Record) -> bool:
        mine = {"place": str(self.place), "name": self.name, "head": self.head}
        return all(words.child(key).text() == value for key, value in mine.items())

    def _listed(self) -> dict[str, str]:
        words = _read(self.aside)
        items = words.child("files").items() if words else ()
        return {path: digest.text() for path, digest in items}

    def _where(self, path: str) -> Path:
        moved = self.place / path
        return moved if moved.exists() else self.draft / path


@contextmanager
def begun(place: Path, name: str, head: str) -> Iterator[Move | None]:
    """Hold and yield the move to *place* that was killed; None if there is none to go on with."""
    for aside in abandoned(place.parent, ASIDE) if _is_folder(place) else ():
        with taken_over(aside) as ours:
            move = Move(aside=aside, place=place, name=name, head=head)
            if ours and any(place.iterdir()) and move.goes_on():
                yield move
                return
    yield None


def is_half_moved(aside: Path) -> bool:
    """Say whether a site was killed on its way, so that what was written aside is still needed."""
    words = _read(aside)
    if words is None or not any((aside / _DRAFT).glob("*")):
        return False
    place = Path(words.child("place").text())
    return place.is_dir() and any(place.iterdir())


def _is_folder(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink()


def _files(folder: Path) -> list[str]:
    """Return every name below *folder*; one that is not an ordinary file is in no list."""
    return [path if ordinary else f"{path}/" for path, ordinary in walk(folder)]


def _read(aside: Path) -> Record | None:
    """Return the list; None where nothing had moved yet, or somebody else wrote it."""
    try:
        words = parse(read_state(aside / _LIST), source=_LIST)
        words.only("place", "name", "head", "files")
        for key in ("place", "name", "head"):
            words.child(key).text()
        for _, digest in words.child("files").items():  # noqa: PERF102 - not a dict
            digest.text()
    except IntegrityError:
        return None
    return words
