"""The confined process: ``python -m moderation.pipeline.confined.child``; nobody else runs it."""

import json
import os
import signal
import sys
from importlib import import_module
from types import TracebackType
from typing import BinaryIO

from moderation.model import SchoolgateError
from moderation.pipeline.confined.cage import Cage, allow_seconds, lock, resident
from moderation.pipeline.confined.wire import Message, pack, parse, receive, send, signature

DONE, REFUSED, FAILED, READY = "done", "refused", "failed", "ready"
_MOST_ASKED = 1_000_000_000
_FULL = 0.75
"""The part of its memory beyond which a process that did its work is replaced by a new one."""


def main(settings: str) -> int:
    """Answer until nobody asks any more.

    Args:
        settings: JSON: what a file may cost, the module of tasks, what to import, the parent

    """
    given = json.loads(settings)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C ends
    cage = Cage(**given["cage"])
    incoming, outgoing = _pipes()
    send(outgoing, Message([READY], []))
    for name in (given["tasks"], *given["warm"]):
        import_module(name)
    tasks = import_module(given["tasks"]).TASKS
    _tell_what_fails(outgoing)
    lock(cage, given["parent"])
    while True:
        try:
            message = receive(incoming, _MOST_ASKED)
        except EOFError:
            return 0
        allow_seconds(cage.seconds)
        status, answer = _answer(tasks[given_name(message)], message)
        again = resident() < cage.memory * _FULL
        send(outgoing, Message([status, again, answer.body], answer.runs))
        if not again:
            return 0


def given_name(message: Message) -> str:
    """Return which task is asked for."""
    return str(message.body[0]) if isinstance(message.body, list) else ""


def _answer(task: object, message: Message) -> tuple[str, Message]:
    if not callable(task) or not isinstance(message.body, list):  # pragma: no cover - ours
        raise TypeError
    takes, gives = signature(task)
    arguments = parse(takes, Message(message.body[1], message.runs))
    try:
        return DONE, pack([gives], [task(*arguments)])
    except SchoolgateError as error:
        return REFUSED, Message([str(error)], [])


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes away from everybody who would print or read."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return incoming, outgoing


def _tell_what_fails(outgoing: BinaryIO) -> None:
    """Say of what kind an exception is that nobody expected; then the process ends.

    It may quote the file, so nothing more is said of it.
    """

    def tell(kind: type[BaseException], _: BaseException, __: TracebackType | None) -> None:
        send(outgoing, Message([FAILED, False, [kind.__name__]], []))

    sys.excepthook = tell


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
