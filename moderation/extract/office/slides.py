"""Presentations: pptx.

After ISO/IEC 29500-1, *PresentationML* and *DrawingML*.
"""

from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, attribute, below, damaged, local, outermost
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

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
        _slide(package, relation.target, number)


def _slide(package: Package, entry: str, number: int) -> None:
    root = package.xml(entry)
    hidden = attribute(root, "show") in ("0", "false")
    place = f"slide {number}, hidden" if hidden else f"slide {number}"
    _paragraphs(package, root, Carrier.HIDDEN if hidden else Carrier.SLIDE, place)
    for relation in package.relations(entry).values():
        if relation.type == "notesSlide" and not relation.external:
            notes = package.xml(relation.target)
            _paragraphs(package, notes, Carrier.SPEAKER_NOTE, f"slide {number} notes")
        elif relation.type == "comments" and not relation.external:
            comments = package.xml(relation.target)
            _paragraphs(package, comments, Carrier.COMMENT, f"slide {number} comment")
            for text in below(comments, "text"):
                package.add(text.text or "", Carrier.COMMENT, f"slide {number} comment")


def _paragraphs(package: Package, root: "Element", carrier: Carrier, place: str) -> None:
    for paragraph in below(root, "p"):
        words = "".join(
            each.text or "" if local(each.tag) == "t" else _GAPS.get(local(each.tag), "")
            for each in outermost(paragraph, "p")
        )
        package.add(words, carrier, place)
    for picture in below(root, "cNvPr"):
        for key in ("descr", "title"):
            package.add(picture.get(key, ""), Carrier.ALT, f"{place} picture")
