"""Where a Word document puts what nobody sees: hidden rows, and boxes outside the page.

After ISO/IEC 29500-1, 17.4 (tables), 17.6 (pages) and 20.4 (places of drawings).
"""

from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, local
from moderation.extract.office.word_marks import LEAST_LINE, is_least, is_on, settings_of, size_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TWENTIETH = 635
"""EMU, of which 12,700 are a point."""
_WIDE = 5_000_000
_SIDES = (("positionH", "w", "left", "cx"), ("positionV", "h", "top", "cy"))
_MARGINS = {"w": ("margin", "column"), "h": ("margin",)}


def draws_behind(root: "Element") -> bool:
    """Say whether a header draws something wide, which lies behind the words of the page."""
    return any(
        size_in(attribute(each, key)) >= _WIDE
        for anchor in below(root, "anchor")
        for each in below(anchor, "extent")
        for key in ("cx", "cy")
    )


def mark_rows(package: Package, root: "Element", what: str) -> None:
    """Note the rows of tables that are hidden, or so low that they show nothing."""
    for row in below(root, "tr"):
        settings = settings_of(row, "trPr", within=2)
        height = settings.get("trHeight")
        low = height is not None and attribute(height, "hRule") == "exact"
        hidden = "hidden" in settings and is_on(settings["hidden"])
        flat = height is not None and low and is_least(height, "val", LEAST_LINE)
        if (hidden or flat) and any((each.text or "").strip() for each in below(row, "t")):
            package.marked.add("hidden-text", f"a row of a table in the {what}")


def mark_merge(package: Package, main: str) -> None:
    """Note the file that the names and addresses of a form letter are taken from."""
    for relation in package.relations(main).values():
        if relation.type != "settings" or relation.external:
            continue
        for _ in below(package.glance(relation.target), "mailMerge"):
            detail = "fetches or opens: the table of a form letter"
            package.builder.part("external-link", detail, field="settings")


def mark_boxes(package: Package, root: "Element", what: str) -> None:
    """Note the boxes with words that are switched off, or that lie outside the page."""
    page = _page(root)
    for anchor in below(root, "anchor", "inline"):
        if not any((each.text or "").strip() for each in below(anchor, "t")):
            continue
        hidden = (attribute(each, "hidden") in ("1", "true") for each in below(anchor, "docPr"))
        if any(hidden):
            package.marked.add("hidden-shape", what)
        elif page and any(_is_off(anchor, page, side) for side in _SIDES):
            package.marked.add("text-off-page", what)


def _page(root: "Element") -> dict[str, int]:
    """Return width, height and margins of the pages in EMU; nothing where they are not all one."""
    sizes = []
    for section in below(root, "sectPr"):
        settings = {local(each.tag): each for each in section}
        said = [(settings.get("pgSz"), ("w", "h")), (settings.get("pgMar"), ("left", "top"))]
        sizes.append(
            {
                key: size_in(attribute(part, key)) * _TWENTIETH
                for part, keys in said
                for key in keys
                if part is not None
            }
        )
    same = sizes and all(each == sizes[0] for each in sizes)
    return sizes[0] if same and all(sizes[0].get(key) for key in ("w", "h")) else {}


def _is_off(anchor: "Element", page: dict[str, int], side: tuple[str, str, str, str]) -> bool:
    position, length, margin, extent = side
    for place in (each for each in anchor if local(each.tag) == position):
        whence = attribute(place, "relativeFrom")
        start = 0 if whence == "page" else page.get(margin, 0)
        if whence != "page" and whence not in _MARGINS[length]:
            return False
        for offset in below(place, "posOffset"):
            text = (offset.text or "").strip()
            at = start + (-1 if text.startswith("-") else 1) * size_in(text.removeprefix("-"))
            size = max((size_in(attribute(e, extent)) for e in below(anchor, "extent")), default=0)
            return at >= page[length] or at + size <= 0
    return False
