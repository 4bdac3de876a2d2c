"""Where the samples of an MP4 track lie in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from moderation.extract.media.found import damaged, number

_MOST = 3_000_000
Range = tuple[int, int]


@dataclass(slots=True)
class Samples:
    """The tables of one track, by the kind of their box, each without its head."""

    tables: dict[bytes, bytes] = field(default_factory=dict)


def extents(samples: Samples, most: int) -> list[Range]:
    """Return the ranges of the file in which the samples of a track lie, chunk by chunk.

    Args:
        samples: the tables of the track
        most: length of the file in bytes

    Raises:
        ExtractionError: a table is missing or damaged

    """
    tables = samples.tables
    offsets = _offsets(tables)
    counts = _counts(tables.get(b"stsc", b""), len(offsets))
    if sum(counts) > _MOST:
        raise damaged("the list of samples")
    sizes = _sizes(tables, sum(counts))
    ranges: list[Range] = []
    at = 0
    for offset, count in zip(offsets, counts, strict=True):
        size = sizes * count if isinstance(sizes, int) else sum(sizes[at : at + count])
        at += count
        if offset + size > most:
            raise damaged("the list of samples")
        ranges.append((offset, offset + size))
    return ranges


def counts_in_units(samples: Samples) -> bool:
    """Say whether all samples of a track have one size, which for sound need not be in bytes."""
    return number(samples.tables.get(b"stsz", b""), 4, 4) > 0


def _offsets(tables: Mapping[bytes, bytes]) -> list[int]:
    width = 8 if b"co64" in tables else 4
    table = tables.get(b"co64", tables.get(b"stco", b""))
    count = number(table, 4, 4)
    if 8 + count * width > len(table):
        raise damaged("the list of chunks")
    return [
        int.from_bytes(table[at : at + width], "big") for at in range(8, 8 + count * width, width)
    ]


def _counts(table: bytes, chunks: int) -> list[int]:
    """Return how many samples each chunk holds."""
    entries = number(table, 4, 4)
    if 8 + entries * 12 > len(table) or (chunks and not entries):
        raise damaged("the list of chunks")
    runs = [(number(table, 8 + 12 * i, 4), number(table, 12 + 12 * i, 4)) for i in range(entries)]
    counts: list[int] = []
    for (first, count), (following, _) in zip(runs, [*runs[1:], (chunks + 1, 0)], strict=True):
        if first != len(counts) + 1 or not first < following <= chunks + 1 or count > _MOST:
            raise damaged("the list of chunks")
        counts += [count] * (following - first)
    if len(counts) != chunks:
        raise damaged("the list of chunks")
    return counts


def _sizes(tables: Mapping[bytes, bytes], total: int) -> int | list[int]:
    table = tables.get(b"stsz", b"")
    size, count = number(table, 4, 4), number(table, 8, 4)
    if size:
        return size
    if count != total or 12 + 4 * count > len(table):
        raise damaged("the list of samples")
    return [int.from_bytes(table[at : at + 4], "big") for at in range(12, 12 + 4 * count, 4)]


def merged(ranges: list[Range]) -> list[Range]:
    """Return the same bytes as ranges in order, of which no two touch."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def refuse_outside(ranges: list[Range], stored: list[Range]) -> None:
    """Refuse samples that lie outside the stored sound and pictures, and so might be anything.

    Raises:
        ExtractionError: one does

    """
    places = merged(stored)
    at = 0
    for start, end in merged(ranges):
        while at < len(places) and places[at][1] < start:
            at += 1
        if start == end:
            continue
        if at == len(places) or not (places[at][0] <= start and end <= places[at][1]):
            raise damaged("the list of samples")
