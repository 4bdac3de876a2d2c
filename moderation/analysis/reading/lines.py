"""The text in a picture, line by line, with the place of each word."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from moderation.analysis.reading import letters
from moderation.analysis.reading.letters import Reading
from moderation.analysis.reading.looks import further, holds, is_covered, near
from moderation.analysis.reading.ordering import blocks
from moderation.analysis.reading.ribbons import Ribbon, straighten
from moderation.analysis.reading.sheets import sheets
from moderation.analysis.reading.text import Line, Word
from moderation.model import Region

_MOST_LINES = 60
_GOOD, _USABLE = 0.85, 0.55
_UPRIGHT = 0.93
"""How sure a line must be that is not tried upside down, in which some sense is often found."""
_FEW, _SURE_OF_FEW, _LEAST_SIGNS, _LEAST_DIGITS = 4, 0.75, 2, 3
_ROUND_OR_ZIGZAG = frozenset("0o8wvmy")
"""What the reader makes of leaves, bricks and railings."""
_AS_LONG = 0.95
_AS_MANY = 0.7
"""Letters of a line for one of its parts, which read those at their ends twice."""
_SQUARE = 1.3
_SHORT, _LIKE_CAPITALS = 3, frozenset("ckopsuvwxz")

_Seen = tuple[Ribbon, Reading]


def read_lines(data: bytes) -> tuple[Line, ...]:
    """Read the text in a picture, in order; a line that cannot be made out is left out.

    Args:
        data: the bytes of a JPEG, PNG, WebP or GIF

    Raises:
        ExtractionError: the picture cannot be decoded, or the networks cannot be opened

    """
    return tuple(
        _enlarged(line, sheet.factor)
        for sheet in sheets(data)
        for line in _lines(sheet.picture, sheet.frame)
    )


def _enlarged(line: Line, factor: int) -> Line:
    """Say where a line stands in the picture of the file."""
    if factor == 1:
        return line
    return replace(line, words=tuple(_word(each, factor) for each in line.words))


def _word(word: Word, factor: int) -> Word:
    box = word.region
    region = Region(
        left=box.left * factor,
        top=box.top * factor,
        width=box.width * factor,
        height=box.height * factor,
    )
    return replace(word, region=region)


def _lines(picture: Image.Image, frame: int) -> Iterator[Line]:
    read = [_read(picture, ribbon) for ribbon in near(picture)[:_MOST_LINES]]
    for number, ribbon in enumerate(further(picture)):
        if number < _MOST_LINES:
            read = _mended(picture, read, ribbon)
    kept = [(ribbon, reading) for ribbon, reading in read if reading.score >= _USABLE]
    kept = _once(kept)
    for number, block in enumerate(blocks([ribbon for ribbon, _ in kept])):
        for row in block:
            if len(row) == 1 and _is_speck(kept[row[0]][1]):
                continue
            words = _cased([w for n in row for w in _words(*kept[n], picture.size)])
            score = min(kept[n][1].score for n in row)
            yield Line(words=words, score=score, block=number, frame=frame)


def _mended(picture: Image.Image, read: list[_Seen], whole: Ribbon) -> list[_Seen]:
    """Return what was read, with a line in the place of its parts where it makes better sense."""
    parts = [n for n, (ribbon, _) in enumerate(read) if holds(whole, ribbon)]
    if not parts:
        free = not is_covered(whole, [ribbon for ribbon, _ in read])
        return [*read, _read(picture, whole)] if free else read
    longest = max(max(read[n][0].length, read[n][0].height) for n in parts)
    if longest > _AS_LONG * whole.length:
        return read
    seen = _read(picture, whole)
    if len(parts) == 1 and _is_as_good(read[parts[0]][1], seen[1]):
        return read
    letters_of_parts = sum(len(read[n][1].text) for n in parts if read[n][1].score >= _USABLE)
    if seen[1].score < _GOOD or len(seen[1].text) < _AS_MANY * letters_of_parts:
        return read
    return [seen, *(each for n, each in enumerate(read) if n not in parts)]


def _is_as_good(near_by: Reading, afar: Reading) -> bool:
    """Say whether a nearer look missed nothing, which says more exactly where a line is."""
    return near_by.score >= _GOOD and len(near_by.text) >= len(afar.text)


def _once(read: Sequence[_Seen]) -> list[_Seen]:
    """Return the lines without those that another takes in, letters and place."""
    return [
        part
        for part in read
        if not any(
            len(whole[1].text) > len(part[1].text)
            and part[1].text in whole[1].text
            and is_covered(part[0], [whole[0]])
            for whole in read
        )
    ]


def _is_speck(reading: Reading) -> bool:
    """Say whether a line that stands alone is more likely a leaf or a brick than lettering."""
    signs = [sign.lower() for sign in reading.text if sign.isalnum()]
    if len(signs) < (_LEAST_DIGITS if all(sign.isdigit() for sign in signs) else _LEAST_SIGNS):
        return True
    if len(signs) <= _FEW:
        return reading.score < _SURE_OF_FEW
    return _ROUND_OR_ZIGZAG.issuperset(signs)


def _read(picture: Image.Image, ribbon: Ribbon) -> _Seen:
    """Read a line as it seems to run, and where that makes little sense the other ways."""
    best = (ribbon, letters.read(straighten(picture, ribbon)))
    if best[1].score >= _UPRIGHT:
        return best
    turns = (1, 2, 3) if ribbon.length < _SQUARE * ribbon.height else (2,)
    for quarters in turns:
        turned = ribbon.turned(quarters)
        reading = letters.read(straighten(picture, turned))
        if _weight(reading) > _weight(best[1]):
            best = (turned, reading)
    return best


def _cased(words: Sequence[Word]) -> tuple[Word, ...]:
    """Begin the words of a short line with a capital where small and capital letter look alike.

    How tall a letter is among its neighbours the reader often cannot tell, and a label says more
    often who than what.
    """
    if len(words) > _SHORT:
        return tuple(words)
    return tuple(
        replace(word, text=word.text[0].upper() + word.text[1:])
        if word.text[0] in _LIKE_CAPITALS
        else word
        for word in words
    )


def _weight(reading: Reading) -> float:
    return reading.score * min(len(reading.text), 4)


def _words(ribbon: Ribbon, reading: Reading, size: tuple[int, int]) -> Iterator[Word]:
    """Cut a line at its blanks; each word reaches half-way to its neighbours."""
    begin = 0
    for text in reading.text.split(" "):
        end = begin + len(text)
        if text:
            places = np.array(reading.places)
            step = float(np.median(np.diff(places))) if len(places) > 1 else 1.0
            first = max(0.0, float(places[begin]) - step)
            last = min(1.0, float(places[end - 1]) + step)
            yield Word(text=text, region=_part(ribbon, first, last, size))
        begin = end + 1


def _part(ribbon: Ribbon, begin: float, end: float, size: tuple[int, int]) -> Region:
    middle = (begin + end) / 2 - 0.5
    part = replace(ribbon, length=ribbon.length * (end - begin))
    along = np.array([middle * ribbon.length])
    x, y = ribbon.at(along, np.zeros(1))
    return replace(part, x=float(x[0]), y=float(y[0]), bend=0.0, slope=0.0, lift=0.0).region(size)
