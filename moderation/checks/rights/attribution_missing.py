"""A licence that demands a credit, and a declaration from which none can be written.

## Why it matters

Creative Commons and the Open Government Licence give a work away for a sentence: who made it, what
it is called, where it is from and under which licence. Without the sentence there is no licence,
and some who publish under CC-BY live on the letters that they send over a missing credit. The
credit is written from the declaration, so that it must be whole.

## What it cannot see

Whether the title, author and source are true, and credits that a licence of another kind demands.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.shown import shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity

RULE = Rule(
    id=RuleId("attribution-missing"),
    family="rights",
    summary="licence that demands a credit, without author, title or source",
    remedy="Declare author, title and source of the file; schoolgate rights set writes them.",
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("o",),
    decided_by=Role.HEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each file whose credit cannot be written."""
    for file in shown(submission):
        said = file.declaration
        if said is None or not file.referenced:
            continue
        from moderation.analysis.rights.licences import wants_credit

        words = {"author": said.author, "title": said.title, "source": said.source}
        missing = [key for key in wants_credit(said.licence) if not words[key]]
        if missing:
            carrier = Carrier.PICTURE if file.picture else file.location.carrier
            place = replace(file.location, carrier=carrier, field=f"assets.{file.path}")
            message = f"{said.licence} demands a credit, and there is no {' and no '.join(missing)}"
            yield found_at(RULE, place, message)
