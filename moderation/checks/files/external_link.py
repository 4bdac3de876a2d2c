"""An office file that takes something from elsewhere.

## Why it matters

A letter that takes its template from another machine, or a cell that asks another workbook for its
value, asks there each time it is opened: the other machine sees who reads, and decides what comes.
The address often tells a name too, as that of the colleague in whose folder the template lay.

## What it cannot see

What the other machine would send. Ordinary links to web pages, mail addresses and telephones, which
a reader follows by a click, are read as text and let through.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("external-link"),
    family="files",
    summary="an office file that takes something from elsewhere",
    remedy=(
        "Break the link (File, Info, Edit Links; Developer, Document Template: Normal), insert "
        "pictures instead of linking them, paste values instead of formulas, and save it again."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("n", "q", "P0"),
    waivable=False,
)
_MESSAGES = {
    "attachedTemplate": "the file takes its template from elsewhere",
    "hyperlink": "the file has a link that leads to no web address",
    "image": "the file fetches a picture from elsewhere",
    "externalLinkPath": "the file takes values from another workbook",
    "formula": "the cell asks another machine or program for its value",
    "program": "the file asks another program for its values",
    "field": "the file fetches what a field shows from elsewhere",
}
"""What the last word of a relation says of what is fetched (ISO/IEC 29500-1)."""
_ELSEWHERE = "the file fetches something from elsewhere"


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each thing that is fetched, each place once."""
    told = {
        (part.location, _MESSAGES.get(part.detail.rpartition(" ")[2], _ELSEWHERE)): part.detail
        for part in document.parts
        if part.kind == "external-link"
    }
    for (where, message), detail in told.items():
        yield found_at(RULE, where, message, evidence=detail)
