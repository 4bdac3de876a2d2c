"""The text in a picture, line by line, with the place of each word."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from moderation.analysis.reading import letters
from moderation.analysis.reading.finding import find
from moderation.analysis.reading.letters import Reading
from moderation.analysis.reading.likeness import likely_parts
from moderation.analysis.reading.ordering import blocks
from moderation.analysis.reading.ribbons import Ribbon, straighten
from moderation.analysis.reading.sheets import sheets
from moderation.analysis.reading.text import Line, Word
from moderation.model import Region

_OVERVIEW, _FINE = 400_000, 2_000_000
"""Pixels at which large and small lettering is looked for."""
_MOST_ENLARGED = 1.5
_LEAST_SIDE = 32
_TILE = 640
_MOST_TILES = 5
_TILES_FROM = 1.35
"""Pixels of the picture for one of the fine look, from which small print needs parts in full."""
_COVERED = 0.5
_MOST_LINES = 60
_GOOD, _USABLE = 0.85, 0.55
_SQUARE = 1.3
_SHORT, _LIKE_CAPITALS = 3, frozenset("ckopsuvwxz")


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
    read = [_read(picture, ribbon) for ribbon in _ribbons(picture)[:_MOST_LINES]]
    kept = [(ribbon, reading) for ribbon, reading in read if reading.score >= _USABLE]
    for number, block in enumerate(blocks([ribbon for ribbon, _ in kept])):
        for row in block:
            words = _cased([w for n in row for w in _words(*kept[n], picture.size)])
            score = min(kept[n][1].score for n in row)
            yield Line(words=words, score=score, block=number, frame=frame)


def _ribbons(picture: Image.Image) -> list[Ribbon]:
    """Look for lines in the whole picture twice, and in full where small print may be."""
    fine, factor = _scaled(picture, _FINE)
    found = [ribbon.mapped(factor) for ribbon in find(fine)]
    if picture.width * picture.height / factor**2 > 2 * _OVERVIEW:
        small, less = _scaled(picture, _OVERVIEW)
        found = _added([ribbon.mapped(less) for ribbon in find(small)], found)
    if factor >= _TILES_FROM:
        for left, top, right, bottom in likely_parts(picture, _TILE, _MOST_TILES):
            tile = picture.crop((left, top, right, bottom))
            found = _added(found, [ribbon.mapped(1, left, top) for ribbon in find(tile)])
    return found


def _added(base: Sequence[Ribbon], more: Sequence[Ribbon]) -> list[Ribbon]:
    """Return *more* with those of *base* that it does not cover."""
    return [*more, *(ribbon for ribbon in base if _covered(ribbon, more) < _COVERED)]


def _covered(ribbon: Ribbon, others: Sequence[Ribbon]) -> float:
    """Return how much of the area about a ribbon others take, at most."""
    left, top, right, bottom = ribbon.part(0, 1)
    total = 0.0
    for other in others:
        x, y, x_end, y_end = other.part(0, 1)
        across, down = min(right, x_end) - max(left, x), min(bottom, y_end) - max(top, y)
        if across > 0 and down > 0:
            total += across * down
    return total / max((right - left) * (bottom - top), 1)


def _scaled(picture: Image.Image, area: int) -> tuple[Image.Image, float]:
    """Return the picture with at most so many pixels, and the pixels of it for one of those."""
    factor = max((picture.width * picture.height / area) ** 0.5, 1 / _MOST_ENLARGED)
    size = (
        max(_LEAST_SIDE, round(picture.width / factor)),
        max(_LEAST_SIDE, round(picture.height / factor)),
    )
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0), factor


def _read(picture: Image.Image, ribbon: Ribbon) -> tuple[Ribbon, Reading]:
    """Read a line as it seems to run, and where that makes little sense the other ways."""
    best = (ribbon, letters.read(straighten(picture, ribbon)))
    if best[1].score >= _GOOD:
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
