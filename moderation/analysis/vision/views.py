"""A picture as a visitor sees it, frame by frame, no larger than is needed to find people."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from moderation.analysis.animation import telling_frames
from moderation.analysis.transparency import DEEP, hidden_colours, on_page
from moderation.analysis.vision.network import Pixels
from moderation.extract.guarded import guarded

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_FRAMES = 8
"""Frames of an animation that are looked at, those that differ most."""
_ENOUGH = 1000
"""Pixels of the long side below which no JPEG is scaled while it is decoded."""
_MOST = 2600
"""Pixels of the long side that are kept for the second look."""
_BELOW = 1300
"""Pixels of the long side of what lies under transparent parts; decoding needs the memory."""
_ORIENTATION, _SIDEWAYS = 0x0112, (5, 6, 7, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One frame, turned as it is displayed.

    Args:
        picture: RGB, perhaps smaller than the file's
        width: of the frame in full, in pixels
        height: likewise
        frame: which of an animation, from nought

    """

    picture: Image.Image
    width: int
    height: int
    frame: int = 0

    @property
    def factor(self) -> float:
        """Pixels of the file for one pixel of *picture*."""
        return self.width / self.picture.width


def views(picture: bytes | Image.Image) -> Iterator[View]:
    """Yield the frames of a picture, of a long animation those that differ most.

    Where colours lie under transparent pixels, the frame follows once more without transparency:
    whoever was rubbed out of it is still there for everybody who saves the picture.

    Args:
        picture: the bytes of a JPEG, PNG, WebP or GIF, or a picture that is open already

    Raises:
        ExtractionError: it cannot be decoded

    """
    with guarded("nobody could look for people in the picture"):
        if isinstance(picture, Image.Image):
            yield from _views(picture)
            return
        with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
            frames = telling_frames(opened, MOST_FRAMES)
            if len(frames) > 1:
                for frame in frames:
                    opened.seek(frame)
                    yield from _views(opened, frame)
                return
            ready = list(_views(opened))
        yield from ready  # the picture in full is gone by now, which leaves room to look


def _views(picture: Image.Image, frame: int = 0) -> Iterator[View]:
    width, height = picture.size
    if picture.format in ("JPEG", "MPO"):
        _scale_while_decoding(picture)
    small = _reduced(picture)
    shown = ImageOps.exif_transpose(small)
    if picture.getexif().get(_ORIENTATION, 1) in _SIDEWAYS:
        width, height = height, width
    yield View(picture=on_page(shown), width=width, height=height, frame=frame)
    if below := hidden_colours(picture, _BELOW):
        turned = ImageOps.exif_transpose(below)
        yield View(picture=turned, width=width, height=height, frame=frame)


def _reduced(picture: Image.Image) -> Image.Image:
    """Return the picture no larger than is kept; *picture* itself stays as it is."""
    factor = max(picture.size) / _MOST
    if factor <= 1:
        return picture
    size = (max(1, round(picture.width / factor)), max(1, round(picture.height / factor)))
    if picture.mode in {*DEEP, "P", "1"}:
        return picture.resize(size, Image.Resampling.NEAREST)
    return picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def _scale_while_decoding(picture: Image.Image) -> None:
    """Let the decoder leave out detail that no detector needs; it then takes a third of the time.

    It loses no faces: the discrete cosine transform is cut off, not the picture.
    """
    part = _ENOUGH / max(picture.size)
    if part < 1:
        wanted = (max(1, int(picture.width * part)), max(1, int(picture.height * part)))
        picture.draft(None, wanted)


def pixels(picture: Image.Image) -> Pixels:
    """Return the values of an RGB picture."""
    return np.asarray(picture, dtype=np.uint8)
