"""The output folder: what is in it, how it is replaced, and whether it is what was built."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.model import AssetRef, BuildError, UsageError, digest_of
from moderation.publish.folder import (
    check_place,
    clear_up,
    kept_folders,
    manifest_path,
    put_in_place,
    read_folder,
)
from moderation.publish.manifest import Manifest, Origin, OutputFile, OutputManifest, Refusal
from moderation.publish.verify import differences, outdated
from moderation.registers.aside import folder_aside
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


LOST = {
    "a page that says a file is not found": {"404.html": "x", "thesis.txt": "x", ".git/HEAD": "x"},
    "a folder with no manifest": {"index.html": "x"},
}
NOT_OURS = "site: holds files that no build made; empty it or choose another place"


@pytest.mark.parametrize("files", LOST.values(), ids=LOST)
@pytest.mark.parametrize("manifest", ["", "{}", "\udcff"])
def test_a_folder_without_a_sound_manifest_is_kept(
    tmp_path: Path, files: dict[str, str], manifest: str
) -> None:
    out = tmp_path / "site"
    for path, text in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text)
    if manifest:
        manifest_path(out).write_bytes(manifest.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError) as error:
        put(out)
    assert str(error.value) == NOT_OURS
    assert names(out) == sorted(files)


@pytest.mark.parametrize("added", [".git/HEAD", "thesis.txt", "news/a/letter.txt"])
def test_a_site_to_which_somebody_added_a_file_is_kept(tmp_path: Path, added: str) -> None:
    out = tmp_path / "site"
    put(out)
    (out / added).parent.mkdir(parents=True, exist_ok=True)
    (out / added).write_text("mine")
    with pytest.raises(UsageError) as error:
        put(out)
    assert str(error.value) == (
        f"site: holds {added}, which no build made; move it away or choose another place"
    )
    assert (out / added).read_text() == "mine"


@links
def test_a_site_in_which_somebody_put_a_link_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out)
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(tmp_path)
    with pytest.raises(UsageError, match=r"site: holds index\.html, which no build made"):
        put(out)


def test_an_empty_folder_becomes_the_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    put(tmp_path / "site")
    assert read_folder(tmp_path / "site") == FILES


@pytest.mark.parametrize("name", ["..", "s*", "s?te", "[a-z]", "a\nb"])
def test_a_place_without_a_plain_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as error:
        check_place(tmp_path / name, now=NOW)
    assert str(error.value) == (
        f"{name}: is no name for a new folder; write one with letters, such as site"
    )


def test_the_folder_one_stands_in_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        check_place(Path(), now=NOW)
    assert str(error.value) == (
        ".: is no name for a new folder; write one with letters, such as site"
    )


SCHOOLS = (
    *("oak", "oak/content", "oak/Content/x/y", "oak/.schoolgate", "oak/.git/hooks"),
    *("oak/templates", "oak/templates/theme", "oak/templates/theme/assets"),
)


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_folder_of_the_school_is_never_the_site(tmp_path: Path, name: str) -> None:
    root = tmp_path / "oak"
    with pytest.raises(UsageError) as error:
        check_place(tmp_path / name, now=NOW, kept=kept_folders(root, "templates/theme"))
    assert str(error.value) == (
        f"{Path(name).name}: holds or lies in files that the school works with; choose a folder "
        "for the site alone, such as site"
    )


@links
def test_a_folder_of_the_school_is_found_through_a_link(tmp_path: Path) -> None:
    root = tmp_path / "oak"
    (root / "content").mkdir(parents=True)
    (tmp_path / "short").symlink_to(root / "content")
    with pytest.raises(UsageError, match="holds or lies in files that the school works with"):
        check_place(tmp_path / "short" / "new", now=NOW, kept=kept_folders(root, ""))


@pytest.mark.parametrize("name", ["oak/site", "oak/contents", "elsewhere/site"])
def test_a_folder_beside_those_of_the_school_may_be_the_site(tmp_path: Path, name: str) -> None:
    check_place(tmp_path / name, now=NOW, kept=kept_folders(tmp_path / "oak", "theme"))


def test_a_build_that_was_killed_after_the_swap_is_finished_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out)
    newer = {"index.html": b"new", "later.html": b"x"}
    put(tmp_path / "other", newer)
    killed = tmp_path / ".site-build-x1"
    killed.mkdir()
    out.rename(killed / "old")
    (tmp_path / "other").rename(out)
    manifest_path(tmp_path / "other").rename(killed / "manifest.json")
    check_place(out, now=NOW)
    text = manifest_path(out).read_text("utf-8")
    assert OutputManifest.from_json(text, source="x") == manifest_of(newer)


def test_a_build_that_still_runs_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out)
    (tmp_path / ".site-build-file").write_text("mine")
    with folder_aside(tmp_path, ".site-build-") as running:
        (running / "new").mkdir()
        (running / "manifest.json").write_text("{}")
        check_place(out, now=NOW)
        assert names(running) == ["manifest.json"]
    assert (tmp_path / ".site-build-file").read_text() == "mine"


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


@pytest.mark.parametrize("in_two", [False, True])
def test_a_swap_that_fails_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_two: bool
) -> None:
    out = tmp_path / "site"
    put(out)
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("no space left")
        return rename(self, target)

    def exchange(one: Path, other: Path) -> bool:
        if in_two:
            return False
        raise OSError("no space left")

    monkeypatch.setattr(Path, "rename", full)
    monkeypatch.setattr("moderation.publish.folder.exchange", exchange)
    with pytest.raises(OSError, match="no space left"):
        put(out, {"index.html": b"new"})
    monkeypatch.undo()
    assert read_folder(out) == FILES
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site", "site.manifest.json"]


def test_a_system_that_cannot_exchange_swaps_in_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.publish.folder.exchange", lambda one, other: False)
    put(tmp_path / "site")
    put(tmp_path / "site", {"index.html": b"new"})
    assert read_folder(tmp_path / "site") == {"index.html": b"new"}
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


def test_what_killed_builds_left_is_removed_by_the_next(tmp_path: Path) -> None:
    out, left = tmp_path / "site", tmp_path / ".site-build-a"
    put(out)
    (left / "new").mkdir(parents=True)
    (left / "manifest.json").write_text(manifest_path(out).read_text())
    (out / "index.html").write_bytes(b"tampered")
    manifest_path(out).unlink()
    clear_up(out, now=NOW)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


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
    assert differences(tmp_path / "site", manifest_of(FILES)) == ()


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
    assert differences(out, manifest_of(FILES)) == (
        Refusal(".hidden", "was not built; remove it"),
        Refusal("404.html", "is not an ordinary file; build again"),
        Refusal("away", "was not built; remove it"),
        Refusal("index.html", "has changed since it was built; build again"),
        Refusal("news/a/index.html", "is missing; build again"),
    )


def test_a_site_that_shows_what_may_not_be_built_any_more_is_outdated() -> None:
    same, down, gone = (AssetRef(f"{name}.md", digest_of(b"x"), 1) for name in "abc")
    built = OutputManifest(files=(), content=(same, down, gone), kit=(), epoch=0)
    today = Manifest(admitted=(same,), refused=(Refusal("b.md", "was taken down on 2026-11-20"),))
    assert outdated(built, today) == (
        Refusal("b.md", "is on the built site, but was taken down on 2026-11-20"),
        Refusal("c.md", "is on the built site, but was removed or changed since; build again"),
    )
    assert outdated(built, Manifest(admitted=(same, down, gone))) == ()
