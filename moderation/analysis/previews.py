"""Small copies of pictures, for a page that only one person sees."""

import io
from collections.abc import Collection
from dataclasses import dataclass

from PIL import Image, ImageOps

from moderation.analysis.transparency import DEEP, on_page
from moderation.extract.guarded import guarded
from moderation.model import Face

_LONG = 960
_ORIENTATION, _SIDEWAYS = 0x0112, (5, 6, 7, 8)
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_YELLOW, _BLACK = (255, 213, 0), (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A picture as it is displayed, made smaller.

    Args:
        jpeg: the small copy, without metadata
        width: of the picture itself, in pixels
        height: likewise
        people: the faces in it, in pixels of the picture itself; None where nobody looked

    """

    jpeg: bytes
    width: int
    height: int
    people: tuple[Face, ...] | None


def preview(data: bytes) -> Preview:
    """Make a picture smaller, and find the people in it where a detector is at hand.

    Raises:
        ExtractionError: it cannot be decoded

    """
    from moderation.analysis import vision

    showing = guarded("the picture cannot be shown")
    with showing, Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        width, height = picture.size
        if picture.getexif().get(_ORIENTATION, 1) in _SIDEWAYS:
            width, height = height, width
        picture.thumbnail((2 * _LONG, 2 * _LONG), reducing_gap=2.0)  # or it takes much memory
        upright = ImageOps.exif_transpose(picture)
        shown = on_page(upright) if upright.mode in DEEP else upright.convert("RGB")
        small = ImageOps.contain(shown, (_LONG, _LONG))
    people: Collection[Face] | None = None
    if vision.is_available():
        from moderation.analysis.vision.people import find_people

        people = find_people(data)
    plain = Image.new("RGB", small.size)
    plain.paste(small)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=80)
    people = None if people is None else tuple(people)
    return Preview(jpeg=out.getvalue(), width=width, height=height, people=people)


def boxed(made: Preview) -> bytes:
    """Return the small copy as a PNG with a numbered box around each face."""
    from PIL import ImageDraw, ImageFont

    with Image.open(io.BytesIO(made.jpeg)) as small:
        shown = small.convert("RGB")
    scale = shown.width / made.width
    draw, font = ImageDraw.Draw(shown), ImageFont.load_default(size=16)
    for number, face in enumerate(made.people or (), 1):
        region = face.region
        left, top = region.left * scale, region.top * scale
        right, bottom = left + region.width * scale, top + region.height * scale
        draw.rectangle((left, top, right, bottom), outline=_YELLOW, width=3)
        place = draw.textbbox((left, top), str(number), font=font, anchor="ls")
        draw.rectangle(place, fill=_BLACK)
        draw.text((left, top), str(number), fill=_YELLOW, font=font, anchor="ls")
    out = io.BytesIO()
    shown.save(out, "PNG")
    return out.getvalue()
