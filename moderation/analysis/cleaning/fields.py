"""Fields of a Word document: those that number pages stay, of all others what they show.

After ISO/IEC 29500-1, 17.16. The code of a field may name a file, a database or a person.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moderation.analysis.cleaning.trees import drop, unwrap
from moderation.extract.office.archive import attribute, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KEPT = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\s*(?:\\\*\s*[A-Za-z]{1,20}\s*)*(?:\\#\s*[\"#0 ]*)?", re.I
)


@dataclass(slots=True)
class _Field:
    """A field while it is read: its code so far, and the elements that only the field needs."""

    code: str = ""
    own: list["Element"] = field(default_factory=list)


def settle_fields(root: "Element") -> None:
    """Leave of each field that does not number pages what it showed last."""
    open_: list[_Field] = []
    stray: list[Element] = []
    for element in list(root.iter()):
        name = local(element.tag)
        if name == "fldSimple" and not _KEPT.fullmatch(attribute(element, "instr")):
            unwrap(element)
        elif name == "instrText":
            if open_:
                open_[-1].code += element.text or ""
                open_[-1].own.append(element)
            else:
                stray.append(element)
        elif name == "fldChar":
            _turn(element, open_, stray)
    for each in (*stray, *(own for left in open_ for own in left.own)):
        drop(each)


def _turn(element: "Element", open_: list[_Field], stray: list["Element"]) -> None:
    kind = attribute(element, "fldCharType")
    if kind == "begin":
        open_.append(_Field())
    if not open_:
        stray.append(element)
        return
    open_[-1].own.append(element)
    if kind == "end":
        done = open_.pop()
        if not _KEPT.fullmatch(done.code):
            stray.extend(done.own)
