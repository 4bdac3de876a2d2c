"""Pictures: JPEG, PNG, WebP and GIF, with everything that travels in them beside the pixels."""

import io
import re
import struct
import warnings
import zlib
from collections.abc import Callable

from moderation.extract.builder import Builder
from moderation.extract.exif import Exif, read_exif
from moderation.extract.gif import read_gif
from moderation.extract.inside import Inside
from moderation.extract.iptc import read_iim, read_resources
from moderation.extract.jpeg import read_jpeg
from moderation.extract.picture import Container, after_end, damaged, other_types, strings
from moderation.extract.png import read_png
from moderation.extract.refusal import naming
from moderation.extract.webp import read_webp
from moderation.extract.xmp import read_xmp
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import Limits

MAX_FRAMES = 300
MAX_SCANS = 32
"""Passes of a progressive JPEG; encoders write about ten, each costs a decoder all pixels again."""
_ALL_SCANS = 16
_ALL_FRAMES = 4
"""All frames of an animation together may have this many times the pixels of one picture."""

_MOST_BLOCKS = 20

_HEADS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_PICTURES = (*(head for head, _ in _HEADS), b"RIFF")
_READERS: dict[str, Callable[[bytes], Container]] = {
    "JPEG": read_jpeg,
    "PNG": read_png,
    "WEBP": read_webp,
    "GIF": lambda data: read_gif(data, most_frames=MAX_FRAMES),
}
_POSITION = re.compile(r"GPS(?:Dest)?(?:Latitude|Longitude|Position)")
_CARRIERS = {"EXIF": Carrier.EXIF, "IPTC": Carrier.IPTC, "XMP": Carrier.XMP}
# What Pillow raises over files made to hurt it, as measured; MemoryError is left to the caller.
_PILLOW_RAISES = (
    *(OSError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, EOFError),
    *(AttributeError, RuntimeError, AssertionError, struct.error, zlib.error, RuntimeWarning),
)


def extract(
    path: str, data: bytes, digest: str, limits: Limits, inside: Inside | None = None
) -> Document:
    """Read a picture and prove that it is one by decoding it.

    Args:
        path: path of the file, relative to the content folder
        data: its bytes
        digest: SHA-256 of the bytes, in lower-case hexadecimal
        limits: the most that is read; the pixels are counted before they are decoded
        inside: how deep inside another file it lies; not at all unless given

    Raises:
        ExtractionError: it is no picture of a known format, is damaged, or is too large

    """
    with naming(path):
        format_ = _format(data)
        found = _READERS[format_](data)
        _measure(found, limits)
        facts = _unfold(found).facts
        _decode(data, format_, found)
        found.parts += other_types(data, found)
        builder = Builder(path, digest, limits, inside or Inside())
        _describe(found, builder)
        _read_small(found, "", builder)
        _read_rest(after_end(data, found), "after the end", builder)
    properties: dict[str, str | int | bool] = {
        **facts,
        "width": found.width,
        "height": found.height,
        "format": format_,
        "frames": found.frames,
    }
    return builder.document(f"image/{format_.lower()}", properties=properties)


def add_metadata(data: bytes, place: str, builder: Builder) -> None:
    """Read the metadata of a picture that lies inside another file, without decoding it.

    Args:
        data: the bytes of the picture
        place: where it lies, such as ``picture 3``
        builder: the other file's; gets the texts and parts

    Raises:
        ExtractionError: the picture is damaged or not of a known format

    """
    _read_rest(_read_one(data, f"{place} ", builder), f"{place} after the end", builder)


def _read_one(data: bytes, before: str, builder: Builder) -> bytes:
    """Read the metadata of one picture and return what follows it."""
    found = _READERS[_format(data)](data)
    _unfold(found)
    found.parts += other_types(data, found)
    _describe(found, builder, before)
    _read_small(found, before, builder)
    return after_end(data, found)


def _read_small(found: Container, before: str, builder: Builder) -> None:
    """Read the pictures inside the picture."""
    around = builder.inside
    for place, small in found.small:
        builder.inside = around.enter(len(small))
        _read_rest(small, f"{before}small copy in {place}", builder)
    builder.inside = around


def _read_rest(rest: bytes, place: str, builder: Builder) -> None:
    """Read one picture after another, and every word of what is none or is cut short."""
    while rest.startswith(_PICTURES):
        builder.inside.enter(len(rest))
        try:
            rest = _read_one(rest, f"{place} ", builder)
        except ExtractionError:
            break  # cameras leave small copies incomplete; that one is there is told as a part
    builder.block("\n".join(strings(rest)), Carrier.PROPERTY, field=place)


def _describe(found: Container, builder: Builder, before: str = "") -> None:
    for place, text in found.texts:
        carrier = _CARRIERS.get(place.partition(" ")[0], Carrier.PROPERTY)
        builder.block(text.strip(" \0\r\n\t"), carrier, field=before + place)
    for kind, detail in found.parts:
        builder.part(kind, detail, field=(before + _PLACES.get(kind, "")).strip())


_PLACES = {"gps": "GPS", "thumbnail": "thumbnail", "maker-note": "EXIF MakerNote"}


def _format(data: bytes) -> str:
    for head, name in _HEADS:
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


def _measure(found: Container, limits: Limits) -> None:
    """Refuse what would cost too much to decode, by the sizes that the file states."""
    pixels = found.width * found.height
    if pixels == 0:
        raise ExtractionError("the picture has no pixels; export it again")
    if pixels > limits.image_pixels:
        raise ExtractionError(
            f"the picture is {found.width:,} by {found.height:,} pixels, more than "
            f"{limits.image_pixels:,} in all; make it smaller"
        )
    if found.frames > MAX_FRAMES or pixels * found.frames > _ALL_FRAMES * limits.image_pixels:
        raise ExtractionError(
            f"the animation is too long ({min(found.frames, MAX_FRAMES)} pictures or more of "
            f"{found.width:,} by {found.height:,} pixels); shorten it or make it smaller"
        )
    if found.scans > MAX_SCANS or pixels * found.scans > _ALL_SCANS * limits.image_pixels:
        raise ExtractionError(
            f"the picture is stored in {found.scans:,} passes, which is too many; export it again"
        )


def _unfold(found: Container) -> Exif:
    """Read the metadata, which pack one another, into texts and parts of *found*."""
    whole = Exif()
    for block in found.iptc:
        _add_resources(block, found)
    for block in found.exif:  # grows while it is read, where EXIF holds Photoshop holds EXIF
        _add_exif(read_exif(block), whole, found)
        if len(found.exif) > _MOST_BLOCKS:
            raise damaged("the EXIF block")
    for packet in found.xmp:
        whole.position += _add_xmp(packet, found)
    for block in found.iim:
        found.texts += read_iim(block)
    if whole.position or any(_POSITION.search(place) for place, _ in found.texts):
        found.parts.append(("gps", "the place where the picture was taken"))
    if found.frames > 1:
        found.parts.append(("animation", f"{found.frames} pictures shown one after another"))
    return whole


def _add_xmp(packet: bytes, found: Container) -> list[str]:
    """Keep what an XMP packet says, and return the names of the positions in it."""
    xmp = read_xmp(packet)
    found.texts += xmp.texts
    for name, picture in xmp.pictures:
        found.parts.append(("thumbnail", f"a picture in XMP {name}"))
        found.small.append((f"XMP {name}", picture))
    return xmp.position


def _add_exif(exif: Exif, whole: Exif, found: Container) -> None:
    found.texts += exif.texts
    found.xmp += exif.xmp
    found.iim += exif.iim
    found.small += [("EXIF", small) for small in exif.small]
    for block in exif.iptc:
        _add_resources(block, found)
    whole.position += exif.position
    whole.facts.update(exif.facts)
    if exif.thumbnail:
        found.parts.append(("thumbnail", "a small copy of the picture (EXIF)"))
    if exif.maker_note:
        found.parts.append(("maker-note", "data of the camera's maker"))


def _add_resources(block: bytes, found: Container) -> None:
    resources = read_resources(block)
    found.iim += resources.iim
    found.exif += resources.exif
    found.xmp += resources.xmp
    found.texts += resources.texts
    found.small += [("Photoshop", small) for small in resources.small]
    if resources.thumbnail:
        found.parts.append(("thumbnail", "a small copy of the picture (Photoshop)"))


def _decode(data: bytes, format_: str, found: Container) -> None:
    """Decode every frame once; a file that cannot be decoded is no picture."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=(format_,)) as picture:
                for frame in range(found.frames):
                    picture.seek(frame)
                    picture.load()
    except (*_PILLOW_RAISES, Image.DecompressionBombError) as error:
        raise ExtractionError(
            f"the picture cannot be decoded ({type(error).__name__}); "
            "open it in an editor and export it again"
        ) from error
