"""A postal address that may be somebody's home.

## Why it matters

It leads to a door. Found are full postcodes of Royal Mail's areas, a house and its street, a
named house with its street, and a street where somebody lives. The school's own address passes
when the policy lists its postcode. An address that is given as an organisation's (a council, a
trust, a museum) is a note. What stands beside a child is for the rule address-of-child.

## What it cannot see

Streets of other countries that are written in other ways, a village or a street alone, and
directions. Whether a house is a home or a business.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind, find_identifiers
from moderation.checks.base import Context
from moderation.checks.personal import Wording, is_of_child, is_own, put
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("home-address"),
    family="people",
    summary="postal address published",
    remedy=(
        "Take the address out, or name the town only; list the school's own postcode in the policy."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.MODERATOR,
)
_WORDING = Wording(
    message="a postal address stands here",
    description="take the address out",
    replacement="[address removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    for each in find_identifiers(document.text):
        elsewhere = is_own(each, context.policy.school) or is_of_child(each, document, context)
        if each.kind is Kind.ADDRESS and not elsewhere:
            yield put(RULE, _WORDING, document, each)
