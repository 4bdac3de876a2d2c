"""What a PDF holds besides its pages' drawing, counted: layers, notes, marks for blackening.

After ISO 32000-2:2020, 8.11 (layers), 12.5 (notes) and 12.6 (actions).
"""

from collections.abc import Iterator

from moderation.extract.marked import Marked
from moderation.extract.pdf_objects import Objects, Table, dictionary, listed, page_references
from moderation.extract.pdf_strings import plain

_WRITTEN = frozenset(
    {
        *("/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret"),
        *("/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Ink", "/Stamp"),
    }
)


def mark_facts(table: Table, objects: Objects, marked: Marked) -> None:
    """Note the layers that are off, the notes of readers, and what opens an address by itself.

    Args:
        table: the objects, as :func:`moderation.extract.pdf_objects.read_objects` takes them
        objects: gets a part for each address that is opened
        marked: gets the rest

    """
    trailer = dictionary(table, _entry(table, "trailer"))
    root = dictionary(table, trailer.get("/Root"))
    layers = dictionary(table, dictionary(table, root.get("/OCProperties")).get("/D"))
    if _hides_layer(table, root, layers):
        marked.add("hidden-layer", "the PDF")
    for number, reference in enumerate(page_references(table), 1):
        place = f"page {number}"
        for each in listed(table, dictionary(table, reference).get("/Annots")):
            _mark_note(dictionary(table, each), place, marked)
    for action in _by_itself(table, root):
        if dictionary(table, action).get("/S") == "/URI":
            objects.parts.append(("opening-address", "opens a web address by itself", "action"))


def _hides_layer(table: Table, root: Table, layers: Table) -> bool:
    if listed(table, layers.get("/OFF")) or layers.get("/BaseState") == "/OFF":
        return True
    every = listed(table, dictionary(table, root.get("/OCProperties")).get("/OCGs"))
    return bool(layers.get("/AS")) and any(_is_off(table, each) for each in every)


def _is_off(table: Table, layer: object) -> bool:
    """Say whether a layer asks not to be shown on a screen (8.11.4.4)."""
    usage = dictionary(table, dictionary(table, layer).get("/Usage"))
    return dictionary(table, usage.get("/View")).get("/ViewState") == "/OFF"


def _entry(table: Table, key: str) -> object:
    entry = table.get(key)
    return entry.get("value") if isinstance(entry, dict) else None


def _mark_note(note: Table, place: str, marked: Marked) -> None:
    kind, words = note.get("/Subtype"), note.get("/Contents")
    if kind == "/Redact":
        marked.add("redaction-mark", place)
    elif kind in _WRITTEN and isinstance(words, str) and "".join(plain(words)).strip():
        marked.comments.append(place)


def _by_itself(table: Table, root: Table) -> Iterator[object]:
    """Yield the actions that nobody has to click on: of the file, and of any object in it."""
    yield root.get("/OpenAction")
    for key in table:
        own = dictionary(table, key.removeprefix("obj:")).get("/AA")
        yield from dictionary(table, own).values()
