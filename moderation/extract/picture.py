"""What a picture file holds besides its pixels, and the bounds on reading it."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.model import ExtractionError

MAX_TEXT = 1_000_000
"""Most bytes that one block of a picture's metadata may unpack to."""
MAX_ALL_TEXT = 4_000_000
"""Most bytes that all of them together may unpack to or hold as text."""
MAX_BLOCKS = 20_000
"""Most blocks of one file; a long animation has a few thousand."""

# Eight characters or more: ASCII and UTF-8 of Latin letters; the same in 16 bits, either way round.
# Fewer where they look like two words of a name, which bytes do by chance only once in a megabyte.
_PRINTABLE = re.compile(rb"(?:[\x20-\x7e\t\r\n]|[\xc3-\xcb][\x80-\xbf]){8,}+")
_SHORT = re.compile(rb"(?<![\x20-\x7e])[A-Z][a-z]{1,4} [A-Z][a-z]{1,4}(?![\x20-\x7e])")
_WIDE = re.compile(
    rb"((?:[\x20-\x7e\t\r\n\xa0-\xff]\x00){8,}+)|((?:\x00[\x20-\x7e\t\r\n\xa0-\xff]){8,}+)"
)
_SHORTEST = 8
_MARKED_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PADDING = bytes(range(33))
_PDF_HEADER_WITHIN = 1024
_HEADS = (
    (b"PK\x03\x04", "a zip archive"),
    (b"Rar!", "a rar archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xff\xd8\xff", "a second JPEG picture"),
    (b"\x89PNG", "a second PNG picture"),
    (b"%PDF-", "a PDF"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"<", "markup"),
)
_SCRIPT = re.compile(r"<\s*(?:script|html|body|iframe|svg|\?php|!doctype)", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Container:
    """The structure of one picture file, filled in while its blocks are walked.

    Args:
        width: pixels of the whole canvas
        height: pixels of the whole canvas
        frames: pictures shown one after another
        scans: passes over the pixels of a progressive JPEG
        end: offset behind the last byte that belongs to the picture
        exif: TIFF structures, without the ``Exif`` header
        iptc: Photoshop image resource blocks
        iim: IPTC-IIM records without Photoshop's blocks around them
        xmp: XMP packets
        small: pictures inside the picture, each with the name of its place
        texts: other texts, each with the name of its place
        parts: what else was found: kind and detail

    """

    width: int = 0
    height: int = 0
    frames: int = 1
    scans: int = 1
    end: int = 0
    exif: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)
    iim: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    small: list[tuple[str, bytes]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    blocks: int = 0
    spent: int = 0

    def step(self) -> None:
        """Count a block.

        Raises:
            ExtractionError: there are too many

        """
        self.blocks += 1
        if self.blocks > MAX_BLOCKS:
            raise damaged("the structure")

    def spend(self, size: int) -> None:
        """Count bytes of text.

        Raises:
            ExtractionError: there are too many

        """
        self.spent += size
        if self.spent > MAX_ALL_TEXT:
            raise _too_much("the text", MAX_ALL_TEXT)

    def unpack(self, data: bytes, place: str) -> bytes:
        """Decompress a zlib stream of at most :data:`MAX_TEXT` bytes.

        Raises:
            ExtractionError: it is damaged or larger

        """
        stream = zlib.decompressobj()
        try:
            plain = stream.decompress(data, MAX_TEXT)
        except zlib.error as error:
            raise damaged(place) from error
        self.spend(len(plain))
        if stream.unconsumed_tail:
            raise _too_much(place, MAX_TEXT)
        if not stream.eof:
            raise damaged(place)
        self.add_strings(f"after {place}", stream.unused_data)
        return plain

    def grow(self, width: int, height: int) -> None:
        """Let the canvas hold a picture of this size; decoders make room for the largest."""
        self.width, self.height = max(self.width, width), max(self.height, height)

    def add_text(self, place: str, text: str) -> None:
        """Keep a text, unless there is nothing in it."""
        if text.strip(" \t\r\n\0"):
            self.spend(len(text))
            self.texts.append((place, text))

    def add_strings(self, place: str, data: bytes) -> None:
        """Keep what can be read in a block of unknown form."""
        self.add_text(place, "\n".join(strings(data)))


def strings(data: bytes) -> Iterator[str]:
    """Yield the runs of at least eight printable characters in *data*, in 8 and in 16 bits.

    Shorter ones are left out, as they stand in any bytes by chance; but for two short words.
    """
    yield from (run.decode("utf-8") for run in _PRINTABLE.findall(data))
    yield from (run.decode("ascii") for run in _SHORT.findall(data) if len(run) < _SHORTEST)
    if b"\0" not in data:
        return
    for run in _WIDE.finditer(data):
        yield run[0].decode("utf-16-le" if run[1] else "utf-16-be")


def decoded(data: bytes, eight_bits: str = "latin-1") -> str:
    """Decode text whose encoding is not told: UTF-16 or UTF-8 where it is that, else Latin-1.

    Args:
        data: the text, and noughts that fill it up
        eight_bits: what it is instead of Latin-1, where that is known

    """
    if order := wide_order(data):
        return data.decode(order, "replace").rstrip("\0")
    bare = data.rstrip(b"\0")
    try:
        return bare.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return bare.decode(eight_bits)
    except UnicodeDecodeError:
        return bare.decode("latin-1")


def wide_order(data: bytes) -> str:
    """Name the order of text in 16 bits, or nothing: it says so, or every other byte is nought."""
    if data.startswith(_MARKED_WIDE):
        return "utf-16"
    half = len(data) // 2
    if half < 2 or data.count(0) * 3 < len(data):
        return ""
    if data[1 : 2 * half : 2].count(0) * 2 > half > data[::2].count(0) * 4:
        return "utf-16-le"
    return "utf-16-be" if data[::2].count(0) * 2 > half > data[1::2].count(0) * 4 else ""


def _too_much(place: str, most: int) -> ExtractionError:
    return ExtractionError(
        f"{place} of the picture unpacks to more than {most:,} bytes; "
        "export the picture again without metadata"
    )


def damaged(place: str) -> ExtractionError:
    """Make the error for a structure that is not what its format says."""
    return ExtractionError(
        f"{place} of the picture is damaged, so it cannot be checked; "
        "open the picture in an editor and export it again"
    )


def after_end(data: bytes, container: Container) -> bytes:
    """Return what follows the picture in its file; nothing where it is only padding."""
    return data[container.end :].lstrip(_PADDING)


def other_types(data: bytes, container: Container) -> Iterator[tuple[str, str]]:
    """Yield the parts that would make another program read *data* as something else."""
    rest = data[container.end :]
    if start := after_end(data, container):
        what = next((name for head, name in _HEADS if start.startswith(head)), "data")
        what = "a video" if b"ftyp" in rest[:64] else what
        yield "trailing-bytes", f"{what} of {len(rest):,} bytes after the end of the picture"
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        yield "polyglot", "the start of a PDF"
    if any(_SCRIPT.search(text) for _, text in container.texts):
        yield "polyglot", "markup or a script in its metadata"
