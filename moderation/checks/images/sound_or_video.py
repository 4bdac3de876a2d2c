"""Sound or video, which somebody has to hear or watch from beginning to end.

## Why it matters

Nobody can tell from the outside what is said in a recording, who is heard in it, what music plays
and who walks through the background for a moment. Schools that publish recordings at all publish
them because somebody has heard or watched every second.

## What it cannot see

What is said and shown. Of a video one picture a second is looked at, of long ones fewer, so that
the moderator knows where faces are; faces between those are missed, and people from behind.
"""

from collections.abc import Iterator

from moderation.checks.base import Context, found_at
from moderation.checks.recordings import by_second, clock, is_recording, is_video
from moderation.model import (
    Carrier,
    Document,
    Finding,
    Location,
    Role,
    Rule,
    RuleId,
    Severity,
)

RULE = Rule(
    id=RuleId("sound-or-video"),
    family="images",
    summary="sound or video, which somebody must hear or watch",
    remedy=(
        "Hear or watch all of it: who is in it, what is said, whose music it is. The moderator "
        "accepts the finding when nothing speaks against it."
    ),
    severity=Severity.REVIEW,
    since="0.1",
    clauses=("t", "bb", "o"),
    decided_by=Role.SAFEGUARDING_LEAD,
)
_MOST = 5


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Report each recording, and at which seconds of a video people are seen."""
    if not is_recording(document):
        return
    video = is_video(document)
    lasts = clock(int(document.properties["seconds"]))
    message = f"somebody must {'watch' if video else 'listen to'} all of it: it lasts {lasts}"
    seen = by_second(document)
    if seen:
        fullest = sorted(seen, key=lambda second: (-len(seen[second]), second))[:_MOST]
        told = ", ".join(f"{len(seen[second])} at {clock(second)}" for second in sorted(fullest))
        more = f" and at {len(seen) - _MOST} other times" if len(seen) > _MOST else ""
        message += f", and people are seen in it: {told}{more}"
    place = Location(path=document.path, carrier=Carrier.PICTURE if video else Carrier.FILE)
    related = tuple(
        Location(
            path=document.path,
            carrier=Carrier.PICTURE,
            field=f"{clock(second)} person {number}",
            role="a face",
            region=face.region,
        )
        for second, faces in seen.items()
        for number, face in enumerate(faces, 1)
    )
    yield found_at(RULE, place, message, related=related)
