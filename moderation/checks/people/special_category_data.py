"""Health, special needs, care, poverty, faith or origin, said of a person.

## Why it matters

The law protects these facts more than any other (UK GDPR, article 9, and the duty of care for
children who are looked after): told of a child, they can lead to bullying, discrimination or
danger, and no page needs them. A word alone is no finding, since schools write about special
needs, allergies and faiths every day. It counts where a sentence says it of somebody: a pupil of
the roll, a name, he or she, "our Year 3 pupil". Beside a pupil of the roll it blocks; otherwise
somebody has to look.

## What it cannot see

Facts that are told in other words, over several sentences, or in other languages. Names at which
it does not know a name. Well-known people of books and history, beyond a short list, are taken
for somebody at the school.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.identifiers.special import find_protected
from moderation.checks.base import Context, found
from moderation.checks.personal import pupils_named
from moderation.model import Confidence, Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("special-category-data"),
    family="people",
    summary="protected fact about a person",
    remedy="Take the fact out, or speak of pupils in general.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "aa"),
    decided_by=Role.SAFEGUARDING_LEAD,
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each sentence that says a protected fact of a person."""
    pupils = pupils_named(document, context)
    for each in find_protected(document.text, pupils):
        message = f"this tells about the {each.topic} of a person"
        start, end = each.person
        known = any(first < end and start < last for first, last in pupils)
        finding = found(
            RULE,
            document,
            each.start,
            each.end,
            message,
            confidence=Confidence.HIGH if known else Confidence.MEDIUM,
        )
        yield replace(finding, severity=Severity.BLOCK if known else Severity.REVIEW)
