"""What a site has signed: numbered files in one folder, each sealing the one before."""

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from moderation.attest.canonical import MOST
from moderation.attest.envelope import Envelope, parse_envelope
from moderation.attest.statement import Statement
from moderation.model import ConflictError, IntegrityError, UsageError, digest_of
from moderation.registers.aside import remove_leftovers
from moderation.registers.files import make_folder, write_atomically

_NAME = re.compile(r"[0-9]{6,}\.json")
_ENDING = ".json"
_READABLE = 0o644
_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_OPEN |= getattr(os, "O_NONBLOCK", 0)


def file_name(seq: int) -> str:
    """Return the name of number *seq* of the log, such as ``000007.json``."""
    return f"{seq:06}{_ENDING}"


@dataclass(frozen=True, slots=True)
class SignedFolder:
    """The folder that holds a log; a missing folder is an empty log."""

    folder: Path

    def read(self) -> tuple[tuple[str, Envelope], ...]:
        """Return every file by name, in order of number; nothing is verified here.

        Raises:
            IntegrityError: a file is damaged, special, or numbered in another way

        """
        return tuple((name, self._envelope(name)) for name in self._names())

    def readable(self) -> tuple[tuple[str, Envelope], ...]:
        """Return the files that can be read, in order: right only for what takes away.

        A damaged file is left out, and so is one that is not numbered as it should be.
        """
        if self.folder.is_symlink() or not self.folder.is_dir():
            return ()
        found = []
        for path in self.folder.iterdir():
            if _NAME.fullmatch(path.name):
                with suppress(IntegrityError):
                    found.append((path.name, self._envelope(path.name)))
        return tuple(sorted(found, key=lambda each: int(each[0].removesuffix(_ENDING))))

    def next(self) -> tuple[int, str]:
        """Return the next number, and the digest of the payload that it must seal.

        Raises:
            IntegrityError: the last file is damaged

        """
        names = self._names()
        if not names:
            return 1, ""
        return int(names[-1].removesuffix(_ENDING)) + 1, digest_of(
            self._envelope(names[-1]).payload
        )

    def add(self, envelope: Envelope, seq: int, prev: str) -> None:
        """Add the next file, so that it survives a power cut once this returns.

        Args:
            envelope: what was signed
            seq: the number inside, as :meth:`next` gave it
            prev: the digest inside, likewise

        Raises:
            ConflictError: somebody else took the number, or the log grew meanwhile; nothing was
                written
            OSError: the folder cannot be written; nothing was written

        """
        make_folder(self.folder, mode=0o755)
        if (seq, prev) != self.next():
            raise _taken(seq)
        path, data = self.folder / file_name(seq), envelope.text().encode()
        try:
            write_atomically(path, data, mode=_READABLE, exclusive=True)
        except FileExistsError as error:
            raise _taken(seq) from error
        remove_leftovers(self.folder)

    def _names(self) -> list[str]:
        if not os.path.lexists(self.folder):
            return []
        if self.folder.is_symlink() or not self.folder.is_dir():
            # a link could lead to an older log, and a file would read as an empty one
            raise IntegrityError(
                f"{self.folder.name}: is a link or a file, and must be a folder of its own; "
                "restore it from git"
            )
        names = [p.name for p in self.folder.iterdir() if p.name.lower().endswith(_ENDING)]
        for name in names:
            if not _NAME.fullmatch(name) or file_name(int(name.removesuffix(_ENDING))) != name:
                raise IntegrityError(
                    f"{self.folder.name}: holds a file that is not numbered as {file_name(1)} is; "
                    "move it out of the folder"
                )
        return sorted(names, key=lambda name: int(name.removesuffix(_ENDING)))

    def _envelope(self, name: str) -> Envelope:
        try:
            handle = os.open(self.folder / name, _OPEN)
        except OSError as error:
            raise IntegrityError(f"{name}: cannot be opened; restore it from git") from error
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise IntegrityError(f"{name}: is not a file; restore it from git")
            with os.fdopen(handle, "rb", closefd=False) as file:
                data = file.read(MOST + 1)
        finally:
            os.close(handle)
        try:
            return parse_envelope(data.decode(), source=name)
        except UnicodeDecodeError as error:
            raise IntegrityError(f"{name}: is not text; restore it from git") from error


class ApprovalLog(SignedFolder):
    """The approvals of a site."""

    __slots__ = ()

    def append(self, envelope: Envelope, seq: int) -> None:
        """Add the next approval; see :meth:`SignedFolder.add`.

        Args:
            envelope: a signed statement that :meth:`next` gave its number and digest
            seq: that number

        Raises:
            ConflictError: somebody else took the number, or the log grew meanwhile; nothing was
                written
            UsageError: the statement has another number inside
            OSError: the folder cannot be written; nothing was written

        """
        statement = Statement.from_payload(envelope.payload, source=file_name(seq))
        if statement.seq != seq:
            raise UsageError(f"{file_name(seq)}: the statement has another number; ask the log")
        self.add(envelope, seq, statement.prev)


def _taken(seq: int) -> ConflictError:
    return ConflictError(
        f"{file_name(seq)}: somebody else signed at the same moment; look again and sign again"
    )
