"""Small copies of pictures, for a page that only one person sees."""

import io
from collections.abc import Collection
from dataclasses import dataclass

from PIL import Image, ImageOps

from moderation.model import ExtractionError, Face

_LONG = 640
_RAISED = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError)


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

    people: Collection[Face] | None = None
    if vision.is_available():
        from moderation.analysis.vision.people import find_people

        people = find_people(data)
    try:
        with Image.open(io.BytesIO(data)) as picture:
            upright = ImageOps.exif_transpose(picture)
            width, height = upright.size
            small = ImageOps.contain(upright.convert("RGB"), (_LONG, _LONG))
    except (*_RAISED, Image.DecompressionBombError) as error:
        raise ExtractionError(
            f"the picture cannot be shown ({type(error).__name__}); open it in an editor"
        ) from None
    plain = Image.new("RGB", small.size)
    plain.paste(small)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=80)
    people = None if people is None else tuple(people)
    return Preview(jpeg=out.getvalue(), width=width, height=height, people=people)
