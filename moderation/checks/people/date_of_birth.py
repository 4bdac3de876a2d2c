"""Somebody's date of birth in a page or file.

## Why it matters

A date of birth with a name is what banks, doctors and schools ask for to know who somebody is. It
stays the same for life. A date counts only where something says that it is one: a label, a column
of a table, "was born on", "her birthday is", "turns eight on". A birthday without a year is for
review. Dates of events do not count, nor do ranges ("born between ... and ..."), births before
1990 that are told in a sentence, or the birthdays of schools, kings and charities.

## What it cannot see

A date that nothing near it calls a date of birth. Ages alone. Public figures born since 1990 are
taken for pupils.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("date-of-birth"),
    family="people",
    summary="date of birth published",
    remedy="Take the date out; an age or year group is enough.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_WORDING = Wording(
    message="a date of birth stands here",
    description="take the date out",
    replacement="[date removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.DATE_OF_BIRTH, _WORDING, document, context)
