"""Rewrite a picture so that it shows the same and tells nothing else."""

import io

from PIL import Image, ImageOps

from moderation.model import ExtractionError

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_ORIENTATION, _COPYRIGHT = 0x0112, 0x8298
_QUALITY = 92


def without_private_data(data: bytes) -> bytes:
    """Return the picture without metadata, thumbnails and bytes after its end.

    Kept are what it shows, the way up, the colour profile and the copyright notice. A picture that
    stands upright already keeps the compression of its own, so that it loses next to nothing.

    Args:
        data: JPEG, PNG, WebP or GIF that the extractor could read

    Raises:
        ExtractionError: the picture cannot be written again

    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            kind = picture.format or ""
            return _saved(picture, kind)
    except (OSError, ValueError, SyntaxError) as error:
        raise ExtractionError(
            "the picture cannot be written without its metadata; export it anew and try again"
        ) from error


def _saved(picture: Image.Image, kind: str) -> bytes:
    exif = picture.getexif()
    turned = exif.get(_ORIENTATION, 1) != 1
    profile = picture.info.get("icc_profile")
    kept = Image.Exif()
    if exif.get(_COPYRIGHT):
        kept[_COPYRIGHT] = exif[_COPYRIGHT]
    settings: dict[str, object] = {"icc_profile": profile} if profile else {}
    if kind in ("JPEG", "PNG", "WEBP") and len(kept):
        settings["exif"] = kept.tobytes()
    if kind == "JPEG":
        settings["quality"] = _QUALITY if turned else "keep"
    if kind == "WEBP":
        settings["lossless"] = True
    if getattr(picture, "n_frames", 1) > 1:
        settings["save_all"] = True
    shown = ImageOps.exif_transpose(picture) if turned else picture
    if not turned:
        shown.info = {k: v for k, v in shown.info.items() if k in _SHOWN}
    out = io.BytesIO()
    shown.save(out, kind, **settings)
    return out.getvalue()


_SHOWN = frozenset({"transparency", "duration", "loop", "background", "disposal", "gamma", "dpi"})
"""What Pillow carries beside the pixels that changes how they are shown."""
