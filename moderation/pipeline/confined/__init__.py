"""Files that others made are parsed in a process of their own, which may do nothing else.

Whoever wants a picture, a PDF or an office file read, cleaned or looked at asks here::

    faces = call(tasks.find_people, data)

The process is started when it is first needed and then reads one file after another. It gets the
bytes and never a key, a name or a register; what it answers is plain data (see ``wire``). A file
that takes too long or too much memory, or that ends the process, is an error, and the next file
is read by a new one. Text is read in this process: see :func:`read_document`.
"""

import os
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from moderation.extract import extract, needs_care
from moderation.extract.refusal import naming
from moderation.model import Asset, Document
from moderation.policy import Limits, default_policy

if TYPE_CHECKING:
    from moderation.pipeline.confined.reader import Reader

P = ParamSpec("P")
R = TypeVar("R")

_APART = frozenset({"read_lines"})


def call(task: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Do one of the tasks in the process that is kept for it.

    Args:
        task: a function of :mod:`moderation.pipeline.confined.tasks`
        arguments: what it takes
        named: nothing; a task takes its arguments by place

    Raises:
        ExtractionError: the file cannot be read, or reading it took too much

    """
    apart = task.__name__ in _APART
    return _reader(os.getpid(), apart=apart).call(task, *arguments, **named)


def read_document(path: str, data: bytes, limits: Limits | None = None) -> Document:
    """Read a submitted file, as :func:`moderation.extract.extract` does, wherever it is safe.

    Text is read in this process: its readers are our own, and bounded by what they count.

    Args:
        path: of the file, relative to the content folder, with forward slashes
        data: its bytes
        limits: the most that is read; the defaults of the policy unless given

    Raises:
        ExtractionError: the file is empty, too large, damaged, or of a kind that is not read

    """
    limits = limits or default_policy().limits
    if not needs_care(path, data, limits):
        return extract(path, data, limits)
    from moderation.pipeline.confined import tasks

    with naming(path):
        return call(tasks.read, path, data, limits, False, ())


def prepare(assets: Iterable[Asset], limits: Limits) -> None:
    """Start the process that will read some of *assets*, if any, without waiting for it.

    Args:
        assets: what is going to be read
        limits: the most that is read

    """
    kinds = {needs_care(asset.path, asset.data, limits) for asset in assets} - {""}
    if kinds:
        _reader(os.getpid(), apart=False).prepare(_warm(kinds))


def _warm(modules: Collection[str]) -> tuple[str, ...]:
    """Name what the process imports while it waits for the first file."""
    from moderation.pipeline.confined.tasks import WITH

    return tuple(sorted({name for each in modules for name in (each, *WITH.get(each, ()))}))


@cache
def _reader(process: int, *, apart: bool) -> "Reader":
    """Return a reader of this process; a forked one may not share its parent's.

    Reading words has one of its own: its networks and those that find people do not fit together
    into the memory of one.
    """
    import atexit

    from moderation.pipeline.confined.reader import Reader

    reader = Reader()
    atexit.register(reader.close)
    return reader
