"""A file of a site's state, read so that nothing that stands in its place does harm."""

import os
import stat
from pathlib import Path

from moderation.attest.canonical import MOST
from moderation.model import IntegrityError

_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_OPEN |= getattr(os, "O_NONBLOCK", 0)  # a pipe with nobody at its other end must not hold us up
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def read_state(file: Path, *, name: str = "", linked: bool = False) -> str:
    """Return the text of an ordinary file.

    Args:
        file: where it lies
        name: what it is called in errors; its own name if that is empty
        linked: whether it may be a link to such a file

    Raises:
        IntegrityError: missing, a folder, a pipe, a link, too long, not UTF-8, or not readable

    """
    source = name or file.name
    try:
        data = _bytes(file, source, _OPEN if linked else _OPEN | _NO_LINK)
    except FileNotFoundError:
        raise IntegrityError(f"{source}: is missing; restore it from a copy") from None
    except OSError as error:
        raise IntegrityError(
            f"{source}: cannot be read ({error.strerror}); restore it from a copy"
        ) from None
    if len(data) > MOST:
        raise IntegrityError(f"{source}: is longer than {MOST:,} bytes; restore it from a copy")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IntegrityError(
            f"{source}: byte {error.start + 1} is not UTF-8; restore it from a copy"
        ) from None


def _bytes(file: Path, source: str, flags: int) -> bytes:
    handle = os.open(file, flags)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise IntegrityError(f"{source}: is not a file; restore it from a copy")
        with os.fdopen(handle, "rb", closefd=False) as opened:
            return opened.read(MOST + 1)
    finally:
        os.close(handle)
