"""T17: a file is swapped while it is read, again and again; what was hashed is what is used."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from moderation.model import AssetRef, IntegrityError, digest_of
from moderation.publish.site import examine, load_site
from moderation.publish.verify import take
from tests.attacks.faults import seeded
from tests.publish.school import FAIR, HOME, NOW, PHOTO, School, make_school

THOROUGH = bool(os.environ.get("SCHOOLGATE_THOROUGH"))
TRIES = 10_000 if THOROUGH else 60
COPIES = 10_000
CANARY = b"# The fair\n\nZqcanary is nobody's word.\n"
SOUND = FAIR.encode()


@contextmanager
def swapping(path: Path, aside: Path) -> Iterator[list[int]]:
    """Put the sound bytes, the canary, a link to it, or nothing at *path*, as fast as it goes."""
    done, count = threading.Event(), [0]
    (aside / "canary").write_bytes(CANARY)
    random = seeded("swaps")

    def sound() -> None:
        _replace(path, aside / "new", SOUND)

    def canary() -> None:
        _replace(path, aside / "new", CANARY)

    def link() -> None:
        (aside / "link").symlink_to(aside / "canary")
        (aside / "link").replace(path)

    def in_place() -> None:
        _written(path, CANARY[:20] + SOUND[20:])

    ways: tuple[Callable[[], None], ...] = (sound, sound, canary, link, in_place)

    def swap() -> None:
        while not done.is_set():
            random.choice(ways)()
            count[0] += 1

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield count
    finally:
        done.set()
        thread.join()


def _replace(path: Path, new: Path, data: bytes) -> None:
    new.write_bytes(data)
    new.replace(path)


def _written(path: Path, data: bytes) -> None:
    """Write over a file that is there, unless it is a link."""
    if not path.is_symlink():
        path.write_bytes(data)


@pytest.fixture
def school(tmp_path: Path) -> School:
    return make_school(tmp_path / "oak")


def test_the_gate_admits_only_bytes_that_it_hashed_itself(school: School, tmp_path: Path) -> None:
    site = load_site(school.root, now=NOW)
    approved = {digest_of(SOUND), digest_of(PHOTO), digest_of(HOME.encode())}
    seen = {"admitted": 0, "refused": 0}
    with swapping(school.root / "content/news/fair.md", tmp_path) as swaps:
        for _ in range(TRIES):
            files, manifest = examine(site, now=NOW)
            found = {asset.path: asset.data for asset in files.content}
            for ref in manifest.admitted:
                assert digest_of(found[ref.path]) == ref.digest
                assert b"Zqcanary" not in found[ref.path]
                assert ref.digest in approved
            paths = {ref.path for ref in manifest.admitted}
            seen["admitted" if "news/fair.md" in paths else "refused"] += 1
    assert min(seen.values()) > 0, f"{seen} after {swaps[0]} swaps"


def test_a_deployment_takes_only_bytes_that_it_hashed_itself(tmp_path: Path) -> None:
    out, aside = tmp_path / "site", tmp_path / "aside"
    out.mkdir()
    aside.mkdir()
    (out / "index.html").write_bytes(SOUND)
    ref = AssetRef("index.html", digest_of(SOUND), len(SOUND))
    taken = refused = 0
    with swapping(out / "index.html", aside) as swaps:
        for _ in range(COPIES):
            try:
                assert take(out, [ref]) == {"index.html": SOUND}
                taken += 1
            except IntegrityError:
                refused += 1
    assert min(taken, refused) > 0, f"{taken} taken, {refused} refused, {swaps[0]} swaps"
