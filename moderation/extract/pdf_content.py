"""How much a page of a PDF comes to once every form that it draws is drawn.

A form can draw others, and each of them others again: nine levels of ten would make a reader draw
a thousand million times what stands in a file of two kilobytes.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from moderation.extract.pdf_objects import (
    Objects,
    Table,
    dictionary,
    is_stream,
    listed,
    page_references,
)
from moderation.model import ExtractionError

MAX_PAGE = 8_000_000
"""Most bytes of drawing on one page; a reader takes about a hundred times that in memory."""
_MAX_DEPTH = 28
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


def content_places(table: Table, objects: Objects) -> dict[str, str]:
    """Return the references of all streams that draw, each with the page it is the content of."""
    places = dict.fromkeys(objects.drawable, "")
    pages = [(each, f"page {number} ") for number, each in enumerate(page_references(table), 1)]
    for reference, place in (*pages, *((each, "") for each in objects.lost)):
        content = dictionary(table, reference).get("/Contents")
        for each in listed(table, content) or [content]:
            places.setdefault(str(each), place)
    return {each: place for each, place in places.items() if is_stream(table, each)}


@dataclass(slots=True)
class Drawing:
    """Adds up what pages draw.

    Args:
        table: the objects, as :func:`moderation.extract.pdf_objects.read_objects` takes them
        unpack: gives the bytes of a stream by its reference

    """

    table: Table
    unpack: Callable[[str], bytes]
    _known: dict[str, tuple[int, Counter[str]]] = field(default_factory=dict)
    _sums: dict[tuple[str, str], int] = field(default_factory=dict)

    def check_pages(self) -> None:
        """Add up every page.

        Raises:
            ExtractionError: a page comes to more than :data:`MAX_PAGE` bytes

        """
        for reference in page_references(self.table):
            page = dictionary(self.table, reference)
            content = page.get("/Contents")
            streams = listed(self.table, content) or [content]
            resources = dictionary(self.table, page.get("/Resources"))
            size = sum(self._size(str(each), resources, reference, 0) for each in streams)
            self._check(size)

    @property
    def drawn(self) -> frozenset[str]:
        """References of all streams that were added up."""
        return frozenset(reference for reference, _ in self._sums)

    def _size(self, reference: str, around: Mapping[str, object], owner: str, depth: int) -> int:
        """Add up one stream with all that it draws; *around* are the names known outside it."""
        entry = self.table.get(f"obj:{reference}")
        stream = entry.get("stream") if isinstance(entry, dict) else None
        if not isinstance(stream, dict) or depth > _MAX_DEPTH:
            return MAX_PAGE + 1 if depth > _MAX_DEPTH else 0
        own = stream.get("dict", {}).get("/Resources")
        resources = dictionary(self.table, own) if own else around
        key = (reference, "" if own else owner)
        if key not in self._sums:
            size, drawn = self._measure(reference)
            forms = dictionary(self.table, resources.get("/XObject"))
            inside = reference if own else owner
            for name, times in drawn.items():
                form = forms.get(f"/{name}")
                if isinstance(form, str) and self._is_form(form):
                    size += times * self._size(form, resources, inside, depth + 1)
                self._check(size)
            self._sums[key] = size
        return self._sums[key]

    def _is_form(self, reference: str) -> bool:
        entry = self.table.get(f"obj:{reference}")
        stream = entry.get("stream") if isinstance(entry, dict) else None
        return isinstance(stream, dict) and stream["dict"].get("/Subtype") == "/Form"

    def _measure(self, reference: str) -> tuple[int, Counter[str]]:
        if reference not in self._known:
            data = self.unpack(reference)
            names = Counter(name.decode("latin-1") for name in _DRAWN.findall(data))
            self._known[reference] = (len(data), names)
        return self._known[reference]

    def _check(self, size: int) -> None:
        if size > MAX_PAGE:
            raise ExtractionError(
                f"a page of the PDF draws more than {MAX_PAGE:,} bytes; print it to a new PDF"
            )
