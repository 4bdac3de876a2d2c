"""What the rules on sound and video share."""

from collections.abc import Iterator, Mapping

from moderation.analysis.shown import Shown, shown
from moderation.model import Document, Face, ReadSubmission

CHANNEL = "video"
"""The consent channel of everything that moves or is heard."""


def is_video(document: Document) -> bool:
    """Say whether a file is a video."""
    return document.media_type.startswith("video/")


def is_recording(document: Document) -> bool:
    """Say whether a file is sound or video."""
    return document.media_type.startswith(("video/", "audio/"))


def recordings(submission: ReadSubmission) -> Iterator[tuple[Shown, Document]]:
    """Yield the sound and video that a page links to or declares, with what was read of each."""
    for file in shown(submission):
        document = submission.files.get(file.path)
        if document is not None and is_recording(document):
            yield file, document


def clock(second: int) -> str:
    """Write a time as players show it, such as ``1:05``."""
    return f"{second // 60}:{second % 60:02}"


def by_second(document: Document) -> Mapping[int, tuple[Face, ...]]:
    """Return the faces seen in a video by the second at which they were, in order."""
    seconds = sorted({face.frame for face in document.people or ()})
    return {
        second: tuple(face for face in document.people or () if face.frame == second)
        for second in seconds
    }
