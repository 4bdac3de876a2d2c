"""What a cleaned picture still tells: which way up it is, whose it is and who must be named."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from moderation.analysis.repair.packet import property_of, write_packet
from moderation.extract.iptc import read_iim, read_resources
from moderation.extract.payloads import carries_payload
from moderation.extract.picture import decoded
from moderation.extract.xmp import read_xmp
from moderation.model import ExtractionError

_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_WAYS_UP = range(1, 9)
_CODE = frozenset("<{}\\`|^$")
_COMMAND = re.compile(
    r"/\*|\*/|\);|(?<!\S)-{1,2}(?:enc|c|e|nop|exec)\b|@echo\b|\b(?:iex|eval)\b", re.I
)
_LONGEST = 500
"""Characters of a notice; what is longer is no notice."""
_DATASETS = {
    **{"Special Instructions": 40, "By-line": 80},
    **{"Credit": 110, "Source": 115, "Copyright Notice": 116},
}
_SAME_IN_XMP = {
    40: "photoshop:Instructions",
    80: "dc:creator",
    110: "photoshop:Credit",
    115: "photoshop:Source",
    116: "dc:rights",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is written into a cleaned picture.

    Args:
        orientation: the EXIF orientation, from 1 (upright) to 8
        exif: artist and copyright by EXIF tag
        iptc: by-line, credit, source, copyright notice and instructions by IPTC dataset of record 2
        xmp: creator, rights, credit, licensor and licence by XMP property

    """

    orientation: int = 1
    exif: tuple[tuple[int, str], ...] = ()
    iptc: tuple[tuple[int, str], ...] = ()
    xmp: tuple[tuple[str, str], ...] = ()

    def upright(self) -> "Kept":
        """Return the same for pixels that have been turned."""
        return replace(self, orientation=1)

    def as_exif(self) -> bytes:
        """Return a TIFF structure of at most three entries, or nothing if there is none."""
        entries = [(_ORIENTATION, 3, 1, struct.pack("<HH", self.orientation, 0))]
        entries = entries if self.orientation != 1 else []
        for tag, text in self.exif:
            value = text.encode() + b"\0"
            entries.append((tag, 2, len(value), value))
        if not entries:
            return b""
        table, values = struct.pack("<H", len(entries)), b""
        after = 8 + 2 + 12 * len(entries) + 4
        for tag, kind, count, value in sorted(entries):
            place = value.ljust(4, b"\0") if len(value) <= 4 else None
            table += struct.pack("<HHI", tag, kind, count)
            table += place or struct.pack("<I", after + len(values))
            values += b"" if place else value + bytes(len(value) % 2)
        return b"II*\0" + struct.pack("<I", 8) + table + bytes(4) + values

    def as_iptc(self) -> bytes:
        """Return Photoshop's block with an IIM record in UTF-8, or nothing if there is nothing."""
        if not self.iptc:
            return b""
        record = b"\x1c\x01\x5a\0\x03\x1b%G\x1c\x02\0\0\x02\0\x04"
        for number, text in self.iptc:
            value = text.encode()
            record += struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value
        return (
            b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + bytes(len(record) % 2)
        )

    def as_xmp(self, *, with_iptc: bool = False) -> bytes:
        """Return an XMP packet, or nothing if there is nothing to tell.

        Args:
            with_iptc: for a format that has no place for IPTC

        """
        told = list(self.xmp)
        if with_iptc:
            there = {name for name, _ in told}
            told += [
                (_SAME_IN_XMP[n], text) for n, text in self.iptc if _SAME_IN_XMP[n] not in there
            ]
        return write_packet(told) if told else b""


@dataclass(slots=True)
class Metadata:
    """The metadata blocks of a file, as they are found.

    Args:
        exif: TIFF structures, without the ``Exif`` header
        resources: Photoshop image resource blocks
        iim: IPTC-IIM records without Photoshop's blocks around them
        xmp: XMP packets

    """

    exif: list[bytes] = field(default_factory=list)
    resources: bytes = b""
    iim: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)

    def kept(self) -> Kept:
        """Return what of it is kept; a block that is damaged is left out, as it is in browsers."""
        orientation, exif = _read_exif(self.exif[0]) if self.exif else (1, ())
        return Kept(
            orientation=orientation,
            exif=exif,
            iptc=tuple(self._datasets()),
            xmp=tuple(self._properties()),
        )

    def _datasets(self) -> Iterator[tuple[int, str]]:
        records = list(self.iim)
        try:
            records += read_resources(self.resources).iim if self.resources else []
            texts = [each for record in records for each in read_iim(record)]
        except ExtractionError:
            return
        for place, text in dict.fromkeys(texts):
            number = _DATASETS.get(place.removeprefix("IPTC "))
            if number and (told := notice(text)):
                yield number, told

    def _properties(self) -> Iterator[tuple[str, str]]:
        for packet in self.xmp:
            try:
                texts = read_xmp(packet).texts
            except ExtractionError:
                continue
            for place, text in dict.fromkeys(texts):
                name = property_of(place)
                if name and (told := notice(text)):
                    yield name, told


def _read_exif(block: bytes) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Read three entries of the first directory, as forgivingly as browsers do."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2], "")
    if not order or len(block) < 10:
        return 1, ()
    (at,) = struct.unpack_from(order + "I", block, 4)
    entries = block[at : at + 2]
    count = int(struct.unpack(order + "H", entries)[0]) if len(entries) == 2 else 0
    orientation, texts = 1, {}
    for place in range(at + 2, min(at + 2 + 12 * count, len(block) - 11), 12):
        tag, kind, length, short, _ = struct.unpack_from(order + "HHIHH", block, place)
        if tag == _ORIENTATION and kind == 3 and short in _WAYS_UP:
            orientation = short
        elif tag in (_ARTIST, _COPYRIGHT):
            start = place + 8
            if length > 4:
                (start,) = struct.unpack_from(order + "I", block, place + 8)
            if told := notice(decoded(block[start : start + length]).replace("\0", " ")):
                texts[tag] = told
    return orientation, tuple(sorted(texts.items()))


def notice(text: str) -> str:
    """Return a notice as it is kept: one line, or nothing if it holds more than words."""
    plain = "".join(c if c.isprintable() else " " for c in text).strip()
    return plain if are_words(plain) else ""


def are_words(text: str) -> bool:
    """Say whether a text is what people write of a picture, and no page, program or command."""
    return (
        len(text) <= _LONGEST
        and _CODE.isdisjoint(text)
        and not _COMMAND.search(text)
        and not carries_payload(text.encode(errors="replace"))
    )
