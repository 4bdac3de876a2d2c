"""The zip file that a modern office document is, opened without trusting it."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moderation.extract.builder import Builder
from moderation.extract.marked import Marked
from moderation.extract.office.sheet_marks import Sheet
from moderation.extract.picture import strings
from moderation.model import Carrier, ExtractionError, LinkReference, Location

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_ENTRIES = 5_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
MAX_XML = 20_000_000
MAX_DEPTH = 256
_SMALL = 1_000_000
_ENCRYPTED = 0x1
_OWN_LINKS = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part of a package refers to: the last word of the type, target, where it lies."""

    type: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """Where in a table a text stands: the elements of its row and of its column."""

    row: object
    column: object


@dataclass(slots=True)
class Package:
    """An office file while it is read.

    Args:
        archive: the opened zip file
        builder: gets the texts and parts
        read: the entries that were read
        marked: what its readers see that a reader of the document does not
        sheets: what is counted on sheets that are read piece by piece, by name

    """

    archive: zipfile.ZipFile
    builder: Builder
    read: set[str] = field(default_factory=set)
    marked: Marked = field(default_factory=Marked)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    _later: dict[tuple[str, Carrier, str], None] = field(default_factory=dict)
    _cell: Cell | None = None

    @property
    def names(self) -> list[str]:
        """The entries, in the order of the file; folders left out."""
        return [name for name in self.archive.namelist() if not name.endswith("/")]

    def bytes(self, name: str) -> bytes:
        """Unpack one entry and remember that it was read.

        Raises:
            ExtractionError: it is missing or damaged

        """
        self.read.add(name)
        try:
            return self.archive.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise damaged() from error
        except (OSError, ValueError, RuntimeError) as error:
            raise damaged() from error

    def xml(self, name: str) -> "Element":
        """Unpack and parse one entry.

        Raises:
            ExtractionError: it is missing, damaged, too large, or defines entities

        """
        from moderation.extract.trees import parse

        data = self.bytes(name)
        if len(data) > MAX_XML:
            raise ExtractionError(
                f"a part of the office file has more than {MAX_XML:,} bytes (some 600,000 cells); "
                "hand it in as several files"
            )
        try:
            root, notes = parse(data)
        except ValueError as error:
            raise damaged() from error
        for note in notes:
            self.later(note, Carrier.COMMENT, f"comment in {name}")
        if _depth(root) > MAX_DEPTH:
            raise damaged()
        return root

    def glance(self, name: str) -> "Element":
        """Parse one entry for what it says of others; its own words are still to be read.

        Raises:
            ExtractionError: it is missing, damaged, too large, or defines entities

        """
        was_read = name in self.read
        root = self.xml(name)
        if not was_read:
            self.read.discard(name)
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what the entry *name* refers to, by id; targets as names of entries."""
        folder, base = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{base}.rels")
        if listed not in self.archive.NameToInfo:
            return {}
        found = {}
        for element in self.xml(listed):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    def add(self, text: str, carrier: Carrier, place: str, cell: Cell | None = None) -> None:
        """Keep a text, unless there is nothing in it; cells of one row read as one line."""
        if text.strip():
            last, self._cell = self._cell, cell
            beside = cell and last and cell.row is last.row and cell.column is not last.column
            gap = "\t" if beside else "\n"
            self.builder.block(text.strip("\n"), carrier, field=place, gap=gap)

    def later(self, text: str, carrier: Carrier, place: str) -> None:
        """Keep a text once, behind what is read now, so that it does not cut that in two."""
        if text.strip():
            self._later[text, carrier, place] = None

    def flush(self) -> None:
        """Add what was kept for later."""
        for text, carrier, place in self._later:
            self.add(text, carrier, place)
        self._later.clear()

    def link(self, target: str, place: str) -> None:
        """Keep a link; one that is no ordinary web or mail address is told as a part too."""
        where = Location(path=self.builder.path, carrier=Carrier.LINK, field=place)
        self.builder.links.append(LinkReference(target=target, text="", location=where))
        self.later(target, Carrier.LINK, place)


def open_package(data: bytes, builder: Builder) -> Package:
    """Open the zip file and refuse what would unpack to too much.

    Raises:
        ExtractionError: it is damaged, encrypted, or made to hurt

    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged() from error
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise encrypted()
    if len(set(names)) < len(names) or any(map(_climbs, names)):
        raise damaged()
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
        raise too_large()
    if any(entry.file_size > _SMALL + MAX_RATIO * entry.compress_size for entry in entries):
        raise too_large()
    package = Package(archive, builder)
    before = min((entry.header_offset for entry in entries), default=0)
    if before:
        builder.part("polyglot", "something else before the start of the document")
        package.add("\n".join(strings(data[:before])), Carrier.HIDDEN, "before the start")
    package.add(archive.comment.decode("utf-8", "replace"), Carrier.COMMENT, "zip comment")
    for entry in entries:
        package.add(entry.comment.decode("utf-8", "replace"), Carrier.COMMENT, "zip comment")
    return package


def _climbs(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name


def is_ordinary(target: str) -> bool:
    """Say whether a link leads to a web page, a mail address or a telephone."""
    return target.strip().lower().startswith(_OWN_LINKS)


def local(tag: object) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: "Element", name: str) -> str:
    """Return an attribute by its name without its namespace; empty if it is not there."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def below(element: "Element", *names: str) -> Iterator["Element"]:
    """Yield the descendants with one of these names, in order."""
    return (each for each in element.iter() if local(each.tag) in names)


def outermost(element: "Element", *names: str) -> Iterator["Element"]:
    """Yield the descendants, in order, but nothing from inside those with one of these names."""
    waiting = [*reversed(element)]
    while waiting:
        each = waiting.pop()
        yield each
        if local(each.tag) not in names:
            waiting += reversed(each)


def _depth(root: "Element") -> int:
    depth = 0
    level = [root]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [child for element in level for child in element]
    return depth


def damaged() -> ExtractionError:
    """Make the error for a file whose inside is not what it should be."""
    return ExtractionError(
        "the office file is damaged, so it cannot be checked; open it, save it again and hand "
        "that in, or export it as PDF"
    )


def encrypted() -> ExtractionError:
    """Make the error for a file that a password locks."""
    return ExtractionError(
        "the office file is encrypted, so it cannot be checked; save it without a password"
    )


def too_large() -> ExtractionError:
    """Make the error for a file that holds too much."""
    return ExtractionError(
        f"the office file unpacks to more than {MAX_UNPACKED:,} bytes, {MAX_ENTRIES:,} parts or "
        f"{MAX_RATIO} times its size; hand in a shorter file"
    )
