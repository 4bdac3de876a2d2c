"""What only the school may read does not leave it."""

from dataclasses import replace

import pytest
from hypothesis import given

from moderation.model import Fix, Location, RunError, Verdict, decide
from moderation.reports.redact import redacted
from tests.reports.verdicts import CLEAN, NAME_FOUND, RULES, VERDICT, WORD_FOUND, verdicts


def test_a_verdict_without_private_findings_stays_as_it_is() -> None:
    verdict = decide([WORD_FOUND], VERDICT.errors, RULES, files=3)
    assert redacted(verdict) == verdict
    assert redacted(CLEAN) == CLEAN


def test_evidence_and_fixes_of_private_families_go() -> None:
    got = redacted(decide([NAME_FOUND], [], RULES)).findings
    assert got == (replace(NAME_FOUND, evidence="", fix=None),)


@pytest.mark.parametrize("family", ["images", "language", "people"])
@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("photos/amelia-hart.jpg", "photos/[withheld].jpg"),
        ("photos/AMELIA_HART2.jpg", "photos/[withheld]2.jpg"),
        ("assets.photos/amelia%20hart.jpg.author", "assets.photos/[withheld].jpg.author"),
        ("**Amelia** *Hart*", "**[withheld]*"),
        ("photos/amelia-harter.jpg", "photos/amelia-harter.jpg"),
        ("photos/race.jpg", "photos/race.jpg"),
    ],
)
def test_a_name_is_masked_wherever_else_it_stands(family: str, written: str, left: str) -> None:
    private = replace(NAME_FOUND, family=family)
    fixed = replace(WORD_FOUND, fix=Fix(description="say", replacement=written))
    verdict = decide([private, fixed], [RunError(written, "extract", written)], RULES)
    got = redacted(verdict)
    assert got.errors == (RunError(left, "extract", left),)
    assert (got.findings[1].fix is None) is (left != written)


def test_a_name_is_masked_in_places() -> None:
    place = Location(path="amelia-hart.jpg", field="assets.amelia-hart.jpg")
    other = replace(WORD_FOUND, primary=place, related=(place,), message="see amelia hart")
    got = redacted(decide([NAME_FOUND, other], [], RULES)).findings[0]
    masked = Location(path="[withheld].jpg", field="assets.[withheld].jpg")
    assert (got.primary, got.related, got.message) == (masked, (masked,), "see [withheld]")


def test_evidence_too_short_to_tell_anything_masks_nothing() -> None:
    short = replace(NAME_FOUND, evidence="a-b")
    got = redacted(decide([short], [RunError("a-b.md", "extract", "a b")], RULES))
    assert got.errors == (RunError("a-b.md", "extract", "a b"),)


@given(verdicts)
def test_order_and_outcome_are_kept(verdict: Verdict) -> None:
    got = redacted(verdict)
    assert [f.rule for f in got.findings] == [f.rule for f in verdict.findings]
    assert (got.outcome, got.files, len(got.errors)) == (
        verdict.outcome,
        verdict.files,
        len(verdict.errors),
    )
    private = [f for f in got.findings if f.is_private]
    assert all(f.evidence == "" and f.fix is None for f in private)
