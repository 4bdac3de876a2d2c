"""A built site, struck: what was taken down leaves no trace, and nothing else changes."""

import errno
import gzip
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from moderation.attest import ApprovalLog, Decision, Statement
from moderation.model import Asset, UsageError
from moderation.publish.cutting import cut
from moderation.publish.folder import manifest_path, read_folder
from moderation.publish.manifest import OutputManifest
from moderation.publish.site import examine, load_site
from moderation.publish.strike import Struck, gone, strike, struck_files
from moderation.publish.verify import differences, outdated
from tests.publish.school import FAIR, NOW, PHOTO, School, make_school, ref, statement
from tests.publish.test_build import build_school

PAGE = Asset("news/fair.md", FAIR.encode())
PICTURE = Asset("photos/fair.jpg", PHOTO)
HERE = ("news/fair/index.html", "photos/fair.jpg")


def trace(data: bytes) -> bool:
    """Say whether anything tells of the fair."""
    words = (b"news/fair", b"photos/fair", b"summer", b"Stalls", b"Takings")
    return any(word in data for word in words)


@dataclass(frozen=True)
class Site:
    """A school and its built site."""

    school: School
    out: Path

    @property
    def log(self) -> tuple[Statement, ...]:
        entries = ApprovalLog(self.school.root / ".schoolgate" / "approvals").read()
        return tuple(Statement.from_payload(e.payload, source=n) for n, e in entries)

    @property
    def manifest(self) -> OutputManifest:
        return OutputManifest.from_json(manifest_path(self.out).read_text("utf-8"), source="it")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("oak")
    build_school(make_school(place / "oak"), place / "site")
    return place


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Site:
    shutil.copytree(made, tmp_path / "it")
    return Site(School(tmp_path / "it" / "oak"), tmp_path / "it" / "site")


def test_a_photo_goes_with_its_page_and_all_that_leads_there(site: Site) -> None:
    before = read_folder(site.out)
    site.school.sign(PICTURE, decision=Decision.TAKEDOWN)
    struck = strike(site.out, site.log)
    assert (set(struck.removed), struck.left) == ({*HERE}, ())
    after = read_folder(site.out)
    for path, data in after.items():
        plain = gzip.decompress(data) if path.endswith(".gz") else data
        assert not trace(plain), path
    assert any(trace(before[path]) for path in struck.changed)
    assert "search/search_index.json" in struck.changed
    assert set(before) - set(after) == {*HERE}
    for path in set(after) - set(struck.changed):
        assert after[path] == before[path]


def test_what_is_left_is_what_its_manifest_says(site: Site) -> None:
    site.school.sign(PICTURE, decision=Decision.TAKEDOWN)
    strike(site.out, site.log)
    made = site.manifest
    assert made.struck == ("news/fair.md", "photos/fair.jpg")
    assert [each.path for each in made.content] == ["index.md"]
    assert differences(site.out, made) == ()
    now = load_site(site.school.root, now=NOW)
    assert outdated(made, examine(now, now=NOW)[1]) == ()


def test_striking_once_more_changes_nothing(site: Site) -> None:
    site.school.sign(PAGE, decision=Decision.TAKEDOWN)
    assert {*strike(site.out, site.log).removed} == {*HERE}
    before = read_folder(site.out), manifest_path(site.out).read_bytes()
    assert strike(site.out, site.log) == Struck()
    assert (read_folder(site.out), manifest_path(site.out).read_bytes()) == before


def test_without_a_manifest_the_paths_must_do(site: Site) -> None:
    manifest_path(site.out).write_text("{")
    site.school.sign(PAGE, decision=Decision.TAKEDOWN)
    assert {*HERE} <= {*strike(site.out, site.log).removed}
    assert not any(trace(data) for p, data in read_folder(site.out).items() if p[-3:] != ".gz")
    assert manifest_path(site.out).read_text() == "{"


def test_what_cannot_be_read_is_left_out(site: Site) -> None:
    (site.out / "search/search_index.json").write_text("[]")
    (site.out / "sitemap.xml.gz").write_bytes(b"torn")
    (site.out / "404.html").write_bytes(b"\xff")
    site.school.sign(PAGE, decision=Decision.TAKEDOWN)
    removed = strike(site.out, site.log).removed
    assert {"search/search_index.json", "sitemap.xml.gz", "404.html"} <= {*removed}


@pytest.mark.parametrize(
    ("place", "data"),
    [
        ("search/search_index.json", b"[" * 100_000),
        ("search/search_index.json", b'{"docs":[{"location":1}]}'),
        ("sitemap.xml.gz", gzip.compress(b"<url>", mtime=0)[:10] + b"\xff" * 20),
        ("sitemap.xml.gz", gzip.compress(b"<url>", mtime=0)[:-4]),
        ("sitemap.xml", b"\xff"),
    ],
)
def test_nothing_that_can_stand_in_a_file_keeps_the_others(
    site: Site, place: str, data: bytes
) -> None:
    (site.out / place).write_bytes(data)
    site.school.sign(PICTURE, decision=Decision.TAKEDOWN)
    struck = strike(site.out, site.log)
    assert {*struck.removed} == {*HERE, place}
    assert "index.html" in struck.changed


def test_what_it_comes_to_is_known_beforehand(site: Site) -> None:
    files, built = read_folder(site.out), site.manifest
    assert struck_files(files, built, site.log) == (files, built)
    site.school.sign(PICTURE, decision=Decision.TAKEDOWN)
    expected = struck_files(files, built, site.log)
    strike(site.out, site.log)
    assert (read_folder(site.out), site.manifest) == expected


def test_a_link_out_of_the_site_is_not_followed(site: Site, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "fair.jpg").write_bytes(b"not ours")
    shutil.rmtree(site.out / "photos")
    (site.out / "photos").symlink_to(other)
    site.school.sign(PAGE, decision=Decision.TAKEDOWN)
    assert strike(site.out, site.log).left == (
        "photos/fair.jpg: lies outside the site; remove it by hand",
    )
    assert (other / "fair.jpg").read_bytes() == b"not ours"


def test_only_a_built_site_is_struck(tmp_path: Path, site: Site) -> None:
    (tmp_path / "link").symlink_to(site.out)
    (tmp_path / "mine").mkdir()
    for name in ("link", "nowhere"):
        with pytest.raises(UsageError, match=f"{name}: is not a folder"):
            strike(tmp_path / name, site.log)
    with pytest.raises(UsageError, match="mine: is no site that a build made"):
        strike(tmp_path / "mine", site.log)


OTHER = Asset("news/other.md", b"# Other\n")
NEWER = Asset("news/fair.md", b"# Newer\n")


@pytest.mark.parametrize(
    ("log", "content", "paths"),
    [
        ([statement(1, PAGE, PICTURE)], [PAGE, PICTURE], set()),
        ([statement(1, PAGE, PICTURE), "photos/fair.jpg"], [PAGE, PICTURE], {"page", "photo"}),
        # the page was approved anew without the photo, and not built since
        (
            [statement(1, PAGE, PICTURE), statement(2, NEWER), "photos/fair.jpg"],
            [PAGE, PICTURE],
            {"page", "photo"},
        ),
        ([statement(1, PAGE, PICTURE), statement(2, NEWER), "photos/fair.jpg"], [NEWER], {"photo"}),
        # another page shows the photo too, and goes as well: it was approved with it
        (
            [statement(1, PAGE, PICTURE), statement(2, OTHER, PICTURE), "photos/fair.jpg"],
            [PAGE, OTHER, PICTURE],
            {"page", "photo", "other"},
        ),
        # the page alone: a photo that another page has stays
        (
            [statement(1, PAGE, PICTURE), statement(2, OTHER, PICTURE), "news/fair.md"],
            [PAGE, OTHER, PICTURE],
            {"page"},
        ),
        # approved again since
        (
            [statement(1, PAGE, PICTURE), "news/fair.md", statement(3, PAGE, PICTURE)],
            [PAGE, PICTURE],
            set(),
        ),
        # approved again since in other bytes, while the old ones stand
        ([statement(1, PAGE), "news/fair.md", statement(3, NEWER)], [PAGE], {"page"}),
        ([statement(1, PAGE), "news/fair.md", statement(3, NEWER)], None, set()),
        ([statement(1, PAGE, PICTURE), "photos/fair.jpg"], None, {"page", "photo"}),
    ],
)
def test_what_may_not_stand_any_more(
    log: list[Statement | str], content: list[Asset] | None, paths: set[str]
) -> None:
    names = {"page": "news/fair.md", "photo": "photos/fair.jpg", "other": "news/other.md"}
    ours = {asset.path: asset for asset in (PAGE, PICTURE)}
    statements = [
        statement(seq, ours[each], decision=Decision.TAKEDOWN)
        if isinstance(each, str)
        else replace(each, seq=seq)
        for seq, each in enumerate(log, start=1)
    ]
    refs = None if content is None else frozenset(map(ref, content))
    assert gone(statements, refs) == {names[each] for each in paths}


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<ul><li><a href='a/'>A</a> sums up</li><li>B</li></ul>", "<ul><li>B</li></ul>"),
        ("<li><a href='a/'>A</a><a href='b/'>B</a></li>", "<li><a href='b/'>B</a></li>"),
        ("<li><a href='a/'>A</a> <a href='https://x.example/'>X</a></li>", ""),
        ("<p>See <a href='a/'>the <b>fair</b></a> now</p>", "<p>See the <b>fair</b> now</p>"),
        ("<nav><a href='/oak/a/'>A</a></nav>", "<nav></nav>"),
        ("<img src='p.jpg'><img src='q.jpg'>", "<img src='q.jpg'>"),
        ("<img srcset='q.jpg 1x, p.jpg 2x'>", ""),
        ("<link rel=next href='a/'><br/>", "<br/>"),
        ("<div><a href='a/#x'>A</a><p>open", "<div><p>open"),
        ("<a href='a/'>never closed", ""),
        ("<a href='a/index.html?x=1'><i></i>A</a></p>tail", "</p>tail"),
        ("<a href='https://x.example/a/'>X</a>", "<a href='https://x.example/a/'>X</a>"),
        ("<ul><li><ul><li><a href='a/'>A</a></li></ul><a href='b/'>B</a></li></ul>", None),
        ("no link\n<a\nhref='b/'>B</a>", "no link\n<a\nhref='b/'>B</a>"),
        ("one\ntwo <a\nhref='a/'>A</a>\nthree", "one\ntwo \nthree"),
    ],
)
def test_what_leads_there_is_cut_out_and_nothing_is_added(html: str, left: str | None) -> None:
    wanted = left if left is not None else "<ul><li><ul></ul><a href='b/'>B</a></li></ul>"
    assert cut(html, "index.html", {"a/index.html", "p.jpg"}) == wanted


def full_disk(*_: object, **__: object) -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, "No space left on device")


def test_on_a_full_disk_files_are_cut_in_their_own_room(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.publish.strike.write_atomically", full_disk)
    site.school.sign(PICTURE, decision=Decision.TAKEDOWN)
    struck = strike(site.out, site.log)
    assert {*struck.removed} == {*HERE}
    assert "index.html" in struck.changed
    assert differences(site.out, site.manifest) == ()


def test_what_cannot_be_written_at_all_goes_as_a_whole(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.publish.strike._write", full_disk)
    site.school.sign(PICTURE, decision=Decision.TAKEDOWN)
    struck = strike(site.out, site.log)
    assert {"index.html", "sitemap.xml", *HERE} <= {*struck.removed}
    assert (struck.changed, manifest_path(site.out).exists()) == ((), False)
    assert not any(trace(data) for data in read_folder(site.out).values())


def test_what_cannot_be_removed_is_named(site: Site) -> None:
    (site.out / "photos" / "fair.jpg").unlink()
    (site.out / "photos" / "fair.jpg").mkdir()
    (site.out / "extra.html").symlink_to(site.out / "index.html")
    (site.out / "pipe.xml").mkdir()
    if os.name == "posix":
        os.mkfifo(site.out / "pipe.html")  # reading it would wait for ever
    site.school.sign(PICTURE, decision=Decision.TAKEDOWN)
    struck = strike(site.out, site.log)
    assert [each.partition(" (")[0] for each in struck.left] == [
        "photos/fair.jpg: cannot be removed"
    ]
    assert "extra.html" in struck.removed  # a link is no file that a build made
