"""WAV and AVI: chunks in lists.

After *Multimedia Programming Interface and Data Specifications 1.0* (IBM and Microsoft, 1991).

A chunk that is neither needed nor a notice of copyright becomes ``JUNK``, which readers pass over;
so the index of an AVI still holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from moderation.extract.media.found import Recording, damaged, is_copyright, number, stranger
from moderation.extract.media.id3 import read_tag
from moderation.extract.picture import decoded

_JUNK = b"JUNK"
_EMPTY = (_JUNK, b"PAD ", b"FLLR")
_WAVE = frozenset({b"fmt ", b"data", b"fact"})
_STREAM = frozenset({b"strh", b"strf", b"indx"})
_LISTS = {b"AVI ": (b"hdrl", b"movi"), b"hdrl": (b"strl", b"odml"), b"movi": (b"rec ",)}
_PLAIN = {b"AVI ": (b"idx1",), b"hdrl": (b"avih",), b"strl": _STREAM, b"odml": (b"dmlh",)}
_KINDS = (b"vids", b"auds")
_DATA = (b"dc", b"db", b"wb", b"pc")
_MOST_DEEP = 6


@dataclass(frozen=True, slots=True)
class _Chunk:
    """One chunk: its name, where it begins, and the range of what it holds."""

    name: bytes
    at: int
    start: int
    end: int


@dataclass(slots=True)
class _Lengths:
    """What an AVI says of how long it is, and how many pictures it really holds."""

    stated: float = 0.0
    frame: float = 0.0
    frames: int = 0


def read_wav(found: Recording) -> None:
    """Walk the chunks of a WAV file.

    Raises:
        ExtractionError: it is damaged

    """
    rate = size = 0
    for chunk in _chunks(found, 12, _end(found)):
        if chunk.name == b"fmt ":
            rate = number(found.data, chunk.start + 8, 4, little=True)
        if chunk.name == b"data":
            size += chunk.end - chunk.start
        if chunk.name not in _WAVE:
            _other(found, chunk)
    if not rate or not size:
        raise damaged("the length")
    found.seconds = size / rate


def read_avi(found: Recording) -> None:
    """Walk the chunks of an AVI file.

    Raises:
        ExtractionError: it is damaged, or holds a stream that is neither sound nor pictures

    """
    lengths = _Lengths()
    _walk(found, b"AVI ", 12, _end(found), lengths)
    found.seconds = max(lengths.stated, lengths.frame * lengths.frames)
    if not found.seconds:
        raise damaged("the length")


def _end(found: Recording) -> int:
    """Return where the outermost chunk ends; have what follows cut."""
    end = 8 + number(found.data, 4, 4, little=True)
    if end > len(found.data) + 1:
        raise damaged("the length of the file")
    end = min(end, len(found.data))
    rest = found.data[end:]
    if rest.strip(b"\0"):
        found.say_strings("after the end", rest)
        found.part("trailing-bytes", f"data of {len(rest):,} bytes after the end of the recording")
    if rest:
        found.swap(end, len(found.data))
    return end


def _chunks(found: Recording, at: int, end: int) -> Iterator[_Chunk]:
    while at < end:
        found.step()
        name, size = found.data[at : at + 4], number(found.data, at + 4, 4, little=True)
        stop = at + 8 + size
        if stop > end:
            raise damaged("a block")
        yield _Chunk(name, at, at + 8, stop)
        if size % 2 and stop < end:
            found.blank(stop, stop + 1)
        at = stop + size % 2


def _walk(
    found: Recording, kind: bytes, at: int, end: int, lengths: _Lengths, deep: int = 0
) -> None:
    for chunk in _chunks(found, at, end):
        inner = found.data[chunk.start : chunk.start + 4]
        if chunk.name == b"LIST" and inner in _LISTS.get(kind, ()) and deep < _MOST_DEEP:
            _walk(found, inner, chunk.start + 4, chunk.end, lengths, deep + 1)
        elif kind in (b"movi", b"rec "):
            _read_data(found, chunk, lengths)
        elif chunk.name in _PLAIN.get(kind, ()):
            _read_plain(found, chunk, lengths)
        else:
            _other(found, chunk)


def _read_data(found: Recording, chunk: _Chunk, lengths: _Lengths) -> None:
    if chunk.name in _EMPTY:
        _other(found, chunk)
    elif chunk.name[2:] in _DATA and chunk.name[:2].isdigit():
        lengths.frames += chunk.name[2:] in (b"dc", b"db")
    elif chunk.name[:2] != b"ix":
        raise stranger()


def _read_plain(found: Recording, chunk: _Chunk, lengths: _Lengths) -> None:
    data = found.data
    if chunk.name == b"avih":
        lengths.frame = number(data, chunk.start, 4, little=True) / 1_000_000
        frames = number(data, chunk.start + 16, 4, little=True)
        lengths.stated = max(lengths.stated, lengths.frame * frames)
    elif chunk.name == b"strh":
        if data[chunk.start : chunk.start + 4] not in _KINDS:
            raise stranger()
        found.moving |= data.startswith(b"vids", chunk.start)
        scale, rate, _, length = (
            number(data, chunk.start + 20 + 4 * place, 4, little=True) for place in range(4)
        )
        lengths.stated = max(lengths.stated, length * scale / max(1, rate))


def _other(found: Recording, chunk: _Chunk) -> None:
    """Read a chunk that is not needed, and have it emptied."""
    body = found.data[chunk.start : chunk.end]
    if chunk.name == b"LIST" and body[:4] == b"INFO":
        kept = [_read_info(found, each) for each in _chunks(found, chunk.start + 4, chunk.end)]
        if any(kept):
            return
    elif chunk.name.lower() == b"id3 " and body.startswith(b"ID3"):
        end, _ = read_tag(found, chunk.start)
        found.say_strings("ID3 padding", found.data[end : chunk.end])
    elif chunk.name in (b"IDIT", b"strn"):
        found.say(f"RIFF {chunk.name.decode()}", decoded(body))
    else:
        found.say_strings("RIFF block", body)
    _empty(found, chunk)


def _read_info(found: Recording, chunk: _Chunk) -> bool:
    """Read one entry of a list of information; say whether it is kept."""
    name = chunk.name.decode("latin-1")
    if chunk.name not in _EMPTY:
        found.say(f"RIFF {name}", decoded(found.data[chunk.start : chunk.end]))
    if is_copyright(name):
        return True
    _empty(found, chunk)
    return False


def _empty(found: Recording, chunk: _Chunk) -> None:
    found.put(chunk.at, _JUNK)
    found.blank(chunk.start, chunk.end)
