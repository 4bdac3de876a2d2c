"""Word processing: docx.

After ISO/IEC 29500-1, *WordprocessingML*. Names are compared without namespaces, so that the
strict and the transitional form read alike.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, local
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_REMOVED = frozenset({"del", "moveFrom"})
_WORDS = {"t": Carrier.BODY, "delText": Carrier.TRACKED_CHANGE, "instrText": Carrier.MARKUP}
_WORDS["delInstrText"] = Carrier.TRACKED_CHANGE
_GAPS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_STORIES = {
    "header": (Carrier.HEADER, "header"),
    "footer": (Carrier.HEADER, "footer"),
    "footnotes": (Carrier.BODY, "footnote"),
    "endnotes": (Carrier.BODY, "endnote"),
    "comments": (Carrier.COMMENT, "comment"),
}


def read_word(package: Package, main: str) -> None:
    """Read the document and the stories around it.

    Args:
        package: the opened file
        main: the entry that holds the document

    """
    _story(package, main, Carrier.BODY, "paragraph")
    for relation in package.relations(main).values():
        if relation.type in _STORIES and not relation.external:
            _story(package, relation.target, *_STORIES[relation.type])


def _story(package: Package, name: str, carrier: Carrier, what: str) -> None:
    root = package.xml(name)
    for number, (paragraph, tabled) in enumerate(_paragraphs(root), 1):
        own = carrier
        if carrier is Carrier.BODY and (tabled or _is_heading(paragraph)):
            own = Carrier.TABLE if tabled else Carrier.HEADING
        place = f"{what} {number}"
        for kind, text in _grouped(_runs(paragraph)):
            package.add(text, own if kind is Carrier.BODY else kind, place)
    _authors(package, root, what)
    for picture in below(root, "docPr", "cNvPr"):
        for key in ("descr", "title"):
            package.add(picture.get(key, ""), Carrier.ALT, "picture")


def _paragraphs(root: "Element") -> Iterator[tuple["Element", bool]]:
    """Yield every paragraph, also those in boxes inside others, and whether a table holds it."""
    waiting = [(root, False)]
    while waiting:
        element, tabled = waiting.pop()
        name = local(element.tag)
        if name == "p":
            yield element, tabled
        waiting += [(child, tabled or name == "tbl") for child in reversed(element)]


def _settings(element: "Element", name: str) -> Iterator["Element"]:
    """Yield the settings of a paragraph or run, which stand in its first child."""
    return (each for child in element[:1] if local(child.tag) == name for each in child)


def _is_heading(paragraph: "Element") -> bool:
    return any(
        attribute(each, "val").lower().startswith(("heading", "title"))
        for each in _settings(paragraph, "pPr")
        if local(each.tag) == "pStyle"
    )


def _runs(paragraph: "Element") -> Iterator[tuple[Carrier, str]]:
    """Yield the runs of one paragraph, not those of paragraphs in boxes inside it."""
    waiting = [(child, Carrier.BODY) for child in reversed(paragraph)]
    while waiting:
        element, carrier = waiting.pop()
        name = local(element.tag)
        if name == "p":
            continue
        if name in _REMOVED:
            carrier = Carrier.TRACKED_CHANGE
        elif name == "r" and carrier is Carrier.BODY and _is_hidden(element):
            carrier = Carrier.HIDDEN
        if name in _WORDS:
            yield (carrier if name == "t" else _WORDS[name]), element.text or ""
        elif name in _GAPS:
            yield carrier, _GAPS[name]
        waiting += [(child, carrier) for child in reversed(element)]


def _is_hidden(run: "Element") -> bool:
    return any(
        attribute(each, "val") not in ("0", "false", "off")
        for each in _settings(run, "rPr")
        if local(each.tag) in ("vanish", "webHidden", "specVanish")
    )


def _grouped(runs: Iterator[tuple[Carrier, str]]) -> list[tuple[Carrier, str]]:
    """Join what each carrier holds, so that a removed word does not cut the words around it."""
    texts: dict[Carrier, list[str]] = {}
    for carrier, text in runs:
        texts.setdefault(carrier, []).append(text)
    return [(carrier, "".join(parts)) for carrier, parts in texts.items()]


def _authors(package: Package, root: "Element", what: str) -> None:
    """Keep the names of those who changed or commented, each once."""
    names = {(local(each.tag) == "comment", attribute(each, "author")) for each in root.iter()}
    for commented, name in sorted(names):
        if commented:
            package.add(name, Carrier.COMMENT, "comment author")
        else:
            package.add(name, Carrier.TRACKED_CHANGE, f"author of a change, {what}")
