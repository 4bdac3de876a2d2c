"""Where a child lives: a postal address beside a child.

## Why it matters

A name, a class or a photograph beside an address leads a stranger to the door of a child. An
address counts here where its sentence speaks of a child ("she lives at", "our Year 3 pupil",
"Amelia's house") or a pupil of the roll is named close by; any other address is for the rule
home-address.

## What it cannot see

That two parts of a page belong together, where the sentence does not say so and the roll does not
help. It knows nobody's age: somebody who lives at an address may be grown up.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import find_identifiers
from moderation.checks.base import Context
from moderation.checks.personal import Wording, is_of_child, is_own, put
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("address-of-child"),
    family="people",
    summary="address beside a child",
    remedy="Take the address out; name nothing smaller than the town.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_WORDING = Wording(
    message="an address stands beside a child",
    description="take the address out",
    replacement="[address removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each address beside a child, wherever it is carried."""
    for each in find_identifiers(document.text):
        own = is_own(each, context.policy.school)
        if not own and is_of_child(each, document, context):
            yield put(RULE, _WORDING, document, each)
