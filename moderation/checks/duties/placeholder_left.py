"""Guidance of a scaffold that still stands in the page.

## Why it matters

A page made with `schoolgate new page` tells its author, in double square brackets, what to write
where. A visitor who reads "[[Say when and where]]" learns that nobody looked.

## What it cannot see

Whether what was written instead is finished.
"""

import re
from collections.abc import Iterator

from moderation.checks.base import Context, found
from moderation.model import Carrier, Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("placeholder-left"),
    family="duties",
    summary="guidance of a scaffold left in the page",
    remedy="Write your own words in place of what stands in double square brackets.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("ff",),
)

_PLACEHOLDER = re.compile(r"\[\[[^\[\]]{1,1000}\]\]")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each pair of double square brackets outside code."""
    if document.media_type != "text/markdown":
        return
    for match in _PLACEHOLDER.finditer(document.text):
        if document.carrier_at(match.start()) is not Carrier.CODE:
            yield found(RULE, document, *match.span(), "here a scaffold still says what to write")
