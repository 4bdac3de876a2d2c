"""Faults, and what came of them."""

from dataclasses import dataclass, field
from typing import TypedDict

KILLED_AT = (
    *("write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "fallocate"),
    *("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "rmdir"),
    *("mkdir", "mkdirat", "copy_file_range", "sendfile", "chmod", "fchmod", "fchmodat"),
)
"""System calls that write. A file that was opened anew is what it is before its first write."""

ERRORS = ("ENOSPC", "EIO", "EINTR")


class Seen(TypedDict):
    """What a look at a place says; see :func:`tests.faults.looking.look`."""

    flaws: list[str]
    left: list[str]
    log: list[str]
    events: list[str]
    states: list[str]
    content: list[str]
    site: list[str]


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended: its exit code (or minus the signal), and what it told."""

    exit: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that happens to the *number*-th system call *call* of a process."""

    call: str
    number: int
    error: str = ""

    @property
    def words(self) -> list[str]:
        """Return what strace is told."""
        what = f"error={self.error}" if self.error else "signal=KILL"
        return ["-e", f"trace={self.call}", "-e", f"inject={self.call}:{what}:when={self.number}"]

    def __str__(self) -> str:
        return f"{self.error or 'killed'} at {self.call} {self.number}"


@dataclass(frozen=True, slots=True)
class Act:
    """A command that changes something.

    Args:
        name: of the place that is ready for it
        words: of the command; ``place`` is the last step of a build alone
        told: what it prints once it is done, and means

    """

    name: str
    words: tuple[str, ...]
    told: str


@dataclass(slots=True)
class Trial:
    """What came of one fault."""

    act: str
    fault: str
    fired: bool
    flaws: list[str] = field(default_factory=list)
