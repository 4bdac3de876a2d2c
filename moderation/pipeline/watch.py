"""Look for people in a video: pictures are taken out of it, and looked at one by one."""

from collections.abc import Iterator
from dataclasses import replace

from moderation.analysis import frames, vision
from moderation.model import Document, ExtractionError, Face
from moderation.pipeline.confined import call


def watch(document: Document, data: bytes) -> Document:
    """Return *document* with the faces seen in the video, the second in place of the frame.

    The video is decoded in one process of its own, and the pictures are looked at in another.

    Args:
        document: what was read of the video
        data: the file's bytes

    Raises:
        ExtractionError: it cannot be decoded, or nothing on this computer can look at it

    """
    if not (frames.is_available() and vision.is_available()):
        raise ExtractionError(
            "is a video, and nothing on this computer can look at its pictures; "
            "install schoolgate[media], or take the video out"
        )
    return replace(document, people=tuple(_seen(document, data)))


def _seen(document: Document, data: bytes) -> Iterator[Face]:
    from moderation.pipeline.confined import tasks

    seconds = int(document.properties["seconds"])
    for second, picture in frames.frames(data, document.media_type, seconds):
        for face in call(tasks.find_people, picture):
            yield replace(face, frame=second)
