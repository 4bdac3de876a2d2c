"""A telephone number that may be a person's own.

## Why it matters

Whoever reads the page can ring. British numbers are found in any grouping, with letters for
digits and in words ("oh seven seven ..."); numbers of other countries by their numbering plans.
The school's own numbers pass when the policy lists them. A landline that is named as an office's
or another organisation's is a note. Numbers that no person has at home are left alone: helplines
and services that begin with 0800, 0808, 03, 084, 087, 09, 116 or 118, and short ones such as 999
and 111.

## What it cannot see

Short local numbers that nothing calls a telephone. Whose a number is: a school that does not list
its own is asked about them.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("phone-number"),
    family="people",
    summary="telephone number published",
    remedy=(
        "Take the number out, or give the school office's; list the school's own numbers in "
        "the policy."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "i"),
    decided_by=Role.MODERATOR,
)
_WORDING = Wording(
    message="a telephone number stands here",
    description="give the office instead",
    replacement="the school office",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.PHONE, _WORDING, document, context)
