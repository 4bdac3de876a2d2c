"""Charts: the values that they draw, and no longer where they were taken from.

After ISO/IEC 29500-1, *DrawingML - Charts*, 21.2. The address of a cell names a sheet, and the
workbook behind a chart holds more than the chart shows; both are gone from a clean copy.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.trees import above, drop, unwrap
from moderation.extract.office.archive import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LITERALS = {"strRef": "strLit", "numRef": "numLit"}
_CACHES = {"strRef": "strCache", "numRef": "numCache"}


def settle_chart(root: "Element", sheets: Collection[str], *, fresh: bool) -> None:
    """Put what a chart keeps of its cells in the place of their addresses.

    Args:
        root: of the chart
        sheets: names of sheets that the same file still has, whose cells charts go on drawing
        fresh: whether the chart may keep its copy of such cells; some may be gone

    """
    for each in [e for e in root.iter() if local(e.tag) in (*_LITERALS, "multiLvlStrRef")]:
        formula = next((e.text or "" for e in each if local(e.tag) == "f"), "")
        name = formula.rpartition("!")[0].strip("'").replace("''", "'")
        if name in sheets:
            for copy in [e for e in each if local(e.tag) != "f" and not fresh]:
                drop(copy)
        else:
            _settle(each)


def _settle(reference: "Element") -> None:
    parent = above(reference)
    wanted = _CACHES.get(local(reference.tag), "")
    cache = next((e for e in reference if local(e.tag) == wanted), None)
    if parent is None or cache is None:
        drop(reference if parent is None or local(parent.tag) != "cat" else parent)
    elif local(parent.tag) == "tx":
        _title(parent, reference, cache)
    else:
        space = str(reference.tag).rpartition("}")[0]
        cache.tag = f"{space}}}{_LITERALS[local(reference.tag)]}"
        for other in [e for e in reference if e is not cache]:
            drop(other)
        unwrap(reference)


def _title(parent: "Element", reference: "Element", cache: "Element") -> None:
    """Write the name of a series, or a title, as a plain text."""
    words = " ".join(e.text or "" for e in cache.iter() if local(e.tag) == "v")
    space = str(parent.tag).rpartition("}")[0] + "}"
    owner = above(parent)
    drop(reference)
    if owner is not None and local(owner.tag) == "ser":
        value = parent.makeelement(f"{space}v", {})
        value.text = words
        parent.append(value)
        return
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    rich = parent.makeelement(f"{space}rich", {})
    text = rich
    for name in ("bodyPr", "p", "r", "t"):
        made = rich.makeelement(f"{drawing}{name}", {})
        text.append(made)
        text = text if name == "bodyPr" else made
    text.text = words
    parent.append(rich)
