"""Levels compare by harm, and what could not be checked never passes."""

import itertools

import pytest

from moderation.model import (
    Confidence,
    Finding,
    Location,
    Outcome,
    Role,
    Rule,
    RuleId,
    RunError,
    Severity,
    Span,
    Stage,
    decide,
)


def _rule(severity: Severity = Severity.REVIEW, stage: Stage = Stage.STABLE) -> Rule:
    return Rule(
        id=RuleId("sample"),
        family="language",
        summary="a sample",
        remedy="mend it",
        severity=severity,
        since="0.1",
        clauses=("P16",),
        stage=stage,
    )


def _finding(severity: Severity = Severity.REVIEW, line: int = 1, path: str = "a.md") -> Finding:
    return Finding(
        rule="sample",
        family="language",
        message="found",
        primary=Location(path=path, span=Span(line, 1, line, 4)),
        severity=severity,
        evidence="Bad",
    )


@pytest.mark.parametrize("level", [Severity, Confidence, Outcome])
def test_levels_compare_in_the_order_of_declaration(level: type[Severity]) -> None:
    for low, high in itertools.combinations(level, 2):
        assert low < high
        assert low <= high
        assert high > low
        assert high >= low
        assert not high < low


def test_a_level_equals_its_word() -> None:
    assert list(Severity) == ["note", "review", "block"]
    assert Severity.BLOCK > "note"
    assert f"{Outcome.PASS}" == "pass"


@pytest.mark.parametrize(
    ("severity", "outcome"),
    [
        (Severity.NOTE, Outcome.PASS),
        (Severity.REVIEW, Outcome.REVIEW),
        (Severity.BLOCK, Outcome.BLOCK),
    ],
)
def test_the_worst_severity_decides(severity: Severity, outcome: Outcome) -> None:
    findings = [_finding(Severity.NOTE), _finding(severity)]
    assert decide(findings, [], {"sample": _rule()}).outcome is outcome


def test_nothing_found_passes() -> None:
    verdict = decide([], [], {}, files=3)
    assert (verdict.outcome, verdict.files) == (Outcome.PASS, 3)


def test_an_error_never_passes() -> None:
    error = RunError("a.md", "extract", "cannot be read")
    assert decide([], [error], {}).outcome is Outcome.BLOCK


def test_a_rule_under_evaluation_reports_and_never_blocks() -> None:
    rules = {"sample": _rule(stage=Stage.EVALUATION)}
    verdict = decide([_finding(Severity.BLOCK)], [], rules)
    assert (verdict.outcome, len(verdict.findings)) == (Outcome.PASS, 1)


def test_findings_and_errors_are_ordered_by_place() -> None:
    findings = [_finding(line=9), _finding(line=2), _finding(path="A.md")]
    errors = [RunError("b.md", "extract", "x"), RunError("a.md", "extract", "x")]
    verdict = decide(findings, errors, {"sample": _rule()})
    assert [(f.path, f.line) for f in verdict.findings] == [("A.md", 1), ("a.md", 2), ("a.md", 9)]
    assert [e.path for e in verdict.errors] == ["a.md", "b.md"]


def test_a_fingerprint_survives_moving_and_needs_the_key() -> None:
    here, there = _finding(line=1), _finding(line=80)
    assert here.fingerprint(b"k") == there.fingerprint(b"k")
    assert here.fingerprint(b"k") != here.fingerprint(b"another")
    assert here.fingerprint(b"k") != _finding(path="b.md").fingerprint(b"k")


def test_a_finding_tells_its_place() -> None:
    finding = _finding(line=4)
    place = (finding.line, finding.column, finding.end_line, finding.end_column)
    assert place == (4, 1, 4, 4)
    assert (finding.carrier, finding.field) == ("file", "")


def test_a_rule_is_decided_by_a_moderator_unless_it_says_otherwise() -> None:
    assert (_rule().decided_by, _rule().waivable) == (Role.MODERATOR, True)
