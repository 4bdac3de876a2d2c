"""Files are read once and safely; everything unusual is refused with a reason."""

import os
import stat
from pathlib import Path

import pytest

from moderation.model import Asset, ExtractionError
from moderation.pipeline import reading
from moderation.pipeline.reading import Tree, Unreadable, read_file, read_tree
from moderation.policy import default_policy, load_policy

LIMITS = default_policy().limits
SMALL = load_policy("[limits]\npage_bytes = 10\nasset_bytes = 20").limits


@pytest.fixture
def root(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    (content / "news").mkdir(parents=True)
    (content / "news" / "a.md").write_bytes(b"hello")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return content


def _refusal(root: Path, path: str) -> str:
    with pytest.raises(ExtractionError) as caught:
        read_file(root, path, LIMITS)
    return str(caught.value)


def test_a_file_is_read(root: Path) -> None:
    assert read_file(root, "news/a.md", LIMITS) == b"hello"


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "news/../../secret.txt", "/etc/passwd", "news\\..\\..\\x", "a\0b", "c:/x"],
)
def test_a_path_out_of_the_site_is_refused(root: Path, path: str) -> None:
    assert "lies outside the site; copy the file into it" in _refusal(root, path)


def test_a_missing_file_is_named(root: Path) -> None:
    assert _refusal(root, "news/b.md") == (
        "news/b.md: does not exist; add the file or correct the name"
    )
    assert _refusal(root, "none/b.md") == (
        "none/b.md: does not exist; add the file or correct the name"
    )
    assert "does not exist" in _refusal(root, "news/a.md/x.md")


def test_another_spelling_of_a_name_is_told(root: Path) -> None:
    (root / "news" / "caf\u00e9.md").write_bytes(b"x")
    assert _refusal(root, "news/A.md") == (
        "news/A.md: does not exist; there is a.md: use one spelling"
    )
    assert "there is caf\u00e9.md: use one spelling" in _refusal(root, "news/cafe\u0301.md")


def test_a_folder_is_refused(root: Path) -> None:
    assert _refusal(root, "news") == "news: is not a file; name a page or a file"
    error = PermissionError(13, "Permission denied")
    assert reading._trouble(root, "news", error) == "is a folder; name a page or a file"


def test_links_are_refused_wherever_they_stand(root: Path) -> None:
    (root / "link.md").symlink_to(root / "news" / "a.md")
    (root / "out").symlink_to(root.parent)
    assert "is or lies behind a link; copy the file itself" in _refusal(root, "link.md")
    assert "is or lies behind a link; copy the file itself" in _refusal(root, "out/secret.txt")


def test_a_special_file_is_refused_without_waiting(root: Path) -> None:
    os.mkfifo(root / "pipe.md")
    assert _refusal(root, "pipe.md") == "pipe.md: is not a file; name a page or a file"


def test_a_file_that_is_too_large_is_refused(root: Path) -> None:
    (root / "b.md").write_bytes(b"x" * 11)
    (root / "b.jpg").write_bytes(b"x" * 11)
    with pytest.raises(
        ExtractionError, match=r"b.md: is too large \(11 bytes; the policy allows 10"
    ):
        read_file(root, "b.md", SMALL)
    assert read_file(root, "b.jpg", SMALL) == b"x" * 11


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(root: Path) -> None:
    (root / "news" / "a.md").chmod(0)
    assert "cannot be read (Permission denied); check its permissions" in _refusal(
        root, "news/a.md"
    )


def test_any_other_trouble_is_told(root: Path) -> None:
    error = OSError(5, "Input/output error")
    assert reading._trouble(root, "news/a.md", error) == (
        "cannot be read (Input/output error); check its permissions"
    )


def test_a_file_that_changes_while_it_is_read_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fstat
    seen: list[os.stat_result] = []

    def changing(handle: int) -> os.stat_result:
        status = real(handle)
        if stat.S_ISREG(status.st_mode) and not seen:
            seen.append(status)
            (root / "news" / "a.md").write_bytes(b"hullo")
            os.utime(root / "news" / "a.md", ns=(1, 1))
        return status

    monkeypatch.setattr(os, "fstat", changing)
    assert _refusal(root, "news/a.md") == (
        "news/a.md: changed while it was read; save it and try again"
    )


def test_a_tree_is_read_in_order_with_what_could_not_be(root: Path) -> None:
    (root / ".hidden.md").write_bytes(b"x")
    (root / "b.jpg").write_bytes(b"y")
    (root / "B.jpg").write_bytes(b"z")
    (root / "link.md").symlink_to(root / "news" / "a.md")
    assert read_tree(root, LIMITS) == Tree(
        (Asset("B.jpg", b"z"), Asset("news/a.md", b"hello")),
        (
            Unreadable("b.jpg", "b.jpg: has the name of B.jpg in another spelling; rename one"),
            Unreadable(
                "link.md", "link.md: is or lies behind a link; copy the file itself into the site"
            ),
        ),
    )
