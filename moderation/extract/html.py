"""HTML to text in its carriers, for pages that Markdown was rendered to and for HTML files."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from moderation.extract.builder import Builder, Run
from moderation.extract.html_names import BLOCKS, LINKS
from moderation.extract.places import Places
from moderation.extract.runs import Runs
from moderation.extract.tags import Kind, Token, tokens
from moderation.extract.tracked import NOWHERE, Text, joined
from moderation.model import (
    Carrier,
    Document,
    Element,
    ImageReference,
    LinkReference,
    Location,
)

_CARRIERS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Carrier.HEADING),
    **dict.fromkeys(("td", "th"), Carrier.TABLE),
    **dict.fromkeys(("pre", "code", "kbd", "samp"), Carrier.CODE),
    **dict.fromkeys(("caption", "figcaption"), Carrier.CAPTION),
    "a": Carrier.LINK_TEXT,
    "title": Carrier.TITLE,
}
_NAMED = {"alt": Carrier.ALT, "title": Carrier.TITLE}
_DEEPEST = 500
_TAG = re.compile(r"<[^<>]*>")


def extract(builder: Builder, source: str, *, media_type: str = "text/html") -> Document:
    """Read an HTML or SVG file.

    Raises:
        ExtractionError: it is not well formed; the message names the line

    """
    places = Places(builder.path, source)
    read(Text.of(source), builder, places, foreign=media_type == "image/svg+xml")
    return builder.document(media_type, source=source)


def read(
    page: Text,
    builder: Builder,
    places: Places,
    *,
    foreign: bool = False,
    asides: Mapping[int, Sequence[Run]] = MappingProxyType({}),
) -> None:
    """Add the text, images, links and elements of an HTML page.

    Args:
        page: HTML; tags without an offset were made by a program
        builder: takes the pieces
        places: where things stand in the source, and for errors
        foreign: the page is SVG
        asides: what the stand-in at each offset stands for, see ``markdown.plain``

    """
    reader = _Reader(Runs(builder, places, asides), builder, places)
    for token in tokens(page, places, foreign=foreign):
        reader.take(token)
    reader.finish()


@dataclass(slots=True)
class _Link:
    """A link whose end tag has not come yet."""

    target: str
    value: Text
    location: Location
    text: list[str] = field(default_factory=list)
    first: int = NOWHERE


@dataclass(slots=True)
class _Reader:
    runs: Runs
    builder: Builder
    places: Places
    open: list[str] = field(default_factory=list)
    link: _Link | None = None

    def take(self, token: Token) -> None:
        """Add what a token carries."""
        if token.kind is Kind.TEXT:
            self._text(token.text)
        elif token.kind is Kind.START:
            self._start(token)
        elif token.kind is Kind.END:
            self._end(token)
        elif token.kind is Kind.COMMENT:
            self.runs.later(token.text, Carrier.COMMENT, decode=False)
        else:
            self.runs.later(_written(token.text), Carrier.MARKUP)

    def finish(self) -> None:
        """Add what waits for the end of the page."""
        self._close_link()
        self.runs.flush()

    def _text(self, text: Text) -> None:
        carrier = _CARRIERS[self.open[-1]] if self.open else Carrier.BODY
        shown, first = self.runs.visible(text, carrier)
        if self.link is not None and shown:
            self.link.text.append(shown)
            self.link.first = first if self.link.first < 0 else self.link.first

    def _start(self, token: Token) -> None:
        self._apart(token.name)
        if token.name in _CARRIERS:
            self.open.append(token.name)
            if len(self.open) > _DEEPEST:
                trouble = "tags are nested too deeply"
                raise self.places.refusal(token.text.at[0], trouble, "close the tags")
        where = self._where(token)
        self._element(token, where)
        values = {str(name): value for name, value in token.attributes}
        if token.name == "a" and "href" in values:
            self._open_link(values["href"] or Text(), where)
        elif token.name == "img":
            self._image(values, where)
        for name, value in token.attributes:
            self._attribute(token, str(name), value or Text(), where)

    def _end(self, token: Token) -> None:
        self._apart(token.name)
        if token.name == "a":
            self._close_link()
        if token.name in self.open:
            last = len(self.open) - 1 - self.open[::-1].index(token.name)
            del self.open[last]

    def _apart(self, name: str) -> None:
        if name in BLOCKS:
            self.runs.flush()

    def _where(self, token: Token) -> tuple[int, int]:
        """Return the extent of a tag, or of the Markdown that made it."""
        first, last = token.text.extent()
        if token.text.at[0] == NOWHERE:
            first, last = token.text.at[1], token.text.at[-1]
        return (first, last + 1) if first >= 0 else (NOWHERE, NOWHERE)

    def _element(self, token: Token, where: tuple[int, int]) -> None:
        """Note a tag of the publisher's own, or one that was given attributes."""
        if token.text.at[0] == NOWHERE:
            where = _listed(token)
            if where[0] == NOWHERE:
                return
        attributes = tuple((str(n), self.runs.plain(v or Text())) for n, v in token.attributes)
        place = self.places.location(*where, Carrier.MARKUP)
        element = Element(name=token.name, attributes=attributes, location=place)
        self.builder.elements.append(element)

    def _open_link(self, value: Text, where: tuple[int, int]) -> None:
        self._close_link()
        place = self.places.location(*where, Carrier.LINK)
        self.link = _Link(self.runs.plain(value).strip(), value, place)

    def _close_link(self) -> None:
        link, self.link = self.link, None
        if link is None:
            return
        text = " ".join("".join(link.text).split())
        self.builder.links.append(
            LinkReference(target=link.target, text=text, location=link.location)
        )
        if link.first >= 0 and link.first == link.value.extent()[0]:
            self.runs.forget(link.value)

    def _image(self, values: dict[str, Text | None], where: tuple[int, int]) -> None:
        alt = self.runs.plain(values["alt"] or Text()) if "alt" in values else None
        image = ImageReference(
            target=self.runs.plain(values.get("src") or Text()).strip(),
            alt=alt,
            location=self.places.location(*where, Carrier.ALT),
            title=self.runs.plain(values.get("title") or Text()),
        )
        self.builder.images.append(image)

    def _attribute(self, token: Token, name: str, value: Text, where: tuple[int, int]) -> None:
        is_link = name in LINKS
        carrier = Carrier.LINK if is_link else _NAMED.get(name, Carrier.ATTRIBUTE)
        self.runs.later(value, carrier, field=name if carrier is Carrier.ATTRIBUTE else "")
        shown = (token.name, name) in {("a", "href"), ("img", "src")}
        if is_link and value and not shown:
            place = self.places.location(*where, Carrier.LINK)
            for target in _targets(name, self.runs.plain(value)):
                self.builder.links.append(LinkReference(target=target, text="", location=place))


def _listed(token: Token) -> tuple[int, int]:
    """Find the attributes that an attribute list gave to an element of Markdown."""
    listed = [(name, value or name) for name, value in token.attributes if name.at[0] >= 0]
    ends = [end for _, value in listed for end in value.extent() if end >= 0]
    return (min(ends), max(ends) + 1) if ends else (NOWHERE, NOWHERE)


def _written(content: Text) -> Text:
    """Leave out the tags that Markdown put into raw content: nobody wrote them."""
    parts: list[Text] = []
    at = 0
    for match in _TAG.finditer(content):
        if content.at[match.start()] == NOWHERE:
            parts.append(content[at : match.start()])
            at = match.end()
    return joined((*parts, content[at:])) if parts else content


def _targets(name: str, value: str) -> list[str]:
    """Split a list of pictures for several widths; every other value is one target."""
    if not name.endswith("srcset"):
        return [value.strip()]
    return [each.split()[0] for each in value.split(",") if each.strip()]
