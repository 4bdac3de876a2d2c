"""HEIC, AVIF and TIFF, which are made by machines and not shown by every browser, as JPEG."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from moderation.analysis.repair.again import decoding, encode, frames_of
from moderation.analysis.repair.jpeg import rewrite_jpeg
from moderation.analysis.repair.kept import Metadata
from moderation.analysis.repair.tiff import metadata_of, refuse_odd_tiff
from moderation.extract.guarded import guarded
from moderation.extract.probe import refuse_odd_items, refuse_size
from moderation.extract.sniff import sniff
from moderation.model import ExtractionError
from moderation.policy import Limits

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.TiffImagePlugin import TiffImageFile

_QUALITY = 92
_HEIF = ("image/heic", "image/heif")
_TIFF = "image/tiff"


def is_modern(data: bytes) -> bool:
    """Say whether *data* is a picture of a kind that is converted."""
    return sniff("", data[:64]) in (*_HEIF, "image/avif", _TIFF)


def as_jpeg(data: bytes, limits: Limits) -> bytes:
    """Return the picture of an HEIC, AVIF or TIFF file as JPEG, cleaned and upright.

    Raises:
        ExtractionError: it is damaged or too large, or the library that reads it is missing

    """
    with _opened(data) as picture:
        refuse_size(picture.width, picture.height, limits.image_pixels // 2)
        if getattr(picture, "n_frames", 1) > 1 and picture.format == "AVIF":
            raise ExtractionError("the picture is an animation; save one picture of it as JPEG")
        kept = _metadata(picture, data).kept()
        frame = next(frames_of(picture))
        out = encode([frame], "JPEG", like=picture, kept=kept, quality=_QUALITY)
    return rewrite_jpeg(out, kept.upright())


def _metadata(picture: "Image", data: bytes) -> Metadata:
    if _is_tiff(data):
        return metadata_of(cast("TiffImageFile", picture), data)
    found = Metadata()
    for key, blocks in (("exif", found.exif), ("xmp", found.xmp)):
        block = picture.info.get(key)
        if isinstance(block, bytes) and block:
            blocks.append(block.removeprefix(b"Exif\0\0"))
    return found


def _is_tiff(data: bytes) -> bool:
    return sniff("", data[:64]) == _TIFF


@contextmanager
def _opened(data: bytes) -> Iterator["Image"]:
    if _is_tiff(data):
        with decoding(data, "TIFF") as picture:
            refuse_odd_tiff(cast("TiffImageFile", picture), len(data))
        with decoding(data, "TIFF") as picture:
            yield picture
        return
    if sniff("", data[:64]) not in _HEIF:
        with decoding(data, "AVIF") as picture:
            yield picture
        return
    try:
        import pi_heif  # type: ignore[import-untyped]  # it has no stubs
    except ImportError as error:  # pragma: no cover - it comes with Schoolgate
        raise ExtractionError(
            "HEIC pictures cannot be read here; install pi-heif, or save the picture as JPEG"
        ) from error
    refuse_odd_items(data)
    with guarded():
        heif = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        yield heif[heif.primary_index].to_pillow()
