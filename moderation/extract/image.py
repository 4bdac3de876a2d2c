"""Pictures: JPEG, PNG, WebP and GIF, with everything that travels in them beside the pixels."""

import io
from typing import TYPE_CHECKING

from moderation.extract.builder import Builder
from moderation.extract.guarded import guarded
from moderation.extract.inside import Inside
from moderation.extract.payloads import carries_payload
from moderation.extract.picture import Container, after_end, other_types, strings
from moderation.extract.probe import HEADS, format_of, probe, walk
from moderation.extract.refusal import naming
from moderation.extract.unfold import unfold
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_COMPARED = 4
_DRAFT = (256, 256)
_WIDE_MODES = ("I", "I;16", "I;16B", "F")
_FRAMES_INSIDE = 300

_PICTURES = (*(head for head, _ in HEADS), b"RIFF")
_CARRIERS = {"EXIF": Carrier.EXIF, "IPTC": Carrier.IPTC, "XMP": Carrier.XMP}


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
        facts = unfold(found).facts
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
    unfold(found)
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


def _decode(data: bytes, format_: str, found: Container) -> None:
    """Decode every frame once; a file that cannot be decoded is no picture."""
    from PIL import Image

    with guarded(), Image.open(io.BytesIO(data), formats=(format_,)) as picture:
        picture.draft(None, _DRAFT)  # every pass is read, few pixels are made of it
        for frame in range(found.frames):
            picture.seek(frame)
            picture.load()
        _compare(picture, found)
