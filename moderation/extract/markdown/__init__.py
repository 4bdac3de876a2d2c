"""Markdown pages: front matter, text in its carriers, images, links and raw HTML."""

from typing import TYPE_CHECKING

from moderation.extract.builder import Builder
from moderation.extract.front_matter import FrontMatter, read_front_matter
from moderation.extract.markdown.plain import STAND_IN, Part, parts_of
from moderation.extract.places import Places
from moderation.extract.tracked import Text, joined
from moderation.model import Carrier, Document, LinkReference

if TYPE_CHECKING:
    from moderation.extract.markdown.render import Rendered


def extract(builder: Builder, source: str) -> Document:
    """Read a page as the build will render it.

    The reader is Python-Markdown's algorithm over text that remembers its offsets, and in its
    hardest parts (raw HTML, emphasis) Python-Markdown's own code; so the text of the document is
    the text of the page, and every character of it is at hand in the publisher's file.

    Args:
        builder: knows the page's path, digest and limits
        source: its text, each line ending in one newline

    Raises:
        ExtractionError: something in it cannot be read safely; the message names the line

    """
    front = read_front_matter(builder.path, source)
    places = Places(builder.path, source)
    _add_settings(builder, front, places)
    parts = parts_of(source, front.end)
    if any(isinstance(part, range) for part in parts):
        _read_marked(builder, source, parts, places)
    else:
        builder.copy(source, [run for part in parts if isinstance(part, list) for run in part])
    return builder.document("text/markdown", source=source, front_matter=front.values)


def _read_marked(builder: Builder, source: str, parts: list[Part], places: Places) -> None:
    """Read a page with markup in some of its parts."""
    # Imported here: most pages can do without.
    from moderation.extract.html import read
    from moderation.extract.markdown.render import rendered

    asides = {part[0][0]: part for part in parts if isinstance(part, list)}
    page = rendered(builder.path, source, _text(source, parts))
    read(page.html, builder, places, asides=asides)
    _add_definitions(builder, page)


def _text(source: str, parts: list[Part]) -> Text:
    """Return what the whole reader reads, with a stand-in for what is plain."""
    texts: list[str] = []
    for part in parts:
        if isinstance(part, range):
            text = Text(source[part.start : part.stop], part)
        else:
            text = Text(STAND_IN, part[0][:1])
        texts += ("\n\n", text) if texts else (text,)
    return joined(texts)


def _add_settings(builder: Builder, front: FrontMatter, places: Places) -> None:
    key = ""
    end = -1
    for each in front.carried:
        # The key of a value is apart from it; stretches of one value are not apart.
        if each.key != key or each.start != end:
            builder.cut()
        key, end = each.key, each.end
        builder.add(each.text, Carrier.FRONT_MATTER, each.start, each.end, field=each.key)
        if each.key == "image" and each.text == front.values.get("image"):
            builder.links.append(_picture(each.text, each.start, each.end, places))
    builder.cut()


def _picture(target: str, start: int, end: int, places: Places) -> LinkReference:
    """Note the page's own picture; the theme finds it from the top of the content folder."""
    place = places.location(start, end, Carrier.FRONT_MATTER, field="image")
    is_inside = ":" not in target and not target.startswith("/")
    return LinkReference(target=f"/{target}" if is_inside else target, text="", location=place)


def _add_definitions(builder: Builder, page: "Rendered") -> None:
    """Add the definitions of links that no link uses: they stand in the file, not on the page."""
    for label, definition in page.references.items():
        if label in page.used:
            continue
        for text, carrier in ((definition.target, Carrier.LINK), (definition.title, Carrier.TITLE)):
            _add_run(builder, text, carrier)


def _add_run(builder: Builder, text: Text | None, carrier: Carrier) -> None:
    if text:
        first, last = text.extent()
        builder.block(text, carrier, first, last + 1)
