"""WebM and Matroska, after RFC 8794 (EBML) and RFC 9559 (Matroska).

An element that is neither needed nor a notice of copyright becomes ``Void``, of the same size; so
the positions in the file still hold.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from moderation.extract.media.found import Recording, damaged, is_copyright, number, stranger

_VOID, _CRC = 0xEC, 0xBF
_HEAD, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
_INFO, _TRACKS, _TRACK = 0x1549A966, 0x1654AE6B, 0xAE
_TAGS, _TAG, _SIMPLE, _TAG_NAME, _TAG_TEXT = 0x1254C367, 0x7373, 0x67C8, 0x45A3, 0x4487
_ATTACHMENTS, _ATTACHED, _FILE = 0x1941A469, 0x61A7, 0x465C
_CHAPTERS = 0x1043A770
_SEEK, _CUES, _PLACE, _PLACE_OF = 0x114D9B74, 0x1C53BB6B, 0x4DBB, 0x53AB
_GONE = (_TAGS, _ATTACHMENTS, _CHAPTERS)
_SCALE, _DURATION, _DATE, _TYPE = 0x2AD7B1, 0x4489, 0x4461, 0x83
_PROGRAMS = {0x4D80: "muxing program", 0x5741: "writing program"}
_WORDS = {0x7BA9: "title", 0x536E: "track name", 0x258688: "codec name", 0x7384: "file name"}
_LEVEL_1 = frozenset(
    {_INFO, _TRACKS, _CLUSTER, _TAGS, _ATTACHMENTS, _CHAPTERS, _SEEK, _CUES, _VOID, _CRC}
)
_OF_TRACK = frozenset(
    {
        *(0xD7, 0x73C5, _TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8, 0x23E383, 0x234E7A),
        *(0x55EE, 0x22B59C, 0x22B59D, 0x86, 0x63A2, 0xAA, 0x56AA, 0x56BB, 0xE0, 0xE1, 0x6D80),
        *(0x41E4, 0x23314F, 0xE2),
    }
)
"""What a decoder needs of a track; RFC 9559, section 5.1.4."""
_OF_CLUSTER = frozenset({0xE7, 0xA3, 0xA0, 0xA7, 0xAB})
_TIME, _SIMPLE_BLOCK, _GROUP, _BLOCK = 0xE7, 0xA3, 0xA0, 0xA1
_NAMES_OF_FILES = (0x466E, 0x467E)
_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
_MOST_DEEP = 12


@dataclass(frozen=True, slots=True)
class _Element:
    """One element: its name, where it begins, and the range of what it holds."""

    name: int
    at: int
    start: int
    end: int


@dataclass(slots=True)
class _Times:
    """What a file says of time: nanoseconds a tick, its length, and the time of the last block."""

    scale: int = 1_000_000
    stated: float = 0.0
    last: int = 0


def read_ebml(found: Recording) -> None:
    """Walk the elements of a WebM or Matroska file.

    Raises:
        ExtractionError: it is damaged, or holds a track that is neither sound nor pictures

    """
    times = _Times()
    for element in _elements(found, 0, len(found.data)):
        if element.name == _SEGMENT:
            _read_segment(found, element, times)
        elif element.name != _HEAD:
            _other(found, element, "EBML element")
    found.seconds = max(times.stated, times.last) * times.scale / 1_000_000_000
    if not found.seconds:
        raise damaged("the length")


def _read_segment(found: Recording, segment: _Element, times: _Times) -> None:
    readers = {
        _TRACKS: _read_tracks,
        _TAGS: _read_tags,
        _ATTACHMENTS: _read_attachments,
        _SEEK: _read_places,
    }
    for element in _elements(found, segment.start, segment.end):
        if element.name in readers:
            readers[element.name](found, element)
        elif element.name == _INFO:
            _read_info(found, element, times)
        elif element.name == _CLUSTER:
            _read_cluster(found, element, times)
        elif element.name != _CUES:
            _other(found, element, "chapters" if element.name == _CHAPTERS else "EBML element")


def _read_places(found: Recording, places: _Element) -> None:
    """Have emptied what says where to find things that are emptied; some players stumble there."""
    for place in _elements(found, places.start, places.end):
        inner = _elements(found, place.start, place.end) if place.name == _PLACE else ()
        names = [found.data[e.start : e.end] for e in inner if e.name == _PLACE_OF]
        if place.name != _PLACE or any(int.from_bytes(name, "big") in _GONE for name in names):
            _other(found, place, "EBML element")


def _read_info(found: Recording, info: _Element, times: _Times) -> None:
    for element in _elements(found, info.start, info.end):
        body = found.data[element.start : element.end]
        if element.name == _SCALE:
            times.scale = int.from_bytes(body, "big")
        elif element.name == _DURATION:
            times.stated = _float(body)
        elif element.name in _PROGRAMS:
            found.say(_PROGRAMS[element.name], body.decode("utf-8", "replace"))
            found.blank(element.start, element.end)
        else:
            if element.name == _DATE and len(body) == 8:
                found.say("date", _date(body))
            _other(found, element, "EBML information")


def _read_tracks(found: Recording, tracks: _Element) -> None:
    for track in _elements(found, tracks.start, tracks.end):
        if track.name != _TRACK:
            _other(found, track, "EBML element")
            continue
        kind = 0
        for element in _elements(found, track.start, track.end):
            if element.name == _TYPE:
                kind = int.from_bytes(found.data[element.start : element.end], "big")
            if element.name not in _OF_TRACK:
                _other(found, element, "track")
        if kind not in (1, 2):
            raise stranger()
        found.moving |= kind == 1


def _read_cluster(found: Recording, cluster: _Element, times: _Times) -> None:
    begin = 0
    for element in _elements(found, cluster.start, cluster.end):
        if element.name == _TIME:
            begin = int.from_bytes(found.data[element.start : element.end], "big")
        elif element.name == _SIMPLE_BLOCK:
            _time(found, element, begin, times)
        elif element.name == _GROUP:
            for block in _elements(found, element.start, element.end):
                if block.name == _BLOCK:
                    _time(found, block, begin, times)
        elif element.name not in _OF_CLUSTER:
            _other(found, element, "EBML element")


def _time(found: Recording, block: _Element, begin: int, times: _Times) -> None:
    first = number(found.data, block.start, 1)
    width = 9 - first.bit_length()
    offset = number(found.data, block.start + width, 2)
    times.last = max(times.last, begin + (offset - 0x10000 if offset & 0x8000 else offset))


def _read_tags(found: Recording, tags: _Element) -> None:
    """Read the tags; all go but notices of copyright."""
    if not any([_kept(found, each) for each in _elements(found, tags.start, tags.end)]):
        _void(found, tags)


def _kept(found: Recording, element: _Element, deep: int = 0) -> bool:
    """Read one tag or part of one; have it emptied unless it is kept."""
    if deep > _MOST_DEEP:
        raise damaged("the tags")
    kept = False
    if element.name == _TAG:
        inner = list(_elements(found, element.start, element.end))
        kept = any([_kept(found, each, deep + 1) for each in inner if each.name in (_SIMPLE, _CRC)])
    elif element.name == _SIMPLE:
        inner = list(_elements(found, element.start, element.end))
        values = {e.name: found.data[e.start : e.end].decode("utf-8", "replace") for e in inner}
        name, text = values.get(_TAG_NAME, ""), values.get(_TAG_TEXT, "")
        found.say(f"tag {name}"[:80], text or name)
        below = [_kept(found, each, deep + 1) for each in inner if each.name == _SIMPLE]
        kept = is_copyright(name) or any(below)
    elif element.name not in (_VOID, _CRC):
        found.say_strings("EBML element", found.data[element.start : element.end])
    if not kept:
        _void(found, element)
    return kept


def _read_attachments(found: Recording, attachments: _Element) -> None:
    for file in _elements(found, attachments.start, attachments.end):
        for element in _elements(found, file.start, file.end) if file.name == _ATTACHED else ():
            body = found.data[element.start : element.end]
            if element.name == _FILE:
                found.cover("attachment", body)
            elif element.name in _NAMES_OF_FILES:
                found.say("attachment name", body.decode("utf-8", "replace"))
    _void(found, attachments)


def _other(found: Recording, element: _Element, place: str) -> None:
    """Read an element that is not needed, and have it emptied."""
    body = found.data[element.start : element.end]
    if element.name in _WORDS:
        found.say(_WORDS[element.name], body.decode("utf-8", "replace"))
    elif element.name != _CRC:
        found.say_strings(place, body)
    if element.name == _VOID:
        found.blank(element.start, element.end)
    else:
        _void(found, element)


def _void(found: Recording, element: _Element) -> None:
    size = element.end - element.at
    if size < 9:
        head = bytes([_VOID, 0x80 | (size - 2)])
    else:
        head = bytes([_VOID]) + (0x01 << 56 | size - 9).to_bytes(8, "big")
    found.put(element.at, head + bytes(size - len(head)))


def _elements(found: Recording, at: int, end: int) -> Iterator[_Element]:
    while at < end:
        found.step()
        name, start = _vint(found.data, at, keep=True)
        size, start = _vint(found.data, start, keep=False)
        stop = start + size
        if size < 0:
            if name not in (_SEGMENT, _CLUSTER):
                raise damaged("an element")
            stop = _ends(found, start, end) if name == _CLUSTER else end
        if stop > end or start > end or stop - at < 2:
            raise damaged("an element")
        yield _Element(name, at, start, stop)
        at = stop


def _ends(found: Recording, at: int, end: int) -> int:
    """Return where a cluster of unknown size ends: before the next element of its own level."""
    while at < end:
        found.step()
        name, start = _vint(found.data, at, keep=True)
        size, start = _vint(found.data, start, keep=False)
        if (name in _LEVEL_1 and name not in (_VOID, _CRC)) or size < 0:
            break
        at = start + size
    return at


def _vint(data: bytes, at: int, *, keep: bool) -> tuple[int, int]:
    """Read a number that says its own length; return it, -1 for unknown, and where it ends."""
    width = 9 - number(data, at, 1).bit_length()
    if width > (4 if keep else 8):
        raise damaged("an element")
    value = number(data, at, width)
    mark = 1 << 7 * width
    if not keep:
        value = -1 if value == 2 * mark - 1 else value - mark
    return value, at + width


def _float(body: bytes) -> float:
    codes = {4: ">f", 8: ">d"}
    if len(body) not in codes:
        raise damaged("the length")
    value = float(struct.unpack(codes[len(body)], body)[0])
    if not 0 <= value < 1e15:
        raise damaged("the length")
    return value


def _date(body: bytes) -> str:
    nanoseconds = int.from_bytes(body, "big", signed=True)
    try:
        return str(_EPOCH + timedelta(microseconds=nanoseconds // 1000))
    except OverflowError:
        return ""
