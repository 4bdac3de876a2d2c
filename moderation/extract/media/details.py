"""What an MP4 or QuickTime file says of itself: ``udta`` and ``meta`` with their lists.

After ISO/IEC 14496-12, 3GPP TS 26.244 and Apple's *QuickTime File Format*. ``©xyz`` and ``loci``
hold the place of the recording.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from moderation.extract.media.found import Recording, damaged, is_copyright, number
from moderation.extract.picture import decoded
from moderation.model import ExtractionError

_LISTS = (b"udta", b"meta", b"ilst")
_PLAIN = (b"hdlr", b"keys")
_3GPP = (b"cprt", b"titl", b"auth", b"perf", b"gnre", b"dscp", b"kywd", b"albm")
_PLACES = (b"loci", b"\xa9xyz")
_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("©nam", "titl"), "title"),
    **dict.fromkeys(("©ART", "©aut", "auth", "perf", "aART"), "artist"),
    **dict.fromkeys(("©cmt", "©des", "desc", "dscp"), "comment"),
    **dict.fromkeys(("©too", "©swr"), "program"),
    **dict.fromkeys(("©xyz", "loci"), "place"),
    **dict.fromkeys(("©cpy", "cprt"), "copyright"),
    **{"©day": "date", "©mak": "maker of the device", "©mod": "model of the device"},
}
_PICTURES = (13, 14, 27)
_UTF16 = 2
_MOST_DEEP = 5
_EMPTY = (b"free", b"skip")
_NAME_AT = 24


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its kind, where it begins, and the range of what it holds."""

    kind: bytes
    at: int
    start: int
    end: int


def read_details(found: Recording, box: Box) -> None:
    """Read a box of details with all that it holds; have emptied what is no notice of copyright.

    Raises:
        ExtractionError: there is too much of it

    """
    if not _read(found, box, {}, 0):
        free(found, box)


def free(found: Recording, box: Box) -> None:
    """Have a box emptied, of whatever kind it is."""
    found.put(box.at + 4, b"free")
    found.blank(box.start, box.end)


def _read(found: Recording, box: Box, names: Mapping[bytes, str], deep: int) -> bool:
    """Read a list; return whether anything in it is kept."""
    try:
        inner = _inner(found, box)
    except ExtractionError:
        found.say_strings("details", found.data[box.start : box.end])
        return False
    for each in (each for each in inner if each.kind in _PLAIN):
        if each.kind == b"keys":
            names = _keys(found, each)
        else:
            found.say_strings("details", found.data[each.start + _NAME_AT : each.end])
    kept = False
    for each in (each for each in inner if each.kind not in _PLAIN):
        if each.kind in _LISTS and deep < _MOST_DEEP:
            keeps = _read(found, each, names, deep + 1)
        else:
            keeps = (
                _read_item(found, each, names) if box.kind == b"ilst" else _read_one(found, each)
            )
        kept |= keeps
        if not keeps and each.kind not in _EMPTY:
            free(found, each)
    return kept


def _inner(found: Recording, box: Box) -> list[Box]:
    start, end = box.start, box.end
    if box.kind == b"meta" and found.data[start + 4 : start + 8] != b"hdlr":
        start += 4  # outside QuickTime it begins with a version
    boxes: list[Box] = []
    while start < end:
        found.step()
        if end - start <= 8 and not found.data[start:end].strip(b"\0"):
            break  # QuickTime ends a list so
        size = number(found.data, start, 4)
        if size < 8 or start + size > end:
            raise damaged("a box")
        kind = found.data[start + 4 : start + 8]
        boxes.append(Box(kind, start, start + 8, start + size))
        start += size
    return boxes


def _keys(found: Recording, box: Box) -> Mapping[bytes, str]:
    """Return the names in a table, by the number that stands for each as the kind of a box."""
    names: dict[bytes, str] = {}
    at = box.start + 8
    while at + 8 <= box.end:
        found.step()
        size = number(found.data, at, 4)
        if size < 8 or at + size > box.end:
            break
        name = found.data[at + 8 : at + size].decode("utf-8", "replace")
        names[(len(names) + 1).to_bytes(4, "big")] = name
        at += size
    return names


def _read_item(found: Recording, item: Box, names: Mapping[bytes, str]) -> bool:
    """Read an item of a list, as iTunes and QuickTime write it; say whether it is kept."""
    name = names.get(item.kind) or _word(item.kind)
    try:
        inner = _inner(found, item)
    except ExtractionError:
        inner = []
    if not inner:
        found.say_strings(name, found.data[item.start : item.end])
    for each in inner:
        body = found.data[each.start : each.end]
        if each.kind != b"data":
            name = body[4:].decode("utf-8", "replace") or name
            found.say("name of a detail", name)
            continue
        kind, value = number(body, 0, 4) & 0xFFFFFF, body[8:]
        if kind in _PICTURES or name == "covr":
            found.cover("cover", value)
        elif kind == _UTF16:
            found.say(name, value.decode("utf-16-be", "replace"))
        else:
            found.say(name[:80], words(value))
    return is_copyright(name)


def _read_one(found: Recording, box: Box) -> bool:
    """Read a detail that stands by itself; say whether it is kept."""
    name, body = _word(box.kind), found.data[box.start : box.end]
    if box.kind in _EMPTY:
        found.say_strings("free space", body)
        found.blank(box.start, box.end)
    elif box.kind.startswith(b"\xa9"):
        found.say(name, words(body[4:]))
    elif box.kind in _3GPP:
        found.say(name, words(body[6:]))
    else:
        found.say(name, words(body))
    if box.kind in _PLACES:
        found.part("gps", "the place where it was recorded")
    return is_copyright(name)


def _word(kind: bytes) -> str:
    name = kind.decode("latin-1")
    return _WORDS.get(name, name)


def words(raw: bytes) -> str:
    """Decode what may be text; return what can be read in it where it is none.

    Args:
        raw: text in any encoding, or text between bytes that are none

    """
    text = decoded(raw).strip("\0")
    if text.replace("\n", " ").replace("\t", " ").replace("\r", " ").isprintable():
        return text
    whole = "".join(letter if letter.isprintable() else "\n" for letter in text)
    return "\n".join(run for run in whole.split("\n") if len(run) > 3)
