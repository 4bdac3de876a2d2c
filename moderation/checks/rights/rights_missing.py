"""A picture or download that does not say who made it and under which licence it is used.

## Why it matters

Pictures from a search engine and cuttings from the press are the two commonest ways in which a
school breaks copyright. Whoever hands a file in says who made it and on what terms the school may
publish it, so that it can be shown later, also when that person has left. What was bought names its
invoice, what somebody allowed where the permission is kept.

## What it cannot see

Whether the declaration is true, whether the licence allows this very use, and whether the file
shows the work of somebody else, such as a book's cover.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.policy.schema import RuleSetting

RULE = Rule(
    id=RuleId("rights-missing"),
    family="rights",
    summary="picture or download without author and licence",
    remedy=(
        "Declare author and licence of the file under assets: in the front matter; see the "
        "licences in the policy. If you may not use the file, take it out."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("o", "n"),
    decided_by=Role.HEAD,
    scope=Scope.SUBMISSION,
    revision=2,
)
_UNUSED = "Take the declaration out, or show the file on the page."
_NOT_ACCEPTED = "the declared licence is not one that the policy accepts"
_EVIDENCE = {"stock": "invoice", "permission": "permission"}
"""What a licence that is agreed elsewhere has to name, by licence."""


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each file whose author or licence is not declared or not accepted."""
    for file in shown(submission):
        if file.path == submission.page.path:
            continue  # a page may say whose words it holds
        if not file.referenced:
            message = "a file is declared that the page neither shows nor links to"
            yield replace(_finding(file, message), severity=Severity.NOTE, remedy=_UNUSED)
            continue
        missing = _missing(file)
        if missing:
            kind = "picture" if file.picture else "download"
            yield _finding(file, f"the {kind} does not say its {' and '.join(missing)}")
        elif file.declaration and not _is_accepted(file.declaration.licence, context):
            yield _finding(file, _NOT_ACCEPTED)


def _is_accepted(licence: str, context: Context) -> bool:
    """Say whether the policy accepts a licence, or another rule says why it does not."""
    from moderation.analysis.rights.licences import limits_in

    limits = limits_in(licence)
    setting = context.policy.rules.get("licence-forbids")
    told = (limits.commercial or limits.changes) and (setting is None or setting == RuleSetting())
    return told or licence in context.policy.licences


def _missing(file: Shown) -> list[str]:
    said = file.declaration
    if said is None:
        return ["author", "licence"]
    words = {"author": said.author, "licence": said.licence}
    if evidence := _EVIDENCE.get(said.licence):
        words[evidence] = getattr(said, evidence)
    return [word for word, value in words.items() if not value]


def _finding(file: Shown, message: str) -> Finding:
    carrier = Carrier.PICTURE if file.picture else file.location.carrier
    place = replace(file.location, carrier=carrier, field=f"assets.{file.path}")
    return found_at(RULE, place, message)
