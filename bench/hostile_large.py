"""Pictures of up to 20 MB that were made to cost time or memory."""

import io
import random
import struct
import zlib
from collections.abc import Callable, Mapping

from PIL import Image

LARGEST = 20_000_000
_XMP = b"http://ns.adobe.com/xap/1.0/\0"


def _noise(width: int, height: int) -> Image.Image:
    data = random.Random(3).randbytes(width * height * 3)
    return Image.frombytes("RGB", (width, height), data)


def _saved(picture: Image.Image, format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(chunks: bytes) -> bytes:
    plain = _saved(_noise(8, 8), "PNG")
    return plain[:33] + chunks + plain[33:]


def _jpeg(segments: bytes) -> bytes:
    plain = _saved(_noise(8, 8), "JPEG")
    return plain[:2] + segments + plain[2:]


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def _webp(chunks: bytes) -> bytes:
    data = _saved(_noise(8, 8), "WEBP") + chunks
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def _scans() -> bytes:
    data = _saved(_noise(2400, 2000), "JPEG", progressive=True, quality=95)
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * 20 + b"\xff\xd9"


def _frames(format_: str, side: int, count: int) -> bytes:
    frames = [_noise(side, side).rotate(90 * n) for n in range(4)] * (count // 4)
    return _saved(frames[0], format_, save_all=True, append_images=frames[1:])


def _loop(tags: int) -> bytes:
    """Write EXIF whose directories all follow one another in circles."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 2 * tags) + entry * tags + struct.pack("<I", 8)


def _words(size: int) -> bytes:
    return b"Ada Vale lives here. " * (size // 21)


LARGE: Mapping[str, Callable[[], bytes]] = {
    "a.jpg noise of 50 megapixels": lambda: _saved(
        _noise(1000, 1000).resize((7000, 7000)), "JPEG", quality=70
    ),
    "a.jpg noise of 20 MB": lambda: _saved(_noise(3300, 3000), "JPEG", quality=95),
    "a.jpg of 30 passes": _scans,
    "a.jpg of 20 MB of comments": lambda: _jpeg(_segment(0xFE, _words(65_000)) * 300),
    "a.jpg of 20 MB of EXIF": lambda: _jpeg(_segment(0xE1, b"Exif\0\0" + _loop(2500)) * 300),
    "a.jpg of 20 MB of XMP": lambda: _jpeg(
        _segment(0xE1, _XMP + b"<a>" + b"<b c='d'/>" * 6000 + b"</a>") * 300
    ),
    "a.jpg of 20 MB of IPTC": lambda: _jpeg(
        _segment(
            0xED,
            b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\xff\x00" + b"\x1c\x02\x19\0\1a" * 10_000,
        )
        * 300
    ),
    "a.jpg with 20 MB of words behind it": lambda: _jpeg(b"") + _words(19_000_000),
    "a.jpg with 20 MB of noise behind it": lambda: (
        _jpeg(b"") + random.Random(1).randbytes(19_000_000)
    ),
    "a.jpg with a thousand more behind it": lambda: _jpeg(b"") * 20_000,
    "a.jpg of filling": lambda: _jpeg(b"\xff" * 19_000_000),
    "a.jpg of starts": lambda: _jpeg(b"") + b"\xff\xd8\xff\xe0" * 4_900_000,
    "a.png noise of 20 MB": lambda: _saved(_noise(2700, 2400), "PNG", compress_level=1),
    "a.png of 25 megapixels of nothing": lambda: _saved(Image.new("RGBA", (5000, 4990)), "PNG"),
    "a.png of 16 bits": lambda: _saved(
        Image.frombytes("I;16", (3100, 3100), random.Random(2).randbytes(19_220_000)), "PNG"
    ),
    "a.png interlaced": lambda: _saved(_noise(2500, 2500), "PNG"),
    "a.png of packed texts": lambda: _png(
        _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 990_000)) * 15_000
    ),
    "a.png with a profile that unpacks to 1 GB": lambda: _png(
        _chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(1_000_000_000)))
    ),
    "a.png of empty chunks": lambda: _png(_chunk(b"prVt", b"") * 1_600_000),
    "a.png of words": lambda: _png(_chunk(b"tEXt", b"Comment\0" + _words(900_000)) * 20),
    "a.webp of noise": lambda: _saved(_noise(3000, 2000), "WEBP", lossless=True, method=0),
    "a.webp of 12 megapixels of nothing": lambda: _saved(
        Image.new("RGBA", (4000, 3100)), "WEBP", lossless=True, method=0
    ),
    "a.webp of 100 frames": lambda: _frames("WEBP", 300, 100),
    "a.webp of empty chunks": lambda: _webp(b"ABCD\0\0\0\0" * 2_400_000),
    "a.gif of 300 frames": lambda: _frames("GIF", 200, 300),
    "a.gif of 5,000 frames": lambda: _frames("GIF", 40, 5_000),
    "a.gif of blocks of one byte": lambda: (
        _saved(_noise(8, 8), "GIF")[:-1] + b"\x21\xfe" + b"\x01a" * 9_000_000 + b"\0;"
    ),
}
