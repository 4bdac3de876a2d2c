"""OpenDocument: odt, ods and odp, written anew from the content and the styles.

After *Open Document Format for Office Applications Version 1.3*, parts 2 and 3.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from moderation.analysis.cleaning.open_content import clean_content
from moderation.analysis.cleaning.open_names import rename
from moderation.analysis.cleaning.package import zipped
from moderation.analysis.cleaning.pictures import clean_inside
from moderation.analysis.cleaning.scrub import without_words
from moderation.analysis.cleaning.trees import above, drop, drop_all, parse, serialise
from moderation.extract.office.archive import attribute, below, is_ordinary, local
from moderation.model import ExtractionError
from moderation.policy import Limits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}
_DRAWN = ("opendocument.chart", "opendocument.formula")
_FETCHING = ("image", "object", "object-ole", "plugin", "applet", "floating-frame", "fill-image")
_CONTENT = ("content.xml", "styles.xml")


@dataclass(slots=True)
class _Folder:
    """A document of a package, which may stand in a folder of another.

    Args:
        entries: the parts as they were, by name
        limits: the most that is decoded of a picture
        types: what is in the package, by name

    """

    entries: Mapping[str, bytes]
    limits: Limits
    types: Mapping[str, str]
    out: dict[str, bytes] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)
    _pictures: dict[str, str] = field(default_factory=dict)
    _objects: dict[str, str] = field(default_factory=dict)

    def write(self, old: str, new: str, *, depth: int = 0) -> None:
        """Write the document in the folder *old* into the folder *new*."""
        names = [name for name in _CONTENT if old + name in self.entries]
        roots = {name: parse(self.entries[old + name]) for name in names}
        clean_content(roots["content.xml"], roots.get("styles.xml"))
        rename(list(roots.values()))
        for name, root in roots.items():
            for element in [e for e in root.iter() if local(e.tag) in _FETCHING]:
                self._settle(element, old, new, depth)
            _scrub(root)
            self.out[new + name] = serialise(root)
            self.listed[new + name] = "text/xml"

    def _settle(self, element: "Element", old: str, new: str, depth: int) -> None:
        """Take along what an element shows, or take the element out."""
        keys = [key for key in element.attrib if local(key) == "href"]
        if not keys:
            drop(element)
            return
        target = posixpath.normpath(posixpath.join("/", old, element.attrib[keys[0]])).lstrip("/")
        if local(element.tag) in ("image", "fill-image") and target in self.entries:
            if _shows_object(element):
                drop(element)
                return
            element.set(keys[0], self._picture(target, new))
        elif local(element.tag) == "object" and not depth and self._is_drawn(target):
            element.set(keys[0], self._object(target, depth))
        else:
            drop(element)

    def _picture(self, target: str, new: str) -> str:
        if target not in self._pictures:
            clean, ending = clean_inside(self.entries[target], self.limits)
            name = f"Pictures/image{len(self._pictures) + 1}{ending}"
            self._pictures[target] = name
            self.out[name], self.listed[name] = clean, _TYPES[ending]
        return ("../" * new.count("/")) + self._pictures[target]

    def _is_drawn(self, target: str) -> bool:
        return self.types.get(f"{target}/", "").endswith(_DRAWN) and (
            f"{target}/content.xml" in self.entries
        )

    def _object(self, target: str, depth: int) -> str:
        if target not in self._objects:
            self._objects[target] = f"Object {len(self._objects) + 1}"
            folder = f"{self._objects[target]}/"
            self.listed[folder] = self.types[f"{target}/"]
            self.write(f"{target}/", folder, depth=depth + 1)
        return f"./{self._objects[target]}"


def _shows_object(image: "Element") -> bool:
    """Say whether a picture stands for an object or table that is kept: programs draw it anew."""
    frame = above(image)
    return frame is not None and any(local(e.tag) in ("object", "table") for e in frame)


def _scrub(root: "Element") -> None:
    """Take out what no reader sees, and links that are none."""
    drop_all(root, "scripts", "event-listeners", "forms", "settings", "binary-data-link")
    for link in list(below(root, "a")):
        if not _is_kept(attribute(link, "href")):
            for key in [key for key in link.attrib if local(key) == "href"]:
                link.set(key, "#")
    for number, element in enumerate(list(root.iter()), 1):
        without_words(element, number)


def _is_kept(target: str) -> bool:
    return is_ordinary(target) or target.startswith("#")


def clean_opendocument(
    entries: Mapping[str, bytes], limits: Limits, title: str, language: str
) -> bytes:
    """Return the file with what its readers see and nothing else.

    Args:
        entries: the parts of the file, by name
        limits: the most that is decoded of a picture
        title: of the document; empty if it has none
        language: of the document; empty if it does not say

    Raises:
        ExtractionError: a part is damaged, or a picture cannot be cleaned

    """
    media_type = entries["mimetype"].decode("ascii", "replace").strip()
    folder = _Folder(entries, limits, _listed(entries))
    if "content.xml" not in entries:
        raise ExtractionError("the office file has no content; open it and save it again")
    folder.write("", "")
    parts = {**folder.out}
    if title or language:
        parts["meta.xml"] = _meta(title, language)
        folder.listed["meta.xml"] = "text/xml"
    manifest = _manifest(media_type, folder.listed)
    mimetype = {"mimetype": media_type.encode()}
    return zipped({**mimetype, **parts, "META-INF/manifest.xml": manifest}, stored=("mimetype",))


def _listed(entries: Mapping[str, bytes]) -> dict[str, str]:
    root = parse(entries["META-INF/manifest.xml"])
    return {
        attribute(e, "full-path"): attribute(e, "media-type") for e in below(root, "file-entry")
    }


def _meta(title: str, language: str) -> bytes:
    said = (("title", title), ("language", language))
    inside = "".join(f"<dc:{key}>{escape(text)}</dc:{key}>" for key, text in said if text)
    return (
        f'{_HEAD}<office:document-meta xmlns:office="{_URN}:office:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta>{inside}</office:meta></office:document-meta>"
    ).encode()


def _manifest(media_type: str, listed: Mapping[str, str]) -> bytes:
    lines = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} "
        f"manifest:media-type={quoteattr(kind)}/>"
        for name, kind in {"/": media_type, **listed}.items()
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_URN}:manifest:1.0" '
        f'manifest:version="1.3">{lines}</manifest:manifest>'
    ).encode()
