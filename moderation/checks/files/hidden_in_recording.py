"""Details, pictures or empty space with something in it, inside a recording.

## Why it matters

Telephones write into every video where and when it was taken and with what; programs add who made
it, what it was called, a cover picture, chapters and remarks. Nobody hears or sees any of it, and
everybody who saves the recording has it.

## What it cannot see

What the coded sound and pictures themselves carry, such as remarks that an encoder puts between
the pictures, and captions that are coded with them.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.checks.recordings import is_recording
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("hidden-in-recording"),
    family="files",
    summary="details or pictures inside sound or video that nobody hears or sees",
    remedy=(
        "Clean the recording with schoolgate check --fix: the sound and the pictures stay as they "
        "are, and so do notices of copyright."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "bb"),
)
_MESSAGES = {
    "hidden-details": "the recording says more than is heard and seen: {}",
    "cover": "the recording holds {}",
    "embedded-file": "the recording holds {}",
}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report what is inside a recording besides sound and pictures."""
    if not is_recording(document):
        return
    for part in document.parts:
        if part.kind in _MESSAGES:
            message = _MESSAGES[part.kind].format(part.detail)
            yield found_at(RULE, part.location, message)
