"""Two builds are the same, or every difference is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from moderation.model import AssetRef, IntegrityError, digest_of
from moderation.publish.build import build
from moderation.publish.manifest import Origin, OutputFile, OutputManifest, Refusal
from moderation.publish.recheck import disagreements, rebuild
from moderation.publish.site import examine, load_site
from moderation.publish.verify import changes, take
from tests.publish.school import NOW, make_school

X, Y = digest_of(b"x"), digest_of(b"y")


def file(path: str, digest: str = X) -> OutputFile:
    return OutputFile(path=path, digest=digest, size=1, origin=Origin.PAGE)


MADE = OutputManifest(
    files=(file("a.html"), file("b.html")),
    content=(AssetRef("a.md", X, 1),),
    kit=(AssetRef("mkdocs 1.6.1", X, 1),),
    epoch=1,
)


def test_two_builds_that_are_the_same_have_no_difference() -> None:
    assert disagreements(MADE, MADE) == ()


def test_every_difference_of_two_builds_is_named() -> None:
    second = replace(
        MADE,
        files=(file("a.html", Y), file("c.html")),
        content=(AssetRef("a.md", Y, 1),),
        kit=(AssetRef("mkdocs 1.6.2", X, 1),),
    )
    assert disagreements(MADE, second) == (
        Refusal("a.html", "is a file of the output that differs in a second build; build again"),
        Refusal("a.md", "is a file it was made from that differs in a second build; build again"),
        Refusal("b.html", "is a file of the output in the first build only; build again"),
        Refusal("c.html", "is a file of the output in the second build only; build again"),
        Refusal("mkdocs 1.6.1", "is a part of the kit in the first build only; build again"),
        Refusal("mkdocs 1.6.2", "is a part of the kit in the second build only; build again"),
    )


def test_a_second_build_from_the_repository_is_the_same_and_finds_a_changed_list(
    tmp_path: Path,
) -> None:
    make_school(tmp_path / "school")
    site = load_site(tmp_path / "school", now=NOW)
    files, manifest = examine(site, now=NOW)
    out = tmp_path / "out"
    made = build(files, manifest, out, limits=site.policy.limits, epoch=1_700_000_000, now=NOW)
    spoilt = tuple(replace(f, digest=X) if f.path == "index.html" else f for f in made.files)
    assert rebuild(site, replace(made, files=spoilt), now=NOW) == (
        Refusal(
            "index.html", "is a file of the output that differs in a second build; build again"
        ),
    )


def test_a_second_build_finds_what_rests_on_the_machine(tmp_path: Path) -> None:
    school = make_school(tmp_path / "school")
    school.put(
        "theme/main.html",
        '{% extends "base.html" %}{% block footer %}<p>{{ "words".__hash__() }}</p>{% endblock %}',
    )
    site = load_site(tmp_path / "school", now=NOW)
    files, manifest = examine(site, now=NOW)
    limits, out = site.policy.limits, tmp_path / "out"
    made = build(files, manifest, out, limits=limits, epoch=1_700_000_000, now=NOW)
    again = build(files, manifest, out, limits=limits, epoch=1_700_000_000, now=NOW)
    assert again == made
    assert {each.path for each in rebuild(site, made, now=NOW)} == {
        file.path for file in made.files if file.path.endswith(".html")
    }


def test_what_is_taken_is_what_was_hashed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").write_bytes(b"x")
    assert take(tmp_path, [AssetRef("a", X, 1)]) == {"a": b"x"}


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [
        ("missing", "a: cannot be read (No such file or directory); build again"),
        ("folder", "a: is not an ordinary file; build again"),
        ("changed", "a: has changed since it was built; build again"),
        (
            "link",
            "a: cannot be read (Too many levels of symbolic links); build again",
        ),
    ],
)
def test_what_is_not_as_listed_is_not_taken(tmp_path: Path, kind: str, trouble: str) -> None:
    if kind == "folder":
        (tmp_path / "a").mkdir()
    elif kind == "changed":
        (tmp_path / "a").write_bytes(b"y")
    elif kind == "link":
        (tmp_path / "b").write_bytes(b"x")
        (tmp_path / "a").symlink_to("b")
    with pytest.raises(IntegrityError) as error:
        take(tmp_path, [AssetRef("a", X, 1)])
    assert str(error.value) == trouble


def test_each_difference_of_a_folder_from_its_list_is_named(tmp_path: Path) -> None:
    for name in ("same", "changed", "extra", "deep/same"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "link").symlink_to("same")
    (tmp_path / "folder-link").symlink_to("deep")
    listed = {name: X for name in ("same", "deep/same", "link", "gone")} | {"changed": Y}
    assert changes(tmp_path, listed) == (
        Refusal("changed", "has changed since it was built; build again"),
        Refusal("extra", "was not built; remove it"),
        Refusal("folder-link", "was not built; remove it"),
        Refusal("gone", "is missing; build again"),
        Refusal("link", "is not an ordinary file; build again"),
    )
    assert changes(tmp_path / "nowhere", {"a": X}) == (Refusal("a", "is missing; build again"),)
    assert changes(tmp_path / "same", {}) == (Refusal(".", "was not built; remove it"),)
