"""What a file can do to the process that reads it, and what that does to everybody else."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moderation.model import ExtractionError
from moderation.pipeline.confined.cage import Cage
from moderation.pipeline.confined.reader import Reader
from tests.pipeline.confined import poison

MODULE = "tests.pipeline.confined.poison"
SMALL = Cage(seconds=1, patience=20, memory=200_000_000, answer=1_000_000)
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    made = Reader(SMALL, tasks=MODULE)
    yield made
    made.close()


def test_one_process_does_one_task_after_another(reader: Reader) -> None:
    first = reader.call(poison.process, 0)
    assert [reader.call(poison.double, number) for number in range(3)] == [0, 2, 4]
    assert reader.call(poison.process, 0) == first != os.getpid()


def test_a_task_that_refuses_says_why_and_costs_no_new_process(reader: Reader) -> None:
    first = reader.call(poison.process, 0)
    with pytest.raises(ExtractionError, match=r"^will not open$"):
        reader.call(poison.refuse, "open")
    assert reader.call(poison.process, 0) == first


def test_control_characters_in_a_refusal_do_not_reach_a_terminal(reader: Reader) -> None:
    with pytest.raises(ExtractionError, match=r"^will not \?\[2J$"):
        reader.call(poison.refuse, "\x1b[2J")


ENDINGS: tuple[tuple[Callable[..., object], object, str], ...] = (
    (poison.fail, "Amelia Hart", r"could not be checked \(RecursionError\)"),
    (poison.spin, 15, "could not be checked: reading it took more than 1 s"),
    (poison.hoard, 400_000_000, "could not be checked: reading it took more than 200 MB of memory"),
    (poison.hoard_slowly, 400_000_000, "could not be checked: reading it took more than 200 MB"),
    (poison.die, 0, "could not be checked: the process that read it died"),
    (poison.die, 3, "could not be checked: the process that read it died"),
    (poison.say_much, 2_000_000, "could not be checked: it holds more than 1 MB"),
    (poison.lie, 0, r"could not be checked \(WireError\)"),
)


@pytest.mark.parametrize(
    ("task", "given", "message"), ENDINGS, ids=lambda v: getattr(v, "__name__", "") or str(v)[:40]
)
def test_a_file_that_ends_its_process_is_an_error_and_the_next_one_is_read(
    task: Callable[..., object], given: object, message: str, reader: Reader
) -> None:
    first = reader.call(poison.process, 0)
    with pytest.raises(ExtractionError, match=f"^{message}.*; open it in the program") as caught:
        reader.call(task, given)
    assert "Hart" not in str(caught.value)
    assert reader.call(poison.double, 4) == 8
    assert reader.call(poison.process, 0) != first


def test_a_process_that_waits_for_ever_is_ended_by_the_clock() -> None:
    reader = Reader(Cage(seconds=1, patience=2), tasks=MODULE)
    begin = time.monotonic()
    with pytest.raises(ExtractionError, match="took more than 1 s"):
        reader.call(poison.sleep, 60)
    assert time.monotonic() - begin < 15
    reader.close()


FORBIDDEN: tuple[tuple[Callable[..., object], object], ...] = (
    (poison.call_home, 9),
    (poison.look_up, "localhost"),
    (poison.run, "true"),
    (poison.shell, "true"),
    (poison.fork, 0),
    (poison.write, "left"),
    (poison.write_below, "left"),
    (poison.remove, "there"),
)


@pytest.mark.parametrize(("task", "given"), FORBIDDEN, ids=lambda v: getattr(v, "__name__", ""))
def test_no_network_no_program_and_no_writing(
    task: Callable[..., object], given: object, tmp_path: Path, reader: Reader
) -> None:
    (tmp_path / "there").write_bytes(b"x")
    place = str(tmp_path / given) if given in ("left", "there") else given
    with pytest.raises(ExtractionError, match=r"^could not be checked \(PermissionError\); "):
        reader.call(task, place)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_reading_a_file_is_not_writing_one(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "there").write_bytes(b"x")
    assert reader.call(poison.read, str(tmp_path / "there")) == b"x"


def test_what_a_library_prints_is_nobodys_answer(
    capfd: pytest.CaptureFixture[str], reader: Reader
) -> None:
    assert reader.call(poison.shout, "Amelia Hart") == 11
    assert reader.call(poison.double, 2) == 4
    assert capfd.readouterr() == ("", "")


def test_passphrases_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLGATE_PASSPHRASE", "correct horse")
    reader = Reader(SMALL, tasks=MODULE)
    assert {"PATH", "LANG", "PYTHONPATH"} >= {
        name for name in reader.call(poison.surroundings, 0) if not name.endswith("_NUM_THREADS")
    } - {"LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH"}
    reader.close()


def test_a_process_that_has_grown_is_replaced_after_it_answered() -> None:
    reader = Reader(SMALL, tasks=MODULE)
    first = reader.call(poison.process, 0)
    assert reader.call(poison.keep, 140_000_000) == 140_000_000
    assert reader.call(poison.process, 0) != first
    reader.close()


def test_a_process_that_died_between_two_files_is_nobodys_fault() -> None:
    reader = Reader(SMALL, tasks=MODULE)
    first = reader.call(poison.process, 0)
    os.kill(first, signal.SIGKILL)
    _wait_for_the_end_of(first)
    assert reader.call(poison.double, 1) == 2
    reader.close()


def test_a_process_that_cannot_start_is_an_error_that_says_so() -> None:
    reader = Reader(Cage(memory=1_000_000), tasks="tests.pipeline.confined.nothing")
    with pytest.raises(ExtractionError, match="the process that read it died"):
        reader.call(poison.double, 1)
    reader.close()


def test_several_threads_take_turns(reader: Reader) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(reader.call(poison.double, n)))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [n * 2 for n in range(8)]


_PARENT = f"""
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
from moderation.pipeline.confined.reader import Reader
from tests.pipeline.confined import poison
reader = Reader(tasks={MODULE!r})
print(reader.call(poison.process, 0), flush=True)
reader.call(poison.sleep, 60)
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])
def test_the_process_ends_with_the_one_that_asks(name: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.2)
    parent.send_signal(signal.Signals[name])
    try:
        _, said = parent.communicate(timeout=20)
    finally:
        parent.kill()
    _wait_for_the_end_of(child)
    assert said.count("Traceback") == (1 if name == "SIGINT" else 0)  # the parent's own


def _wait_for_the_end_of(process: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return
        if state == "Z":
            return
        time.sleep(0.02)
    raise AssertionError("the process is still there")
