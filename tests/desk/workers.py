"""What the processes of the tests under fire do; importable, so that a child can be spawned."""

import os
import signal
import sys
from itertools import count
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from moderation.desk import open_desk
from moderation.model import ConflictError
from moderation.review.blobs import FileBlobStore
from tests.review.office import Office, page

PAGES = 4


def submit_many(where: str, folder: Path, who: str, start: Barrier) -> None:
    """Open a desk that is not there yet and hand in pages, one of which everybody hands in."""
    start.wait()
    office = _office(where, folder)
    for number in range(PAGES):
        office.submit(who, page(f"{who} {number}", path=f"news/{who}-{number}.md"))
        office.submit(who, page(f"{who} {number}"))
    office.submit(who, page("the same", path="shared.md"))


def claim_all(
    where: str, folder: Path, who: str, start: Barrier, won: "SimpleQueue[tuple[str, str]]"
) -> None:
    """Claim everything that waits, in the same order as everybody else."""
    office = _office(where, folder)
    states = office.queue.states()
    start.wait()
    for state in states:
        try:
            office.claim(who, state)
        except ConflictError:
            continue
        won.put((state.id, who))


def act_for_ever(where: str, folder: Path) -> None:
    """Hand in, claim, return and approve until killed; say each act once it is done."""
    office = _office(where, folder)
    for number in count():
        state = office.submit("p-1", page(f"version {number}"))
        for act in (office.claim, office.return_ if number % 3 else office.approve):
            _say(office)
            act("m-1", state)
        _say(office)


def die_while_saving(where: str, folder: Path) -> None:
    """Claim a submission, and be killed when the state is written and its event is not yet."""
    office = _office(where, folder)
    state = office.submit("p-1", page("one"))
    setattr(type(office.queue), "_append", lambda *_: os.kill(os.getpid(), signal.SIGKILL))  # noqa: B010
    office.claim("m-1", state)


def _office(where: str, folder: Path) -> Office:
    return Office(folder, open_desk(where), FileBlobStore(folder / "blobs"))


def _say(office: Office) -> None:
    """Print the link of the last event: what this process was told is on record."""
    *_, (_, link) = office.queue.events()
    print(link, flush=True)


if __name__ == "__main__":
    act_for_ever(sys.argv[1], Path(sys.argv[2]))
