"""A program inside an office file.

## Why it matters

A macro or an ActiveX control acts on the machine of whoever opens the file, with that person's
rights. It is the usual way in which harmful programs reach families and schools, and a page of
the school is where people trust a file.

## What it cannot see

What a program would do: none is published, harmful or not. Formulas are no programs and are read
as text.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("macro-in-document"),
    family="files",
    summary="a program inside an office file",
    remedy="Save it as a file without macros (.docx, .xlsx, .pptx) or as a PDF.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("n", "q", "P0"),
    waivable=False,
)
_MESSAGES = {
    "macro": "the file holds a program (a macro)",
    "activex": "the file holds a control that runs a program (ActiveX)",
}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each entry that holds a program."""
    for part in document.parts:
        if part.kind in _MESSAGES:
            yield found_at(RULE, part.location, _MESSAGES[part.kind])
