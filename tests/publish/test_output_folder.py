"""The output folder: what is in it, how it is replaced, and whether it is what was built."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.model import AssetRef, BuildError, IntegrityError, UsageError, digest_of
from moderation.publish.folder import clear_up, manifest_path, put_in_place, read_folder
from moderation.publish.manifest import Manifest, Origin, OutputFile, OutputManifest, Refusal
from moderation.publish.verify import outdated, verify_output
from tests.publish.school import NOW

FILES = {"index.html": b"home", "news/a/index.html": b"a", "404.html": b"no"}
links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


def manifest_of(files: dict[str, bytes]) -> OutputManifest:
    made = (
        OutputFile(path=p, digest=digest_of(d), size=len(d), origin=Origin.PAGE)
        for p, d in sorted(files.items())
    )
    return OutputManifest(files=tuple(made), content=(), kit=(), epoch=0)


def put(out: Path, files: dict[str, bytes] = FILES, *, hours: int = 0) -> None:
    text = manifest_of(files).to_json()
    put_in_place(files, text, out, now=NOW + timedelta(hours=hours))


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_site_is_put_in_place_with_its_manifest(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    put(out)
    assert read_folder(out) == FILES
    text = manifest_path(out).read_text("utf-8")
    assert OutputManifest.from_json(text, source="x") == manifest_of(FILES)
    assert sorted(p.name for p in out.parent.iterdir()) == ["site", "site.manifest.json"]


def test_a_newer_site_replaces_the_whole_of_the_older_one(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out)
    put(out, {"index.html": b"new", "404.html": b"no"})
    assert read_folder(out) == {"index.html": b"new", "404.html": b"no"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site", "site.manifest.json"]


def test_what_no_build_made_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "site"
    (out / "letters").mkdir(parents=True)
    put_trouble = "site: holds files that no build made; empty it or choose another place"
    with pytest.raises(UsageError) as error:
        put(out)
    assert str(error.value) == put_trouble
    assert (out / "letters").is_dir()


def test_a_file_in_the_place_of_the_site_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(UsageError) as error:
        put(tmp_path / "site")
    assert str(error.value) == "site: is not a folder; move it away or choose another place"
    assert (tmp_path / "site").read_text() == "mine"


@links
def test_a_link_in_the_place_of_the_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        put(tmp_path / "site")
    assert names(tmp_path / "elsewhere") == []


def test_a_swap_that_fails_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    put(out)
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("no space left")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="no space left"):
        put(out, {"index.html": b"new"})
    monkeypatch.undo()
    assert read_folder(out) == FILES
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site", "site.manifest.json"]


def test_a_first_swap_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="no space left"):
        put(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_was_killed_in_the_swap_is_undone_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out)
    killed = tmp_path / ".site-build-x1"
    killed.mkdir()
    out.rename(killed / "old")
    clear_up(out, now=NOW)
    assert read_folder(out) == FILES
    put(out, {"index.html": b"new", "404.html": b"no"})
    assert read_folder(out) == {"index.html": b"new", "404.html": b"no"}


def test_what_killed_builds_left_is_removed_after_hours(tmp_path: Path) -> None:
    out, left, running = tmp_path / "site", tmp_path / ".site-build-a", tmp_path / ".site-build-b"
    (left / "new").mkdir(parents=True)
    running.mkdir()
    stamp = NOW.timestamp()
    os.utime(left, (stamp, stamp))
    os.utime(running, (stamp + 3 * 3600, stamp + 3 * 3600))
    put(out, hours=3)
    assert not left.exists()
    assert running.is_dir()


@links
def test_an_output_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("a")
    (tmp_path / "b.html").symlink_to(tmp_path / "a.html")
    with pytest.raises(BuildError) as error:
        read_folder(tmp_path)
    assert str(error.value) == ("b.html: is in the output and is not an ordinary file; build again")


def test_an_empty_output_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as error:
        read_folder(tmp_path)
    assert str(error.value) == "mkdocs: made no site; build again"


def test_the_site_that_was_built_is_verified(tmp_path: Path) -> None:
    put(tmp_path / "site")
    verify_output(tmp_path / "site", manifest_of(FILES))


@links
def test_every_difference_is_named(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out)
    (out / "index.html").write_bytes(b"hum!")
    (out / ".hidden").write_bytes(b"")
    (out / "news" / "a" / "index.html").unlink()
    (out / "404.html").unlink()
    (out / "404.html").symlink_to(out / "index.html")
    (out / "away").symlink_to(tmp_path)
    with pytest.raises(IntegrityError) as error:
        verify_output(out, manifest_of(FILES))
    assert str(error.value).split("\n") == [
        "site/.hidden: was not built; remove it",
        "site/404.html: is not an ordinary file; build again",
        "site/away: was not built; remove it",
        "site/index.html: has changed since it was built; build again",
        "site/news/a/index.html: is missing; build again",
    ]


def test_a_site_that_shows_what_may_not_be_built_any_more_is_outdated() -> None:
    same, down, gone = (AssetRef(f"{name}.md", digest_of(b"x"), 1) for name in "abc")
    built = OutputManifest(files=(), content=(same, down, gone), kit=(), epoch=0)
    today = Manifest(admitted=(same,), refused=(Refusal("b.md", "was taken down on 2026-11-20"),))
    assert outdated(built, today) == (
        Refusal("b.md", "is on the built site, but was taken down on 2026-11-20"),
        Refusal("c.md", "is on the built site, but was removed or changed since; build again"),
    )
    assert outdated(built, Manifest(admitted=(same, down, gone))) == ()
