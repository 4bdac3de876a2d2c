"""A picture that was seen before, with other people declared, or that somebody said no to.

## Why it matters

A photo comes back: cut, made smaller, mirrored, out of a message, inside a letter. Whoever hands it
in again may not know that a family withdrew their consent, or declares other people than were
declared the first time. One of the two declarations is then wrong, and a child may be shown whose
family said no.

## What it cannot see

Photos that were never handed in here; another photo of the same moment; a photo of which less than
about a half is left, or that is smaller than about a hundred pixels. Two pictures of different
people before the same busy wall may be taken for copies. Nobody is recognised: pictures are
compared by hashes of their patterns, and no picture is kept for it.
"""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis.shown import Shown, shown
from moderation.checks.base import Context, found_at
from moderation.model import Carrier, Finding, ReadSubmission, Role, Rule, RuleId, Scope, Severity
from moderation.registers import ConsentState, Photos
from moderation.registers.consent import LASTING
from moderation.registers.photos import KnownPhoto

RULE = Rule(
    id=RuleId("same-photo-other-consent"),
    family="images",
    summary="picture known with other people declared, or that somebody said no to",
    remedy=(
        "Ask the safeguarding lead: choose another picture, or declare everybody who is in it, as "
        "was done before."
    ),
    severity=Severity.BLOCK,
    since="0.1",
    clauses=("t", "bb"),
    decided_by=Role.SAFEGUARDING_LEAD,
    revision=2,
    scope=Scope.SUBMISSION,
)
_NO = frozenset({ConsentState.REFUSED, *LASTING})
_WITHDRAWN = "it is a photo, or shows a copy of one, that somebody in it said no to"
_OTHERS = "it is a photo, or a copy of one, for which other people were declared"


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each file that shows a photo somebody said no to, or declared with other people."""
    photos = context.registers.photos or Photos()
    for file in shown(submission):
        document = submission.files.get(file.path)
        known = [photos.photo(digest) for digest in document.copies] if document else []
        seen = [photo for photo in known if photo is not None]
        if any(_is_refused(photo, file, context) for photo in seen):
            yield _finding(file, _WITHDRAWN)
        elif any(_differs(photo, file) for photo in seen):
            yield replace(_finding(file, _OTHERS), severity=Severity.REVIEW)


def _is_refused(photo: KnownPhoto, file: Shown, context: Context) -> bool:
    """Say whether somebody in the photo said no, and has not said yes since.

    That is who withdrew when it was published, or was declared in it then, is not now, and has said
    no meanwhile; other rules report who is declared.
    """
    consents, channel = context.registers.consents, context.policy.channel
    if consents is None:
        return bool(photo.withdrawn)
    others = photo.people - photo.withdrawn - frozenset(_declared(file) or ())
    no = any(consents.state(who, channel, context.today) in _NO for who in others)
    return no or any(
        consents.state(who, channel, context.today) is not ConsentState.GRANTED
        for who in photo.withdrawn
    )


def _declared(file: Shown) -> tuple[str, ...] | None:
    return file.declaration.people if file.declaration else None


def _differs(photo: KnownPhoto, file: Shown) -> bool:
    declared = _declared(file)
    return file.picture and declared is not None and frozenset(declared) != photo.people


def _finding(file: Shown, message: str) -> Finding:
    carrier = Carrier.PICTURE if file.picture else file.location.carrier
    place = replace(file.location, carrier=carrier, field=f"assets.{file.path}")
    return found_at(RULE, place, message)
