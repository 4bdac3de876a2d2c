import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.registers.aside import (
    exchange,
    file_aside,
    folder_aside,
    remove_abandoned,
    remove_leftovers,
)
from moderation.registers.files import make_folder, write_atomically, write_tree


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("exclusive", [False, True])
def test_writes_the_bytes_and_leaves_nothing_else(tmp_path: Path, exclusive: bool) -> None:
    write_atomically(tmp_path / "a", b"bytes\r\n\0", exclusive=exclusive)
    assert (names(tmp_path), (tmp_path / "a").read_bytes()) == (["a"], b"bytes\r\n\0")


@pytest.mark.skipif(os.name == "nt", reason="Windows knows the write bit only")
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_gives_the_mode_it_was_asked_for_whatever_the_umask(tmp_path: Path, mode: int) -> None:
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "a", b"", mode=mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


def test_replaces_a_file_unless_it_must_not(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"old")
    write_atomically(tmp_path / "a", b"new")
    with pytest.raises(FileExistsError):
        write_atomically(tmp_path / "a", b"newest", exclusive=True)
    assert (names(tmp_path), (tmp_path / "a").read_bytes()) == (["a"], b"new")


def test_refuses_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "missing" / "a", b"")
    assert names(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit on the size of files")
def test_a_full_disk_keeps_the_old_file_and_leaves_no_part(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"old")
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from moderation.registers.files import write_atomically\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_atomically(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except OSError as error: print(error.errno)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == str(errno.EFBIG)
    assert (names(tmp_path), (tmp_path / "a").read_bytes()) == (["a"], b"old")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot flush a folder")
@pytest.mark.parametrize("exclusive", [False, True])
def test_flushes_the_bytes_before_they_get_the_name_and_the_folder_after(
    tmp_path: Path, exclusive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, flushed, fsync = tmp_path / "a", [], os.fsync

    def watched(handle: int) -> None:
        state = os.fstat(handle)
        kind = "folder" if stat.S_ISDIR(state.st_mode) else f"{state.st_size} bytes"
        flushed.append((kind, target.exists()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_atomically(target, b"12345", exclusive=exclusive)
    make_folder(tmp_path / "b")
    assert flushed == [("5 bytes", False), *[("folder", True)] * 3]


def test_a_disk_that_takes_a_part_at_a_time_gets_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:2])))
    write_atomically(tmp_path / "a", b"12345")
    assert (tmp_path / "a").read_bytes() == b"12345"


def test_makes_every_missing_folder(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "file")
    assert (tmp_path / "a" / "b").is_dir()
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_removes_only_what_nobody_holds_and_counts_it(tmp_path: Path) -> None:
    for name in (".abandoned.schoolgate-part", "page.part", ".hidden"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".folder.schoolgate-part").mkdir()
    (tmp_path / ".link.schoolgate-part").symlink_to(tmp_path / "page.part")
    with file_aside(tmp_path) as (_, held):
        assert remove_leftovers(tmp_path) == 1
        left = [".folder.schoolgate-part", ".hidden", ".link.schoolgate-part", "page.part"]
        assert names(tmp_path) == sorted([*left, held.name])
    assert not held.exists()


def test_removes_only_folders_that_nobody_holds(tmp_path: Path) -> None:
    (tmp_path / ".aside-killed" / "new").mkdir(parents=True)
    (tmp_path / ".aside-file").write_bytes(b"")
    (tmp_path / ".aside-link").symlink_to(tmp_path)
    with folder_aside(tmp_path, ".aside-") as held:
        assert remove_abandoned(tmp_path, ".aside-") == 1
        assert names(tmp_path) == sorted([".aside-file", ".aside-link", held.name])
    assert not held.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that is killed")
def test_what_a_killed_writer_held_is_free_at_once(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from moderation.registers.aside import file_aside, folder_aside\n"
        "place = Path(sys.argv[1])\n"
        "with file_aside(place), folder_aside(place, '.aside-'):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert (run.returncode, len(names(tmp_path))) == (-9, 2)
    assert (remove_leftovers(tmp_path), remove_abandoned(tmp_path, ".aside-")) == (1, 1)
    assert names(tmp_path) == []


def test_writes_a_whole_tree_and_flushes_every_file_and_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"index.html": b"1", "a/b/c.html": b"22", "a/d.html": b""}
    flushed, fsync = [], os.fsync

    def watched(handle: int) -> None:
        state = os.fstat(handle)
        flushed.append(state.st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_tree(tmp_path / "new", files)
    made = [*(tmp_path / "new").rglob("*"), tmp_path / "new"]
    assert sorted(flushed) == sorted(path.stat().st_ino for path in made)
    assert {path: (tmp_path / "new" / path).read_bytes() for path in files} == files
    with pytest.raises(FileExistsError):
        write_tree(tmp_path / "new", files)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems swap in two steps")
def test_two_folders_change_places(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_bytes(b"")
    assert exchange(tmp_path / "one", tmp_path / "other")
    assert names(tmp_path / "one") == ["other.txt"]
    assert names(tmp_path / "other") == ["one.txt"]
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "missing")
