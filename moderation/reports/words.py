"""The sentences that every report for people says in the same way."""

from collections.abc import Collection, Iterator, Mapping

from moderation.model import Carrier, Finding, Fix, Outcome, Role, Rule, Severity, Verdict
from moderation.policy import Clause

ROLES = {
    Role.PUBLISHER: "the publisher",
    Role.MODERATOR: "a moderator",
    Role.SAFEGUARDING_LEAD: "the safeguarding lead",
    Role.HEAD: "the head",
    Role.EXECUTIVE: "the executive",
    Role.AUDITOR: "the auditor",
}

SEVERITIES = {
    Severity.NOTE: "for information",
    Severity.REVIEW: "somebody has to look at it before it is published",
    Severity.BLOCK: "it stops publication",
}

OUTCOMES = {
    Outcome.PASS: "nothing stands against handing it in",
    Outcome.REVIEW: "a moderator has to look at the findings",
    Outcome.BLOCK: "it cannot be published like this",
}

_NAMES_OF_PUPILS = "pupil-named"
_NO_ROLL = "not looked for: names of pupils, because no roll is here"


def carried(carrier: Carrier) -> str:
    """Name a carrier in words that a school office would use."""
    return {Carrier.ALT: "alternative text", Carrier.OCR: "picture"}.get(carrier, carrier)


def decider(rule: Rule) -> str:
    """Say who can decide on a finding of *rule*."""
    if not rule.waivable:
        return "nobody may accept this; it has to be mended"
    if rule.decided_by is Role.HEAD:
        return "the head"
    return f"{ROLES[rule.decided_by]} or the head"


def citations(finding: Finding, clauses: Mapping[str, Clause]) -> Iterator[tuple[str, Clause]]:
    """Yield the clauses that *finding* cites, with their sentences."""
    return ((each, clauses[each]) for each in finding.clauses if each in clauses)


def summary(verdict: Verdict, not_run: Collection[str] = ()) -> str:
    """Sum a verdict up in one line.

    Args:
        verdict: the answer
        not_run: ids of the rules that had no register to look in

    """
    counts = [
        f"{number} {severity}"
        for severity in reversed(Severity)
        if (number := sum(f.severity is severity for f in verdict.findings))
    ]
    found = counted(len(verdict.findings), "finding")
    if counts:
        found += f" ({', '.join(counts)})"
    if verdict.errors:
        found += f" and {counted(len(verdict.errors), 'error')}"
    files = counted(verdict.files, "file")
    then = OUTCOMES[verdict.outcome]
    if _NAMES_OF_PUPILS in not_run:
        then = _NO_ROLL if verdict.outcome is Outcome.PASS else f"{then}; {_NO_ROLL}"
    return f"{verdict.outcome}: {found} in {files}; {then}"


def counted(number: int, noun: str) -> str:
    """Write a number with its noun: ``1 finding``, ``no findings``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def told_fix(fix: Fix) -> str:
    """Say what to do, and what to write unless that says it already."""
    written = f"write “{fix.replacement}”"
    return fix.description if written in fix.description else f"{fix.description}: {written}"
