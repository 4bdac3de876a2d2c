"""PNG, rewritten chunk by chunk: the pixels stay as they were compressed.

After *Portable Network Graphics (PNG) Specification (Third Edition)*, W3C, 2025.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from moderation.analysis.repair.again import decoding
from moderation.analysis.repair.kept import Kept, Metadata, notice
from moderation.analysis.repair.profile import sound_profile
from moderation.extract.payloads import carries_payload
from moderation.extract.picture import MAX_BLOCKS, MAX_TEXT, Container, damaged
from moderation.extract.png import read_text
from moderation.model import ExtractionError

_HEAD = b"\x89PNG\r\n\x1a\n"
_NUMBERS = {
    **{b"cHRM": (32,), b"gAMA": (4,), b"sBIT": (1, 2, 3, 4), b"sRGB": (1,), b"cICP": (4,)},
    **{b"mDCV": (24,), b"cLLI": (8,), b"bKGD": (1, 2, 6), b"pHYs": (9,), b"acTL": (8,)},
}
"""Chunks that change how the picture is shown, and the bytes they may have."""
_BEFORE_PALETTE = (b"cICP", b"mDCV", b"cLLI", b"cHRM", b"gAMA", b"sRGB", b"sBIT", b"pHYs")
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_INDEXED = 3
_CLEAR = {0: 2, 2: 6}
_PASSES = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)
"""Adam7: first column and row, and the steps to the next, of each pass."""
_FED = 1 << 18
_CONTROL = 26
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_NOTICES = {"Author": "dc:creator", "Copyright": "dc:rights"}


@dataclass(slots=True)
class _Chunks:
    """The chunks of a file, sorted by what becomes of them."""

    header: bytes = b""
    palette: bytes = b""
    clear: bytes = b""
    profile: bytes = b""
    numbers: dict[bytes, bytes] = field(default_factory=dict)
    pixels: list[bytes] = field(default_factory=list)
    frames: list[tuple[bytes, list[bytes]]] = field(default_factory=list)
    first_is_frame: bool = False
    metadata: Metadata = field(default_factory=Metadata)
    texts: dict[str, str] = field(default_factory=dict)


def rewrite_png(data: bytes, kept: Kept | None = None) -> bytes:
    """Return the same picture with nothing beside it.

    Args:
        data: a PNG file
        kept: what is written beside the pixels, instead of what the file tells of itself

    Raises:
        ExtractionError: it is damaged or ends early

    """
    found = _sorted(data)
    if len(found.header) != 13 or not found.pixels:
        raise damaged("the header")
    if kept is not None:
        there = {name for name, _ in kept.xmp}
        texts = found.texts.items()
        found.texts = {name: text for name, text in texts if _NOTICES[name] not in there}
    whole = _written(found, kept or found.metadata.kept())
    if found.header[9] != _INDEXED or b"acTL" in found.numbers:
        return whole
    found.palette = _blanked(found.palette, whole)
    return _written(found, kept or found.metadata.kept())


def kept_in_png(data: bytes) -> Kept:
    """Return what a cleaned copy would tell beside the pixels."""
    found = _sorted(data)
    kept = found.metadata.kept()
    there = {name for name, _ in kept.xmp}
    texts = ((_NOTICES[name], text) for name, text in sorted(found.texts.items()))
    return replace(kept, xmp=(*kept.xmp, *(each for each in texts if each[0] not in there)))


def _sorted(data: bytes) -> _Chunks:
    found = _Chunks()
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            found.header = found.header or body
        elif kind in (b"IDAT", b"fcTL", b"fdAT"):
            _add_pixels(kind, body, found)
        elif kind in _NUMBERS and len(body) in _NUMBERS[kind]:
            found.numbers.setdefault(kind, body)
        else:
            _sort(kind, body, found)
    return found


def _blanked(palette: bytes, whole: bytes) -> bytes:
    """Return the palette of a picture without the colours that nothing is painted in."""
    with decoding(whole, "PNG") as picture:
        used = {index for _, index in picture.getcolors(256) or ()}
    colours = [palette[at : at + 3] for at in range(0, len(palette), 3)]
    return b"".join(c if n in used else bytes(3) for n, c in enumerate(colours))


def _add_pixels(kind: bytes, body: bytes, found: _Chunks) -> None:
    if kind == b"IDAT":
        found.pixels.append(body)
    elif kind == b"fcTL":
        if len(body) != _CONTROL:
            raise damaged("a frame")
        found.first_is_frame |= not found.pixels
        found.frames.append((body[4:], []))
    elif not found.frames:
        raise damaged("a frame")
    else:
        found.frames[-1][1].append(body[4:])


def _sort(kind: bytes, body: bytes, found: _Chunks) -> None:
    if kind == b"PLTE" and len(body) % 3 == 0:
        found.palette = found.palette or body[: 3 * 256]
    elif kind == b"tRNS":
        found.clear = found.clear or body[:256]
    elif kind == b"eXIf":
        found.metadata.exif.append(body.removeprefix(b"Exif\0\0"))
    elif kind == b"iCCP":
        packed = body.partition(b"\0")[2][1:]
        found.profile = found.profile or sound_profile(_unpacked(packed))
    elif kind in _TEXTS:
        _add_text(kind, body, found)


def _add_text(kind: bytes, body: bytes, found: _Chunks) -> None:
    """Keep author and copyright, and what XMP and raw profiles say of them."""
    texts = Container()
    try:
        read_text(kind.decode("ascii"), body, texts)
    except ExtractionError:
        return  # what cannot be read is not taken over
    metadata = found.metadata
    metadata.exif += texts.exif
    metadata.xmp += texts.xmp
    metadata.iim += texts.iim
    metadata.resources += b"".join(texts.iptc)
    for place, text in texts.texts:
        name = place.rpartition(" ")[2]
        if name in _NOTICES and (told := notice(text)):
            found.texts.setdefault(name, told)


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MAX_TEXT)
    except zlib.error:
        return b""


def _written(found: _Chunks, kept: Kept) -> bytes:
    header = found.header
    kind = header[9]
    out = [_HEAD, _chunk(b"IHDR", header)]
    out += [_chunk(n, found.numbers[n]) for n in _BEFORE_PALETTE if n in found.numbers]
    if found.profile:
        out.append(_chunk(b"iCCP", b"icc\0\0" + zlib.compress(found.profile, 9)))
    if kind == _INDEXED:
        out.append(_chunk(b"PLTE", found.palette[: 3 << header[8]]))
        found.clear = found.clear[: len(found.palette) // 3]
    else:
        found.clear = found.clear if len(found.clear) == _CLEAR.get(kind) else b""
    out += [_chunk(b"tRNS", found.clear)] if found.clear else []
    out += [_chunk(b"bKGD", found.numbers[b"bKGD"])] if b"bKGD" in found.numbers else []
    exif, xmp = kept.as_exif(), kept.as_xmp(with_iptc=True)
    out += [_chunk(b"eXIf", exif)] if exif else []
    out += [_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)] if xmp else []
    out += [_text(name, text) for name, text in sorted(found.texts.items())]
    out += _pictures(found)
    return b"".join((*out, _chunk(b"IEND", b"")))


def _text(name: str, text: str) -> bytes:
    keyword = name.encode("ascii") + b"\0"
    try:
        return _chunk(b"tEXt", keyword + text.encode("latin-1"))
    except UnicodeEncodeError:
        return _chunk(b"iTXt", keyword + bytes(4) + text.encode())


def _pictures(found: _Chunks) -> Iterator[bytes]:
    """Yield the chunks of all frames, numbered anew."""
    moving = b"acTL" in found.numbers and bool(found.frames)
    shown = _exact(found.pixels, _size(found.header, found.header[:8]))
    if not moving:
        yield _chunk(b"IDAT", shown)
        return
    number = 0
    yield _chunk(b"acTL", struct.pack(">I", len(found.frames)) + found.numbers[b"acTL"][4:])
    if not found.first_is_frame:
        yield _chunk(b"IDAT", shown)
    for index, (control, pieces) in enumerate(found.frames):
        yield _chunk(b"fcTL", struct.pack(">I", number) + control)
        number += 1
        if index == 0 and found.first_is_frame:
            yield _chunk(b"IDAT", shown)
            continue
        pixels = _exact(pieces, _size(found.header, control[:8]))
        yield _chunk(b"fdAT", struct.pack(">I", number) + pixels)
        number += 1


def _size(header: bytes, area: bytes) -> int:
    """Return how many bytes the pixels of a frame are before they are compressed."""
    width, height = struct.unpack(">II", area)
    bits = header[8] * _SAMPLES.get(header[9], 0)
    if not bits:
        raise damaged("the header")
    if not header[12]:
        return int(height * ((width * bits + 7) // 8 + 1))
    total = 0
    for column, row, across, down in _PASSES:
        columns, rows = -((column - width) // across), -((row - height) // down)
        if columns > 0 and rows > 0:
            total += rows * ((columns * bits + 7) // 8 + 1)
    return total


def _exact(pieces: Sequence[bytes], size: int) -> bytes:
    """Return a compressed stream of *size* bytes without anything after them or after it."""
    packed = b"".join(pieces)
    stream = zlib.decompressobj()
    made = 0
    try:
        for at in range(0, len(packed), _FED):
            fed = packed[at : at + _FED]
            while fed and not stream.eof and made <= size:
                made += len(stream.decompress(fed, _FED))
                fed = stream.unconsumed_tail
            if stream.eof and made == size:
                exact = packed[: min(at + _FED, len(packed)) - len(stream.unused_data)]
                return _without_payload(exact, size)
            if stream.eof or made > size:
                break
    except zlib.error as error:
        raise damaged("the structure") from error
    if made < size:
        raise damaged("the end")
    return _without_payload(zlib.compress(zlib.decompressobj().decompress(packed, size)), size)


def _without_payload(packed: bytes, size: int) -> bytes:
    """Compress anew what is stored as it is, or spells a payload; the pixels stay the same."""
    if len(packed) < size and not carries_payload(packed):
        return packed
    plain = zlib.decompressobj().decompress(packed, size)
    return zlib.compress(plain, 9)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_HEAD)
    for _ in range(MAX_BLOCKS):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if at + 12 + size > len(data):
            raise damaged("the end")
        yield kind, data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND" or (kind == b"IDAT" and at == len(data)):
            return  # whether all pixels are there is seen when they are unpacked
    raise damaged("the structure")
