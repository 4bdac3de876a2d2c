"""MP4, M4A and QuickTime: boxes in boxes.

After ISO/IEC 14496-12 and Apple's *QuickTime File Format*.

A box that is neither needed nor a notice of copyright becomes ``free``, of the same size, and what
no track points to is overwritten with zeros; so every offset in the file still holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from moderation.extract.media.details import Box, free, read_details, words
from moderation.extract.media.found import Recording, damaged, number, stranger
from moderation.extract.media.samples import (
    Samples,
    counts_in_units,
    extents,
    merged,
    refuse_outside,
)
from moderation.model import ExtractionError

_NEEDED: Mapping[bytes, frozenset[bytes]] = {
    b"": frozenset({b"ftyp", b"moov", b"mdat", b"styp", b"sidx"}),
    b"moov": frozenset({b"mvhd", b"trak", b"iods"}),
    b"trak": frozenset({b"tkhd", b"edts", b"tref", b"mdia", b"tapt", b"load", b"clip"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf", b"elng"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"nmhd", b"gmhd", b"hdlr", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset(
        {
            *(b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stps", b"stsh", b"sdtp"),
            *(b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"sgpd", b"sbgp", b"subs"),
        }
    ),
}
_DETAILS = (b"udta", b"meta")
_EMPTY = (b"free", b"skip", b"wide")
_TIMED = (b"mvhd", b"tkhd", b"mdhd")
_SHOWN = (b"vide", b"soun")
_SUBTITLES = (b"sbtl", b"subt", b"clcp")
"""What a visitor may read."""
_CHAPTERS = b"text"
"""A track of the names of chapters; QuickTime's own subtitles go the same way."""
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_COMPRESSOR = 50
_FLAG_INSIDE = 1
_MOST_TRACKS = 32


@dataclass(slots=True)
class _Track:
    """One track: its box, what it is made of, its ticks a second and its samples."""

    box: Box
    kind: bytes = b""
    rate: int = 0
    seconds: float = 0.0
    references: list[Box] = field(default_factory=list)
    samples: Samples = field(default_factory=Samples)


def read_boxes(found: Recording) -> None:
    """Walk the boxes of an MP4 or QuickTime file.

    Raises:
        ExtractionError: it is damaged, is stored in fragments, takes its sound or pictures from
            another file, or holds neither

    """
    tracks: list[_Track] = []
    stored: list[tuple[int, int]] = []
    for box in _boxes(found, 0, len(found.data)):
        if box.kind == b"moov":
            _read_movie(found, box, tracks)
        elif box.kind == b"mdat":
            stored.append((box.start, box.end))
        elif box.kind == b"moof":
            raise _fragments()
        else:
            _read_other(found, b"", box)
    shown = [track for track in tracks if track.kind in _SHOWN]
    if not shown:
        raise damaged("the list of tracks")
    found.moving = any(track.kind == b"vide" for track in shown)
    found.seconds = max(found.seconds, *(track.seconds for track in shown))
    _clear_others(found, tracks, stored)


def _read_movie(found: Recording, movie: Box, tracks: list[_Track]) -> None:
    for box in _boxes(found, movie.start, movie.end):
        if box.kind == b"trak":
            tracks.append(_Track(box))
            if len(tracks) > _MOST_TRACKS:
                raise damaged("the list of tracks")
            _walk(found, box, tracks[-1])
        elif box.kind == b"mvex":
            raise _fragments()
        elif box.kind == b"mvhd":
            rate, ticks = _read_times(found, box)
            found.seconds = ticks / max(1, rate)
        else:
            _read_other(found, b"moov", box)


def _walk(found: Recording, parent: Box, track: _Track) -> None:
    """Read a box of a track with all that it holds; the kinds of box bound how deep."""
    for box in _boxes(found, parent.start, parent.end):
        if box.kind not in _NEEDED[parent.kind]:
            _read_other(found, parent.kind, box)
        elif box.kind in _NEEDED:
            _walk(found, box, track)
        else:
            _read_needed(found, box, track)


def _read_needed(found: Recording, box: Box, track: _Track) -> None:
    body = found.data[box.start : box.end]
    if box.kind in _TIMED:
        rate, ticks = _read_times(found, box)
        if box.kind == b"mdhd":
            track.rate, track.seconds = rate, ticks / max(1, rate)
    elif box.kind == b"hdlr":
        if not track.kind:
            track.kind = body[8:12]
        found.say("track name", body[24:].decode("utf-8", "replace"))
        found.blank(box.start + min(24, len(body)), box.end)
    elif box.kind == b"tref":
        track.references.append(box)
    elif box.kind == b"dref":
        _read_references(found, box)
    elif box.kind == b"stsd":
        _read_descriptions(found, box, track.kind)
    else:
        track.samples.tables[box.kind] = body


def _read_times(found: Recording, box: Box) -> tuple[int, int]:
    """Have the times of a header set to nought; return its ticks a second and its length."""
    wide = number(found.data, box.start, 1) == 1
    size = 8 if wide else 4
    made = number(found.data, box.start + 4, size)
    if box.kind == b"mvhd" and made:
        found.say("date", _date(made))
    found.blank(box.start + 4, box.start + 4 + 2 * size)
    at = box.start + 4 + 2 * size
    return number(found.data, at, 4), number(found.data, at + 4, size)


def _date(seconds: int) -> str:
    try:
        return str(_EPOCH + timedelta(seconds=seconds))
    except OverflowError:
        return ""


def _read_references(found: Recording, box: Box) -> None:
    """Refuse a track whose samples lie in another file."""
    for entry in _boxes(found, box.start + 8, box.end):
        if not number(found.data, entry.start, 4) & _FLAG_INSIDE:
            raise ExtractionError(
                "the recording takes a track from another file; export it as one file"
            )
        found.say_strings("data reference", found.data[entry.start + 4 : entry.end])
        if entry.end > entry.start + 4:
            found.blank(entry.start + 4, entry.end)


def _read_descriptions(found: Recording, box: Box, kind: bytes) -> None:
    """Read the descriptions of samples; of pictures the name of the compressor goes."""
    for entry in _boxes(found, box.start + 8, box.end):
        at = entry.at
        if kind == b"vide":
            name = found.data[at + _COMPRESSOR : at + _COMPRESSOR + 32]
            if entry.end - at < _COMPRESSOR + 36:
                raise damaged("the description of the pictures")
            found.say("compressor", name[1:].decode("utf-8", "replace"))
            found.blank(at + _COMPRESSOR, at + _COMPRESSOR + 32)
            at += _COMPRESSOR + 32
        found.say_strings("sample description", found.data[at : entry.end])


def _read_other(found: Recording, parent: bytes, box: Box) -> None:
    """Read a box that is not needed, and have it emptied."""
    if box.kind in _EMPTY:
        found.say_strings("free space", found.data[box.start : box.end])
        found.blank(box.start, box.end)
    elif box.kind in _DETAILS:
        read_details(found, box)
    elif box.kind not in _NEEDED[parent]:
        found.say_strings("unknown box", found.data[box.start : box.end])
        free(found, box)


def _clear_others(found: Recording, tracks: list[_Track], stored: list[tuple[int, int]]) -> None:
    """Have tracks emptied that are neither sound nor pictures, and what no track points to."""
    kept: list[tuple[int, int]] = []
    sure = True
    for place, track in enumerate(tracks, 1):
        ranges = extents(track.samples, len(found.data))
        refuse_outside(ranges, stored)
        if track.kind in _SHOWN:
            kept += ranges
            sure &= not (track.kind == b"soun" and counts_in_units(track.samples))
        else:
            _clear_track(found, track, ranges, f"track {place}")
    if any(track.kind not in _SHOWN for track in tracks):
        for box in (box for track in tracks for box in track.references):
            free(found, box)
    for start, end in _gaps(stored, merged(kept)) if sure else ():
        found.say_strings("between the samples", found.data[start:end])
        found.blank(start, end)


def _clear_track(
    found: Recording, track: _Track, ranges: list[tuple[int, int]], place: str
) -> None:
    if track.kind in _SUBTITLES:
        raise stranger()
    for start, end in ranges:
        if track.kind == _CHAPTERS:
            found.say(place, words(found.data[start:end]))
        else:
            found.say_strings(place, found.data[start:end])
        found.blank(start, end)
    free(found, track.box)


def _gaps(stored: list[tuple[int, int]], kept: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in stored:
        at = start
        for first, last in kept:
            if start <= first < end:
                if first > at:
                    yield at, first
                at = max(at, last)
        if at < end:
            yield at, end


def _boxes(found: Recording, at: int, end: int) -> Iterator[Box]:
    while at < end:
        found.step()
        if end - at == 4 and number(found.data, at, 4) == 0:
            return  # QuickTime ends a list so
        size, start = number(found.data, at, 4), at + 8
        if size == 1:
            size, start = number(found.data, at + 8, 8), at + 16
        elif size == 0:
            size = end - at
        if at + size > end or size < start - at:
            raise damaged("a box")
        yield Box(found.data[at + 4 : at + 8], at, start, at + size)
        at += size


def _fragments() -> ExtractionError:
    return ExtractionError("the recording is stored in fragments; export it as an ordinary MP4")
