import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.attest import ApprovalLog, Envelope
from moderation.attest.canonical import MOST
from moderation.model import ConflictError, IntegrityError, UsageError, digest_of
from moderation.registers.aside import file_aside
from tests.attest.school import MODERATOR, log_of, signed, statement

ENTRIES = log_of((MODERATOR, {}), (MODERATOR, {}), (MODERATOR, {}))


def filled(folder: Path) -> ApprovalLog:
    log = ApprovalLog(folder / "approvals")
    for seq, (_, envelope) in enumerate(ENTRIES, start=1):
        log.append(envelope, seq)
    return log


def refusal(log: ApprovalLog) -> str:
    with pytest.raises(IntegrityError) as caught:
        log.read()
    return str(caught.value)


def names(log: ApprovalLog) -> list[str]:
    return sorted(path.name for path in log.folder.iterdir())


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    log = ApprovalLog(tmp_path / "approvals")
    assert (log.read(), log.next()) == ((), (1, ""))


def test_what_was_appended_is_read_in_order(tmp_path: Path) -> None:
    log = filled(tmp_path)
    assert log.read() == tuple(ENTRIES)
    assert log.next() == (4, digest_of(ENTRIES[-1][1].payload))
    assert names(log) == ["000001.json", "000002.json", "000003.json"]
    if os.name != "nt":
        assert stat.S_IMODE((log.folder / "000001.json").stat().st_mode) == 0o644


def test_the_number_after_the_last_of_six_digits_still_sorts_last(tmp_path: Path) -> None:
    log = ApprovalLog(tmp_path)
    for name in ("999999.json", "1000000.json"):
        (tmp_path / name).write_text(ENTRIES[0][1].text(), "utf-8")
    assert [name for name, _ in log.read()] == ["999999.json", "1000000.json"]
    assert log.next()[0] == 1_000_001


@pytest.mark.parametrize(
    ("envelope", "seq"),
    [
        (ENTRIES[2][1], 3),
        (ENTRIES[0][1], 1),
        (signed(statement(seq=4, prev=digest_of(b"another history"))), 4),
        (signed(statement(seq=5, prev=digest_of(ENTRIES[2][1].payload))), 5),
    ],
    ids=["a number taken", "the first again", "a fork", "a gap"],
)
def test_an_entry_that_does_not_come_next_conflicts_and_is_not_written(
    tmp_path: Path, envelope: Envelope, seq: int
) -> None:
    log = filled(tmp_path)
    with pytest.raises(ConflictError) as caught:
        log.append(envelope, seq)
    assert str(caught.value) == (
        f"{seq:06}.json: somebody else signed at the same moment; look again and sign again"
    )
    assert log.read() == tuple(ENTRIES)


def test_the_number_outside_must_be_the_number_inside(tmp_path: Path) -> None:
    log = ApprovalLog(tmp_path)
    with pytest.raises(UsageError) as caught:
        log.append(ENTRIES[0][1], 2)
    assert str(caught.value) == ("000002.json: the statement has another number; ask the log")
    assert names(log) == []


def test_what_is_no_statement_is_not_appended(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match="is missing; restore the file from a copy"):
        ApprovalLog(tmp_path).append(MODERATOR.sign(b"{}", "t"), 1)


@pytest.mark.parametrize("name", ["1.json", "000004.JSON", "0000004.json", "000003 (1).json"])
def test_a_file_numbered_in_another_way_is_refused(tmp_path: Path, name: str) -> None:
    log = filled(tmp_path)
    (log.folder / name).write_text(ENTRIES[0][1].text(), "utf-8")
    assert refusal(log) == (
        "approvals: holds a file that is not numbered as 000001.json is; move it out of the folder"
    )


def test_files_that_are_no_approvals_do_no_harm(tmp_path: Path) -> None:
    log = filled(tmp_path)
    for name in (".gitkeep", "Thumbs.db", ".abc.part", "README.md"):
        (log.folder / name).write_bytes(b"\0")
    assert log.read() == tuple(ENTRIES)


def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    log = ApprovalLog(tmp_path)
    (tmp_path / ".killed.schoolgate-part").write_bytes(b"half")
    with file_aside(tmp_path) as (_, busy):
        log.append(ENTRIES[0][1], 1)
        assert names(log) == [busy.name, "000001.json"]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    log = filled(tmp_path)
    second, third = log.folder / "000002.json", log.folder / "000003.json"
    third.write_bytes(b"")
    assert refusal(log) == ("000003.json: is not valid JSON; restore the file from a copy")
    with pytest.raises(IntegrityError):
        log.next()
    second.write_bytes(b"\xff")
    assert refusal(log) == "000002.json: is not text; restore it from git"
    second.write_bytes(b"[" * (MOST + 1))
    assert refusal(log) == (
        f"000002.json: is longer than {MOST} characters; restore it from a copy"
    )


@pytest.mark.skipif(os.name == "nt", reason="special files of POSIX")
@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("link", "cannot be opened; restore it from git"),
        ("pipe", "is not a file; restore it from git"),
        ("folder", "is not a file; restore it from git"),
    ],
)
def test_a_special_file_is_refused_and_never_waited_for(
    tmp_path: Path, kind: str, message: str
) -> None:
    log = filled(tmp_path)
    path = log.folder / "000002.json"
    path.unlink()
    if kind == "link":
        path.symlink_to("000001.json")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    assert refusal(log) == f"000002.json: {message}"


def test_of_processes_that_append_at_once_one_wins(tmp_path: Path) -> None:
    log = filled(tmp_path)
    seq, prev = log.next()
    program = (
        "import sys, time; from pathlib import Path\n"
        "from moderation.attest import ApprovalLog, parse_envelope\n"
        "from moderation.model import ConflictError\n"
        "envelope = parse_envelope(sys.stdin.read(), source='stdin')\n"
        "log = ApprovalLog(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "while not Path(sys.argv[2]).exists(): time.sleep(0.001)\n"
        "try: log.append(envelope, int(sys.argv[3])); print('won')\n"
        "except ConflictError as error: print('lost')\n"
    )
    start = tmp_path / "start"
    runs = []
    for number in range(4):
        run = subprocess.Popen(
            [sys.executable, "-c", program, str(log.folder), str(start), str(seq)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert run.stdin
        run.stdin.write(signed(statement(seq=seq, prev=prev, submission=f"s-{number}")).text())
        run.stdin.close()
        runs.append(run)
    for run in runs:
        assert run.stdout
        assert run.stdout.readline() == "ready\n"
    start.touch()
    answers = []
    for run in runs:
        with run:
            assert run.stdout
            answers.append(run.stdout.read().strip())
    assert sorted(answers) == ["lost", "lost", "lost", "won"]
    assert [name for name, _ in log.read()] == [f"{n:06}.json" for n in range(1, seq + 1)]


def test_a_number_taken_between_looking_and_writing_conflicts(tmp_path: Path) -> None:
    log = ApprovalLog(tmp_path)
    taken = tmp_path / "000001.json"

    class Racing(ApprovalLog):
        __slots__ = ()

        def next(self) -> tuple[int, str]:
            answer = super().next()
            taken.write_text(json.dumps({}), "utf-8")
            return answer

    with pytest.raises(ConflictError, match=r"000001\.json: somebody else signed"):
        Racing(log.folder).append(ENTRIES[0][1], 1)
    assert taken.read_text("utf-8") == "{}"
