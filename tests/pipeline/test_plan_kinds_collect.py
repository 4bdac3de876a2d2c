"""Which checks run, who must approve, and what belongs to a page."""

from pathlib import Path

import pytest

import moderation
from moderation.model import (
    Asset,
    Declaration,
    Document,
    PolicyError,
    ReadSubmission,
    RunError,
    Scope,
    UsageError,
)
from moderation.pipeline.collect import collect
from moderation.pipeline.kinds import content_kinds
from moderation.pipeline.plan import make_plan
from moderation.policy import ContentKind, default_policy, load_policy

POLICY = default_policy()


def test_a_family_can_be_chosen() -> None:
    plan = make_plan(POLICY, ["access"])
    assert "alt-text-missing" in plan.rules
    assert all(module.RULE.family == "access" for scope in Scope for module in plan.modules(scope))


def test_a_rule_that_is_off_does_not_run() -> None:
    policy = load_policy("[rules.alt-text-missing]\nenabled = false")
    assert "alt-text-missing" in make_plan(POLICY).rules
    assert "alt-text-missing" not in make_plan(policy).rules


def test_an_unknown_rule_or_family_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"rules\.no-such-rule: is not a rule"):
        make_plan(load_policy("[rules.no-such-rule]\nenabled = false"))
    with pytest.raises(UsageError, match='"music" is not a family of rules; use language, people'):
        make_plan(POLICY, ["music"])


def _document(path: str, media_type: str) -> Document:
    return Document(path=path, digest="", media_type=media_type, text="", pieces=())


@pytest.mark.parametrize(
    ("page", "media_type", "people", "kinds"),
    [
        ("news/a.md", "", None, {"text"}),
        ("policies/a.md", "", None, {"text", "statutory"}),
        ("news/a.md", "application/pdf", None, {"text", "download"}),
        ("news/a.md", "image/jpeg", (), {"text", "photo"}),
        ("news/a.md", "image/jpeg", ("P-1",), {"text", "photo", "people"}),
        ("news/a.md", "image/jpeg", None, {"text", "photo", "people"}),
        ("news/a.md", "video/mp4", None, {"text", "photo", "people"}),
        ("news/a.md", "audio/mpeg", (), {"text", "photo"}),
    ],
)
def test_the_kinds_come_from_bytes_and_declarations(
    page: str, media_type: str, people: tuple[str, ...] | None, kinds: set[str]
) -> None:
    files = {"f": _document("f", media_type)} if media_type else {}
    declarations = {"f": Declaration(path="f", people=people)}
    submission = ReadSubmission(
        page=_document(page, "text/markdown"), files=files, declarations=declarations
    )
    assert content_kinds(submission, POLICY) == {ContentKind(kind) for kind in kinds}


def test_an_undeclared_picture_may_show_anybody() -> None:
    submission = ReadSubmission(
        page=_document("a.md", "text/markdown"), files={"f": _document("f", "image/png")}
    )
    assert ContentKind.PEOPLE in content_kinds(submission, POLICY)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for folder in ("news", "photos", "downloads"):
        (tmp_path / folder).mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"photo")
    (tmp_path / "photos" / "b.jpg").write_bytes(b"declared only")
    (tmp_path / "downloads" / "l.pdf").write_bytes(b"letter")
    (tmp_path / "calendar.md").write_text("# Dates\n")
    return tmp_path


def _page(content: Path, text: str) -> bytes:
    (content / "news" / "p.md").write_text(text)
    return text.encode()


def test_a_page_is_collected_with_everything_it_references(content: Path) -> None:
    text = (
        "---\nassets:\n  photos/b.jpg:\n    people: []\n---\n"
        "![x](../photos/a.jpg) [letter](../downloads/l.pdf) [dates](../calendar.md#may)\n"
        "[other](https://other.example/) [top](#top)\n"
    )
    data = _page(content, text)
    collected = collect(content, "news/p.md", POLICY.limits)
    assert collected.errors == ()
    assert set(collected.submission.assets) == {
        Asset("news/p.md", data),
        Asset("photos/a.jpg", b"photo"),
        Asset("photos/b.jpg", b"declared only"),
        Asset("downloads/l.pdf", b"letter"),
    }


def test_a_missing_file_is_an_error_of_the_page(content: Path) -> None:
    _page(content, "![x](../photos/none.jpg) [y](../../secret.pdf) [z](gone.md)\n")
    assert collect(content, "news/p.md", POLICY.limits).errors == tuple(
        RunError("news/p.md", "references", f"it references a file that cannot be used: {trouble}")
        for trouble in (
            "../secret.pdf: lies outside the site; copy the file into it",
            "news/gone.md: does not exist; add the file or correct the name",
            "photos/none.jpg: does not exist; add the file or correct the name",
        )
    )


def test_a_missing_file_of_which_the_site_has_one_is_pointed_at(content: Path) -> None:
    _page(content, "![x](photos/a.jpg)\n")
    (told,) = collect(content, "news/p.md", POLICY.limits).errors
    assert told.message.endswith("correct the name; there is ../photos/a.jpg")
    (content / "news" / "a.jpg").write_bytes(b"another of that name")
    (told,) = collect(content, "news/p.md", POLICY.limits).errors
    assert told.message.endswith("correct the name")


def test_a_missing_file_is_told_once_and_not_held_to_every_rule(content: Path) -> None:
    _page(content, "A page with a picture.\n\n![A table](../photos/gone.jpg)\n")
    verdict = moderation.check_files([content / "news" / "p.md"], root=content)
    assert [finding.rule for finding in verdict.findings] == []
    assert [error.subject for error in verdict.errors] == ["references"]
    assert verdict.outcome == "block"


def test_broken_declarations_are_left_to_the_run(content: Path) -> None:
    _page(content, "---\nassets: 3\n---\n\n![x](../photos/a.jpg)\n")
    collected = collect(content, "news/p.md", POLICY.limits)
    assert [asset.path for asset in collected.submission.assets] == ["news/p.md", "photos/a.jpg"]


def test_a_page_with_too_many_files_is_refused(content: Path) -> None:
    _page(content, "".join(f"![x](../photos/{n}.jpg)\n" for n in range(5)))
    limits = load_policy("[limits]\nsubmission_files = 4").limits
    collected = collect(content, "news/p.md", limits)
    assert [asset.path for asset in collected.submission.assets] == ["news/p.md"]
    assert collected.errors == (
        RunError("news/p.md", "references", "references more than 4 files; split the page"),
    )
