"""The store of files: verified on reading, whole or absent after any trouble."""

import multiprocessing
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.model import IntegrityError, UsageError, digest_of
from moderation.registers.aside import file_aside
from moderation.review.blobs import FileBlobStore
from moderation.review.memory import MemoryBlobStore
from moderation.review.store import BlobStore

DATA = b"a letter to parents"
DIGEST = digest_of(DATA)


def files(folder: Path) -> list[str]:
    """List every file below *folder*."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


@pytest.fixture(params=["memory", "files"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    """Return an empty store of each kind."""
    return MemoryBlobStore() if request.param == "memory" else FileBlobStore(tmp_path / "blobs")


def test_what_is_put_can_be_got(store: BlobStore) -> None:
    assert store.put(DATA) == DIGEST
    assert store.put(b"") == digest_of(b"")
    assert (store.get(DIGEST), store.get(digest_of(b""))) == (DATA, b"")


def test_putting_twice_is_no_harm(store: BlobStore) -> None:
    assert [store.put(DATA), store.put(DATA)] == [DIGEST, DIGEST]
    assert store.get(DIGEST) == DATA


def test_what_was_never_put_is_missing(store: BlobStore) -> None:
    with pytest.raises(IntegrityError, match=f"stored file {DIGEST[:12]}: .*hand in"):
        store.get(DIGEST)


def test_a_blob_lies_in_two_levels_of_folders_for_its_owner_only(tmp_path: Path) -> None:
    FileBlobStore(tmp_path / "blobs").put(DATA)
    path = tmp_path / "blobs" / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert files(tmp_path / "blobs") == [str(path.relative_to(tmp_path / "blobs"))]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    folders = {path.parent, path.parent.parent, tmp_path / "blobs"}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


@pytest.mark.parametrize(
    "spoiled",
    [DATA[:-1], b"", DATA + b"\0", bytes([DATA[0] ^ 1]) + DATA[1:]],
    ids=["torn", "emptied", "grown", "flipped"],
)
def test_a_spoiled_blob_is_never_returned_and_putting_it_again_mends_it(
    tmp_path: Path, spoiled: bytes
) -> None:
    store = FileBlobStore(tmp_path)
    store.put(DATA)
    (tmp_path / DIGEST[:2] / DIGEST[2:4] / DIGEST).write_bytes(spoiled)
    with pytest.raises(IntegrityError) as caught:
        store.get(DIGEST)
    assert str(caught.value) == (
        f"stored file {DIGEST[:12]}: is damaged; restore the store from a backup, or hand in the"
        " page again with the same files"
    )
    store.put(DATA)
    assert store.get(DIGEST) == DATA


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", DIGEST.upper(), DIGEST[:-1]])
def test_what_is_no_digest_is_not_looked_for(tmp_path: Path, digest: str) -> None:
    with pytest.raises(IntegrityError, match="no SHA-256 digest"):
        FileBlobStore(tmp_path).get(digest)


def test_leftovers_of_a_killed_write_go_with_the_next_put(tmp_path: Path) -> None:
    store = FileBlobStore(tmp_path)
    store.put(DATA)
    (tmp_path / "incoming" / ".killed.schoolgate-part").write_bytes(b"half")
    with file_aside(tmp_path / "incoming") as (_, busy):
        store.put(DATA)
        assert list((tmp_path / "incoming").iterdir()) == [busy]


_FULL = """
import resource, sys
from pathlib import Path
from moderation.model import UsageError
from moderation.review.blobs import FileBlobStore
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    FileBlobStore(Path(sys.argv[1])).put(b"x" * 5000)
except UsageError as error:
    print(str(error).replace(sys.argv[1], "FOLDER"))
"""


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        "FOLDER: a file could not be stored (File too large); make room or mend the folder's"
        " permissions, then submit again\n"
    )
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("in the way")
    with pytest.raises(UsageError, match="could not be stored"):
        FileBlobStore(tmp_path / "blobs").put(DATA)


def test_a_blob_that_cannot_take_its_name_leaves_nothing_aside(tmp_path: Path) -> None:
    in_the_way = tmp_path / DIGEST[:2] / DIGEST[2:4] / DIGEST
    in_the_way.mkdir(parents=True)
    with pytest.raises(UsageError, match="could not be stored"):
        FileBlobStore(tmp_path).put(DATA)
    assert files(tmp_path) == []


def _put_many(folder: Path) -> None:
    store = FileBlobStore(folder)
    for number in range(20):
        store.put(b"the same bytes" * number)


def test_two_processes_may_put_the_same_bytes(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_put_many, args=(tmp_path,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    store = FileBlobStore(tmp_path)
    wanted = [b"the same bytes" * number for number in range(20)]
    assert [store.get(digest_of(data)) for data in wanted] == wanted
    assert len(files(tmp_path)) == 20


_KILLED = """
import sys
from pathlib import Path
from moderation.review.blobs import FileBlobStore
store = FileBlobStore(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    digest = store.put(b"%d" % number * 50000)
    print(digest, flush=True)
"""


def test_what_was_put_before_a_kill_is_there_and_nothing_is_torn(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().strip() for _ in range(30)]
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL, "the harness itself must have killed it"
    store = FileBlobStore(tmp_path)
    assert all(digest_of(store.get(digest)) == digest for digest in told)
    kept = [path for path in tmp_path.glob("??/??/*") if path.is_file()]
    assert {path.name for path in kept} == {digest_of(path.read_bytes()) for path in kept}
