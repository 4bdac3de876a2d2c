"""A page is built only where it reads as it did when it was approved, and while it may be used."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from moderation.attest import Decision, Statement
from moderation.model import Asset, AssetRef, IntegrityError, digest_of
from moderation.policy import ApprovalRule, ContentKind, Policy, default_policy
from moderation.policy.markdown import EXTENSIONS
from moderation.publish.build import build
from moderation.publish.gate import permitted
from moderation.publish.manifest import Manifest, OutputManifest, Refusal
from moderation.publish.output import OutputError
from moderation.publish.site import examine, load_site
from tests.publish.school import (
    FAIR,
    NOW,
    PHOTO,
    TRUST,
    School,
    make_school,
    ref,
    rendering,
    statement,
)

OTHERWISE = digest_of(b"another article")
CHANGED = (
    "reads otherwise than when it was approved, because a program that reads it has changed; hand "
    "it in and have it approved again"
)
MADE_OTHERWISE = (
    "MkDocs makes another article of it than the one that was approved; write the unusual parts "
    "more simply, or have the program that builds the site looked at"
)
PLAIN = Asset("plain.md", b"# Plain\n\nOne\n")
LISTS = Asset("lists.md", b"# Lists\n\n1. One\n2. Two\n\n* Three\n")
FAIRS, PICTURE = Asset("news/fair.md", FAIR.encode()), Asset("photos/fair.jpg", PHOTO)


def built(school: School, out: Path) -> OutputManifest:
    site = load_site(school.root, now=NOW)
    files, manifest = examine(site, now=NOW)
    return build(files, manifest, out, limits=site.policy.limits, epoch=1_700_000_000, now=NOW)


def gate(
    files: tuple[Asset, ...],
    *statements: Statement,
    now: datetime = NOW,
    policy: Policy | None = None,
) -> Manifest:
    return permitted(files, statements, TRUST, policy or default_policy(), now=now)


def test_a_page_that_reads_otherwise_than_approved_is_left_out_and_named(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak", {PLAIN.path: PLAIN.data})
    school.sign(school.write("odd.md", "# Odd\n\nPage\n"), rendered=OTHERWISE)
    made = built(school, tmp_path / "site")
    assert made.left_out == (Refusal("odd.md", CHANGED),)
    assert not (tmp_path / "site" / "odd").exists()
    assert (tmp_path / "site" / "plain" / "index.html").is_file()
    # a link to what was taken down after the approval makes no difference
    assert "<a>last year</a>" in (tmp_path / "site" / "index.html").read_text()


def test_a_renderer_that_makes_other_tags_of_the_same_words_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an upgrade might: the words stay, and a look at the words alone sees nothing."""
    school = make_school(tmp_path / "oak", {PLAIN.path: PLAIN.data, LISTS.path: LISTS.data})
    others = [each for each in EXTENSIONS if each != "sane_lists"]
    monkeypatch.setattr("moderation.publish.effective.EXTENSIONS", others)
    made = built(school, tmp_path / "site")
    assert made.left_out == (Refusal(LISTS.path, MADE_OTHERWISE),)
    assert not (tmp_path / "site" / "lists").exists()


@pytest.mark.slow
def test_a_change_of_most_pages_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = make_school(tmp_path / "oak", {LISTS.path: LISTS.data})
    built(school, tmp_path / "site")
    before = (tmp_path / "site" / "index.html").read_bytes()
    monkeypatch.setattr("moderation.pipeline.rendering.sanitised", lambda article: article + "<p>")
    with pytest.raises(OutputError, match="reads otherwise than when it was approved"):
        built(school, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_bytes() == before


def test_the_gate_names_the_article_that_was_approved() -> None:
    assert gate((PLAIN,), statement(1, PLAIN)).articles == {(PLAIN.path, rendering(PLAIN))}


def two_persons() -> Policy:
    policy = default_policy()
    rule = ApprovalRule(policy.approval[ContentKind.TEXT].roles, 2)
    return replace(policy, approval={**policy.approval, ContentKind.TEXT: rule})


def test_two_persons_who_saw_different_articles_are_not_two() -> None:
    mine = statement(1, PLAIN, rendered=OTHERWISE, lacking=("text",))
    yours = statement(2, PLAIN, actor="m-2")
    assert gate((PLAIN,), mine, yours, policy=two_persons()) == Manifest(
        refused=(
            Refusal(
                PLAIN.path,
                "was approved by several persons to whom it did not read the same; have it approved"
                " again",
            ),
        )
    )
    again = statement(3, PLAIN, actor="m-1")
    found = gate((PLAIN,), mine, yours, again, policy=two_persons())
    assert found.admitted == (ref(PLAIN),)
    assert found.articles == {(PLAIN.path, rendering(PLAIN))}


def test_each_article_that_was_approved_may_be_built() -> None:
    found = gate((PLAIN,), statement(1, PLAIN, rendered=OTHERWISE), statement(2, PLAIN))
    assert found.articles == {(PLAIN.path, OTHERWISE), (PLAIN.path, rendering(PLAIN))}


def licensed(until: str) -> Asset:
    return Asset(FAIRS.path, FAIR.replace("own-work", f"own-work\n    until: {until}").encode())


def test_an_approval_dies_with_a_licence_in_it() -> None:
    page = licensed("2026-12-31")
    files, signed = (page, PICTURE), statement(1, page, PICTURE)
    last = gate(files, signed, now=datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    assert last == Manifest(admitted=(ref(page), ref(PICTURE)), next_day=date(2027, 1, 1))
    why = (
        "its approval of 2026-11-20 by m-1 no longer counts (a licence or permission in it ended on"
        " 2026-12-31); hand it in again"
    )
    assert gate(files, signed, now=datetime(2027, 1, 1, tzinfo=UTC)) == Manifest(
        refused=(Refusal(page.path, why), Refusal(PICTURE.path, why))
    )


def test_a_licence_that_had_ended_was_accepted_with_the_approval() -> None:
    page = licensed("2026-11-01")
    assert gate((page, PICTURE), statement(1, page, PICTURE)).refused == ()


def test_the_licence_of_a_file_that_is_not_among_those_approved_ends_nothing() -> None:
    page = Asset(
        PLAIN.path,
        b"---\nassets:\n  photos/gone.jpg:\n    until: 2026-12-31\n---\n\n# Plain\n",
    )
    found = gate((page,), statement(1, page), now=NOW + timedelta(days=100))
    assert found.admitted == (ref(page),)


def test_a_log_of_another_school_with_the_same_people_is_refused(tmp_path: Path) -> None:
    here = make_school(tmp_path / "here")
    there = make_school(tmp_path / "there", trust=TRUST.with_policy(digest_of(b"x")))
    for file in sorted((here.root / ".schoolgate" / "approvals").iterdir()):
        there.put(f".schoolgate/approvals/{file.name}", file.read_bytes())
    first = here.root / ".schoolgate" / "trust.json"
    assert first.read_bytes() != (there.root / ".schoolgate" / "trust.json").read_bytes()
    there.trust(TRUST)  # the policy is free again, in a second version
    with pytest.raises(IntegrityError, match=r"000001\.json: was signed for another site"):
        load_site(there.root, now=NOW)


def test_a_takedown_names_no_article() -> None:
    down = statement(2, PLAIN, decision=Decision.TAKEDOWN, rendered="")
    assert gate((PLAIN,), statement(1, PLAIN), down).articles == frozenset()
    assert down.subjects == (AssetRef(PLAIN.path, PLAIN.digest, len(PLAIN.data)),)
