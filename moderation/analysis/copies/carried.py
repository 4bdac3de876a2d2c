"""Every picture that a file carries: itself, or inside a PDF, an office file, a page or a picture.

A thumbnail inside a photo, a picture in a letter and one that is written into a page as text are
shown to whoever looks for them, so a photo is not gone while one of them is left.
"""

import binascii
import io
import re
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from PIL import Image

from moderation.extract.sniff import sniff
from moderation.model import ExtractionError

if TYPE_CHECKING:
    from pikepdf import Stream

_PICTURES = frozenset(
    f"image/{kind}" for kind in ("jpeg", "png", "gif", "webp", "tiff", "bmp", "x-icon", "avif")
)
_JPEG, _ZIP = b"\xff\xd8\xff", b"PK\x03\x04"
_DATA_URI = re.compile(rb"data:image/[a-z0-9.+-]+((?:;[a-z0-9=.-]+)*),([A-Za-z0-9+/=%_\s-]+)")
_DEEPEST = 3
_MOST_ENTRIES, _MOST_UNPACKED = 5_000, 200_000_000
_LEAST_PIXELS = 24
_PAGE_PIXELS, _MOST_PAGES = 1000, 80
_PDF_RAISES = (ValueError, TypeError, KeyError, NotImplementedError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Held:
    """A picture that a file carries, and where: empty for the file itself."""

    place: str
    picture: bytes | Image.Image


def pictures_in(data: bytes, *, place: str = "", depth: int = 0) -> Iterator[Held]:
    """Yield every picture that a file carries; icons smaller than 24 pixels are left out.

    Args:
        data: the file
        place: where it lies in another one
        depth: how deep

    Raises:
        ExtractionError: a part of it cannot be read, so that nobody knows what it shows

    """
    kind = sniff(place or "file", data)
    if kind in _PICTURES:
        yield Held(place, data)
        yield from _inside_picture(data, place)
    elif kind == "application/pdf":
        yield from _inside_pdf(data, place, depth)
    elif data.startswith(_ZIP) or zipfile.is_zipfile(io.BytesIO(data)):
        yield from _inside_archive(data, place, depth)
    else:
        yield from _inside_picture(data, place)  # old office files hold pictures as they are
        yield from _written_in(data, place)


def _inside_picture(data: bytes, place: str) -> Iterator[Held]:
    """Yield complete JPEG pictures inside other bytes: thumbnails, a camera's second pictures."""
    at = data.find(_JPEG, 1)
    number = 0
    while at > 0 and number < 20:
        if _size(data[at:]):
            number += 1
            yield Held(_joined(place, f"picture {number} inside"), data[at:])
        at = data.find(_JPEG, at + 1)


def _size(data: bytes) -> bool:
    """Say whether *data* begins with a picture that can be decoded and is no icon."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.draft("L", (64, 64))
            picture.load()
            return min(picture.size) >= _LEAST_PIXELS
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def _inside_archive(data: bytes, place: str, depth: int) -> Iterator[Held]:
    if depth >= _DEEPEST:
        raise ExtractionError(f"{place}: lies too deep inside other files; look at it yourself")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED:
                raise ExtractionError("unpacks to too much; look at it yourself")
            for number, entry in enumerate(entries, start=1):
                part = archive.read(entry)
                yield from pictures_in(
                    part, place=_joined(place, f"part {number}"), depth=depth + 1
                )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        raise ExtractionError("cannot be unpacked; look at it yourself") from None


def _inside_pdf(data: bytes, place: str, depth: int) -> Iterator[Held]:
    """Yield the pictures of a PDF, the files attached to it, and its pages as they look."""
    import pikepdf

    if depth >= _DEEPEST:
        raise ExtractionError(f"{place}: lies too deep inside other files; look at it yourself")
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            for number, entry in enumerate(document.objects, start=1):
                if not isinstance(entry, pikepdf.Stream):
                    continue
                where = _joined(place, f"object {number}")
                if entry.get("/Type") == "/EmbeddedFile":
                    yield from pictures_in(entry.read_bytes(), place=where, depth=depth + 1)
                elif entry.get("/Subtype") == "/Image" and not entry.get("/ImageMask", False):
                    yield from _pdf_picture(entry, where)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        raise ExtractionError("is a PDF that cannot be opened; look at it yourself") from None
    yield from _pages(data, place)


def _pdf_picture(entry: "Stream", where: str) -> Iterator[Held]:
    from pikepdf import PdfError, PdfImage
    from pikepdf.models.image import UnsupportedImageTypeError

    image = PdfImage(entry)
    if min(image.width, image.height) < _LEAST_PIXELS:
        return
    try:
        yield Held(where, image.as_pil_image())
    except (PdfError, UnsupportedImageTypeError, *_PDF_RAISES):
        return  # the pages as they look show it all the same


def _pages(data: bytes, place: str) -> Iterator[Held]:
    """Yield each page that is not mere text, which also shows what is stored in strips."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            for number in range(min(len(document), _MOST_PAGES)):
                page = document[number]
                factor = _PAGE_PIXELS / max(*page.get_size(), 1)
                drawn = page.render(scale=factor, grayscale=True).to_pil()
                yield Held(_joined(place, f"page {number + 1}"), drawn)
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        raise ExtractionError("is a PDF whose pages cannot be drawn; look at it yourself") from None


def _written_in(data: bytes, place: str) -> Iterator[Held]:
    """Yield pictures that are written into a text as ``data:image/...`` addresses."""
    for number, match in enumerate(_DATA_URI.finditer(data), start=1):
        body = unquote_to_bytes(match[2])
        try:
            picture = b64decode(b"".join(body.split())) if b"base64" in match[1] else body
        except binascii.Error:
            continue
        if sniff("file", picture) in _PICTURES and _size(picture):
            yield Held(_joined(place, f"address {number}"), picture)


def _joined(place: str, more: str) -> str:
    return f"{place}, {more}" if place else more
