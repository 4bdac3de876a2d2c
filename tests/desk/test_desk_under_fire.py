"""Several processes at once, and a process that is killed."""

import multiprocessing
import signal
import subprocess
import sys
from collections import Counter
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from moderation.attest.chain import verify_chain
from moderation.attest.verify import verify_log
from moderation.desk import open_desk
from moderation.model import ReviewStatus
from moderation.review.store import PENDING
from tests.desk import workers
from tests.review.office import PAGE, TRUST, Office, page

_SPAWN = multiprocessing.get_context("spawn")


def finish(processes: list[BaseProcess]) -> list[int | None]:
    """Run *processes* side by side and return how each ended."""
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    return [process.exitcode for process in processes]


def test_processes_that_open_a_new_desk_and_submit_at_once_all_succeed(
    where: str, tmp_path: Path
) -> None:
    who = ["p-1", "p-2", "m-1"]
    start = _SPAWN.Barrier(len(who))
    ended = finish(
        [_SPAWN.Process(target=workers.submit_many, args=(where, tmp_path, w, start)) for w in who]
    )
    assert ended == [0, 0, 0], "nobody met a locked database"
    queue = open_desk(where)
    states = queue.states()
    assert Counter(s.page for s in states)[PAGE] == len(who) * workers.PAGES
    assert Counter(s.page for s in states if s.status in PENDING).most_common(1)[0][1] == 1
    assert [s.editors for s in states if s.page == "shared.md"] == [frozenset(who)]
    assert {s.editors for s in queue.states(*PENDING, page=PAGE)} == {frozenset(who)}
    verify_chain(queue.events())
    queue.close()


def test_of_two_processes_that_claim_the_same_submission_one_wins(
    where: str, tmp_path: Path
) -> None:
    queue = open_desk(where)
    office = Office(tmp_path, queue)
    wanted = {office.submit("p-1", page("one", path=f"news/{n}.md")).id for n in range(10)}
    who = ["m-1", "m-2"]
    start, won = _SPAWN.Barrier(len(who)), _SPAWN.SimpleQueue()
    ended = finish(
        [
            _SPAWN.Process(target=workers.claim_all, args=(where, tmp_path, w, start, won))
            for w in who
        ]
    )
    winners = dict(won.get() for _ in range(len(wanted)))
    assert (ended, won.empty()) == ([0, 0], True)
    assert {s.id: s.claimed_by for s in queue.states()} == winners
    assert winners.keys() == wanted
    assert verify_chain(queue.events()) == 2 * len(wanted)
    queue.close()


@pytest.mark.parametrize("acts", [5, 20])
def test_a_killed_process_leaves_every_act_whole(
    where: str, tmp_path: Path, environment: dict[str, str], acts: int
) -> None:
    command = [sys.executable, "-m", "tests.desk.workers", where, str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, cwd=Path(__file__).parents[2]
    ) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().strip() for _ in range(acts)]
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL, "the harness itself must have killed it"
    queue = open_desk(where)
    rows = list(queue.events())
    assert set(told) <= {link for _, link in rows}
    assert verify_chain(rows) == len(rows) >= acts
    saves = Counter(event.submission for event, _ in rows)
    assert {state.id: state.revision for state in queue.states()} == saves
    office = Office(tmp_path, queue)
    approved = {s.submission for s in verify_log(office.log.read(), TRUST)}
    assert {s.id for s in queue.states(ReviewStatus.APPROVED)} <= approved
    for state in queue.states(*PENDING):
        office.claim("m-1", office.submit("p-1", page("the work goes on")))
        assert queue.load(state.id).status is ReviewStatus.SUPERSEDED
    queue.close()


def test_a_process_killed_in_the_middle_of_an_act_leaves_nothing_of_it(
    where: str, tmp_path: Path
) -> None:
    ended = finish(
        [
            _SPAWN.Process(
                target=workers.die_while_saving,
                args=(
                    where,
                    tmp_path,
                ),
            )
        ]
    )
    assert ended == [-signal.SIGKILL]
    queue = open_desk(where)
    assert [(s.status, s.revision) for s in queue.states()] == [(ReviewStatus.SUBMITTED, 1)]
    assert verify_chain(queue.events()) == 1
    queue.close()
