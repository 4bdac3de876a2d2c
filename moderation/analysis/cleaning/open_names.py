"""Names of styles in OpenDocument, which somebody may have called after a person."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from moderation.extract.office.archive import attribute, local
from moderation.extract.office.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CODED = re.compile(r"_([0-9a-f]{1,6})_")
_WORD = re.compile(r"[^\W\d_]+")
_STYLES = frozenset({"style", "list-style", "master-page", "page-layout", "table-template"})


def rename(roots: Sequence["Element"]) -> None:
    """Give styles with names of somebody's own other names, wherever they are used."""
    names: dict[str, str] = {}
    for root in roots:
        for element in root.iter():
            if local(element.tag) in _STYLES:
                name = attribute(element, "name")
                if not _is_known(name):
                    names.setdefault(name, f"Style{len(names) + 1}")
                _forget(element)
    for element in (each for root in roots for each in root.iter()):
        for key, value in element.attrib.items():
            if value in names and _names_style(local(element.tag), local(key)):
                element.set(key, names[value])


def _names_style(own: str, key: str) -> bool:
    used = key.endswith(("style-name", "page-name", "page-layout-name"))
    return used or (own in _STYLES and key == "name")


def _forget(style: "Element") -> None:
    for key in [each for each in style.attrib if local(each) == "display-name"]:
        if not _is_known(style.attrib[key]):
            del style.attrib[key]


def _is_known(name: str) -> bool:
    plain = _CODED.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), name)
    words = _WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain).lower())
    return all(len(word) < 3 or word in VOCABULARY for word in words)
