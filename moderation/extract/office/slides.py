"""Presentations: pptx.

After ISO/IEC 29500-1, *PresentationML* and *DrawingML*.
"""

from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, damaged, local, outermost
from moderation.extract.office.leftover import read_leftover
from moderation.extract.office.paragraphs import paragraphs
from moderation.extract.office.slide_marks import (
    has_notes,
    mark_slide,
    slide_size,
)
from moderation.extract.office.slide_paper import paper_of
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TAKEN = frozenset({"t", "text"})
_GAPS = {"br": "\n", "tab": "\t"}


def read_slides(package: Package, main: str) -> None:
    """Read every slide in its order, with its notes and comments.

    Args:
        package: the opened file
        main: the entry that holds the presentation

    """
    root, relations = package.xml(main), package.relations(main)
    for number, slide in enumerate(below(root, "sldId"), 1):
        keys = [value for key, value in slide.attrib.items() if "}" in key and local(key) == "id"]
        relation = relations.get(keys[0] if keys else "")
        if relation is None or relation.external:
            raise damaged()
        _slide(package, relation.target, number, slide_size(root))
    read_leftover(package, root, "presentation", taken=_TAKEN)
    package.flush()


def _slide(package: Package, entry: str, number: int, size: tuple[int, int]) -> None:
    root = package.xml(entry)
    hidden = attribute(root, "show") in ("0", "false")
    place = f"slide {number}, hidden" if hidden else f"slide {number}"
    if hidden:
        package.marked.add("hidden-slide", f"slide {number}")
    mark_slide(package, root, f"slide {number}", size, paper_of(package, entry))
    _read(package, root, Carrier.HIDDEN if hidden else Carrier.SLIDE, place)
    for relation in package.relations(entry).values():
        if relation.type == "notesSlide" and not relation.external:
            notes = package.xml(relation.target)
            if has_notes(notes):
                package.marked.add("speaker-note", f"slide {number}")
            _read(package, notes, Carrier.SPEAKER_NOTE, f"slide {number} notes")
        elif relation.type == "comments" and not relation.external:
            comments = package.xml(relation.target)
            written = below(comments, "cm", "reply")
            package.marked.comments += [f"slide {number}" for _ in written]
            for text in below(comments, "text"):
                package.add(text.text or "", Carrier.COMMENT, f"slide {number} comment")
            _read(package, comments, Carrier.COMMENT, f"slide {number} comment")


def _read(package: Package, root: "Element", carrier: Carrier, place: str) -> None:
    unseen = _unseen(root)
    for paragraph, cell in paragraphs(root):
        words = "".join(
            each.text or "" if local(each.tag) == "t" else _GAPS.get(local(each.tag), "")
            for each in outermost(paragraph, "p")
        )
        if paragraph in unseen and words.strip():
            package.marked.add("hidden-shape", place.partition(",")[0])
        if paragraph in unseen:
            package.add(words, Carrier.HIDDEN, f"{place}, hidden", cell)
        else:
            package.add(words, carrier, place, cell)
    read_leftover(package, root, place, taken=_TAKEN)
    package.flush()


def _unseen(root: "Element") -> frozenset["Element"]:
    """Return the paragraphs of the shapes that are switched off."""
    return frozenset(
        paragraph
        for shape in below(root, "sp", "grpSp", "graphicFrame", "pic")
        if any(
            attribute(each, "hidden") in ("1", "true")
            for part in shape[:1]
            for each in below(part, "cNvPr")
        )
        for paragraph in below(shape, "p")
    )
