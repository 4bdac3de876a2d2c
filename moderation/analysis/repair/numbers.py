"""A picture with a numbered box around each face, to choose from."""

import io
from collections.abc import Sequence

from moderation.analysis.repair.again import decoding, frames_of, shrink
from moderation.extract.probe import format_of, probe
from moderation.model import Face
from moderation.policy import Limits

_LONGEST = 1600
_RED, _WHITE = (200, 0, 0), (255, 255, 255)


def numbered(data: bytes, faces: Sequence[Face], limits: Limits) -> bytes:
    """Return a JPEG of the picture with boxes, numbered from one.

    Args:
        data: JPEG, PNG, WebP or GIF
        faces: as they were found in it
        limits: the most that is decoded

    Raises:
        ExtractionError: the picture cannot be decoded or is too large

    """
    from PIL import ImageDraw, ImageFont

    probe(data, limits)
    with decoding(data, format_of(data)) as picture:
        whole = next(frames_of(picture))
        shown = shrink(whole, _LONGEST).convert("RGB")
        scale = shown.width / whole.width
        draw = ImageDraw.Draw(shown)
        font = ImageFont.load_default(size=max(14, shown.width // 50))
        for number, face in enumerate(faces, 1):
            box = face.region
            edges = (box.left, box.top, box.left + box.width, box.top + box.height)
            left, top, right, bottom = (round(edge * scale) for edge in edges)
            draw.rectangle((left, top, right, bottom), outline=_RED, width=3)
            place = draw.textbbox((left, top), str(number), font=font)
            draw.rectangle(place, fill=_RED)
            draw.text((left, top), str(number), fill=_WHITE, font=font)
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=80)
        return out.getvalue()
