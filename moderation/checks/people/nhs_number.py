"""Somebody's NHS number in a page or file.

## Why it matters

The number opens a person's health record. It has ten digits, the last worked out from the others,
but so has every ISBN of ten digits, and one number in eleven fits by chance. So the words around
it decide: something must speak of health or the NHS, or the digits stand in the NHS's own groups
of three, three and four.

## What it cannot see

A number without spaces that nothing near it speaks of. Numbers with a mistyped digit.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("nhs-number"),
    family="people",
    summary="NHS number published",
    remedy="Take the number out; no page needs it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_WORDING = Wording(
    message="an NHS number stands here",
    description="take the number out",
    replacement="[number removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.NHS_NUMBER, _WORDING, document, context)
