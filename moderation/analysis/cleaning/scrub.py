"""What every part of an office file is rid of: names, tips, marks of programs, and stale ids."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.trees import drop, drop_all, unwrap
from moderation.extract.office.archive import local
from moderation.extract.office.leftover import wordy
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MARKS = (
    *("extLst", "proofErr", "lastRenderedPageBreak", "permStart", "permEnd", "custDataLst"),
    *("externalData", "legacyDrawing", "legacyDrawingHF", "controls", "oleObjects", "control"),
    *("OLEObject", "userShapes", "videoFile", "audioFile", "quickTimeFile", "wavAudioFile"),
    *("audioCd", "snd", "stSnd"),
)
_OWN_MARKS = ("paraId", "textId", "uid", "dyDescent", "spid", "gfxdata", "anchorId", "editId")
SHOWN = frozenset(
    {
        *(("lvlText", "val"), ("textpath", "string"), ("numFmt", "formatCode")),
        *(("tblCaption", "val"), ("tblDescription", "val"), ("table-cell", "formula")),
    }
)
"""Attributes with words in them that readers see, or that are read aloud to them."""
_KEPT = frozenset({Carrier.ALT, Carrier.LINK, Carrier.HEADER})
_NAMES = frozenset({"name", "display-name", "title", "uniqueName", "val"})
_WHOLE = frozenset({"hyperlink", "smartTag", "customXml"})
_BY_ID = frozenset({"blip", "pageSetup", "svgBlip", "fill", "imagedata", "stroke"})


def scrub(root: "Element") -> None:
    """Take out what no reader sees, whatever the kind of part."""
    drop_all(root, *_MARKS)
    for number, element in enumerate(list(root.iter()), 1):
        for key in [each for each in element.attrib if _is_mark(each)]:
            del element.attrib[key]
        without_words(element, number)


def _is_mark(key: str) -> bool:
    name = local(key)
    return name.startswith("rsid") or (name in _OWN_MARKS and "microsoft" in key)


def without_words(element: "Element", number: int) -> None:
    """Take out or replace the words in the attributes of an element that are not shown."""
    for key, carrier, _ in list(wordy(element)):
        name = local(key)
        if carrier in _KEPT or (local(element.tag), name) in SHOWN:
            continue
        if name in _NAMES:
            element.set(key, f"Object {number}")
        else:
            del element.attrib[key]


def resolve(root: "Element", ids: Mapping[str, object] | Collection[str]) -> set[str]:
    """Put new ids of relations in the place of the old, and take out what refers to nothing.

    Args:
        root: of a part
        ids: new ids by the old, or what is kept by its id, whose ids stay as they are

    Returns:
        the ids that the part names

    """
    used = set()
    for element in list(root.iter()):
        for key in [each for each in element.attrib if _is_reference(each)]:
            old = element.attrib[key]
            if old in ids:
                used.add(old)
                new = ids[old] if isinstance(ids, Mapping) else old
                element.set(key, new if isinstance(new, str) else old)
            elif old:
                _without(element, key)
                break
    return used


def _is_reference(key: str) -> bool:
    space, _, name = key.rpartition("}")
    return space.endswith("/relationships") or (name == "relid" and space.endswith(":office"))


def _without(element: "Element", key: str) -> None:
    name = local(element.tag)
    if name in _WHOLE:
        unwrap(element)
    elif name in _BY_ID:
        del element.attrib[key]
    else:
        drop(element)
