"""T1: whatever becomes of the process that reads photos, nothing unread passes as read."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from moderation.attest import ApprovalLog
from moderation.model import (
    Asset,
    ExtractionError,
    NotAllowedError,
    Outcome,
    Severity,
    Submission,
    Verdict,
)
from moderation.pipeline.api import check_files
from moderation.review.actions.submit import submit
from moderation.review.memory import MemoryBlobStore, MemoryQueueStore
from tests.attacks.faults import seeded
from tests.publish.school import NOW
from tests.review.office import PEOPLE, RULES, SIGNERS, TRUST
from tests.spec_files import picture

SEED = 20261122
RUNS = 1_000 if os.environ.get("SCHOOLGATE_THOROUGH") else 40
PAGE = Asset(
    "news/fete.md",
    b"---\nassets:\n  photos/fete.jpg:\n    people: []\n---\n\n# The fete\n\n"
    b"![A stall](../photos/fete.jpg)\n",
)
WHERE = "size = [64, 48]\ngps = [51.5, -0.12]\n"
linux = pytest.mark.skipif(sys.platform != "linux", reason="finds the readers below /proc")


@pytest.fixture(scope="module")
def photo() -> Asset:
    return Asset("photos/fete.jpg", picture(WHERE))


def readers() -> Iterator[int]:
    """Yield the processes that this one started to read files."""
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            for word in (task / "children").read_text().split():
                if b"confined" in Path(f"/proc/{word}/cmdline").read_bytes():
                    yield int(word)


@contextmanager
def killing(random: Random) -> Iterator[list[int]]:
    """Kill every reader after random waits, once or again and again; yield whom it killed."""
    done, killed = threading.Event(), list[int]()
    most = random.choice([1, 1, 1, 100])

    def kill() -> None:
        while len(killed) < most and not done.wait(random.choice([0.0, 0.005, 0.02, 0.06, 0.15])):
            for each in readers():
                with suppress(OSError):
                    os.kill(each, signal.SIGKILL)
                    killed.append(each)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        done.set()
        thread.join()


def checked(photo: Asset) -> Verdict:
    return check_files([PAGE, photo], families=("images",), today=NOW.date())


def is_handed_in(photo: Asset, verdict: Verdict) -> bool:
    queue = MemoryQueueStore()
    try:
        submit(
            Submission(page=PAGE.path, assets=(PAGE, photo)),
            verdict,
            actor=PEOPLE["p-1"],
            signer=SIGNERS["p-1"],
            log=ApprovalLog(Path("nothing-is-decided")),
            trust=TRUST,
            rules=RULES | {str(rule): RULES["location-in-photo"] for rule in _rules(verdict)},
            queue=queue,
            blobs=MemoryBlobStore(),
            now=NOW,
        )
    except (ExtractionError, NotAllowedError):
        return False
    return bool(queue.states())


def _rules(verdict: Verdict) -> set[str]:
    return {str(each.rule) for each in verdict.findings}


@linux
def test_no_run_in_which_a_reader_was_killed_passes(photo: Asset) -> None:
    sound = checked(photo)
    blocking = [each for each in sound.findings if each.severity is Severity.BLOCK]
    assert [str(each.rule) for each in blocking] == ["location-in-photo"]  # nothing else holds it
    assert sound.outcome is Outcome.BLOCK
    killed, spoiled = 0, 0
    for number in range(RUNS):
        with killing(seeded(f"{SEED} {number}")) as gone:
            verdict = checked(photo)
        assert verdict == sound or verdict.errors, number
        assert verdict.outcome is Outcome.BLOCK, number
        assert not is_handed_in(photo, verdict), number
        killed, spoiled = killed + len(gone), spoiled + bool(verdict.errors)
    print(f"{RUNS} runs, {killed} readers killed, {spoiled} runs could not be finished")
    assert killed >= RUNS // 4
    assert spoiled >= RUNS // 20  # on a busy machine all of them: a kill always comes too early
    assert checked(photo) == sound


@linux
def test_the_next_run_is_whole_again(photo: Asset) -> None:
    sound = checked(photo)
    for each in readers():
        os.kill(each, signal.SIGKILL)
    assert checked(photo) == sound
