"""Cover faces in a picture so that nothing of them is left."""

import io
from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING

from moderation.analysis.animation import telling_frames
from moderation.analysis.repair.again import decoding, encode, frames_of
from moderation.analysis.repair.clean import KEPT, clean_picture
from moderation.analysis.repair.modern import as_jpeg, is_modern
from moderation.analysis.transparency import without_hidden
from moderation.extract.probe import format_of, probe
from moderation.model import ExtractionError, Face, Region
from moderation.policy import Limits, default_policy

if TYPE_CHECKING:
    from PIL.Image import Image

MARGIN = 0.15
"""Share of a face's width and height that is covered beyond it, on every side."""
_FILL = 70
"""One grey for all: a mosaic, a blur or the mean colour would tell something of the face."""
_QUALITY = 92

Finder = Callable[[bytes], Sequence[Face]]


def hide_faces(
    data: bytes, faces: Sequence[Face], find: Finder, *, limits: Limits | None = None
) -> bytes:
    """Return the picture, upright and cleaned, with a solid fill over each of *faces*.

    Args:
        data: JPEG, PNG, WebP, GIF, HEIC, AVIF or TIFF
        faces: what is covered, as *find* saw it in this picture; in every frame of an animation
        find: finds faces; it looks at the result once more
        limits: the most that is decoded; the defaults of the policy unless given

    Raises:
        ExtractionError: the picture cannot be read, a face lies outside it, or a face is still
            found where one was covered, or anywhere in a picture that moves

    """
    limits = limits or default_policy().limits
    data = as_jpeg(data, limits) if is_modern(data) else data
    probe(data, limits)
    format_ = format_of(data)
    kept = KEPT[format_](data).upright()
    with decoding(data, format_) as picture:
        frames = [_covered(_plain(frame), faces) for frame in frames_of(picture)]
        out = encode(frames, format_, like=picture, kept=kept, quality=_QUALITY)
    hidden = clean_picture(out, limits=limits)
    _look_again(hidden, faces, frames[0].size, find)
    if len(frames) > 1:
        _look_at_all(hidden, format_, len(frames), find)
    return hidden


def covered_region(region: Region, size: tuple[int, int]) -> Region:
    """Return what is covered of a picture: a face's box with the margin around it.

    Args:
        region: the box
        size: width and height of the picture in pixels

    Raises:
        ExtractionError: the box lies outside the picture

    """
    across, down = region.width * MARGIN, region.height * MARGIN
    left, top = (max(0, floor(v)) for v in (region.left - across, region.top - down))
    right = min(size[0], ceil(region.left + region.width + across))
    bottom = min(size[1], ceil(region.top + region.height + down))
    if right <= left or bottom <= top:
        raise ExtractionError(
            "a face lies outside the picture, so it cannot be hidden; look at the picture again"
        )
    return Region(left=left, top=top, width=right - left, height=bottom - top)


def _covered(frame: "Image", faces: Sequence[Face]) -> "Image":
    fill = (_FILL,) * 3 if frame.mode == "RGB" else (_FILL,) * 3 + (255,)
    for face in faces:
        box = covered_region(face.region, frame.size)
        right, bottom = box.left + box.width, box.top + box.height
        frame.paste(_FILL if frame.mode == "L" else fill, (box.left, box.top, right, bottom))
    return frame


def _look_again(hidden: bytes, faces: Sequence[Face], size: tuple[int, int], find: Finder) -> None:
    boxes = [covered_region(face.region, size) for face in faces]
    left = [f for f in find(hidden) if any(_overlap(f.region, box) for box in boxes)]
    if left:
        raise ExtractionError(
            f"after hiding, {len(left)} of the faces can still be seen, so nothing was written; "
            "cover them by hand, or leave the picture out"
        )


def _look_at_all(hidden: bytes, format_: str, count: int, find: Finder) -> None:
    """Look at every picture of an animation; whoever moves may not be where they were covered.

    Nobody may be seen in it: which face is whose from one picture to the next nobody can tell.
    """
    with decoding(hidden, format_) as picture:
        for number in telling_frames(picture, count):
            picture.seek(number)
            one = io.BytesIO()
            picture.convert("RGBA").save(one, "PNG", compress_level=1)
            if find(one.getvalue()):
                raise ExtractionError(
                    f"the picture moves, and somebody is still seen in picture {number + 1} of it, "
                    "so nothing was written; hide everybody, publish one picture of it as JPEG, "
                    "or leave it out"
                )


def _plain(frame: "Image") -> "Image":
    """Return a frame without the colours under what is transparent."""
    return without_hidden(frame) if frame.mode == "RGBA" else frame


def _overlap(one: Region, other: Region) -> bool:
    """Say whether a face found again lies on what was covered, by more than a fifth of itself."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return across > 0 and down > 0 and across * down > one.width * one.height / 5
