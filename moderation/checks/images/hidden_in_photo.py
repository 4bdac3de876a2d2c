"""A second picture or unreadable data of the camera, kept inside a picture.

## Why it matters

Cameras keep a small copy of every picture inside it, and many editors leave it as it was: who was
cut off at the edge or blurred is still in the copy. Cameras also keep data that only their makers
can read, such as serial numbers and the names of faces that they know. Nobody sees either on the
page, and everybody who saves the picture has them.

## What it cannot see

What the small copy shows; whether it differs from the picture is measured, but a small patch may
escape that. What the camera's data say, and pictures that are hidden in the pixels themselves.
Pictures inside a PDF are left to whoever looks at the PDF.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("hidden-in-photo"),
    family="images",
    summary="a small copy or unreadable data of the camera inside a picture",
    remedy=(
        "Clean the picture with schoolgate check --fix, or bring it in with schoolgate add photo; "
        "both leave these out."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "bb"),
)
_MESSAGES = {
    "thumbnail": "the picture holds a small copy, which may show what was cut off or blurred since",
    "other-picture": (
        "a small copy inside the picture shows another picture: perhaps who was cut off or covered"
    ),
    "maker-note": "the picture holds data of the camera that nobody but its maker can read",
}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report small copies and camera data in a picture."""
    if not document.media_type.startswith("image/"):
        return
    for part in document.parts:
        if part.kind in _MESSAGES:
            yield found_at(RULE, part.location, _MESSAGES[part.kind])
