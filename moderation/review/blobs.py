"""The content-addressed store: every file handed in, by its SHA-256, outside git."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from moderation.model import IntegrityError, UsageError, digest_of
from moderation.registers.aside import remove_leftovers
from moderation.registers.files import make_folder, sync_folder, write_atomically

_DIGEST = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"


class FileBlobStore:
    """Keeps blobs as files ``ab/cd/abcd...`` below *folder*, readable by their owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / _INCOMING

    def put(self, data: bytes) -> str:
        """Keep *data*; return only when a power cut cannot lose it.

        A blob that is there but damaged is replaced.

        Returns:
            SHA-256 in lower-case hexadecimal

        Raises:
            UsageError: the disk is full or the folder cannot be written; nothing is left behind

        """
        digest = digest_of(data)
        path = self._path(digest)
        with self._writing():
            make_folder(self._incoming)
            remove_leftovers(self._incoming)
            make_folder(path.parent)
            # Two processes may put the same bytes: each has a file of its own until the rename.
            if _holds(path, data):
                sync_folder(path.parent)  # whoever put them may have been killed before
            else:
                write_atomically(path, data, through=self._incoming)
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes of *digest*, verified.

        Raises:
            IntegrityError: they are missing, torn or altered, or *digest* is no digest

        """
        if not _DIGEST.fullmatch(digest):
            raise IntegrityError("the store of files was asked for what is no SHA-256 digest")
        try:
            data = self._path(digest).read_bytes()
        except OSError as error:
            raise _lost(digest, f"cannot be read ({error.strerror})") from error
        if digest_of(data) != digest:
            raise _lost(digest, "is damaged")
        return data

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:4] / digest

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UsageError(
                f"{self._folder}: a file could not be stored ({error.strerror}); make room or mend"
                " the folder's permissions, then submit again"
            ) from error


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _lost(digest: str, trouble: str) -> IntegrityError:
    return IntegrityError(
        f"stored file {digest[:12]}: {trouble}; restore the store from a backup, or hand in the"
        " page again with the same files"
    )
