"""Ogg with Vorbis, Opus, Speex or Theora, after RFC 3533, RFC 7845 and the specifications of Xiph.

The second packet of each stream holds its comments. It keeps its size: decoders stop where the
comments end, and what follows is padding.
"""

from dataclasses import dataclass, field

from moderation.extract.media.comments import block, read_comments
from moderation.extract.media.found import Recording, damaged, number, stranger

_FIRST, _HEAD = 0x02, 27
_UNKNOWN = 0xFFFF_FFFF_FFFF_FFFF
_CODECS = (
    (b"\x01vorbis", "Vorbis", b"\x03vorbis"),
    (b"OpusHead", "Opus", b"OpusTags"),
    (b"\x80theora", "Theora", b"\x81theora"),
    (b"Speex   ", "Speex", b""),
)
_SKELETON = b"fishead\0"
_MOST_STREAMS = 8
_POLYNOMIAL = 0x04C1_1DB7


@dataclass(frozen=True, slots=True)
class _Page:
    """One page: where it is, and its segments as ranges, each with whether a packet ends there."""

    start: int
    end: int
    serial: int
    first: bool
    granule: int
    segments: tuple[tuple[int, int, bool], ...]


@dataclass(slots=True)
class _Stream:
    """One stream: its first packets, each as ranges of the file, and where its sound ends."""

    packets: list[list[tuple[int, int]]] = field(default_factory=lambda: [[]])
    granule: int = 0

    def add(self, page: _Page) -> None:
        if page.granule != _UNKNOWN:
            self.granule = max(self.granule, page.granule)
        for start, end, last in page.segments:
            if len(self.packets) > 2:
                return
            self.packets[-1].append((start, end))
            if last:
                self.packets.append([])


def read_ogg(found: Recording) -> None:
    """Walk the pages of an Ogg file.

    Raises:
        ExtractionError: it is damaged, or holds a stream that is neither sound nor pictures

    """
    streams: dict[int, _Stream] = {}
    pages: list[_Page] = []
    at, begun = 0, True
    while at < len(found.data):
        found.step()
        page = _page(found.data, at)
        begun &= page.first
        if page.first == (page.serial in streams) or (page.first and not begun):
            raise damaged("the order of the pages")
        streams.setdefault(page.serial, _Stream()).add(page)
        if len(streams) > _MOST_STREAMS:
            raise damaged("the list of streams")
        pages.append(page)
        at = page.end
    for stream in streams.values():
        _read_stream(found, stream)
    if not found.seconds:
        raise damaged("the length")
    _sum_again(found, pages)


def _page(data: bytes, at: int) -> _Page:
    if not data.startswith(b"OggS\0", at):
        raise damaged("a page")
    count = number(data, at + 26, 1)
    sizes = data[at + _HEAD : at + _HEAD + count]
    start = place = at + _HEAD + count
    segments = []
    for size in sizes:
        segments.append((place, place + size, size < 255))
        place += size
    if len(sizes) != count or place > len(data) or start > len(data):
        raise damaged("a page")
    return _Page(
        at,
        place,
        number(data, at + 14, 4, little=True),
        bool(data[at + 5] & _FIRST),
        number(data, at + 6, 8, little=True),
        tuple(segments),
    )


def _joined(found: Recording, stream: _Stream, index: int) -> bytes:
    ranges = stream.packets[index] if index < len(stream.packets) else []
    return b"".join(found.data[start:end] for start, end in ranges)


def _read_stream(found: Recording, stream: _Stream) -> None:
    head = _joined(found, stream, 0)
    for magic, codec, before in _CODECS:
        if head.startswith(magic):
            found.moving |= codec == "Theora"
            found.seconds = max(found.seconds, _seconds(codec, head, stream.granule))
            _read_packet(found, stream, codec, before)
            return
    if not head.startswith(_SKELETON):
        raise stranger()
    found.say_strings("Ogg skeleton", head + _joined(found, stream, 1))


def _seconds(codec: str, head: bytes, granule: int) -> float:
    if codec == "Opus":
        return max(0, granule - number(head, 10, 2, little=True)) / 48_000
    if codec == "Theora":
        shift = (number(head, 40, 2) >> 5) & 31
        frames = (granule >> shift) + (granule & ((1 << shift) - 1))
        return frames * number(head, 26, 4) / max(1, number(head, 22, 4))
    return granule / max(1, number(head, 12 if codec == "Vorbis" else 36, 4, little=True))


def _read_packet(found: Recording, stream: _Stream, codec: str, before: bytes) -> None:
    """Read the comments of a stream, and have them replaced by what is kept of them."""
    packet = _joined(found, stream, 1)
    if not packet.startswith(before) or len(stream.packets) < 3:
        raise damaged("the list of comments")
    body = packet[len(before) :]
    kept, end = read_comments(found, body, codec)
    found.say_strings(f"{codec} padding", body[end:])
    marks = b"\x01" if codec == "Vorbis" else b""
    new = before + (kept or block([])) + marks
    if len(new) > len(packet):
        raise damaged("the list of comments")
    new = new.ljust(len(packet), b"\0")
    at = 0
    for start, stop in stream.packets[1]:
        found.put(start, new[at : at + stop - start])
        at += stop - start


def _sum_again(found: Recording, pages: list[_Page]) -> None:
    """Have the checksum of each page that changes made anew."""
    if not found.edits:
        return
    edited = found.edited()
    starts = [start for start, _, _ in found.edits]
    for page in pages:
        if any(page.start <= start < page.end for start in starts):
            body = edited[page.start : page.start + 22] + bytes(4)
            body += edited[page.start + 26 : page.end]
            found.put(page.start + 22, _checksum(body).to_bytes(4, "little"))


def _checksum(data: bytes) -> int:
    """Return the CRC that Ogg uses: unreflected, nought at the start and no last step."""
    total = 0
    for byte in data:
        total = (total << 8) & 0xFFFF_FFFF ^ _TABLE[total >> 24 ^ byte]
    return total


def _row(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = (value << 1) ^ (_POLYNOMIAL if value & 0x8000_0000 else 0)
    return value & 0xFFFF_FFFF


_TABLE = tuple(_row(byte) for byte in range(256))
