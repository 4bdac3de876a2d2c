"""TIFF, which scanners and cameras make and no browser shows: what of it can be converted.

The format allows far more than pictures. One picture of whole numbers in well-known compression is
converted; all else is refused before a pixel is decoded. After *TIFF Revision 6.0*.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from moderation.analysis.repair.kept import Metadata
from moderation.model import ExtractionError

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _SAMPLE_FORMAT = 256, 257, 258, 259, 339
_STRIP_PLACES, _STRIP_SIZES, _ROWS_PER_STRIP = 273, 279, 278
_TILE_WIDTH, _TILE_HEIGHT, _TILE_PLACES, _TILE_SIZES = 322, 323, 324, 325
_XMP, _IIM, _PHOTOSHOP = 700, 33723, 34377
_DEPTHS = frozenset({(1,), (2,), (4,), (8,), (16,)})
_WHOLE_NUMBERS = frozenset({(1,), ()})
_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 7, 8, 32773, 32946})
"""None, three of fax machines, LZW, JPEG, Deflate (two numbers) and PackBits."""
_MOST_PIECES = 50_000
_TO_DO = "save the picture as JPEG or PNG"


def refuse_odd_tiff(picture: "TiffImageFile", size: int) -> None:
    """Refuse a TIFF file that is not one picture in whole numbers, before a pixel is decoded.

    Args:
        picture: as it was opened
        size: of the file in bytes

    Raises:
        ExtractionError: it has several pages, odd numbers or compression, or parts that lie
            outside the file or are larger than the picture

    """
    tags = picture.tag_v2
    if tuple(set(_numbers(tags, _SAMPLE_FORMAT))) not in _WHOLE_NUMBERS:
        raise _refused("holds measurements, which are no colours")
    if tuple(set(_numbers(tags, _BITS))) not in _DEPTHS:
        raise _refused("has colours of unequal or unknown depth")
    if not _COMPRESSIONS.issuperset(_numbers(tags, _COMPRESSION)):
        raise _refused("is compressed in a way that is not read")
    _refuse_pieces(tags, size)
    if _has_more_pages(picture):
        raise ExtractionError("the TIFF file has several pages; save the one to be shown as JPEG")


def metadata_of(picture: "TiffImageFile", data: bytes) -> Metadata:
    """Return the metadata blocks of a TIFF file, which is itself built as EXIF is.

    Args:
        picture: as it was opened
        data: the file

    """
    found = Metadata(exif=[data])
    for tag, blocks in ((_XMP, found.xmp), (_IIM, found.iim)):
        if block := _block(picture.tag_v2, tag):
            blocks.append(block)
    found.resources = _block(picture.tag_v2, _PHOTOSHOP)
    return found


def _refuse_pieces(tags: "ImageFileDirectory_v2", size: int) -> None:
    """Refuse strips or tiles that lie outside the file, or that unpack to more than the picture."""
    tiled = _TILE_PLACES in tags
    sides = [*_numbers(tags, _WIDTH), *_numbers(tags, _HEIGHT)]
    places = _numbers(tags, _TILE_PLACES if tiled else _STRIP_PLACES)
    sizes = _numbers(tags, _TILE_SIZES if tiled else _STRIP_SIZES)
    if not places or len(places) != len(sizes) or len(places) > _MOST_PIECES or len(sides) != 2:
        raise _refused("has a damaged structure")
    if any(place + length > size for place, length in zip(places, sizes, strict=True)):
        raise _refused("is damaged: parts of it lie behind its end")
    if tiled:
        tile = [*_numbers(tags, _TILE_WIDTH), *_numbers(tags, _TILE_HEIGHT)]
        # Tiles are multiples of 16, and one may be larger than a small picture.
        if len(tile) != 2 or any(t > max(n, 512) + 15 for t, n in zip(tile, sides, strict=True)):
            raise _refused("has tiles that are larger than the picture")
        return
    rows = _numbers(tags, _ROWS_PER_STRIP) or (sides[1],)
    strips = -(-sides[1] // max(1, min(rows[0], sides[1])))
    if len(places) % strips:
        raise _refused("has strips of another number than it says")


def _has_more_pages(picture: "TiffImageFile") -> bool:
    try:
        picture.seek(1)
    except EOFError:
        return False
    return True


def _numbers(tags: "ImageFileDirectory_v2", tag: int) -> Sequence[int]:
    """Return the whole numbers of a tag, however many there are."""
    value = tags.get(tag, ())
    found = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(each, int) and each >= 0 for each in found):
        raise _refused("has a damaged structure")
    return found


def _block(tags: "ImageFileDirectory_v2", tag: int) -> bytes:
    value = tags.get(tag, b"")
    value = value[0] if isinstance(value, tuple) and len(value) == 1 else value
    return value if isinstance(value, bytes) else b""


def _refused(why: str) -> ExtractionError:
    return ExtractionError(f"the TIFF file {why}; {_TO_DO}")
