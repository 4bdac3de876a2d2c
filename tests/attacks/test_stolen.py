"""T23, T24: what a thief of the repository or of the private folder learns of people."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import School, made, school

__all__ = ["made", "school"]  # the fixtures of the commands

ROLLED = ("Ottoline", "Quillfeather")
"""A pupil of whom only the roll and the consents know."""

WRITTEN = ("Zephyrine", "Thistlecombe")
"""Somebody whom a publisher and a moderator wrote about."""

PAGE = f"# News\n\nThe hall is painted. {' '.join(WRITTEN)} wrote to us.\n"


def forms(names: tuple[str, ...]) -> set[bytes]:
    """Return names as a file may hold them: plain, encoded and as digests that can be guessed."""
    found: set[bytes] = set()
    whole = " ".join(names)
    words = {w for name in (*names, whole) for w in (name, name.lower(), name.upper())}
    for word in words:
        data = word.encode()
        found |= {data, word.encode("utf-16-le"), data.hex().encode()}
        found |= {base64.b64encode(data).rstrip(b"=")[:-1]}
        for kind in ("sha256", "sha1", "md5", "sha512", "blake2b"):
            made = hashlib.new(kind, data)
            found |= {made.digest()[:12], made.hexdigest()[:16].encode()}
    return found


def holding(folder: Path, names: tuple[str, ...], *, but: str = "") -> Iterator[str]:
    """Yield every file below *folder*, but in *but*, that holds one of *names* in any form."""
    wanted = forms(names)
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and not (but and path.startswith(but)):
            data = file.read_bytes() + path.encode() + _opened(file)
            if any(form in data for form in wanted):
                yield path


def _opened(file: Path) -> bytes:
    """Return what the envelope in a signed file holds."""
    try:
        return base64.b64decode(json.loads(file.read_bytes())["payload"])
    except (ValueError, KeyError, TypeError):
        return b""


@pytest.fixture
def busy(school: School) -> School:
    """A school in which a page was handed in and returned, for reasons that name somebody."""
    page = str(school.write("news/hall.md", PAGE))
    school.run("submit", page, "--as", "S-04")
    shown = school.run("queue", "--format", "json").output
    first = json.loads(shown)[0]["id"]
    reason = f"{' '.join(WRITTEN)} asked us to wait"
    school.run("return", first, "--reason", reason, "--as", "S-03")
    return school


def test_the_harness_finds_what_it_looks_for(tmp_path: Path) -> None:
    name = WRITTEN[1]
    plants = {
        "plain": name.encode(),
        "wide": name.encode("utf-16-le"),
        "packed": base64.b64encode(name.encode()),
        "digest": hashlib.sha256(name.lower().encode()).hexdigest().encode(),
        "raw": hashlib.md5(name.encode(), usedforsecurity=False).digest(),
        name: b"",
        "clean": b"nobody",
    }
    for path, data in plants.items():
        (tmp_path / path).write_bytes(data)
    assert set(holding(tmp_path, WRITTEN)) == plants.keys() - {"clean"}


def test_a_stolen_repository_names_nobody(busy: School) -> None:
    assert list(holding(busy.root, ROLLED)) == []
    assert list(holding(busy.root, WRITTEN, but="content/")) == []
    assert list(holding(busy.root, WRITTEN)) == ["content/news/hall.md"]


def test_a_stolen_private_folder_holds_no_roll_and_names_only_in_drafts_and_reasons(
    busy: School,
) -> None:
    assert list(holding(busy.home, ROLLED)) == []
    places = {path.partition("/")[0] for path in holding(busy.home, WRITTEN)}
    assert places <= {"blobs", "desk.sqlite3", "desk.sqlite3-wal"}
    assert places & {"blobs"}
