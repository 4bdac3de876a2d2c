"""Text without its dress: one form for every way of writing the same word.

Accents, invisible characters, letters in circles and letters of other scripts that look
Latin are folded away, escapes of addresses and HTML are undone, and what stands between words
becomes one of four signs. Case stays, because it tells names from words. Every stretch of the
result knows which stretch of the text it was.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

DIGITS = frozenset("0123456789")
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
_QUOTES = dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛ʼ´′＇", "'")
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
# One set of first signs, so that the search runs from sign to sign in C: an escape of an address,
# one of HTML, a tag that does not part words (in front matter and comments tags are text), or
# anything that is not plain ASCII.
_IRREGULAR = re.compile(
    r"[^\x00-\x24\x27-\x29\x2b-\x3b\x3d-\x7f](?:"
    r"(?<=%)(?P<percent>(?:(?:25)*+[0-9A-Fa-f]{2}|25)(?:%(?:25)*+[0-9A-Fa-f]{2}|%25)*)"
    r"|(?<=&)(?P<field>(?:amp;)?(?:first|last|fore|sur|given|family|second)[ _-]?(?:name)?=)"
    r"|(?<=&)(?P<entity>(?:amp;)*"
    r"(?:#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});?|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});))"
    r"|(?<=<)(?P<tag>/?(?:a|abbr|b|bdi|bdo|br|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small"
    r"|span|strike|strong|sub|sup|tt|u|var|wbr)(?: class=[\"']?[a-z]{1,4}[\"']?)? ?/?>)"
    r"|(?<=[A-Za-z]\*)(?P<emphasis>\*{0,2}(?=[a-z]))"
    r"|(?<=[^\x00-\x7f]))"
)
_FOLDABLE = frozenset("%&<*")
_WRAPPED = re.compile(r"(?<=[a-z])-(?:\n| (?! ))[ \t]{0,8}(?=[a-z])")
_BYTE = re.compile(r"%(?:25)*?([0-9A-Fa-f]{2})(?=%|$)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text, folded but for its case; ``text[start:end]`` was ``source(start, end)`` before.

    Each of *units* is a stretch that changed its length: where it begins and ends in the folded
    text, and where in the text itself. Everything between two units is as long as it was.
    """

    text: str
    units: tuple[tuple[int, int, int, int], ...] = ()

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of the folded text to the range of the text itself."""
        if not self.units:
            return start, end
        return self._begin(start), self._finish(end)

    def _begin(self, at: int) -> int:
        index = bisect_right(self.units, at, key=_first) - 1
        if index < 0:
            return at
        _, end, source, source_end = self.units[index]
        return source if at < end else source_end + at - end

    def _finish(self, end: int) -> int:
        index = bisect_right(self.units, end - 1, key=_first) - 1
        if index < 0:
            source = end
        else:
            _, last, _, source_end = self.units[index]
            source = source_end if end <= last else source_end + end - last
        for following in range(index + 1, len(self.units)):
            _, last, begin, source_end = self.units[following]
            if last > end or begin != source:
                break
            source = source_end  # what is left away after a letter belongs to it
        return source


def _first(unit: tuple[int, int, int, int]) -> int:
    return unit[0]


def fold(text: str) -> Folded:
    """Fold *text*; escapes of addresses (``%C3%AB``) and of HTML (``&euml;``) are undone.

    Plain ASCII stays as it is, so that most texts cost nothing.
    """
    if text.isascii() and _FOLDABLE.isdisjoint(text):
        return Folded(text)
    parts: list[str] = []
    units: list[tuple[int, int, int, int]] = []
    at = size = 0
    for match in _IRREGULAR.finditer(text):
        begin, end = match.span()
        parts.append(text[at:begin])
        size += begin - at
        at = end
        for folded, start, stop in _units(match):
            if len(folded) != stop - start:
                units.append((size, size + len(folded), start, stop))
            parts.append(folded)
            size += len(folded)
    parts.append(text[at:])
    return Folded("".join(parts), tuple(units))


def unwrapped(text: str) -> Folded:
    """Join words that a hyphen cuts at the end of a line; a line may end in a blank."""
    units: list[tuple[int, int, int, int]] = []
    gone = 0
    for match in _WRAPPED.finditer(text):
        at = match.start() - gone
        units.append((at, at, *match.span()))
        gone += match.end() - match.start()
    return Folded(_WRAPPED.sub("", text), tuple(units))


def words(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded and in lower case."""
    return tuple(word.casefold() for word in WORD.findall(fold(text).text))


WORD = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f]+")
"""A run of letters in a folded text, with the vowel signs of scripts that write them apart."""


def kind_of(character: str) -> str:
    """Say what a sign between words is: one of the four."""
    return _ASCII[ord(character)]


def _units(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Yield what an irregular stretch becomes, piece by piece, with its place in the text."""
    if match["emphasis"] is not None or match["tag"] is not None:
        yield BLANK if match[0][1:3].lower() == "br" else "", match.start(), match.end()
        return
    if match["field"] is not None:
        yield MARK, match.start(), match.end()
        return
    if match["percent"] is None and match["entity"] is None:
        yield _CHARACTERS[match[0]], match.start(), match.end()
        return
    found = list(_characters(match))
    ends = [start for _, start in found[1:]] + [match.end()]
    for (character, start), end in zip(found, ends, strict=True):
        yield _CHARACTERS[character], start, end


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
    quote = _QUOTES.get(character)
    if quote:
        return quote
    if _MARKS.match(character):
        return MARK
    shape = _IN_SHAPES.get(ord(character))
    if shape:
        return shape.upper()
    apart = unicodedata.normalize("NFKD", character)
    plain = unicodedata.normalize("NFKD", apart.casefold())
    folded = "".join(map(_sign, plain))
    return folded.capitalize() if apart != apart.casefold() and apart[:1].isupper() else folded


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
    if character.isalpha() or character in DIGITS:
        return character.translate(_LIKE_LATIN)
    return STOP if character == "." else OTHER


_CHARACTERS = _Characters()
_ASCII = {code: _folded(chr(code)) for code in range(128)}
