"""Cut out of HTML what leads to files that were taken down: bytes are only left out, none added.

An entry of a list goes as a whole where it leads to nothing else of the site: a card in a list of
news has the title and the summary of its page. Elsewhere in running text the words stay and the
link goes, as in a build.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from moderation.pipeline.targets import is_external
from moderation.publish.layout import reach

_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img"),
        *("input", "link", "meta", "source", "track", "wbr"),
    }
)
_ADDRESSES = ("href", "src", "poster", "data", "srcset")
_ENTRY = "li"
_PROSE = ("p", "td", "th", "dd", "dt", "em", "strong", "blockquote", "figcaption")


def cut(html: str, base: str, places: Collection[str]) -> str:
    """Return *html* without what leads to one of *places*.

    Args:
        html: a page of the output
        base: its path in the output
        places: paths in the output

    """
    ranges: list[tuple[int, int]] = []
    for element in _elements(html):
        if any(leads(each, base, places) for each in element.addresses):
            ranges += _cuts(element, base, places)
    return _without(html, ranges)


def leads_anywhere(html: str, base: str, places: Collection[str]) -> bool:
    """Say whether anything in *html* leads to one of *places*."""
    found = (each for element in _elements(html) for each in element.addresses)
    return any(leads(each, base, places) for each in found)


def leads(reference: str, base: str, places: Collection[str]) -> bool:
    """Say whether *reference* on the page *base* leads to one of *places*.

    Of an address that begins with a slash only the end is compared: under which path the site
    stands is written in mkdocs.yml, which nobody reads here.
    """
    if not reference.startswith("/") or is_external(reference):
        return reach(base, reference) in places
    path = unquote(urlsplit(reference).path)
    return any(path.endswith((f"/{place}", f"/{_folder(place)}")) for place in places)


@dataclass(slots=True)
class _Element:
    """One element: where it begins and ends, and what its start tag says."""

    name: str
    start: int
    inner: int
    addresses: tuple[str, ...]
    parent: "_Element | None"
    outer: int = 0
    end: int = 0
    below: list["_Element"] = field(default_factory=list)

    def all(self) -> Iterator["_Element"]:
        """Yield this element and all below it."""
        yield self
        for each in self.below:
            yield from each.all()


def _cuts(element: _Element, base: str, places: Collection[str]) -> list[tuple[int, int]]:
    entry: _Element | None = element
    while entry and entry.name != _ENTRY:
        entry = entry.parent
    if entry and all(_goes(each, base, places) for each in entry.all()):
        return [(entry.start, entry.end)]
    prose = element.parent is not None and element.parent.name in _PROSE
    if element.name == "a" and prose:
        return [(element.start, element.inner), (element.outer, element.end)]
    return [(element.start, element.end)]


def _goes(element: _Element, base: str, places: Collection[str]) -> bool:
    """Say whether a link inside an entry of a list leads to what was taken down."""
    inside = [each for each in element.addresses if reach(base, each) is not None]
    return element.name != "a" or all(leads(each, base, places) for each in inside)


def _elements(html: str) -> list[_Element]:
    parser = _Parser(html)
    parser.feed(html)
    parser.close()
    return parser.finished()


class _Parser(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._html = html
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._open: list[_Element] = []
        self._found: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        inner = start + len(self.get_starttag_text() or "")
        parent = self._open[-1] if self._open else None
        addresses = tuple(
            part
            for name, value in attrs
            if name in _ADDRESSES and value
            for part in (_candidates(value) if name == "srcset" else (value.strip(),))
        )
        element = _Element(tag, start, inner, addresses, parent, outer=inner, end=inner)
        self._found.append(element)
        if parent:
            parent.below.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        start = self._place()
        end = self._html.find(">", start) + 1 or len(self._html)
        names = [element.name for element in self._open]
        if tag not in names:
            return
        while (element := self._open.pop()).name != tag:
            element.outer = element.end = start
        element.outer, element.end = start, end

    def finished(self) -> list[_Element]:
        """Return every element; what was never closed reaches to the end."""
        for element in self._open:
            element.outer = element.end = len(self._html)
        return self._found

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def _candidates(srcset: str) -> Iterator[str]:
    return (part.split()[0] for part in srcset.split(",") if part.split())


def _folder(place: str) -> str:
    return place.removesuffix("index.html") if place.endswith("/index.html") else place


def _without(html: str, ranges: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in sorted(ranges):
        if end <= at:
            continue
        kept.append(html[at : max(at, start)])
        at = end
    return "".join((*kept, html[at:]))
