"""Plain sentences for screen readers and e-mail: no drawing, no colour, no columns to follow."""

from collections.abc import Collection, Iterator, Mapping

from moderation.model import Finding, Location, Rule, RunError, Verdict
from moderation.policy import Clause
from moderation.registers import Roll
from moderation.reports.display import safe
from moderation.reports.redact import redacted
from moderation.reports.words import SEVERITIES, carried, citations, decider, summary, told_fix


def render(
    verdict: Verdict,
    *,
    rules: Mapping[str, Rule],
    clauses: Mapping[str, Clause],
    redact: bool = False,
    roll: Roll | None = None,
    not_run: Collection[str] = (),
) -> str:
    """Write the outcome first, then a paragraph for each finding and error.

    Args:
        verdict: what to tell
        rules: every rule, by id
        clauses: the sentences that rules cite, by id
        redact: leave out the evidence of people and images findings
        roll: whose names are masked then, where it is at hand
        not_run: ids of the rules that had no register to look in

    """
    shown = redacted(verdict, roll) if redact else verdict
    paragraphs = [[f"Outcome: {summary(verdict, not_run)}."]]
    count = len(shown.findings)
    for number, finding in enumerate(shown.findings, start=1):
        head = f"Finding {number} of {count}: {finding.severity}, {SEVERITIES[finding.severity]}."
        paragraphs.append([head, *_finding(finding, rules, clauses)])
    paragraphs += [list(_error(error)) for error in shown.errors]
    lines = ["\n".join(safe(line) for line in paragraph) for paragraph in paragraphs]
    return "\n\n".join(lines) + "\n"


def _finding(
    finding: Finding, rules: Mapping[str, Rule], clauses: Mapping[str, Clause]
) -> Iterator[str]:
    yield f"Where: {_place(finding.primary)}."
    yield f"What: {finding.message}."
    if finding.evidence:
        yield f"Text found: “{finding.evidence}”."
    yield f"Rule: {finding.rule}."
    for name, clause in citations(finding, clauses):
        yield f"Agreement: {clause.agreement}, {name}: “{clause.sentence}”"
    if finding.rule in rules:
        yield f"Who decides: {decider(rules[finding.rule])}."
    if finding.remedy:
        yield f"What to do: {finding.remedy}"
    if finding.fix:
        yield f"Fix: {told_fix(finding.fix)}."
    for place in finding.related:
        yield f"{(place.role or 'see also').capitalize()}: {_place(place)}."


def _error(error: RunError) -> Iterator[str]:
    yield f"Not checked: {error.path}."
    yield f"Why: {error.subject}: {error.message}."


def _place(location: Location) -> str:
    """Say a place in words."""
    words = [f"file {location.path}"]
    span = location.span
    if span and span.line == span.end_line:
        words.append(f"line {span.line}, characters {span.column} to {span.end_column - 1}")
    elif span:
        words.append(
            f"from line {span.line}, character {span.column}, "
            f"to line {span.end_line}, character {span.end_column - 1}"
        )
    if location.field:
        words.append(location.field)
    return ", ".join([*words, f"in the {carried(location.carrier)}"])
