"""A workbook keeps a copy of a table that it shows only in part, or that belongs to another file.

## Why it matters

A pivot table shows totals and carries every row that it was made of, also when the sheet with the
rows was deleted. A formula that looks into another workbook carries the cells it looked at. A
spreadsheet of free school meals by class, two numbers to a line, may hold every child.

## What it cannot see

Data that a program fetches anew each time from a server; the connection itself is reported as
something that fetches.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("pivot-cache"),
    family="files",
    summary="a copy of another table kept inside a workbook",
    remedy=(
        "Copy the table and paste it as values into a new workbook, or publish it as a PDF or on "
        "the page itself."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each copy and how much it holds."""
    for part in document.parts:
        if part.kind in ("pivot-cache", "external-cache"):
            yield found_at(RULE, part.location, f"the workbook keeps {part.detail}")
