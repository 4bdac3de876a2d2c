"""Bugs of the kind that the harness exists for, each planted by a name; they grade the harness."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from moderation.attest.envelope import Envelope
from moderation.attest.log import ApprovalLog
from moderation.desk import setup
from moderation.desk.queue import DjangoQueueStore
from moderation.model import ReviewState, digest_of
from moderation.publish import folder as output_folder
from moderation.registers import aside, files
from moderation.review.actions import submit as submit_act
from moderation.review.blobs import FileBlobStore
from moderation.review.events import event_of
from moderation.review.store import Change, QueueStore

_fsync = os.fsync


def _flushes_only(kind: Callable[[int], bool]) -> Callable[[], None]:
    def fsync(handle: int) -> None:
        if kind(os.fstat(handle).st_mode):
            _fsync(handle)

    def plant() -> None:
        vars(os)["fsync"] = fsync

    return plant


def _rename_before_flush() -> None:
    def write(path: Path, data: bytes, **options: object) -> None:
        if options.get("exclusive") and path.exists():
            raise FileExistsError(path)
        part = path.with_name(f".{path.name}{aside.PART}")
        with part.open("wb", buffering=0) as file:
            file.write(data)
            part.replace(path)
            _fsync(file.fileno())
        files.sync_folder(path.parent)

    _replace("write_atomically", write)


def _in_place() -> None:
    def write(path: Path, data: bytes, **options: object) -> None:
        with path.open("xb" if options.get("exclusive") else "wb", buffering=0) as file:
            file.write(data)
            _fsync(file.fileno())
        files.sync_folder(path.parent)

    _replace("write_atomically", write)


def _row_before_blob() -> None:
    put, save_all = FileBlobStore.put, DjangoQueueStore.save_all
    waiting: list[tuple[FileBlobStore, bytes]] = []

    def later(self: FileBlobStore, data: bytes) -> str:
        waiting.append((self, data))
        return digest_of(data)

    def save(self: DjangoQueueStore, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        saved = save_all(self, changes)
        for store, data in waiting:
            put(store, data)
        return saved

    FileBlobStore.put = later  # type: ignore[method-assign]
    DjangoQueueStore.save_all = save  # type: ignore[method-assign]


def _normal() -> None:
    words = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    setup.SQLITE_OPTIONS["init_command"] = words


def _told_too_early() -> None:
    append = ApprovalLog.append

    def told(self: ApprovalLog, envelope: Envelope, seq: int) -> None:
        click.echo("the page is approved; it is taken down")
        append(self, envelope, seq)

    ApprovalLog.append = told  # type: ignore[method-assign]


def _second_row() -> None:
    join = submit_act._Entry._join

    def again(self: submit_act._Entry, queue: QueueStore, known: ReviewState) -> ReviewState:
        queue.record(event_of(known, "submit", actor=self.actor, now=self.now))
        return join(self, queue, known)

    submit_act._Entry._join = again  # type: ignore[method-assign]


def _never_clears_up() -> None:
    _replace("remove_leftovers", lambda folder: 0)


def _removes_before_rename() -> None:
    def swap(place: Path, out: Path) -> None:
        if out.exists():
            shutil.rmtree(out)
        (place / "new").rename(out)
        files.sync_folder(out.parent)

    vars(output_folder)["_swap"] = swap


def _replace(name: str, by: Callable[..., object]) -> None:
    """Replace a function wherever it was imported."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("moderation") and hasattr(module, name):
            setattr(module, name, by)


BUGS: dict[str, Callable[[], None]] = {
    "no flush of files": _flushes_only(stat.S_ISDIR),
    "no flush of folders": _flushes_only(stat.S_ISREG),
    "rename before flush": _rename_before_flush,
    "written in place": _in_place,
    "row before blob": _row_before_blob,
    "database not flushed": _normal,
    "told before it is signed": _told_too_early,
    "a retry adds a second row": _second_row,
    "leftovers stay": _never_clears_up,
    "the old site goes first": _removes_before_rename,
}
