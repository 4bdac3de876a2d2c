"""Text without its dress: one form for every way of writing the same word.

Case, accents, invisible characters, letters in circles and letters of other scripts that look
Latin are folded away, escapes of addresses and HTML are undone, and what stands between words
becomes one of four signs. Every stretch of the result knows which stretch of the text it was.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from itertools import accumulate

BLANK, MARK, STOP, OTHER = " ", "-", ".", "#"
"""What stands between words: blanks, marks that may join them, full stops, all the rest."""

# Default_Ignorable_Code_Point of Unicode 16, DerivedCoreProperties.txt; and what ISO 10646 leaves
# to language tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Before letters are taken apart: a raised 2 would be a digit, a raised TM two letters.
_MARKS = re.compile(r"[²³¹⁰⁴-⁹©®™′-‷´`ʹ-ʽˈˊˋ\u0060,+/|*&;~·•‧∙⋅・●◦▪‣⁃=\\\"'<>−]")
_MARK_KINDS = frozenset({"Pd", "Pc", "Ps", "Pe", "Pi", "Pf"})
_LIKE_LATIN = str.maketrans(
    # Latin letters that nothing takes apart, then Cyrillic and Greek that look Latin in one case.
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | dict(zip("ɑɡɩŋ", "agin", strict=True))
    | dict(zip("авеһкмнорстухіјѕԛԝԁӏүѵ", "abehkmhopctyxijsqwdlyv", strict=True))
    | dict(zip("αβεζηικμνορτυχϲϳ", "abezhikmnoptyxcj", strict=True))
)
_IN_SHAPES = {
    first + index: chr(ord("a") + index)
    for first in (0x1F150, 0x1F170, 0x1F1E6)
    for index in range(26)
}
"""Letters in black circles, in black squares, and of flags: Unicode does not take them apart."""
_OVERLAY, _POINTS, _ACCENTS = 1, range(10, 37), 200
_ESCAPED = re.compile(
    r"(?P<percent>(?:%(?:25)*+[0-9A-Fa-f]{2}|%25)+)"
    r"|&(?:amp;)*(?:#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});?|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});)"
)
_BYTE = re.compile(r"%(?:25)*?([0-9A-Fa-f]{2})(?=%|$)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text, folded; ``text[start:end]`` was ``source(start, end)`` of what was folded."""

    text: str
    _units: Sequence[str]
    _starts: Sequence[int]

    def sources(self, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Map ranges of the folded text, in order, to ranges of the text itself."""
        ends: list[int] | None = None
        for start, end in spans:
            ends = ends or list(accumulate(map(len, self._units)))
            first, last = bisect_right(ends, start), bisect_right(ends, end - 1) + 1
            while last < len(ends) and not self._units[last]:
                last += 1  # what is left away after a letter belongs to it
            yield self._starts[first], self._starts[last]


def fold(text: str) -> Folded:
    """Fold *text*; escapes of addresses (``%C3%AB``) and of HTML (``&euml;``) are undone."""
    if "%" in text or "&" in text:
        plain, starts = _unescaped(text)
    else:
        plain, starts = text, range(len(text) + 1)
    units = plain if isinstance(plain, str) and plain.isascii() else None
    if units is not None:
        folded = units.translate(_ASCII)
        return Folded(folded, folded, starts)
    parts = [_CHARACTERS[unit] for unit in plain]
    return Folded("".join(parts), parts, starts)


def words(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded."""
    return tuple(match[0] for match in WORD.finditer(fold(text).text))


WORD = re.compile(rf"[^{BLANK}{STOP}{OTHER}{MARK}]+")


def _unescaped(text: str) -> tuple[Sequence[str], Sequence[int]]:
    """Return the characters of *text* without escapes, and where each begins; then the end."""
    characters: list[str] = []
    starts: list[int] = []
    at = 0
    for match in _ESCAPED.finditer(text):
        characters += text[at : match.start()]
        starts += range(at, match.start())
        for character, start in _characters(match):
            characters.append(character)
            starts.append(start)
        at = match.end()
    if not starts:
        return text, range(len(text) + 1)
    characters += text[at:]
    starts += range(at, len(text) + 1)
    return characters, starts


def _characters(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield what an escape stands for, each character with its place."""
    if match["percent"] is None:
        value = _entity(match)
        if value is None:
            yield from zip(match[0], range(*match.span()), strict=True)
        else:
            yield value, match.start()
        return
    found = [(int(each[1], 16), each.start()) for each in _BYTE.finditer(match[0])]
    data = bytes(value for value, _ in found)
    try:
        plain = data.decode("utf-8")
        sizes = [len(character.encode()) for character in plain]
    except UnicodeDecodeError:
        plain, sizes = data.decode("latin-1"), [1] * len(data)
    at = 0
    for character, size in zip(plain, sizes, strict=True):
        yield character, match.start() + found[at][1]
        at += size


def _entity(match: re.Match[str]) -> str | None:
    name = match["name"]
    if name is not None:
        return html5.get(f"{name};")
    return unescape("&" + match[0][match[0].rindex("#") :].rstrip(";") + ";")


class _Characters(dict[str, str]):
    """Each character that was met, folded."""

    def __missing__(self, key: str) -> str:
        """Fold what one character, or one escape, stands for."""
        value = "".join(map(_folded, key))
        if len(key) == 1:
            self[key] = value
        return value


def _folded(character: str) -> str:
    if _INVISIBLE.match(character):
        return ""
    if _MARKS.match(character):
        return MARK
    shape = _IN_SHAPES.get(ord(character))
    if shape:
        return shape
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(map(_sign, plain))


def _sign(character: str) -> str:
    """Fold one character that cannot be taken apart."""
    if _INVISIBLE.match(character):
        return ""
    kind = unicodedata.category(character)
    if kind[0] == "M":
        # Accents and points go; vowel signs of Indian and other scripts are letters of a name.
        over = unicodedata.combining(character)
        dress = kind == "Me" or over == _OVERLAY or over in _POINTS or over >= _ACCENTS
        return "" if dress else character
    if _MARKS.match(character) or kind in _MARK_KINDS:
        return MARK
    if character.isspace() or character == "\N{BRAILLE PATTERN BLANK}":
        return BLANK
    if character.isalpha():
        return character.translate(_LIKE_LATIN)
    return STOP if character == "." else OTHER


_CHARACTERS = _Characters()
_ASCII = {code: _folded(chr(code)) for code in range(128)}
