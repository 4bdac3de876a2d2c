"""Pictures: JPEG, PNG, WebP and GIF, with everything that travels in them beside the pixels."""

import io
import re
import struct
import warnings
import zlib
from typing import TYPE_CHECKING

from moderation.extract.builder import Builder
from moderation.extract.exif import Exif, read_exif
from moderation.extract.inside import Inside
from moderation.extract.iptc import read_iim, read_resources
from moderation.extract.payloads import carries_payload
from moderation.extract.picture import Container, after_end, damaged, other_types, strings
from moderation.extract.probe import HEADS, format_of, probe, walk
from moderation.extract.refusal import naming
from moderation.extract.xmp import read_xmp
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_BLOCKS = 20
_MOST_COMPARED = 4
_DRAFT = (256, 256)
_WIDE_MODES = ("I", "I;16", "I;16B", "F")
_FRAMES_INSIDE = 300

_PICTURES = (*(head for head, _ in HEADS), b"RIFF")
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
        format_ = format_of(data)
        found = probe(data, limits)
        facts = _unfold(found).facts
        _decode(data, format_, found)
        found.parts += other_types(data, found)
        _add_payload(data, found)
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
    found = walk(data, _FRAMES_INSIDE)
    _unfold(found)
    found.parts += other_types(data, found)
    _describe(found, builder, before)
    _read_small(found, before, builder)
    return after_end(data, found)


def _compare(picture: "Image", found: Container) -> None:
    """Tell of small copies that show another picture than the one they lie in."""
    from moderation.extract.small_copies import shows_another

    if found.frames > 1 or picture.mode in _WIDE_MODES:
        return
    for place, small in found.small[:_MOST_COMPARED]:
        if shows_another(picture, small):
            found.parts.append(("other-picture", f"the small copy in {place} is another picture"))


def _add_payload(data: bytes, found: Container) -> None:
    """Tell that the picture holds a second thing, unless that is known already."""
    known = any(kind in ("polyglot", "trailing-bytes") for kind, _ in found.parts)
    if not known and carries_payload(data):
        found.parts.append(("polyglot", "the beginning of a program, page or archive"))


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
                picture.draft(None, _DRAFT)  # every pass is read, few pixels are made of it
                for frame in range(found.frames):
                    picture.seek(frame)
                    picture.load()
                _compare(picture, found)
    except (*_PILLOW_RAISES, Image.DecompressionBombError) as error:
        raise ExtractionError(
            f"the picture cannot be decoded ({type(error).__name__}); "
            "open it in an editor and export it again"
        ) from error
