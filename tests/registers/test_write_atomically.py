import errno
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderation.registers.files import make_folder, remove_leftovers, write_atomically

BEGIN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


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
    assert flushed == [("5 bytes", False), ("folder", True), ("folder", True)]


def test_makes_every_missing_folder(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "file")
    assert (tmp_path / "a" / "b").is_dir()
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_removes_only_old_parts_and_counts_them(tmp_path: Path) -> None:
    for name, age in ((".old.part", 2), (".young.part", 0), ("page.part", 2), (".hidden", 2)):
        (tmp_path / name).write_bytes(b"")
        when = (BEGIN - timedelta(days=age)).timestamp()
        os.utime(tmp_path / name, (when, when))
    (tmp_path / ".folder.part").mkdir()
    os.utime(tmp_path / ".folder.part", (0, 0))
    assert remove_leftovers(tmp_path, before=BEGIN - timedelta(days=1)) == 1
    assert names(tmp_path) == [".folder.part", ".hidden", ".young.part", "page.part"]
