"""A picture without alternative text.

## Why it matters

Blind visitors have the page read to them. Where a picture has no alternative text they hear
nothing, or the name of a file, and do not learn what everybody else sees.

## What it cannot see

Whether the words describe the picture, whether they are too long, and whether a picture that is
declared decorative really says nothing.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from moderation.checks.base import Context, found_at
from moderation.model import Finding, ImageReference, ReadSubmission, Rule, RuleId, Scope, Severity

RULE = Rule(
    id=RuleId("alt-text-missing"),
    family="access",
    summary="picture without alternative text",
    remedy=(
        "Say in a few words what the picture shows: `![two children plant a tree](tree.jpg)`; if "
        "it says nothing, declare it decorative: true under assets: in the front matter."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("ff",),
    scope=Scope.SUBMISSION,
)
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|webp|gif|heic|heif|avif|bmp|tiff?|svg)|(?:IMG|DSCN?|PXL|P|MVI)[_-]?\d{3,}\S*",
    re.IGNORECASE,
)


def check(submission: ReadSubmission, context: Context) -> Iterator[Finding]:
    """Report each picture without alternative text that is not declared decorative."""
    for image in submission.page.images:
        path = submission.targets.get(image.target, "")
        declared = submission.declarations.get(path)
        if declared and declared.decorative:
            continue
        alt = (image.alt or "").strip()
        if not alt:
            message = "the picture has no alternative text"
        elif _is_file_name(alt, image):
            message = "the alternative text of the picture is only the name of a file"
        else:
            continue
        yield found_at(RULE, image.location, message, evidence=image.target)


def _is_file_name(alt: str, image: ImageReference) -> bool:
    """Say whether *alt* is a name such as a camera or a computer gives."""
    stem = PurePosixPath(image.target).stem
    spelled = alt == stem and re.search(r"[\d_-]", stem)
    return bool(spelled or _FILE_NAME.fullmatch(alt))
