"""Decode a picture and write it anew, where rewriting its structure is not enough."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from moderation.analysis.repair.kept import Kept
from moderation.analysis.transparency import is_transparent
from moderation.extract.guarded import guarded

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 90
_ORIENTATION = 0x0112
_PROFILE_FREE = ("CMYK", "YCCK")


@contextmanager
def decoding(data: bytes, format_: str) -> Iterator["Image"]:
    """Open a picture whose pixels have been counted, and turn every failure into one of ours.

    Args:
        data: the file
        format_: Pillow's name of the only format that it may have

    Raises:
        ExtractionError: it cannot be decoded or written

    """
    from PIL import Image

    with guarded(), Image.open(io.BytesIO(data), formats=(format_,)) as picture:
        yield picture


def frames_of(picture: "Image") -> Iterator["Image"]:
    """Yield every frame as it is displayed, turned upright, in a mode that can be drawn on."""
    from PIL import ImageOps

    # The further pictures of an MPO file are no animation: another eye, a depth, a small copy.
    count = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
    for number in range(count):
        picture.seek(number)
        picture.load()
        turned = picture.getexif().get(_ORIENTATION, 1) != 1
        yield _plain(ImageOps.exif_transpose(picture) if turned else picture)


def encode(
    frames: list["Image"], format_: str, *, like: "Image", kept: Kept, quality: int = QUALITY
) -> bytes:
    """Write frames as a file of their own.

    Args:
        frames: as :func:`frames_of` yields them
        format_: Pillow's name of the format
        like: the picture they came from: its times, loop and colour profile are kept
        kept: what is told beside the pixels, without the orientation
        quality: of JPEG

    """
    settings: dict[str, object] = {}
    if like.info.get("icc_profile") and like.mode not in _PROFILE_FREE:
        settings["icc_profile"] = like.info["icc_profile"]
    if format_ == "JPEG":
        settings |= {"quality": quality, "optimize": True}
        frames = [_opaque(frames[0])]
    if format_ == "WEBP":
        settings |= {"lossless": True}
    if format_ == "GIF":
        settings = {}
    elif exif := kept.as_exif():
        settings["exif"] = exif if format_ != "JPEG" else b"Exif\0\0" + exif
    if len(frames) > 1:
        settings |= {"save_all": True, "append_images": frames[1:], **_pace(like, len(frames))}
    out = io.BytesIO()
    bare = frames[0].copy() if frames[0] is like else frames[0]
    bare.info = {}
    bare.save(out, format_, **settings)
    return out.getvalue()


def shrink(picture: "Image", longest: int) -> "Image":
    """Return the picture with its longer side at most *longest* pixels."""
    from PIL import Image

    scale = min(1.0, longest / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _pace(like: "Image", frames: int) -> dict[str, object]:
    durations = []
    for number in range(frames):
        like.seek(number)
        like.load()
        durations.append(int(like.info.get("duration", 100)))
    pace: dict[str, object] = {"duration": durations, "disposal": 2}
    if "loop" in like.info:
        pace["loop"] = like.info["loop"]
    return pace


def _plain(picture: "Image") -> "Image":
    """Return the picture in grey, RGB or RGBA, 8 bits a sample."""
    if is_transparent(picture):
        return picture.convert("RGBA")
    if picture.mode in ("L", "RGB"):
        return picture if getattr(picture, "n_frames", 1) == 1 else picture.copy()
    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode == "CMYK":
        return _from_cmyk(picture)
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _from_cmyk(picture: "Image") -> "Image":
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile:
        try:
            shown = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            return shown if shown is not None else picture.convert("RGB")
        except ImageCms.PyCMSError:
            pass  # the profile is no good, so the picture is shown without it
    return picture.convert("RGB")


def _opaque(picture: "Image") -> "Image":
    from PIL import Image

    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white
