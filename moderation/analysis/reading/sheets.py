"""A picture as a visitor sees it, frame by frame, and in full: small print would be lost."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageOps

from moderation.analysis.animation import telling_frames
from moderation.analysis.transparency import contrasting, on_page
from moderation.extract.guarded import guarded
from moderation.model import ExtractionError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_FRAMES = 6
"""Frames of an animation that are read, those that differ most."""
_MOST_PIXELS = 100_000_000
_LARGE = 24_000_000
_SAME = 12
"""How much the brightest pixel of two frames, made small, differs where they show the same."""
_GLANCE = (256, 256)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One frame: RGB, upright, which of an animation from nought, pixels of the file for one."""

    picture: Image.Image
    frame: int = 0
    factor: int = 1


def sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the frames of a picture, without those that show what another showed.

    Args:
        data: the bytes of a JPEG, PNG, WebP or GIF

    Raises:
        ExtractionError: it cannot be decoded, or has too many pixels

    """
    shown: list[Image.Image] = []
    looking = guarded("the text in the picture could not be looked for")
    with looking, Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        factor = _halved(opened)
        for frame in _frames(opened):
            opened.seek(frame)
            picture = _upright(opened)
            glance = picture.resize(_GLANCE, Image.Resampling.BOX)
            if not any(_is_same(glance, other) for other in shown):
                shown.append(glance)
                yield Sheet(picture, frame, factor)


def _frames(picture: Image.Image) -> list[int]:
    """Choose frames of a picture that can be read in the time there is."""
    if picture.width * picture.height > _MOST_PIXELS:
        raise ExtractionError("the picture has too many pixels to be read; make it smaller")
    return telling_frames(picture, MOST_FRAMES)


def _halved(picture: Image.Image) -> int:
    """Let a very large JPEG be decoded at half its size, or reading it takes too much memory."""
    if picture.format not in ("JPEG", "MPO") or picture.width * picture.height <= _LARGE:
        return 1
    picture.draft(None, (picture.width // 2, picture.height // 2))
    return 2


def _is_same(one: Image.Image, other: Image.Image) -> bool:
    apart = np.asarray(ImageChops.difference(one, other), np.uint8)
    return int(apart.max()) <= _SAME


def _upright(picture: Image.Image) -> Image.Image:
    """Return a frame in RGB, turned as it is displayed, before a ground on which it is seen."""
    shown = ImageOps.exif_transpose(picture)
    return on_page(shown, ground=contrasting(shown))
