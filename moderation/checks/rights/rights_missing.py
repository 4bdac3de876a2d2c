"""A picture or download that does not say who made it and under which licence it is used.

## Why it matters

Pictures from a search engine and cuttings from the press are the two commonest ways in which a
school breaks copyright. Whoever hands a file in says who made it and on what terms the school may
publish it, so that it can be shown later, also when that person has left.

## What it cannot see

Whether the declaration is true, whether the licence allows this very use, and whether the file
shows the work of somebody else, such as a book's cover.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity

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
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each file whose author or licence is not declared or not accepted."""
    for file in shown(submission):
        if not file.referenced:
            message = "a file is declared that the page neither shows nor links to"
            yield replace(_finding(file, message), severity=Severity.NOTE)
            continue
        missing = _missing(file)
        if missing:
            kind = "picture" if file.picture else "download"
            yield _finding(file, f"the {kind} does not say its {' and '.join(missing)}")
        elif file.declaration and file.declaration.licence not in context.policy.licences:
            yield _finding(file, "the declared licence is not one that the policy accepts")


def _missing(file: Shown) -> list[str]:
    said = file.declaration
    words = {"author": said.author, "licence": said.licence} if said else {}
    return [word for word in ("author", "licence") if not words.get(word)]


def _finding(file: Shown, message: str) -> Finding:
    carrier = Carrier.PICTURE if file.picture else file.location.carrier
    place = replace(file.location, carrier=carrier, field=f"assets.{file.path}")
    return found_at(RULE, place, message)
