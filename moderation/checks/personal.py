"""How the checks of personal information put what they found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from moderation.analysis.identifiers import Identifier, Kind, find_identifiers
from moderation.analysis.identifiers.mailboxes import is_public_body, is_role, is_webmail
from moderation.analysis.names import find_names
from moderation.checks.base import Context, found
from moderation.model import Confidence, Document, Finding, Fix, Rule, Severity
from moderation.policy import School

_NEAR = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a check says of what it found, and what may stand in its place.

    Args:
        message: one sentence without the value itself
        description: what the fix does
        replacement: what it puts

    """

    message: str
    description: str
    replacement: str


def report(
    rule: Rule, kind: Kind, wording: Wording, document: Document, context: Context
) -> Iterator[Finding]:
    """Report every identifier of one kind that is not the school's own.

    What seems to belong to an organisation is a note. What is less sure is for review, though the
    rule blocks.
    """
    for each in find_identifiers(document.text):
        if each.kind is kind and not is_own(each, context.policy.school):
            yield put(rule, wording, document, each)


def put(rule: Rule, wording: Wording, document: Document, each: Identifier) -> Finding:
    """Report one identifier."""
    message, severity = wording.message, rule.severity
    if each.confidence is Confidence.LOW:
        message, severity = f"{message}, which seems to be an organisation's own", Severity.NOTE
    elif each.confidence is Confidence.MEDIUM:
        severity = min(severity, Severity.REVIEW)
    finding = found(
        rule,
        document,
        each.start,
        each.end,
        message,
        confidence=each.confidence,
        fix=Fix(description=wording.description, replacement=wording.replacement),
    )
    return replace(finding, severity=severity)


def is_own(each: Identifier, school: School) -> bool:
    """Say whether an identifier is the school's own, or a mailbox of a role at a public body."""
    if each.kind is Kind.EMAIL:
        return _is_own_mail(each.value, school)
    if each.kind is Kind.PHONE:
        return each.value in school.phones
    if each.kind is Kind.HANDLE:
        return each.value in school.handles
    if each.kind is Kind.ADDRESS:
        packed = re.sub(r"[\s.-]", "", each.value).upper()
        return any(packed.endswith(postcode) for postcode in school.postcodes)
    return False


def is_of_child(each: Identifier, document: Document, context: Context) -> bool:
    """Say whether an address stands beside a child: by its sentence, or by the roll."""
    if each.kind is not Kind.ADDRESS or each.confidence is Confidence.LOW:
        return False
    from moderation.analysis.identifiers.children import tells_of_child  # few pages have an address

    if tells_of_child(document.text, each.start, each.end):
        return True
    return any(
        start - each.end < _NEAR and each.start - end < _NEAR
        for start, end in pupils_named(document, context)
    )


def pupils_named(document: Document, context: Context) -> tuple[tuple[int, int], ...]:
    """Return where the text names pupils of the roll; nowhere without a roll."""
    roll = context.registers.roll
    if roll is None:
        return ()
    return tuple((match.start, match.end) for match in find_names(document.text, roll))


def _is_own_mail(value: str, school: School) -> bool:
    if value in school.emails:
        return True
    if not is_role(value) or is_webmail(value):
        return False
    return value.rpartition("@")[2] in school.domains or is_public_body(value)
