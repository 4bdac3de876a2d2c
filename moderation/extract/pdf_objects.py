"""The objects of a PDF, as qpdf writes them to JSON: texts, links, and what acts by itself.

After ISO 32000-2:2020. Every string of every object is taken; the key it stands under says what
it is, and a string under a key that is not known is read as hidden text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from moderation.extract.pdf_strings import (
    NAMED,
    is_code,
    is_date,
    is_words,
    meaning,
    plain,
    without_tags,
)
from moderation.model import Carrier

_REFERENCE = re.compile(r"[0-9]+ [0-9]+ R")
_ACTIONS = {
    "/JavaScript": ("javascript", "a script"),
    "/Launch": ("launch-action", "starts a program"),
    "/SubmitForm": ("submit-action", "sends what is typed to another machine"),
    "/ImportData": ("submit-action", "takes in data from another file"),
    "/GoToR": ("remote-action", "opens another file"),
    "/GoToE": ("remote-action", "opens a file inside this one"),
    "/Rendition": ("media", "plays sound or film"),
    "/Movie": ("media", "plays a film"),
    "/Sound": ("media", "plays sound"),
    "/RichMediaExecute": ("media", "runs a film or program"),
}
_MEDIA = frozenset({"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"})


@dataclass(slots=True)
class Objects:
    """What the objects of a PDF say.

    Args:
        texts: carrier, place, text
        links: place, target
        parts: kind, detail, place
        scripts: references of streams that hold scripts
        forms: references of streams that hold the data of an XML form
        metadata: references of streams that hold XMP
        pictures: references of streams that hold a JPEG picture, and what is wrapped around it
        wavelets: the same of streams that hold a JPEG 2000 picture
        attached: references of the files inside this one, and the endings of their names
        drawable: references of streams that draw, wherever they are drawn
        lost: references of pages that no reader shows
        streams: references of all other streams but pictures
        drawings: place of a note, and its drawings as its ``/AP`` gives them
        notes: carriers and places of the drawings that are read, in their order
        replaces: whether a mark has readers show other words than a page draws
        facts: title, language and whether the file is tagged

    """

    texts: list[tuple[Carrier, str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    parts: list[tuple[str, str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    metadata: list[str] = field(default_factory=list)
    pictures: dict[str, tuple[object, ...]] = field(default_factory=dict)
    wavelets: dict[str, tuple[object, ...]] = field(default_factory=dict)
    attached: dict[str, str] = field(default_factory=dict)
    drawable: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    streams: list[str] = field(default_factory=list)
    drawings: list[tuple[str, object]] = field(default_factory=list)
    notes: list[tuple[Carrier, str]] = field(default_factory=list)
    replaces: bool = False
    facts: dict[str, str | int | bool] = field(default_factory=dict)


Table = Mapping[str, object]


def read_objects(table: Table) -> Objects:
    """Read every object.

    Args:
        table: ``qpdf[1]`` of qpdf's JSON, version 2, without the data of streams

    """
    found = Objects()
    trailer = _value(table, "trailer")
    information = _string(trailer.get("/Info"))
    places = _places(table)
    pages = set(page_references(table))
    for key in table:
        reference = key.removeprefix("obj:")
        place = places.get(reference, "")
        if reference == information:
            _information(_value(table, key), found)
            continue
        entry = table[key]
        if reference not in pages and _value(table, key).get("/Type") == "/Page":
            found.lost.append(reference)
        if isinstance(entry, dict) and "stream" in entry:
            _stream(reference, _value(table, key), found)
        _walk(_raw(table, key), place, found)
    _facts(table, dictionary(table, trailer.get("/Root")), found)
    return found


def _raw(table: Table, key: str) -> object:
    entry = table.get(key)
    if not isinstance(entry, dict):
        return None
    stream = entry.get("stream")
    return stream.get("dict") if isinstance(stream, dict) else entry.get("value")


def _value(table: Table, key: str) -> Table:
    value = _raw(table, key)
    return value if isinstance(value, dict) else {}


def _follow(table: Table, value: object) -> object:
    if isinstance(value, str) and _REFERENCE.fullmatch(value):
        return _raw(table, f"obj:{value}")
    return value


def dictionary(table: Table, value: object) -> Table:
    """Return a dictionary, or the one that a reference leads to; empty if it is none."""
    followed = _follow(table, value)
    return followed if isinstance(followed, dict) else {}


def listed(table: Table, value: object) -> list[object]:
    """Return an array, or the one that a reference leads to; empty if it is none."""
    followed = _follow(table, value)
    return followed if isinstance(followed, list) else []


def is_stream(table: Table, value: object) -> bool:
    """Say whether *value* is the reference of a stream."""
    entry = table.get(f"obj:{value}") if isinstance(value, str) else None
    return isinstance(entry, dict) and "stream" in entry


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def page_references(table: Table) -> list[str]:
    """Return the references of the pages in their order."""
    pages: list[str] = []
    seen: set[str] = set()
    root = dictionary(table, _value(table, "trailer").get("/Root"))
    waiting = [root.get("/Pages")]
    while waiting:
        reference = _string(waiting.pop())
        if not reference or reference in seen:
            continue
        seen.add(reference)
        entry = dictionary(table, reference)
        if "/Kids" in entry:
            waiting += reversed(listed(table, entry["/Kids"]))
        else:
            pages.append(reference)
    return pages


def _places(table: Table) -> dict[str, str]:
    """Name the page that each page object and each note belongs to."""
    places: dict[str, str] = {}
    for number, reference in enumerate(page_references(table), 1):
        notes = dictionary(table, reference).get("/Annots")
        for each in (reference, notes, *listed(table, notes)):
            places.setdefault(_string(each), f"page {number} ")
    places.pop("", None)
    return places


def _walk(value: object, place: str, found: Objects) -> None:
    """Take every string below *value*, not following references to other objects."""
    waiting: list[tuple[str, object, Table]] = [("", value, {})]
    while waiting:
        key, value, owner = waiting.pop()
        if isinstance(value, dict):
            _note(value, place, found)
            waiting += [(name, each, value) for name, each in reversed(value.items())]
            keys = "\n".join(name[1:] for name in value if is_words(name))
            found.texts += [(Carrier.HIDDEN, f"{place}PDF key", keys)] if keys else []
        elif isinstance(value, list):
            waiting += [(key, each, owner) for each in reversed(value)]
        elif isinstance(value, str) and not is_code(key, value):
            _text(key, value, owner, place, found)


def _text(key: str, value: str, owner: Table, place: str, found: Objects) -> None:
    text = "\n".join(plain(value, is_name=key in NAMED))
    if not text.strip() or is_date(text):
        return
    carrier, what = meaning(key, owner)
    if key in ("/RC", "/RV"):
        text = without_tags(text)
    found.texts.append((carrier, place + what, text))
    if key == "/URI":
        found.links.append((place + what, text))


def _note(owner: Table, place: str, found: Objects) -> None:
    """Keep what acts, asks or carries something else."""
    action = _string(owner.get("/S"))
    if action in _ACTIONS:
        found.parts.append((*_ACTIONS[action], f"{place}action"))
    elif "/JS" in owner:
        found.parts.append(("javascript", "a script", f"{place}action"))
    if _REFERENCE.fullmatch(script := _string(owner.get("/JS"))):
        found.scripts.append(script)
    found.replaces = found.replaces or ("/ActualText" in owner and "/S" not in owner)
    if "/AP" in owner:
        found.drawings.append((place, owner["/AP"]))
    if isinstance(files := owner.get("/EF"), dict):
        name = "".join(plain(_string(owner.get("/UF", owner.get("/F")))))
        found.attached.update(dict.fromkeys(map(_string, files.values()), PurePath(name).suffix))
    if "/EF" in owner:
        found.parts.append(("attachment", "another file inside this one", f"{place}attachment"))
    if owner.get("/Subtype") in _MEDIA:
        found.parts.append(("media", "sound, film or a model", f"{place}media"))
    _form(owner, found)


def _form(owner: Table, found: Objects) -> None:
    """Keep what says that there is a form, and where the data of one are."""
    if "/Fields" in owner and ("/DR" in owner or "/DA" in owner or owner["/Fields"]):
        found.parts.append(("form", "a form to fill in", "form"))
    if "/XFA" in owner:
        found.parts.append(("xfa", "a form that is a program of its own", "form"))
        layers = owner["/XFA"] if isinstance(owner["/XFA"], list) else [owner["/XFA"]]
        found.forms += [each for each in map(_string, layers) if _REFERENCE.fullmatch(each)]


def _stream(reference: str, owner: Table, found: Objects) -> None:
    filters = owner.get("/Filter")
    names = filters if isinstance(filters, list) else [filters]
    if owner.get("/Subtype") == "/Form" or owner.get("/PatternType") == 1:
        found.drawable.append(reference)
    if owner.get("/Type") == "/Metadata":
        found.metadata.append(reference)
    elif owner.get("/Type") == "/EmbeddedFile":
        found.parts.append(("embedded-file", "another file inside this one", "attachment"))
        found.attached.setdefault(reference, "")
    elif owner.get("/Subtype") != "/Image":
        found.streams.append(reference)
    elif names[-1:] == ["/DCTDecode"]:
        found.pictures[reference] = tuple(names[:-1])
    elif names[-1:] == ["/JPXDecode"]:
        found.wavelets[reference] = tuple(names[:-1])


def _information(owner: Table, found: Objects) -> None:
    for key, value in owner.items():
        text = "\n".join(plain(_string(value)))
        if is_words(key):
            found.texts.append((Carrier.PROPERTY, "name of a property", key[1:]))
        if text.strip() and not is_date(text):
            found.texts.append((Carrier.PROPERTY, f"PDF {key.lstrip('/')}", text))
            if key == "/Title":
                found.facts["title"] = text.strip()


def _facts(table: Table, root: Table, found: Objects) -> None:
    marked = dictionary(table, root.get("/MarkInfo")).get("/Marked") is True
    found.facts["tagged"] = marked and "/StructTreeRoot" in root
    language = "".join(plain(_string(root.get("/Lang"))))
    if language:
        found.facts["language"] = language
