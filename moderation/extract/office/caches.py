"""Copies of other tables that a workbook keeps: behind its pivot tables, and of other workbooks.

After ISO/IEC 29500-1, *SpreadsheetML*, 18.10 and 18.14.
"""

from typing import TYPE_CHECKING

from moderation.extract.marked import counted
from moderation.extract.office.archive import Package, attribute, below, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_VALUES = ("s", "n", "d", "b")


def tell_cache(package: Package, root: "Element", name: str) -> None:
    """Note what an entry keeps a copy of, and the log of a workbook that several people changed.

    Args:
        package: the opened file
        root: of the entry
        name: of the entry

    """
    kind = local(root.tag)
    if kind == "pivotCacheRecords":
        rows = counted(_count(root, "r"), "row", "rows")
        package.builder.part("pivot-cache", f"{rows} of the table behind a pivot", field=name)
    elif kind == "pivotCacheDefinition" and not attribute(root, "id"):
        values = sum(_count(each, *_VALUES) for each in below(root, "sharedItems"))
        if values:
            held = counted(values, "value", "values")
            package.builder.part("pivot-cache", f"{held} of the table behind a pivot", field=name)
    elif kind == "externalLink":
        _tell_outside(package, root, name)
    elif kind == "headers" and "revisions/" in name:
        for each in below(root, "header"):
            package.marked.change("log of changes", attribute(each, "userName"))


def _tell_outside(package: Package, root: "Element", name: str) -> None:
    """Note the cells of another workbook, and programs that values are asked of."""
    cells = _count(root, "cell")
    if cells:
        held = counted(cells, "cell", "cells")
        package.builder.part("external-cache", f"{held} of another workbook", field=name)
    if _count(root, "ddeLink", "oleLink"):
        package.builder.part("external-link", "fetches or opens: another program", field=name)


def _count(root: "Element", *names: str) -> int:
    return sum(1 for _ in below(root, *names))
