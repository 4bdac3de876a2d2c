"""A picture that a program made up, by what it says itself, and that is not declared so.

## Why it matters

A picture of children at a party that never was misleads the families who look for their own child
in it, and what a program made up may copy the work of others. The generators write into the file
that they made it, and cameras and editors more and more do as well. Whoever uses such a picture
says so, with `made-by: ai`; the page can then say it too.

## What it cannot see

Pictures from which this was taken away, as a screenshot does; nothing is guessed from how a picture
looks. Pictures that were only retouched by a program with a generator in it may be reported.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.shown import shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Rule, RuleId, Scope, Severity

RULE = Rule(
    id=RuleId("ai-generated-undeclared"),
    family="rights",
    summary="picture made up by a program, and not declared so",
    remedy=(
        "Declare made-by: ai for the file under assets:, and say on the page that the picture was "
        "made with a program; or take a photo."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("o",),
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each picture whose fields name a generator."""
    for file in shown(submission):
        document = submission.files.get(file.path)
        said = file.declaration.made_by if file.declaration else ""
        if document is None or not file.picture or said or not file.referenced:
            continue
        from moderation.analysis.rights.generators import made_by_program

        piece = made_by_program(document)
        if piece is None:
            continue
        place = replace(file.location, carrier=Carrier.PICTURE, field=f"assets.{file.path}")
        related = document.locate(piece.start, piece.end).as_role("where it says so")
        message = f"the picture says ({piece.field or piece.carrier}) that a program made it up"
        yield found_at(RULE, place, message, related=(related,))
