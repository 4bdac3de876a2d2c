"""A pupil's work without a word on who allowed that it is published.

## Why it matters

Pupils own what they draw, write and film, from the first line on; a school that hangs it on a wall
has not thereby the right to put it on the web (Copyright, Designs and Patents Act 1988, section
11). The answer of the pupil and the family is kept where the school keeps such answers; the page
says only where, under `permission:`.

## What it cannot see

Whether the answer is there and is a yes, and pupils' work that is declared as something else.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.shown import shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity

RULE = Rule(
    id=RuleId("pupil-work-permission"),
    family="rights",
    summary="pupil's work without permission to publish it",
    remedy=(
        "Ask the pupil and the family, keep the answer, and declare under permission: where it is "
        "kept: a reference, never a name."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("o", "t"),
    decided_by=Role.HEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each file declared as pupils' work that nobody allowed."""
    for file in shown(submission):
        said = file.declaration
        if said is None or said.licence != "pupil-work" or said.permission or not file.referenced:
            continue
        carrier = Carrier.PICTURE if file.picture else file.location.carrier
        place = replace(file.location, carrier=carrier, field=f"assets.{file.path}")
        yield found_at(RULE, place, "pupils own their work, and no permission is declared")
