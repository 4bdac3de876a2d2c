"""Read digits and signs of any script and shape as ASCII, and remember where each came from."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});")
_SIGNS = {
    **dict.fromkeys("‘’‛ʼ′＇`´", "'"),
    **dict.fromkeys("“”‟″〃", '"'),
    **dict.fromkeys("º˚", "°"),
    **dict.fromkeys("−⁃", "-"),
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("․‧·", "."),
    **dict(zip("АВЕКМНОРСТУХ", "ABEKMHOPCTYX", strict=True)),
    **dict(zip("аеорсух", "aeopcyx", strict=True)),
}
_UNSEEN = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_RAISED = ("<super>", "<sub>", "<fraction>")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read.

    Args:
        text: the text as it is read
        starts: for each of its characters where it was written; empty where nothing moved
        ends: for each of its characters where what was written for it ends

    """

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range that was written for ``text[start:end]``, which is not empty."""
        if not self.starts:
            return start, end
        return self.starts[start], self.ends[end - 1]


def read(text: str) -> Reading:
    """Read *text*: full-width digits as digits, any dash as a hyphen, entities undone."""
    plain_ascii = text.isascii()
    if plain_ascii and "&" not in text:
        return Reading(text)
    rare = set() if plain_ascii else {character for character in text if character > "\x7f"}
    entities = "&" in text and _ENTITY.search(text) is not None
    table = {ord(character): _shown(character) for character in rare}
    if not entities and all(len(shown) == 1 for shown in table.values()):
        return Reading(text.translate(table) if table else text)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for shown, start, end in _units(text, table):
        characters.append(shown)
        starts.append(start)
        ends.append(end)
    return Reading("".join(characters), tuple(starts), tuple(ends))


def _units(text: str, table: dict[int, str]) -> Iterator[tuple[str, int, int]]:
    """Yield each character that is read, with the range that was written for it."""
    at = 0
    for match in (*_ENTITY.finditer(text), None):
        stop = match.start() if match else len(text)
        for offset in range(at, stop):
            shown = table.get(ord(text[offset]), text[offset])
            if shown:
                yield shown, offset, offset + 1
        if match:
            stood = unescape(match[0])
            if len(stood) == 1:
                yield from ((c, *match.span()) for c in _shown(stood))
            else:
                yield from ((c, i, i + 1) for i, c in enumerate(match[0], match.start()))
            at = match.end()


@cache
def _shown(character: str) -> str:
    """Return the one character that this one is read as, or nothing for what nobody sees."""
    if character < "\x80":
        return character
    if character in _UNSEEN or unicodedata.category(character) == "Cf":
        return ""
    if character in _SIGNS:
        return _SIGNS[character]
    kind = unicodedata.category(character)
    if kind == "Pd":
        return "-"
    if kind == "Zs":
        return " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return _plain(character)


def _plain(character: str) -> str:
    """Read full-width, enclosed and mathematical letters and digits as ASCII."""
    if unicodedata.decomposition(character).startswith(_RAISED):
        return character
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 1 and plain.isascii():
        return plain
    return character
