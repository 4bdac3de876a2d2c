"""A file used as its licence does not allow: changed, sold with, or outside the news.

## Why it matters

"Free to use" mostly has a condition. CC licences with NC keep a work from whatever earns money,
which may be the lettings page or the shop of a parents' association; those with ND forbid cutting a
picture or drawing on it. Pictures "for editorial use only" may illustrate news and nothing that
advertises, such as a school's home page or prospectus. Some files say themselves that they may not
be published on the web at all.

A licence with NC or ND counts once the policy lists it among its `licences`: then the school has
decided that its site is not commercial. Pictures under ND are asked about all the same, as they may
have been cut. Editorial pictures may stand on the pages that the policy calls news.

## What it cannot see

Terms that are agreed elsewhere, in other languages than English, or only on the page that a picture
was taken from, and whether a picture was in fact cut. Where `licence: permission` is declared,
what the file says counts no more.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from moderation.analysis.rights import OWN
from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import (
    Carrier,
    Document,
    Finding,
    ReadSubmission,
    Role,
    Rule,
    RuleId,
    Scope,
    Severity,
    Term,
)
from moderation.policy import Policy

if TYPE_CHECKING:
    from moderation.analysis.rights.licences import Limits

RULE = Rule(
    id=RuleId("licence-forbids"),
    family="rights",
    summary="a use that the licence of a file forbids",
    remedy=(
        "Take another file, or ask its owner and declare licence: permission with where the answer "
        "is kept."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("o", "n"),
    decided_by=Role.HEAD,
    scope=Scope.SUBMISSION,
)
_TERMS = frozenset(
    {
        *(Term.LICENCE, Term.USAGE_TERMS, Term.WEB_STATEMENT, Term.COPYRIGHT_NOTICE),
        *(Term.INSTRUCTIONS, Term.RIGHTS_MARKED),
    }
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each file whose licence, declared or embedded, forbids this use."""
    news = _is_news(submission.page.path, context.policy)
    for file in shown(submission):
        said = file.declaration.licence if file.declaration else ""
        if not file.referenced or said == "permission":
            continue
        yield from _declared(file, said, context.policy)
        document = submission.files.get(file.path)
        if document is not None:
            yield from _embedded(file, document, said, news=news)


def _declared(file: Shown, licence: str, policy: Policy) -> Iterator[Finding]:
    from moderation.analysis.rights.licences import limits_in
    from moderation.policy.licences import licence_of

    terms = licence_of(licence)
    limits = limits_in(licence)
    commercial = terms.no_commercial or limits.commercial
    changes = terms.no_derivatives or limits.changes
    accepted = licence in policy.licences
    if commercial and not accepted:
        yield _finding(file, "the declared licence forbids commercial use")
    if changes and not accepted:
        yield _finding(file, "the declared licence forbids changes")
    elif changes and file.picture:
        message = "the declared licence forbids changes: see that nothing was cut or drawn over"
        yield replace(_finding(file, message), severity=Severity.REVIEW)


def _embedded(file: Shown, document: Document, licence: str, *, news: bool) -> Iterator[Finding]:
    """Report what the file says of itself and its declaration does not."""
    from moderation.analysis.rights.licences import limits_in
    from moderation.extract.credits import read_credits

    declared = limits_in(licence)
    told: set[str] = set()
    for credit in read_credits(document):
        if credit.term not in _TERMS or not credit.is_own:
            continue
        for message in _broken(limits_in(credit.value), declared, licence, news=news):
            if message not in told:
                told.add(message)
                yield _finding(file, f"the file itself says ({credit.place}) {message}")


def _broken(said: "Limits", declared: "Limits", licence: str, *, news: bool) -> Iterator[str]:
    if said.publishing and licence != "stock":
        yield "that it may not be published on the web"
    if said.editorial and not news:
        yield "that it is for editorial use only, and this is no news page"
    if licence in OWN or licence == "stock":
        return  # whoever made it, or sold it, may allow more than the file says
    if said.commercial and not declared.commercial and not said.editorial:
        yield "that it may not be used commercially, and the declared licence does not"
    if said.changes and not declared.changes:
        yield "that it may not be changed, and the declared licence does not"


def _is_news(path: str, policy: Policy) -> bool:
    return path.startswith(tuple(policy.page_types.get("news", ())) or ("\0",))


def _finding(file: Shown, message: str) -> Finding:
    carrier = Carrier.PICTURE if file.picture else file.location.carrier
    place = replace(file.location, carrier=carrier, field=f"assets.{file.path}")
    return found_at(RULE, place, message)
