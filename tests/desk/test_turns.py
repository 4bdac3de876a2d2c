"""Writers take turns at a SQLite file, and nobody is held up by one who stopped."""

import fcntl
import os
import time
from pathlib import Path

import pytest

from moderation.desk import open_desk, turns
from moderation.model import ReviewStatus
from moderation.review.blobs import FileBlobStore
from tests.review.office import Office, page


def _office(folder: Path) -> Office:
    return Office(folder, open_desk(folder / "desk.sqlite3"), FileBlobStore(folder / "blobs"))


def test_a_writer_waits_for_its_turn_and_a_reader_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = _office(tmp_path)
    state = office.submit("p-1", page("one"))
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    begin = time.monotonic()
    assert office.load(state) == state
    assert time.monotonic() - begin < 0.2
    begin = time.monotonic()
    claimed = office.claim("m-1", state)  # goes on in the end: whoever has the turn has stopped
    waited = time.monotonic() - begin
    os.close(other)
    assert (claimed.status, waited >= 0.2) == (ReviewStatus.CLAIMED, True)


def test_a_turn_ends_with_its_act(tmp_path: Path) -> None:
    office = _office(tmp_path)
    office.submit("p-1", page("one"))
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
    assert len(office.queue.states()) == 1
