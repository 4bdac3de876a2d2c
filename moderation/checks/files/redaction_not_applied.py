"""Words that somebody blackened, and that are still there.

## Why it matters

A black box drawn over a name, or a black marker, changes what is seen and not what is in the file.
Whoever copies the line has the name. It is the best known way in which papers about children and
staff became public.

## What it cannot see

Whether what lies under a box in a picture or a scan was painted out for good, and boxes in other
colours over office text. A black shape over text in an office file may be meant as a decoration, so
that it asks for a look and does no more.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("redaction-not-applied"),
    family="files",
    summary="blackened words that are still in the file",
    remedy=(
        "Delete the words in the original and export it again, or use the redaction tool of a PDF "
        "program to the end (mark, then apply). A box over the words is not enough."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_SURE = frozenset({"covered-text", "redaction-mark"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report words below black, and marks that were never applied."""
    for part in document.parts:
        if part.kind in _SURE or part.kind == "covering-shape":
            message = f"{part.location.field or 'the file'} {part.detail}"
            finding = found_at(RULE, part.location, message)
            yield finding if part.kind in _SURE else replace(finding, severity=Severity.REVIEW)
