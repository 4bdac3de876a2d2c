"""What an office file holds besides its own text: nothing that is in it stays unread."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from moderation.extract.image import add_metadata
from moderation.extract.nested import read_nested
from moderation.extract.office.archive import Package, Relation, attribute, is_ordinary, local
from moderation.extract.office.caches import tell_cache
from moderation.extract.office.leftover import read_leftover, read_links
from moderation.extract.picture import strings
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
_COUNTS = frozenset(
    {
        *("TotalTime", "Pages", "Words", "Characters", "Lines", "Paragraphs", "Slides", "Notes"),
        *("CharactersWithSpaces", "HiddenSlides", "MMClips", "ScaleCrop", "LinksUpToDate"),
        *("SharedDoc", "HyperlinksChanged", "AppVersion", "DocSecurity", "i4", "created"),
        *("modified", "lastPrinted", "revision", "creation-date", "editing-duration"),
        *("editing-cycles", "print-date", "date"),
    }
)
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})
_PARTS = (
    ("vbaproject.bin", "macro", "a program inside the document"),
    ("basic/", "macro", "a program inside the document"),
    ("scripts/", "macro", "a program inside the document"),
    ("macrosheets/", "macro", "a program inside the document"),
    ("activex", "activex", "a control that runs a program"),
    ("embeddings/", "embedded-object", "another file inside the document"),
    ("object ", "embedded-object", "another file inside the document"),
)
_DRAWN = ("opendocument.chart", "opendocument.formula")
_PARAGRAPHS = frozenset({"p", "h", "si", "comment"})
_TEXTS = frozenset({".htm", ".html", ".mht", ".txt", ".csv", ".md", ".svg", ".xhtml"})
_WHOLE = (b"%PDF-", b"PK\x03\x04")


def read_rest(package: Package) -> None:
    """Read the properties, the links, the pictures, and every entry nobody read so far.

    Raises:
        ExtractionError: one of them is damaged

    """
    drawn = ("ObjectReplacements/", *_drawn(package))
    for name in package.names:
        if not name.startswith(drawn):
            _tell(package, name)
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in (".xml", ".rels", ""):
            package.add(PurePosixPath(name).name, Carrier.ATTACHMENT, "name of a part")
        if name.endswith(".rels"):
            _links(package, name)
        elif name in package.read:
            continue
        elif name in _PROPERTIES:
            _properties(package, name)
        else:
            _entry(package, name, suffix)


def _entry(package: Package, name: str, suffix: str) -> None:
    data = package.bytes(name)
    if suffix in _PICTURES:
        add_metadata(data, name, package.builder)
    elif suffix in _TEXTS or data.startswith(_WHOLE):
        read_nested(package.builder, data, _place(name), ending=suffix)
    elif suffix in (".xml", ".rdf", ".vml") and data.strip():
        _unknown(package, package.xml(name), name)
    else:
        package.add("\n".join(strings(data)), Carrier.HIDDEN, name)


def _place(name: str) -> str:
    """Name an entry without its own name, which somebody may have chosen and an error shows."""
    folder = PurePosixPath(name).parent.name
    return f"file in {folder}" if folder else "file inside"


def _drawn(package: Package) -> tuple[str, ...]:
    """Return the folders of charts and formulas, which OpenDocument keeps as files inside."""
    if "META-INF/manifest.xml" not in package.names or "mimetype" not in package.names:
        return ()
    return tuple(
        attribute(each, "full-path")
        for each in package.xml("META-INF/manifest.xml")
        if attribute(each, "media-type").endswith(_DRAWN)
        and attribute(each, "full-path").endswith("/")
        and len(attribute(each, "full-path")) > 1
    )


def _tell(package: Package, name: str) -> None:
    lower = name.lower()
    if lower.startswith("object ") and not lower.endswith("/content.xml") and "/" in lower:
        return  # one entry stands for all of the object
    for mark, kind, detail in _PARTS:
        if lower.startswith(mark) or f"/{mark}" in lower:
            package.builder.part(kind, detail, field=name)


def _links(package: Package, name: str) -> None:
    for element in package.xml(name):
        target = element.get("Target", "")
        if element.get("TargetMode") != "External":
            continue
        relation = Relation(element.get("Type", "").rpartition("/")[2], target, external=True)
        package.link(target, "link")
        if relation.type != "hyperlink" or not is_ordinary(target):
            package.builder.part("external-link", f"fetches or opens: {relation.type}", field=name)
    package.flush()


def _properties(package: Package, name: str) -> None:
    root = package.xml(name)
    for element in root.iter():
        own = local(element.tag)
        text = element.text or ""
        if own not in _COUNTS and text.strip():
            key = attribute(element, "name") if own in ("property", "user-defined") else own
            package.add(text, Carrier.PROPERTY, key or own)
    read_links(package, root, "link")
    read_leftover(package, root, "", carrier=Carrier.PROPERTY)
    package.flush()


def _unknown(package: Package, root: "Element", name: str) -> None:
    """Read all text, and the attributes that hold words, of an entry of unknown use."""
    tell_cache(package, root, name)
    found: list[str] = []
    waiting = [(root, False)]
    while waiting:
        element, runs = waiting.pop()
        if local(element.tag) in _PARAGRAPHS:
            found.append("\n")
            runs = True
        # The runs of a paragraph are one text; other elements are apart from one another.
        gap = "" if runs else "\n"
        found += [gap, element.text or ""]
        waiting += [(child, runs) for child in reversed(element)]
        found += [gap, *((child.tail or "").strip() for child in element)]
    lines = (line.strip() for line in "".join(found).splitlines())
    words = "\n".join(line for line in lines if line not in ("", "true", "false"))
    package.add(words, Carrier.HIDDEN, name)
    read_links(package, root, f"{name} link")
    # What stands in custom XML is data of somebody's own; all of it may be words.
    read_leftover(package, root, name, every=name.startswith("customXml/"))
    package.flush()
