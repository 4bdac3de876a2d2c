"""Somebody's National Insurance number in a page or file.

## Why it matters

With the number others can claim benefits or open accounts in the name of a member of staff, a
parent or a pupil in the sixth form. It is two letters, six digits and a letter from A to D;
letters that HMRC never gives do not count.

## What it cannot see

A number without its last letter, unless something near it says what it is. A product code of the
very same shape is taken for one, unless it is called an order, product or part.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("national-insurance-number"),
    family="people",
    summary="National Insurance number published",
    remedy="Take the number out; no page needs it.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_WORDING = Wording(
    message="a National Insurance number stands here",
    description="take the number out",
    replacement="[number removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.NATIONAL_INSURANCE, _WORDING, document, context)
