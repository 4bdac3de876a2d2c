"""What every rule of the machine is made of: a school, a reference, and acts tried on both.

Every act is tried on the school and on the reference. Whether it is let through, and what it leaves
in the queue and in the log, must be the same in both. Every act that was let through is done a
second time at once, and must change nothing then.
"""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis.stateful import RuleBasedStateMachine

from moderation.attest.trust import Trust
from moderation.model import AssetRef, ReviewState, SchoolgateError, UsageError, digest_of
from moderation.registers.consent import ConsentState
from moderation.review.memory import MemoryBlobStore, MemoryQueueStore
from moderation.review.store import BlobStore, QueueStore
from tests.model_based.deployment import DeployedSchool
from tests.model_based.reference import Someone, Unit
from tests.model_based.reference_acts import Office
from tests.model_based.scenery import EXPIRES, NEWCOMER, NOW, PUPIL, ROLES, RULES_OF


class Steps(RuleBasedStateMachine):
    """One school from its first day on; the rules are in the classes that come after."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="schoolgate-machine-")
        queue, blobs = self.stores(Path(self.folder.name))
        self.school = DeployedSchool(Path(self.folder.name), queue, blobs)
        self.book = Office(
            rules=RULES_OF["usual"],
            people={who: Someone(frozenset({role.value})) for who, role in ROLES.items()},
            now=NOW,
            consents={PUPIL: ("granted", None)},
            expires=EXPIRES,
        )
        self.school.say(ConsentState.GRANTED, None)
        self.before_units: dict[str, Unit] = {}
        self.deployed: list[tuple[frozenset[tuple[str, str]], int, int]] = []
        self.events = 0

    def stores(self, folder: Path) -> tuple[QueueStore, BlobStore]:
        """Return where the queue and the files are kept."""
        return MemoryQueueStore(), MemoryBlobStore()

    def reopened(self) -> QueueStore:
        """Return the queue as somebody finds it who comes later."""
        return self.school.queue

    def teardown(self) -> None:
        self.folder.cleanup()

    def _put(self, path: str, data: bytes) -> None:
        self.school.content[path] = data
        self.book.content[path] = digest_of(data)

    def _choose(self, pick: int) -> tuple[ReviewState, Unit]:
        """Choose a submission, mostly one that waits."""
        states = self.school.queue.states()
        waiting = [s for s in states if s.status in ("submitted", "claimed")] if pick % 4 else []
        state = (waiting or states)[pick % len(waiting or states)]
        return state, unit_of(state)

    def _in_turn(self, pick: int) -> list[str]:
        """Return everybody, beginning with another person each time."""
        everybody = ["dsl", "m-1", "head", "m-2", "deputy", NEWCOMER, "p-1", "p-2", "bot"]
        first = pick // 7 % len(everybody)
        return [*everybody[first:], *everybody[:first]]

    def _who(self, pick: int, may: Callable[[str], bool]) -> str:
        """Choose somebody, mostly one who may."""
        everybody = self._in_turn(pick)
        fit = [who for who in everybody if may(who)] if pick % 3 else []
        return (fit or everybody)[0]

    def _do(self, may: bool, act: Callable[[], object], *, twice: bool = True) -> bool:
        """Do *act*; it must be let through exactly if it may be, and a second time do nothing."""
        before = self._traces()
        try:
            act()
        except SchoolgateError as error:
            assert not may, f"was refused: {error}"
            assert self._traces() == before, "a refused act left a trace"
            return False
        assert may, "was let through"
        if twice:
            after = self._traces()
            with suppress(SchoolgateError):
                act()
            assert self._traces() == after, "a retry left a trace"
        return True

    def _traces(self) -> tuple[object, ...]:
        queue = self.school.queue
        return queue.states(), len(list(queue.events())), self.school.log.next()

    def _change(
        self, edit: Callable[[Trust], Trust], *, ends: bool = False, expired: bool = False
    ) -> bool:
        """Change the people of the site; say whether that could be done."""
        if not (expired or self.book.usable()):
            return False
        try:
            self.school.change(edit, ends=ends)
        except UsageError:  # nobody would be left who leads
            return False
        return True


def unit_of(state: ReviewState) -> Unit:
    """Return what the reference calls a submission."""
    return state.page, frozenset(map(file_of, state.assets))


def file_of(ref: AssetRef) -> tuple[str, str]:
    """Return what the reference calls a file."""
    return ref.path, ref.digest
