"""A place to within a house: coordinates, plus code, what3words or link to a map.

## Why it matters

Coordinates copied from a photograph or a telephone tell where a child lives, plays or waits,
though no reader sees it at once. Found are decimal degrees, degrees and minutes, geo links, links
to maps that hold a place, plus codes and addresses of what3words.

## What it cannot see

Grid references of the Ordnance Survey, which lessons in geography are full of. Two numbers with
less than four decimals, unless they are called a place. Short links to maps.
"""

from collections.abc import Iterator

from moderation.analysis.identifiers import Kind
from moderation.checks.base import Context
from moderation.checks.personal import Wording, report
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("place-coordinates"),
    family="people",
    summary="exact place published",
    remedy="Take the place out, or name the town only.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.MODERATOR,
)
_WORDING = Wording(
    message="an exact place stands here",
    description="take the place out",
    replacement="[place removed]",
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each one that is not the school's own, wherever it is carried."""
    yield from report(RULE, Kind.COORDINATES, _WORDING, document, context)
