"""A file that is locked.

## Why it matters

A lock that forbids copying or printing keeps nobody out, and it keeps out the programs that read a
page aloud. A file that only a password opens cannot be read by the gate: it may hold anything.

## What it cannot see

What is in a file that only a password opens. Such a file is not a finding but an error of the run:
it is never published, whatever the policy says of this rule.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("encrypted-file"),
    family="files",
    summary="a file that is locked",
    remedy="Save it without a password and without restrictions, and hand that in.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("q", "P0"),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report a lock that every reader can open."""
    for part in document.parts:
        if part.kind == "encrypted":
            message = (
                "the PDF is locked against copying, printing or changes, though all can open it"
            )
            yield found_at(RULE, part.location, message)
