"""The grey pixels of a picture as it is displayed, small and always of the same length."""

import io
import warnings
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from moderation.extract.guarded import PILLOW_RAISES
from moderation.model import ExtractionError

Floats = NDArray[np.float32]
LONG = 400
"""Pixels of the longer side, to which every picture is brought."""
MOST_FRAMES = 12
"""Pictures of an animation that are looked at, spread over all of it."""
_MOST_PIXELS = 100_000_000
_SLIMMEST = 16
_ORIENTATION = 0x0112
_TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def grey_frames(data: bytes | Image.Image) -> Iterator[Image.Image]:
    """Yield a picture in grey, upright and brought to size; of an animation several frames.

    Args:
        data: a file that Pillow can decode, or a picture that is open

    Raises:
        ExtractionError: it cannot be decoded, or has too many pixels

    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if isinstance(data, Image.Image):
                yield grey(data)
                return
            with Image.open(io.BytesIO(data)) as picture:
                yield from _frames(picture)
    except UnidentifiedImageError:
        raise ExtractionError("is no picture that can be compared; look at it yourself") from None
    except (*PILLOW_RAISES, Image.DecompressionBombError) as error:
        raise ExtractionError(
            f"the picture cannot be decoded ({type(error).__name__}), so it cannot be compared; "
            "look at it yourself"
        ) from None


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    if picture.width * picture.height > _MOST_PIXELS:
        raise ExtractionError("the picture has too many pixels to be compared; make it smaller")
    frames = int(getattr(picture, "n_frames", 1))
    for number in range(0, frames, -(-frames // MOST_FRAMES)):
        if number:
            picture.seek(number)
        yield grey(picture)


def grey(picture: Image.Image) -> Image.Image:
    """Return an open picture in grey, upright, its longer side :data:`LONG` pixels."""
    turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    if picture.format == "JPEG":
        picture.draft("L" if picture.mode == "L" else "RGB", (LONG, LONG))
    factor = LONG / max(picture.size)
    size = (
        max(_SLIMMEST, round(picture.width * factor)),
        max(_SLIMMEST, round(picture.height * factor)),
    )
    plain = _plain(picture)
    small = plain.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0).convert("L")
    return small.transpose(turn) if turn else small


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture in grey or RGB; what is transparent is shown on white, as on a page."""
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode.startswith(("I", "F")):
        deep = np.asarray(picture, np.float32)
        low, high = float(deep.min()), float(deep.max())
        return Image.fromarray(((deep - low) * (255 / max(high - low, 1))).astype(np.uint8))
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, "white")
        ground.alpha_composite(rgba)
        return ground.convert("RGB")
    return picture.convert("RGB")


def values(picture: Image.Image) -> Floats:
    """Return the pixels of a grey picture, rows first."""
    return np.asarray(picture, np.float32)
