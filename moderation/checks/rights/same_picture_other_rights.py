"""A picture that is declared elsewhere with another author or licence.

## Why it matters

Of two declarations of one picture one is wrong: a photo that was bought last year comes back as the
school's own, made smaller or cut. Every published picture is kept as hashes with the author and
licence that were declared, and a copy of it is held to the same.

## What it cannot see

Pictures that were never handed in here or only before this was kept, and what
`same-photo-other-consent` cannot see either. Without the register of photos, as on a machine that
only builds, only files that are the same to the last byte on one page are compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import Photos

RULE = Rule(
    id=RuleId("same-picture-other-rights"),
    family="rights",
    summary="picture known with another author or licence",
    remedy="Find out whose picture it is, and declare the same author and licence everywhere.",
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("o",),
    decided_by=Role.HEAD,
    scope=Scope.SUBMISSION,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each picture of which a copy is declared with other rights."""
    before: dict[str, Shown] = {}
    known = _known(context.registers.photos or Photos())
    for file in shown(submission):
        document, said = submission.files.get(file.path), file.declaration
        if (
            document is None
            or said is None
            or not file.picture
            or not (said.author or said.licence)
        ):
            continue
        mine = _rights(said.author, said.licence)
        first = before.setdefault(document.digest, file)
        there = first.declaration
        if there is not None and _rights(there.author, there.licence) != mine:
            yield _finding(
                file, "the same picture is declared with other rights on this page", first
            )
        elif any(known.get(digest, mine) != mine for digest in document.copies):
            yield _finding(file, "it is a copy of a picture that was declared with other rights")


def _known(photos: Photos) -> Mapping[str, tuple[str, str]]:
    return {
        photo.digest: _rights(photo.author, photo.licence)
        for photo in photos.known
        if photo.author or photo.licence
    }


def _rights(author: str, licence: str) -> tuple[str, str]:
    return " ".join(author.casefold().split()), licence


def _finding(file: Shown, message: str, other: Shown | None = None) -> Finding:
    place = replace(file.location, carrier=Carrier.PICTURE, field=f"assets.{file.path}")
    related = (other.location.as_role("the other declaration"),) if other else ()
    return found_at(RULE, place, message, related=related)
