"""A PDF that does more than show pages.

## Why it matters

A PDF can hold programs, start others, send what is typed to another machine and open an address as
soon as it is opened. All of it happens on the visitor's machine and in the school's name.

## What it cannot see

What the reader of a PDF makes of an ordinary link that somebody clicks, and forms that only hold
what is typed until it is printed: they do nothing by themselves and are let through.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("pdf-active-content"),
    family="files",
    summary="a PDF that acts by itself",
    remedy="Print the PDF to a new PDF, which keeps the pages and nothing that acts.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("n", "q", "P0"),
    waivable=False,
)
_MESSAGES = {
    "javascript": "the PDF holds a program (JavaScript)",
    "xfa": "the PDF holds a form that is a program (XFA)",
    "launch-action": "the PDF starts a program",
    "submit-action": "the PDF sends what is typed in it to another machine, or takes data in",
    "remote-action": "the PDF opens another file",
    "opening-address": "the PDF opens a web address without being asked",
    "media": "the PDF plays sound, film or a model",
}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each thing that acts, each place once."""
    acts = {(p.location, _MESSAGES[p.kind]): None for p in document.parts if p.kind in _MESSAGES}
    for where, message in acts:
        yield found_at(RULE, where, message)
