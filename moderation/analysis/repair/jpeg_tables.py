"""Tables of a JPEG that no scan reads: a place to hide bytes in, and never part of the picture.

After ITU-T T.81, B.2.2 to B.2.4.
"""

from collections.abc import Iterator, Sequence

HUFFMAN, QUANTISATION, _SCAN = 0xC4, 0xDB, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

Segment = tuple[int, bytes]
_Table = tuple[int, int]
"""The marker of its kind, and its class and number in one byte."""


def without_unread(segments: Sequence[Segment]) -> list[bytes]:
    """Return the bodies of segments, tables without those that no scan reads.

    Args:
        segments: marker and body of each segment that is needed to show the picture, in order

    """
    dead = _unread(segments)
    bodies = []
    for number, (marker, body) in enumerate(segments):
        tables = list(_tables(marker, body))
        kept = [part for place, (_, part) in enumerate(tables) if (number, place) not in dead]
        bodies.append(b"".join(kept) if tables else body)
    return bodies


def _unread(segments: Sequence[Segment]) -> set[tuple[int, int]]:
    """Return the tables, by segment and place in it, that are replaced before a scan reads them."""
    waiting: dict[_Table, tuple[int, int]] = {}
    every, used = set(), set()
    quantised: set[_Table] = set()
    for number, (marker, body) in enumerate(segments):
        for place, (table, _) in enumerate(_tables(marker, body)):
            waiting[table] = (number, place)
            every.add((number, place))
        if marker in _FRAMES:
            quantised |= {(QUANTISATION, each & 15) for each in body[8::3]}
        if marker == _SCAN:
            read = quantised | set(_read_by(body))
            used |= {where for table, where in waiting.items() if table in read}
    return every - used


def _read_by(scan: bytes) -> Iterator[_Table]:
    """Yield the Huffman tables that a scan names."""
    for each in scan[2 : 1 + 2 * scan[0] : 2] if scan else b"":
        yield HUFFMAN, each >> 4
        yield HUFFMAN, 0x10 | (each & 15)


def _tables(marker: int, body: bytes) -> Iterator[tuple[_Table, bytes]]:
    """Yield each complete table of a segment, whose number is below 4 as in every decoder."""
    at = 0
    while marker in (HUFFMAN, QUANTISATION) and at < len(body):
        size = 129 if body[at] >> 4 else 65
        if marker == HUFFMAN:
            size = 17 + sum(body[at + 1 : at + 17])
        if at + size > len(body):
            return
        name = body[at] if marker == HUFFMAN else body[at] & 15
        yield (marker, name), body[at : at + size]
        at += size
