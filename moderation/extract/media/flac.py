"""FLAC, after RFC 9639: blocks of metadata, then frames."""

from moderation.extract.media.comments import add_flac_picture, read_comments
from moderation.extract.media.found import Recording, damaged, number
from moderation.extract.media.id3 import read_end

_STREAM, _PADDING, _SEEK, _COMMENT, _PICTURE = 0, 1, 3, 4, 6
_LAST = 0x80
_KEPT = (_STREAM, _SEEK)
_SYNC = (b"\xff\xf8", b"\xff\xf9")


def read_flac(found: Recording) -> None:
    """Walk the blocks of a FLAC file.

    Raises:
        ExtractionError: it is damaged

    """
    at, last = 4, False
    while not last:
        found.step()
        head = number(found.data, at, 1)
        last, kind = bool(head & _LAST), head & ~_LAST
        size = number(found.data, at + 1, 3)
        body = found.data[at + 4 : at + 4 + size]
        if len(body) != size or (at == 4) != (kind == _STREAM):
            raise damaged("a block of metadata")
        _read_block(found, kind, at, body)
        at += 4 + size
    if not found.data.startswith(_SYNC, at):
        raise damaged("the sound")
    read_end(found, at)


def _read_block(found: Recording, kind: int, at: int, body: bytes) -> None:
    kept = b""
    if kind == _STREAM:
        rate = number(body, 10, 3) >> 4
        samples = number(body, 13, 5) & 0xF_FFFF_FFFF
        if not rate or not samples:
            raise damaged("the length")
        found.seconds = samples / rate
    elif kind == _COMMENT:
        kept, _ = read_comments(found, body, "FLAC")
    elif kind == _PICTURE:
        add_flac_picture(found, body, "FLAC cover")
    elif kind not in _KEPT:
        found.say_strings(f"FLAC block {kind}", body)
    if kind not in _KEPT:
        _clear(found, at, len(body), kept)


def _clear(found: Recording, at: int, size: int, kept: bytes) -> None:
    """Make a block padding, but for a beginning that is kept as comments."""
    last = found.data[at] & _LAST
    if not kept:
        found.put(at, bytes([last | _PADDING]))
        found.blank(at + 4, at + 4 + size)
        return
    left = size - len(kept)
    if left < 4:  # no room for the head of another block, so blanks stand for the program's name
        spaced = left.to_bytes(4, "little") + b" " * left + kept[4:]
        found.put(at + 4, spaced)
        return
    head = bytes([_COMMENT]) + len(kept).to_bytes(3, "big")
    rest = bytes([last | _PADDING]) + (left - 4).to_bytes(3, "big")
    found.put(at, head + kept + rest + bytes(left - 4))
