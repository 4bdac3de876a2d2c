"""CBOR: the binary form of JSON in which content credentials are written.

After RFC 8949, *Concise Binary Object Representation*. Only texts are wanted, so numbers are
skipped; nothing is built that the file could make large.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_MOST_ITEMS = 50_000
_DEEPEST = 32
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_OPEN, _LAST_SHORT, _LONGEST_WIDTH = 31, 23, 27
_BREAK = 0xFF


@dataclass(slots=True)
class _Reader:
    data: bytes
    at: int = 0
    items: int = 0

    def head(self) -> tuple[int, int | None]:
        """Read the kind of the next item, and its number; None where its length is open."""
        self.items += 1
        if self.at >= len(self.data) or self.items > _MOST_ITEMS:
            raise ValueError("not CBOR")
        kind, short = self.data[self.at] >> 5, self.data[self.at] & 31
        self.at += 1
        if short <= _LAST_SHORT:
            return kind, short
        if short == _OPEN:
            return kind, None
        if short > _LONGEST_WIDTH:
            raise ValueError("not CBOR")
        return kind, int.from_bytes(self.take(1 << short - 24), "big")

    def take(self, size: int) -> bytes:
        """Read *size* bytes."""
        if size > len(self.data) - self.at:
            raise ValueError("not CBOR")
        self.at += size
        return self.data[self.at - size : self.at]

    def ended(self) -> bool:
        """Pass the end mark of an item of open length, if it is next."""
        found = self.data[self.at : self.at + 1] == bytes((_BREAK,))
        self.at += found
        return found


def cbor_texts(data: bytes) -> Iterator[tuple[tuple[str, ...], str | bytes]]:
    """Yield every text and byte string with the keys that lead to it; of lists none.

    Args:
        data: one item and nothing after it

    Raises:
        ValueError: it is not well-formed, or has more than 50,000 items or 32 levels

    """
    reader = _Reader(data)
    yield from _item(reader, ())
    if reader.at != len(data):
        raise ValueError("not CBOR")


def _item(
    reader: _Reader, keys: tuple[str, ...], depth: int = 0
) -> Iterator[tuple[tuple[str, ...], str | bytes]]:
    if depth > _DEEPEST:
        raise ValueError("CBOR too deep")
    kind, number = reader.head()
    if kind in (_BYTES, _TEXT):
        value = _string(reader, kind, number)
        yield keys, value.decode("utf-8") if kind == _TEXT else value
    elif kind == _TAG:
        yield from _item(reader, keys, depth + 1)
    elif kind in (_ARRAY, _MAP):
        done = 0
        while done != number and not (number is None and reader.ended()):
            done += 1
            below = keys
            if kind == _MAP:
                named = list(_item(reader, keys, depth + 1))
                name = named[0][1] if len(named) == 1 else ""
                below = (*keys, name if isinstance(name, str) else "")
            yield from _item(reader, below, depth + 1)
    elif number is None:
        raise ValueError("not CBOR")


def _string(reader: _Reader, kind: int, number: int | None) -> bytes:
    if number is not None:
        return reader.take(number)
    parts = []
    while not reader.ended():
        inner, size = reader.head()
        if inner != kind or size is None:
            raise ValueError("not CBOR")
        parts.append(reader.take(size))
    return b"".join(parts)
