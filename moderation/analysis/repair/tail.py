"""Bytes behind the last pixel, inside the compressed stream, where no structure tells of them.

Only decoding shows where the pixels end: what can be cut off without changing one is no pixel.
"""

from collections.abc import Callable

from moderation.analysis.repair.again import decoding
from moderation.model import ExtractionError

_LEAST = 8
"""Bytes that are no use to anybody; decoders read a few ahead."""
_ONES = b"\xff\0" * 16
_CHUNKS = (b"VP8 ", b"VP8L")


def without_tail(data: bytes, format_: str) -> bytes:
    """Return a picture without what lies behind its last pixel; the pixels stay the same.

    Args:
        data: a rewritten JPEG, or a rewritten WebP that does not move, whose pixels were counted
        format_: Pillow's name of its format

    """
    if format_ == "JPEG":
        start, end = data.rfind(b"\xff\xda"), len(data) - 2
        return _cut(data, format_, (start, end), lambda n: _with_ends(data[:n], data[-2:]))
    if format_ == "WEBP":
        start, end = _pixels(data)
        return _cut(data, format_, (start, end), lambda n: [_shorter(data, start, end, n)])
    return data


def _with_ends(data: bytes, end: bytes) -> list[bytes]:
    """Return a JPEG that ends early, and with ones in place of the noughts that decoders add.

    Bits that are missing are seen in one of the two, whatever they were.
    """
    return [data + end, data + _ONES + end]


def _cut(
    data: bytes, format_: str, pixels: tuple[int, int], make: Callable[[int], list[bytes]]
) -> bytes:
    """Return the shortest file that shows the same, if much can be cut that is not nought."""
    start, end = pixels
    whole = _shown(data, format_) if start >= 0 else None
    short, long = start, end - _LEAST
    if whole is None or not _show(make(long), format_, whole):
        return data
    while long - short > 1:
        middle = (short + long) // 2
        if _show(make(middle), format_, whole):
            long = middle
        else:
            short = middle
    return make(long)[0] if data[long:end].strip(b"\0") else data


def _show(files: list[bytes], format_: str, pixels: bytes) -> bool:
    return all(_shown(each, format_) == pixels for each in files)


def _shown(data: bytes, format_: str) -> bytes | None:
    try:
        with decoding(data, format_) as picture:
            return picture.tobytes()
    except ExtractionError:
        return None


def _pixels(data: bytes) -> tuple[int, int]:
    """Return where the only chunk of pixels begins and ends; before the file where it is none."""
    at, found = 12, []
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] in _CHUNKS:
            found.append((at + 8, at + 8 + size))
        at += 8 + size + size % 2
    return found[0] if len(found) == 1 else (-1, -1)


def _shorter(data: bytes, start: int, end: int, until: int) -> bytes:
    """Return a WebP file whose chunk of pixels ends earlier."""
    body = data[start:until]
    after = data[end + (end - start) % 2 :]
    rest = data[8 : start - 4] + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)
    return b"RIFF" + (len(rest) + len(after)).to_bytes(4, "little") + rest + after
