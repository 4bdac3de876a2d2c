"""Which words of a PDF nobody sees: below a box, in the colour of the paper, outside the page.

Where something may lie over a text, the page is drawn and looked at: letters that leave no trace
in the picture of the page are not seen, whatever hides them. Text that draws nothing is what a
scanner's program puts over the picture of a page; it is hidden only where no picture is.
"""

import ctypes
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from moderation.extract.marked import Marked
from moderation.extract.pdf_layout import Box, Layout, read_layout

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pypdfium2 import PdfPage, PdfTextPage

    Pixels = NDArray[np.uint8]

Axis = tuple[float, float, float]
"""How far a point is moved across and along in pixels, and where the first one lies."""

_SCALE = 2.0
_MAX_PIXELS = 4_000_000
_LEAST = 2
"""Fewest letters on a page that count: one alone may lie below a line by chance."""
_FLAT = 16
"""Most difference, of 255, between the pixels of a place where nothing is drawn."""
_DARK = 110
_ROUND = 1.5
"""Pixels around a letter that are looked at too: an l fills all of its own box."""
_SAMPLES = 7
"""Rows and columns of a letter's place that are looked at first: most show that it is drawn."""
_AT_ONCE = 10_000
_CODES = 0x110000
_OVER = 0.5
_WHITE, _ALIKE = 255, 30
"""The paper, and how near to it the colour of a text is that is looked at."""
_WORD = re.compile(r"[^\W_]{2,}")
_TINY = 1.0
"""Points: a text of this height is looked at."""
_NOTES = frozenset({4, 5, 6, 7, 8, 9, 13, 15, 28})
"""Subtypes that draw a shape: line, square, polygon, highlight, stamp, ink ... (FPDF_ANNOT)."""


def mark_page(page: "PdfPage", words: "PdfTextPage", place: str, marked: Marked) -> frozenset[str]:
    """Note what a page holds and does not show, and return the words that lie outside it."""
    layout = read_layout(page)
    if not words.count_chars():
        if layout.pictures:
            marked.add("scanned-page", place)
        return frozenset()
    if layout.unseen or _is_suspect(page, layout):
        _mark_unseen(page, words, layout, place, marked)
        _mark_tiny(words, layout, place, marked)
    return _outside(page, words, layout)


def _mark_tiny(words: "PdfTextPage", layout: Layout, place: str, marked: Marked) -> None:
    """Note the words that are too small for anybody to read, however far they are magnified."""
    small = (thing for _, box, _, thing in layout.texts if box[3] - box[1] < _TINY)
    if any(_WORD.search(_said(each, words)) for each in small):
        marked.add("unseen-text", place)


def shown(page: "PdfPage", words: "PdfTextPage") -> frozenset[str]:
    """Return the words that lie within a page."""
    return frozenset(_WORD.findall(words.get_text_bounded(*_paper(page))))


def _paper(page: "PdfPage") -> Box:
    """Return what a reader shows of the page."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _outside(page: "PdfPage", words: "PdfTextPage", layout: Layout) -> frozenset[str]:
    paper = _paper(page)
    return frozenset(
        word
        for _, box, _, thing in layout.texts
        if box[2] > box[0] and box[3] > box[1] and not _meet(box, paper)
        for word in _WORD.findall(_said(thing, words))
    )


def _said(thing: object, words: "PdfTextPage") -> str:
    from pypdfium2 import raw

    size = raw.FPDFTextObj_GetText(thing, words.raw, None, 0)
    buffer = (ctypes.c_ushort * size)()
    raw.FPDFTextObj_GetText(thing, words.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace")


def _meet(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0 and high > 0


def _is_suspect(page: "PdfPage", layout: Layout) -> bool:
    """Say whether something may lie over a text, or a text be as light as the paper."""
    from pypdfium2 import raw

    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind in _NOTES:
            return True
    import numpy as np

    if (
        layout.clipped
        or layout.faint
        or any(box[3] - box[1] < _TINY for _, box, _, _ in layout.texts)
    ):
        return True
    orders = np.array([order for order, _, _ in layout.fills])
    boxes = np.array([box for _, box, _ in layout.fills], dtype=float).reshape(-1, 4)
    inks = np.array([ink for _, _, ink in layout.fills], dtype=int)
    for order, box, ink, _ in layout.texts:
        over = _shares(boxes, box) if len(boxes) else orders
        if len(boxes) and bool(((over >= _OVER / 2) & (orders > order)).any()):
            return True
        backed = inks[(over >= _OVER) & (orders < order)] if len(boxes) else inks
        alike = np.abs(backed - ink) < _ALIKE
        if alike.any() or (not len(backed) and ink > _WHITE - _ALIKE):
            return True
    return False


def _shares(boxes: "NDArray[np.float64]", box: Box) -> "NDArray[np.float64]":
    """Return which share of the height of *box* each of *boxes* covers, if it meets it at all."""
    import numpy as np

    wide = np.minimum(boxes[:, 2], box[2]) - np.maximum(boxes[:, 0], box[0])
    high = np.minimum(boxes[:, 3], box[3]) - np.maximum(boxes[:, 1], box[1])
    return np.where(wide > 0, high, 0.0) / max(box[3] - box[1], 1e-6)


def _mark_unseen(
    page: "PdfPage", words: "PdfTextPage", layout: Layout, place: str, marked: Marked
) -> None:
    indices, boxes = _letters(words, _paper(page))
    if not indices:
        return
    picture, axes = _drawn(page)
    counts: Counter[str] = Counter()
    for start in range(0, len(indices), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        counts.update(_kinds(picture, words, layout, (indices[some], boxes[some], axes)))
    for kind in ("covered-text", "unseen-text", "undrawn-text"):
        if counts[kind] >= _LEAST:
            marked.add(kind, place)


def _kinds(
    picture: "Pixels",
    words: "PdfTextPage",
    layout: Layout,
    letters: tuple[Sequence[int], "NDArray[np.float64]", tuple[Axis, Axis]],
) -> Iterator[str]:
    """Yield the kind of part of each letter that is not seen."""
    indices, boxes, axes = letters
    places = _places(picture, boxes, axes)
    differ = _differ(picture, places)
    for number, index in enumerate(indices):
        if layout.unseen and _draws_nothing(words, index):
            left, bottom, right, top = boxes[number]
            box = (left, bottom, right, top)
            if not any(_meet(box, each) for each in layout.pictures):
                yield "undrawn-text"
        elif not differ[number] and (kind := _look(picture, *places[number])):
            yield kind


def _letters(words: "PdfTextPage", paper: Box) -> tuple[list[int], "NDArray[np.float64]"]:
    """Return which characters are letters or digits on the paper, and a row with the box of each.

    Most of the time that a page takes goes by here, so that nothing is looked up twice.
    """
    import numpy as np
    from pypdfium2 import raw

    code_of, box_of, handle = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharBox, words.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    into = tuple(map(ctypes.byref, (left, right, bottom, top)))
    found, boxes = [], array("d")
    for index in range(words.count_chars()):
        code = code_of(handle, index)
        if code < _CODES and chr(code).isalnum() and box_of(handle, index, *into):
            found.append(index)
            boxes.extend((left.value, bottom.value, right.value, top.value))
    every = np.array(boxes).reshape(-1, 4)
    low, high = np.maximum(every[:, :2], paper[:2]), np.minimum(every[:, 2:], paper[2:])
    kept = (every[:, :2] < every[:, 2:]).all(axis=1) & (low < high).all(axis=1)
    return [found[number] for number in np.flatnonzero(kept)], every[kept]


def _draws_nothing(words: "PdfTextPage", index: int) -> bool:
    from pypdfium2 import raw

    thing = raw.FPDFText_GetTextObject(words.raw, index)
    return bool(thing) and raw.FPDFTextObj_GetTextRenderMode(thing) in (3, 7)


def _drawn(page: "PdfPage") -> tuple["Pixels", tuple[Axis, Axis]]:
    """Draw a page, and return with it how its points become pixels across and along."""
    import pypdfium2

    width, height = page.get_size()
    scale = min(_SCALE, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=False)
    position = bitmap.get_posconv(page)
    far = 10_000.0
    points = [position.to_bitmap(*each) for each in ((0.0, 0.0), (far, 0.0), (0.0, far))]
    (x0, y0), (x1, y1), (x2, y2) = points
    pixels = bitmap.to_numpy()  # keeps the memory, which is Python's
    bitmap.close()
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if bitmap.format == pypdfium2.raw.FPDFBitmap_BGRA:
        pixels = pixels[:, :, :3]
    axes = ((x1 - x0) / far, (x2 - x0) / far, x0), ((y1 - y0) / far, (y2 - y0) / far, y0)
    return pixels, axes


def _places(
    picture: "Pixels", boxes: "NDArray[np.float64]", axes: tuple[Axis, Axis]
) -> "NDArray[np.intp]":
    """Return a row of left, right, top and bottom for each box, in pixels of the picture."""
    import numpy as np

    columns = []
    for (x, y, at), most in zip(axes, (picture.shape[1], picture.shape[0]), strict=True):
        wide = np.sort(x * boxes[:, [0, 2]], axis=1)
        high = np.sort(y * boxes[:, [1, 3]], axis=1)
        first = np.clip(wide[:, 0] + high[:, 0] + at - _ROUND, 0, most)
        last = np.clip(wide[:, 1] + high[:, 1] + at + _ROUND, -1, most)
        columns += [first.astype(np.intp), last.astype(np.intp) + 1]
    return np.stack(columns, axis=1)


def _differ(picture: "Pixels", places: "NDArray[np.intp]") -> "NDArray[np.bool_]":
    """Say at which places the picture is surely not the same all over, by a few of their pixels."""
    import numpy as np

    shares = np.linspace(0.0, 1.0, _SAMPLES)
    left, right, top, bottom = (places[:, [n]] for n in range(4))
    across = np.clip(left + (right - 1 - left) * shares, 0, picture.shape[1] - 1).astype(np.intp)
    along = np.clip(top + (bottom - 1 - top) * shares, 0, picture.shape[0] - 1).astype(np.intp)
    seen = picture[along[:, :, None], across[:, None, :], 1 % picture.shape[2]]
    inside = ((right > left) & (bottom > top))[:, 0]
    most, least = seen.max(axis=(1, 2)).astype(int), seen.min(axis=(1, 2))
    differ: NDArray[np.bool_] = inside & (most - least > _FLAT)
    return differ


def _look(picture: "Pixels", left: int, right: int, top: int, bottom: int) -> str:
    """Return the kind of part that a letter is whose place looks the same all over."""
    place = picture[top:bottom, left:right]
    if not place.size:
        return ""
    flat = place.reshape(-1, place.shape[2])
    if int((flat.max(axis=0).astype(int) - flat.min(axis=0)).max()) > _FLAT:
        return ""
    return "covered-text" if float(flat.mean()) < _DARK else "unseen-text"
