"""A document goes out with the changes and the comments of those who wrote it.

## Why it matters

A tracked change keeps what was struck out, and who struck it out: the first wording of a hard
letter, the name that was taken back. Comments are talk between colleagues. Many programs show
neither to the writer, and the next reader's program shows both.

## What it cannot see

Changes that were made with tracking switched off, and earlier versions that are kept on a server.
Names are counted and not told.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("tracked-changes"),
    family="files",
    summary="tracked changes or comments in a download",
    remedy=(
        "Accept or reject every change and delete every comment (Review, in an office program), "
        "switch the tracking off, save, and hand in the file again."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa", "ff"),
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report how many changes and comments there are; notes on a PDF may be meant for readers."""
    is_pdf = document.media_type == "application/pdf"
    for part in document.parts:
        if part.kind in ("tracked-change", "comment"):
            finding = found_at(RULE, part.location, f"the file holds {part.detail}")
            yield replace(finding, severity=Severity.REVIEW) if is_pdf else finding
