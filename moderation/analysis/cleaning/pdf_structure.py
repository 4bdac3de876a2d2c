"""The structure of a tagged PDF: how it is read aloud stays, titles and stale notes go.

After ISO 32000-2:2020, 14.7.
"""

from typing import TYPE_CHECKING

from moderation.analysis.cleaning.pdf_keys import only

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_ROOT = frozenset({"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/ClassMap"})
_ELEMENT = frozenset(
    {
        *("/Type", "/S", "/P", "/Pg", "/K", "/A", "/C", "/Lang", "/Alt", "/E", "/ActualText"),
        *("/ID", "/NS"),
    }
)
_MOST = 300_000


def settle_structure(pdf: "Pdf", links: frozenset[tuple[int, int]]) -> None:
    """Leave of the structure what says how pages are read.

    Args:
        pdf: changed in place
        links: the notes that are left; what refers to another is taken out

    """
    from pikepdf import Dictionary

    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        return
    only(root, _ROOT | {"/Namespaces", "/IDTree"})
    waiting: list[Object] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _MOST:
        each = waiting.pop()
        if each.is_indirect and each.objgen in seen:
            continue
        seen.add(each.objgen)
        if each is not root:
            only(each, _ELEMENT)
        waiting += _children(each, links)


def _children(element: "Object", links: frozenset[tuple[int, int]]) -> list["Object"]:
    """Return the elements below one, without those that stand for notes that are gone."""
    from pikepdf import Array, Dictionary

    kids = element.get("/K")
    every = list(kids) if isinstance(kids, Array) else [kids] if kids is not None else []
    kept = [each for each in every if not _is_stale(each, links)]
    if len(kept) < len(every):
        element.K = Array(kept)
    return [
        each
        for each in kept
        if isinstance(each, Dictionary) and each.get("/Type") not in ("/MCR", "/OBJR")
    ]


def _is_stale(kid: "Object", links: frozenset[tuple[int, int]]) -> bool:
    from pikepdf import Dictionary

    if not isinstance(kid, Dictionary) or kid.get("/Type") != "/OBJR":
        return False
    aim = kid.get("/Obj")
    return not isinstance(aim, Dictionary) or aim.objgen not in links
