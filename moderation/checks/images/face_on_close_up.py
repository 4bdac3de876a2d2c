"""A face that looks at the camera and fills much of the picture.

## Why it matters

Pictures of pupils have been taken from school websites and changed into abuse. The guidance of 2026
asks schools for no close-ups by which a child can be recognised face on: a group, a smaller face,
a child at work seen from the side tells as much and gives away less.

## What it cannot see

Who it is: a member of staff may be shown so, and the safeguarding lead may accept that. Faces in
masks, and close-ups from the side. From which size on a face is a close-up is a setting
(`pictures.close_up`, in percent of the picture).
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.model import Document, Finding, Role, Rule, RuleId, Severity

RULE = Rule(
    id=RuleId("face-on-close-up"),
    family="images",
    summary="a face that looks at the camera and fills much of the picture",
    remedy=(
        "Choose a picture of a group or from the side, or one in which the face is smaller; "
        "cropping makes it larger."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t",),
    decided_by=Role.SAFEGUARDING_LEAD,
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each face that looks here and is larger than the policy says."""
    if not document.media_type.startswith("image/"):
        return
    most = context.policy.close_up
    for number, face in enumerate(document.people or (), 1):
        if face.face_on and face.share * 100 > most:
            message = f"a face looks at the camera and covers more than {most} % of the picture"
            yield found_at(RULE, face.place(document.path, number), message)
