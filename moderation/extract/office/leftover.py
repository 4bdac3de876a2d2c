"""What the elements of an office file carry besides the text that its readers take.

Names, tips, authors and formulas stand in attributes; others in elements that no reader knows.
Every attribute that reads like words is taken, whatever it is called: what is left out is only
what programs count, look up or draw with.
"""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from moderation.extract.office.archive import Package, local
from moderation.extract.office.vocabulary import (
    CHOSEN,
    CHOSEN_IN,
    COUNTED,
    FREE,
    KNOWN,
    MUTE,
    OWN_FILES,
    SILENT,
    VALUED,
    VALUES,
    VOCABULARY,
    WORDY,
)
from moderation.model import Carrier

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TWO_WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+[\s_.,;:@/\\+'’-]++[^\W\d_]{2}")
_ONE_WORD = re.compile(r"[^\W\d_]{2,}")
_TECHNICAL = re.compile(
    r"https?://(?:schemas|purl|www\.w3|docs\.oasis|openoffice|opendocumentformat)\S*|urn:\S*"
    r"|[{(]?[0-9A-Fa-f]{8,}(?:-[0-9A-Fa-f]{4,})*[)}]?|(?:application|image|text)/\S+|#\S*"
    r"|[\[{]?\$?[A-Z]{1,3}\$?[0-9]+(?::\S*)?"
)
_ENUMERATION = re.compile(
    r"[a-z]+(?:-[a-z]+)+|[a-z]{2,3}-[A-Z]{2}|[0-9.]+(?:pt|cm|mm|in|%)\b.*|[a-z]+(?:,[a-z]+)+"
)
_WORD = re.compile(r"[^\W\d_]+")


def read_leftover(
    package: Package,
    root: "Element",
    place: str,
    *,
    taken: Collection[str] = (),
    carrier: Carrier = Carrier.HIDDEN,
    every: bool = False,
) -> None:
    """Keep the words in attributes, and those in elements that no reader took, for later.

    Args:
        package: the opened file
        root: the element to begin with
        place: where it stands, such as ``slide 3``
        taken: names of the elements whose text a reader took; all of them where it is empty
        carrier: of what does not say by its name what it is
        every: take each attribute with letters in it, whatever it looks like

    """
    for element in root.iter():
        own = local(element.tag)
        if taken and own not in taken and _ONE_WORD.search(element.text or ""):
            package.later(element.text or "", carrier, f"{place} {own}".strip())
        read_attributes(package, element, place, carrier=carrier, every=every)


def read_attributes(
    package: Package,
    element: "Element",
    place: str,
    *,
    carrier: Carrier = Carrier.HIDDEN,
    every: bool = False,
) -> None:
    """Keep the words in the attributes of one element for later."""
    for full, own_carrier, what in wordy(element, carrier=carrier, every=every):
        package.later(element.attrib[full], own_carrier, f"{place} {what}".strip())


def wordy(
    element: "Element", *, carrier: Carrier = Carrier.HIDDEN, every: bool = False
) -> Iterator[tuple[str, Carrier, str]]:
    """Yield the name of each attribute that holds words, what carries them, and its place."""
    own = local(element.tag)
    if own in MUTE and not every:
        return
    for full, value in element.attrib.items():
        key = local(full)
        wanted = _ONE_WORD.search(value) and not _TECHNICAL.fullmatch(value)
        if wanted if every else _is_open(own, key) and _speaks(own, key, value):
            yield full, *(_meaning(own, key) or (carrier, f"{own} {key}"))


def _is_open(own: str, key: str) -> bool:
    if key in SILENT or (own, key) in KNOWN:
        return False
    return own not in COUNTED or key in WORDY


def _speaks(own: str, key: str, value: str) -> bool:
    """Say whether a value reads like words that somebody wrote."""
    if not _ONE_WORD.search(value) or _TECHNICAL.fullmatch(value):
        return False
    if (own, key) in CHOSEN_IN or key in CHOSEN or (key in VALUES and own in VALUED):
        return True
    if key in FREE:
        return not _is_built_in(value)
    if not _TWO_WORDS.search(value) or _ENUMERATION.fullmatch(value):
        return False
    return not _is_built_in(value)


def _is_built_in(value: str) -> bool:
    return all(word in VOCABULARY for word in _WORD.findall(value.lower()))


def _meaning(own: str, key: str) -> tuple[Carrier, str] | None:
    return CHOSEN_IN.get((own, key)) or CHOSEN.get(key)


def read_links(package: Package, root: "Element", place: str) -> None:
    """Keep the addresses of an entry that no reader knows."""
    for element in root.iter():
        for key, target in element.attrib.items():
            if local(key) == "href" and not target.startswith(OWN_FILES):
                package.link(target, place)
