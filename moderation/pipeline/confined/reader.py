"""The side that asks: one confined process at a time, and a new one where it did not come back."""

import threading
from collections.abc import Callable, Collection
from typing import ParamSpec, TypeVar, cast

from moderation.model import ExtractionError
from moderation.pipeline.confined.cage import Cage
from moderation.pipeline.confined.child import DONE, FAILED, REFUSED
from moderation.pipeline.confined.process import DiedError, Process, failed, too_large
from moderation.pipeline.confined.wire import Message, WireError, pack, parse, signature

P = ParamSpec("P")
R = TypeVar("R")

_TASKS = "moderation.pipeline.confined.tasks"
_MOST_WORDS = 2_000


class Reader:
    """Asks a confined process, which it starts when it is first needed.

    Args:
        cage: what one file may cost
        tasks: the module whose ``TASKS`` can be asked for

    """

    def __init__(self, cage: Cage | None = None, *, tasks: str = _TASKS) -> None:
        self._cage = cage or Cage()
        self._tasks = tasks
        self._process: Process | None = None
        self._turn = threading.Lock()

    def prepare(self, warm: Collection[str] = ()) -> None:
        """Start the process unless it runs, and do not wait for it.

        Args:
            warm: modules that it imports before it is asked

        """
        with self._turn:
            self._ready(warm)

    def call(self, task: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """Have a task done.

        Args:
            task: one of the module's
            arguments: what it takes, by place
            named: nothing

        Raises:
            ExtractionError: the task refused the file, failed, or took too much

        """
        takes, gives = signature(task)
        given = pack(takes, (*arguments, *named.values()))
        message = Message([task.__name__, given.body], given.runs)
        with self._turn:
            used = self._process is not None
            try:
                status, answer = self._asked(message)
            except DiedError:
                if not used:
                    raise
                status, answer = self._asked(message)  # it may have died before, of something else
        return cast("R", self._result(gives, status, answer))

    def _asked(self, message: Message) -> tuple[str, Message]:
        keep = False
        try:
            answer = self._ready(()).ask(message)
            status, keep, body = _opened(answer)
        finally:  # also where somebody pressed Ctrl-C: what it would answer is nobody's
            if not keep:
                self._drop()
        return status, Message(body, answer.runs)

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._drop()

    def _ready(self, warm: Collection[str]) -> Process:
        if self._process is None or not self._process.is_alive():
            self._drop()
            self._process = Process(self._cage, self._tasks, warm)
        return self._process

    def _drop(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None

    def _result(self, gives: object, status: str, answer: Message) -> object:
        try:
            if status == DONE:
                return parse([gives], answer)[0]
            said = _plain(parse([str], answer)[0])
        except WireError:
            raise ExtractionError(failed("its answer was not of the form")) from None
        if status == REFUSED:
            raise ExtractionError(said)
        raise ExtractionError(too_large(self._cage) if said == "MemoryError" else failed(said))


def _opened(answer: Message) -> tuple[str, bool, object]:
    """Take an answer apart: how it went, whether the process can be asked again, and what it is."""
    match answer.body:
        case [str(status), bool(again), body] if status in (DONE, REFUSED, FAILED):
            return status, again, body
    raise ExtractionError(failed("its answer was not of the form"))


def _plain(words: object) -> str:
    """Let nothing through to a terminal but letters."""
    shown = str(words)[:_MOST_WORDS]
    return "".join(letter if letter.isprintable() else "?" for letter in shown)
