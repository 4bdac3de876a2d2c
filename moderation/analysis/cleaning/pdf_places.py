"""Where the links of a PDF lead: named places become the pages they are on.

After ISO 32000-2:2020, 12.3.2. A name may be that of a heading, and so of a child.
"""

from typing import TYPE_CHECKING

from moderation.analysis.cleaning.pdf_keys import forget

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


def named_places(pdf: "Pdf") -> dict[str, "Object"]:
    """Return the named places of a PDF, and take their names out of it."""
    from pikepdf import Dictionary, NameTree

    found: dict[str, Object] = {}
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/Dests" in names:
        found |= {str(key): value for key, value in NameTree(names.Dests).items()}
    old = pdf.Root.get("/Dests")
    if isinstance(old, Dictionary):
        found |= dict(old.items())
    forget(pdf.Root, "/Names", "/Dests")
    return found


def settle_place(owner: "Object", key: str, places: dict[str, "Object"]) -> None:
    """Put the page in the place of its name, or take the key out where there is none."""
    from pikepdf import Array, Dictionary, Name, String

    aim = owner.get(key)
    if isinstance(aim, Name | String):
        aim = places.get(str(aim))
    if isinstance(aim, Dictionary):
        aim = aim.get("/D")
    if isinstance(aim, Array) and len(aim):
        owner[key] = aim
    else:
        forget(owner, key)


def settle_labels(pdf: "Pdf") -> None:
    """Leave of the labels of pages their numbers, without the words before them."""
    from pikepdf import Array, Dictionary

    labels = pdf.Root.get("/PageLabels")
    if not isinstance(labels, Dictionary):
        return
    if not isinstance(labels.get("/Nums"), Array):
        forget(pdf.Root, "/PageLabels")
        return
    for each in labels.Nums:
        if isinstance(each, Dictionary):
            forget(each, "/P")
