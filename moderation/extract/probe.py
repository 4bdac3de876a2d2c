"""What a picture would cost, told from its structure before a pixel is decoded."""

import re
from collections.abc import Callable

from moderation.extract.gif import read_gif
from moderation.extract.jpeg import read_jpeg
from moderation.extract.picture import Container
from moderation.extract.png import read_png
from moderation.extract.webp import read_webp
from moderation.model import ExtractionError
from moderation.policy import Limits

HEADS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_READERS: dict[str, Callable[[bytes], Container]] = {
    "JPEG": read_jpeg,
    "PNG": read_png,
    "WEBP": read_webp,
}
_ITEM = re.compile(rb"infe([\x02\x03])")
_BEFORE_TYPE = {b"\x02": 7, b"\x03": 9}
"""Bytes between the version of an item's entry and its type: ISO/IEC 14496-12, 8.11.6."""
_SAMPLES = 4
"""With more passes than kinds of sample it is progressive, and a decoder keeps it whole."""
_COSTS = {"JPEG": 1, "PASSES": 2, "PNG": 2, "WEBP": 4, "GIF": 4}
"""What a pixel costs a decoder in memory, beside one of a JPEG, as measured."""
_ALL_SCANS = 16
_ALL_FRAMES = 8
"""All frames of an animation together may have this many times the pixels of one picture."""


def probe(data: bytes, limits: Limits) -> Container:
    """Walk the structure of a picture, and refuse what would cost too much, without decoding it.

    Args:
        data: JPEG, PNG, WebP or GIF
        limits: the most that is read; pixels, passes and frames are counted

    Raises:
        ExtractionError: it is no picture of a known format, is damaged, or is too large

    """
    found = walk(data, limits.image_frames)
    _measure(found, format_of(data), limits)
    return found


def walk(data: bytes, most_frames: int) -> Container:
    """Walk the structure of a picture, whatever it would cost to decode.

    Args:
        data: JPEG, PNG, WebP or GIF
        most_frames: where to stop reading an animation

    Raises:
        ExtractionError: it is no picture of a known format, or is damaged

    """
    format_ = format_of(data)
    return read_gif(data, most_frames=most_frames) if format_ == "GIF" else _READERS[format_](data)


def format_of(data: bytes) -> str:
    """Name the format of a picture as Pillow does, by its first bytes.

    Raises:
        ExtractionError: it is none that is read

    """
    for head, name in HEADS:
        if data.startswith(head):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    kind = "HEIC" if data[4:8] == b"ftyp" else ""
    kind = kind or {b"II*\0": "TIFF", b"MM\0*": "TIFF"}.get(data[:4], "")
    kind = kind or ("BMP" if data[:2] == b"BM" else "")
    kind = kind or ("SVG" if b"<svg" in data[:4096] else "")
    trouble = f"is a picture of the type {kind}" if kind else "is not a picture of a known type"
    raise ExtractionError(f"{trouble}, so it cannot be checked; save it as JPEG, PNG, WebP or GIF")


def _measure(found: Container, format_: str, limits: Limits) -> None:
    """Refuse what would cost too much to decode, by the sizes that the file states."""
    most = limits.image_pixels // _COSTS["PASSES" if found.scans > _SAMPLES else format_]
    refuse_size(found.width, found.height, most)
    pixels = found.width * found.height
    if found.frames > limits.image_frames or pixels * found.frames > _ALL_FRAMES * most:
        shown = min(found.frames, limits.image_frames)
        raise ExtractionError(
            f"the animation is too long ({shown} pictures or more of "
            f"{found.width:,} by {found.height:,} pixels); shorten it or make it smaller"
        )
    if found.scans > limits.image_scans or pixels * found.scans > _ALL_SCANS * most:
        raise ExtractionError(
            f"the picture is stored in {found.scans:,} passes, which is too many; export it again"
        )


def refuse_odd_items(data: bytes) -> None:
    """Refuse an HEIC file in which the type or name of an item is no text.

    The binding of the library that decodes it (pi-heif 1.4) ends the process over one.

    Raises:
        ExtractionError: there is one

    """
    for item in _ITEM.finditer(data):
        start = item.start() - 4
        size = int.from_bytes(data[max(0, start) : item.start()], "big")
        try:
            data[item.end() + _BEFORE_TYPE[item[1]] : start + size].decode("utf-8")
        except UnicodeDecodeError:
            raise ExtractionError(
                "the list of items of the picture is damaged, so it cannot be checked; "
                "open it in an editor and export it again"
            ) from None


def refuse_size(width: int, height: int, most: int) -> None:
    """Refuse a picture without pixels or with more than *most*.

    Raises:
        ExtractionError: it is one

    """
    if width * height == 0:
        raise ExtractionError("the picture has no pixels; export it again")
    if width * height > most:
        raise ExtractionError(
            f"the picture is {width:,} by {height:,} pixels, more than {most:,} in all; "
            "make it smaller"
        )
