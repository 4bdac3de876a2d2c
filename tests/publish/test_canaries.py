"""Ways to get unapproved words onto the site, all tried at once: none of them arrives."""

import gzip
import os
from pathlib import Path

import pytest

from moderation.attest import Decision
from moderation.publish.build import build
from moderation.publish.folder import read_folder
from moderation.publish.manifest import Refusal
from moderation.publish.site import examine, load_site
from tests.publish.school import FAIR, NOW, OLD, PHOTO, School, make_school

CANARY = "Canary-7f3a"
PAGE = f"# {CANARY}\n"
PLANTED = {
    "news/new.md": PAGE,
    "news/fair/index.md": PAGE,
    "news.md": PAGE,
    "README.md": PAGE,
    "index.markdown": PAGE,
    "index.html": PAGE,
    "404.md": PAGE,
    "404.html": PAGE,
    "sitemap.xml": PAGE,
    "search/search_index.json": PAGE,
    "main.html": PAGE,
    "partials/footer.html": PAGE,
    "templates/page.md": PAGE,
    "assets/stylesheets/extra.css": PAGE,
    "assets/javascripts/extra.js": PAGE,
    "assets/images/favicon.png": PAGE,
    "photos/Other.jpg": PAGE,
    "photos/fair.jpg.md": PAGE,
    ".hidden.md": PAGE,
    ".well-known/security.txt": PAGE,
    "mkdocs.yml": "hooks: [canary.py]\n",
    "canary.py": f"print('{CANARY}')\n",
}
links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


def plant(school: School, elsewhere: Path) -> None:
    """Put the canary wherever MkDocs might find it."""
    for path, text in PLANTED.items():
        school.write(path, text)
    (elsewhere / "folder").mkdir(parents=True)
    (elsewhere / "folder/page.md").write_text(PAGE)
    for name, target in (("link.md", "folder/page.md"), ("folder", "folder"), ("gone.md", "no")):
        (school.root / "content" / name).symlink_to(elsewhere / target)
    os.link(elsewhere / "folder/page.md", school.root / "content" / "hard.md")
    rejected = school.write("news/rejected.md", PAGE)
    school.sign(rejected)
    school.sign(rejected, decision=Decision.REJECT)
    moved = school.write("news/moved.md", PAGE + "Approved elsewhere.\n")
    school.sign(moved)
    (school.root / "content/news/moved.md").rename(school.root / "content/news/copied.md")
    alone = school.write("policies/alone.md", PAGE + "A moderator is not enough.\n")
    school.sign(alone)


def hostile_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which a careless child would run what lies in *folder*."""
    folder.mkdir()
    code = f"import pathlib\npathlib.Path({str(folder / 'ran')!r}).write_text('{CANARY}')\n"
    for name in ("sitecustomize.py", "usercustomize.py", "yaml.py", "markdown.py", "startup.py"):
        (folder / name).write_text(code)
    return {
        "PYTHONPATH": str(folder),
        "PYTHONSTARTUP": str(folder / "startup.py"),
        "PYTHONINSPECT": "1",
        "MKDOCS_CONFIG": str(folder / "mkdocs.yml"),
    }


@links
def test_no_canary_reaches_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    school = make_school(tmp_path / "oak")
    plant(school, tmp_path / "elsewhere")
    hostile = tmp_path / "hostile"
    for name, value in hostile_environment(hostile).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(hostile)
    site = load_site(school.root, now=NOW)
    files, manifest = examine(site, now=NOW)
    out = tmp_path / "site"
    build(files, manifest, out, limits=site.policy.limits, epoch=0, now=NOW)
    assert [ref.path for ref in manifest.admitted] == [
        "index.md",
        "news/fair.md",
        "photos/fair.jpg",
    ]
    for path, data in read_folder(out).items():
        unpacked = gzip.decompress(data) if path.endswith(".gz") else data
        assert CANARY.encode() not in unpacked, path
    assert not (hostile / "ran").exists()


@links
def test_every_canary_is_answered_for(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak")
    plant(school, tmp_path / "elsewhere")
    _, manifest = examine(load_site(school.root, now=NOW), now=NOW)
    answered = {refusal.path for refusal in manifest.refused}
    hidden = {path for path in PLANTED if path.startswith(".")}
    more = {"link.md", "folder", "gone.md", "hard.md", "policies/alone.md"}
    more |= {"news/rejected.md", "news/copied.md", "news/old.md"}
    assert answered == (PLANTED.keys() - hidden) | more


def test_a_file_that_is_swapped_while_it_is_built_changes_nothing(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak")
    site = load_site(school.root, now=NOW)
    files, manifest = examine(site, now=NOW)
    school.write("news/fair.md", PAGE)
    school.write("photos/fair.jpg", PAGE)
    school.put("theme/main.html", CANARY)
    school.put("mkdocs.yml", "hooks: [canary.py]\n")
    out = tmp_path / "site"
    build(files, manifest, out, limits=site.policy.limits, epoch=0, now=NOW)
    assert (out / "photos/fair.jpg").read_bytes() == PHOTO
    assert "To everybody who came" in (out / "news/fair/index.html").read_text("utf-8")
    assert FAIR.encode() in {asset.data for asset in files.content}
    assert Refusal("news/old.md", "was taken down on 2026-11-20") in manifest.refused
    assert OLD.encode() not in read_folder(out).values()
