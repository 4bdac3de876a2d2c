"""An e-mail address that may be a person's own.

## Why it matters

Anybody can write to it, and it often holds a full name. Found are plain addresses and disguised
ones ("jo [at] example [dot] org", "jo at example dot org", entities), which fool no collector of
addresses. Mailboxes of a role (office@, head@) at the school's own domains pass, and so do those
at public bodies (.sch.uk, .gov.uk, .ac.uk, .nhs.uk, .police.uk, and domains that call themselves
a school). A role at any other organisation, and a person at a government body, is a note. An
address of a role at a free mail service is for review: anybody can open it.

## What it cannot see

Whose an address is. A word before "at" and a website is no address unless a dot is spelled out,
an e-mail is spoken of, or the word holds digits or dots.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("email-address"),
    family="people",
    summary="e-mail address published",
    remedy=(
        "Take the address out, or give the school office's; list the school's own addresses "
        "in the policy."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "i"),
    decided_by=Role.MODERATOR,
)
_WORDING = Wording(
    message="an e-mail address stands here",
    description="give the office instead",
    replacement="the school office",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.EMAIL, _WORDING, document, context)
