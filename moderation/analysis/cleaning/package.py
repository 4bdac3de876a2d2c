"""An Office Open XML file, written anew from the parts that are known and reached.

After ISO/IEC 29500-2. A part that no kept part refers to is left out, and so is every kind of
part that is not in :data:`KINDS`: an allow-list, since what is not known cannot be judged.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from moderation.analysis.cleaning.charts import settle_chart
from moderation.analysis.cleaning.pictures import clean_inside
from moderation.analysis.cleaning.scrub import resolve, scrub
from moderation.analysis.cleaning.trees import parse, serialise
from moderation.extract.office.archive import is_ordinary
from moderation.policy import Limits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DATE = (1980, 1, 1, 0, 0, 0)
_OOXML = "application/vnd.openxmlformats-officedocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PICTURES = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}

KINDS: Mapping[str, str] = {
    "officeDocument": "",
    **dict.fromkeys(
        ("styles", "numbering", "settings", "fontTable", "header", "footer", "footnotes"),
        f"{_OOXML}.%s.%s+xml",
    ),
    **dict.fromkeys(
        ("endnotes", "worksheet", "chartsheet", "sharedStrings", "slide", "slideLayout"),
        f"{_OOXML}.%s.%s+xml",
    ),
    **dict.fromkeys(("slideMaster", "tableStyles"), f"{_OOXML}.%s.%s+xml"),
    "theme": f"{_OOXML}.theme+xml",
    "themeOverride": f"{_OOXML}.themeOverride+xml",
    "drawing": f"{_OOXML}.drawing+xml",
    "chart": f"{_OOXML}.drawingml.chart+xml",
    "diagramData": f"{_OOXML}.drawingml.diagramData+xml",
    "diagramLayout": f"{_OOXML}.drawingml.diagramLayout+xml",
    "diagramQuickStyle": f"{_OOXML}.drawingml.diagramStyle+xml",
    "diagramColors": f"{_OOXML}.drawingml.diagramColors+xml",
    "diagramDrawing": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    "image": "",
}
"""Kinds of parts that are kept, by the last word of the relation, and their media types."""
IMPLIED = frozenset(
    {
        *("styles", "numbering", "settings", "fontTable", "theme", "themeOverride", "footnotes"),
        *("endnotes", "sharedStrings", "slideLayout", "slideMaster", "tableStyles"),
        "diagramDrawing",
    }
)
"""Kinds that belong to a part without its naming their relation."""

_NAMED = ("slideMaster", "slideLayout")
"""A master names its layouts; a slide does not name its own."""


@dataclass(frozen=True, slots=True)
class Refers:
    """A relation of a part as it was written: the whole type, and what it leads to."""

    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type."""
        return self.type.rpartition("/")[2]


@dataclass(slots=True)
class Office:
    """A file that is written anew.

    Args:
        entries: the parts as they were, by name
        family: ``wordprocessingml``, ``spreadsheetml`` or ``presentationml``
        limits: the most that is decoded of a picture
        sheets: names of the sheets that a workbook keeps
        whole: whether nothing was taken out of any of them

    """

    entries: Mapping[str, bytes]
    family: str
    limits: Limits
    sheets: frozenset[str] = frozenset()
    whole: bool = True
    _trees: dict[str, "Element"] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _out: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)

    def tree(self, name: str) -> "Element":
        """Return the root of a part; what is changed in it is written.

        Raises:
            ExtractionError: it is not well-formed

        """
        if name not in self._trees:
            self._trees[name] = parse(self.entries[name])
        return self._trees[name]

    def relations(self, name: str) -> dict[str, Refers]:
        """Return what a part refers to, by id; targets as names of parts."""
        folder, base = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{base}.rels")
        found = {}
        for each in self.tree(listed) if listed in self.entries else ():
            target = each.get("Target", "")
            external = each.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if external or target in self.entries:
                found[each.get("Id", "")] = Refers(each.get("Type", ""), target, external)
        return found

    def targets(self, name: str, *kinds: str) -> list[str]:
        """Return the parts of these kinds that a part refers to."""
        found = self.relations(name).values()
        return [each.target for each in found if each.kind in kinds and not each.external]

    def write(self, main: str, media_type: str, title: str, language: str) -> bytes:
        """Write the file.

        Args:
            main: the part that holds the document
            media_type: of that part
            title: of the document; empty if it has none
            language: of the document; empty if it does not say

        Raises:
            ExtractionError: a part is damaged, or a picture cannot be cleaned

        """
        relation = next(each for each in self.relations("").values() if each.target == main)
        new = self._follow(main, "officeDocument")
        self._types[new] = media_type
        listed = [("rId1", relation.type, new, False)]
        if title or language:
            core = f"{_PACKAGE}/relationships/metadata/core-properties"
            self._out["docProps/core.xml"] = _core(title, language)
            self._types["docProps/core.xml"] = (
                "application/vnd.openxmlformats-package.core-properties+xml"
            )
            listed.append(("rId2", core, "docProps/core.xml", False))
        self._out["_rels/.rels"] = _relations("", listed)
        return zipped({"[Content_Types].xml": self._content_types(), **self._out})

    def _follow(self, name: str, kind: str) -> str:
        """Write a part with all that it needs, and return its new name."""
        if name in self._names:
            return self._names[name]
        if kind == "image":
            return self._picture(name)
        new = self._names[name] = self._new_name(name, kind, ".xml")
        media_type = KINDS[kind]
        self._types[new] = media_type % (self.family, kind) if "%s" in media_type else media_type
        root = self.tree(name)
        if kind == "chart":
            settle_chart(root, self.sheets, fresh=self.whole)
        scrub(root)
        found = self.relations(name)
        kept = {key: each for key, each in found.items() if _is_kept(each)}
        used = resolve(root, kept)
        listed = []
        ids: dict[str, str] = {}
        for key, each in kept.items():
            named = each.kind not in IMPLIED or (kind, each.kind) == _NAMED
            if key not in used and named:
                continue
            target = each.target if each.external else self._follow(each.target, each.kind)
            ids[key] = f"rId{len(ids) + 1}"
            listed.append((ids[key], each.type, target, each.external))
        resolve(root, ids)
        self._out[new] = serialise(root)
        if listed:
            folder, base = posixpath.split(new)
            self._out[f"{folder}/_rels/{base}.rels"] = _relations(folder, listed)
        return new

    def _picture(self, name: str) -> str:
        clean, ending = clean_inside(self.entries[name], self.limits)
        new = self._names[name] = self._new_name(name, "media/image", ending)
        self._out[new] = clean
        return new

    def _new_name(self, name: str, kind: str, ending: str) -> str:
        folder = {"w": "word", "s": "xl", "p": "ppt"}[self.family[0]]
        kind = "main" if kind == "officeDocument" else kind
        if kind == "main":
            return (
                f"{folder}/{dict(word='document', xl='workbook', ppt='presentation')[folder]}.xml"
            )
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return f"{folder}/{kind}{self._numbers[kind]}{ending}"

    def _content_types(self) -> bytes:
        endings = sorted({posixpath.splitext(name)[1] for name in self._out} & set(_PICTURES))
        lines = [
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
            '<Default Extension="xml" ContentType="application/xml"/>',
            *(f'<Default Extension="{e[1:]}" ContentType="{_PICTURES[e]}"/>' for e in endings),
            *(
                f'<Override PartName="/{name}" ContentType="{self._types[name]}"/>'
                for name in sorted(self._types)
            ),
        ]
        return _xml("Types", f"{_PACKAGE}/content-types", "".join(lines))


def _is_kept(relation: Refers) -> bool:
    if relation.external:
        return relation.kind == "hyperlink" and is_ordinary(relation.target)
    return relation.kind in KINDS


def _relations(folder: str, listed: list[tuple[str, str, str, bool]]) -> bytes:
    lines = []
    for key, kind, target, external in listed:
        to = target if external or not folder else posixpath.relpath(target, folder)
        mode = ' TargetMode="External"' if external else ""
        lines.append(
            f'<Relationship Id="{key}" Type={quoteattr(kind)} Target={quoteattr(to)}{mode}/>'
        )
    return _xml("Relationships", f"{_PACKAGE}/relationships", "".join(lines))


def _core(title: str, language: str) -> bytes:
    from xml.sax.saxutils import escape

    said = (("title", title), ("language", language))
    inside = "".join(f"<dc:{key}>{escape(text)}</dc:{key}>" for key, text in said if text)
    space = f'{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/'
    return _xml("cp:coreProperties", space, inside, prefix=":cp")


def _xml(root: str, space: str, inside: str, *, prefix: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<{root} xmlns{prefix}="{space}">{inside}</{root}>'.encode()


def zipped(entries: Mapping[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Write a zip file, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, data, compresslevel=9)
    return out.getvalue()


Clean = Callable[[Office, str], None]
"""Changes the trees of a file, whose main part is named, so that only what is seen is left."""
