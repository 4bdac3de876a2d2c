"""Where the texts, the filled shapes and the pictures of a PDF page lie, in the order of drawing.

PDFium gives the place of what a form draws as the form itself sees it, so that its matrix counts
(ISO 32000-2:2020, 8.3.4 and 8.10).
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MAX_OBJECTS = 200_000
_DEEPEST = 8
_MAX_POINTS = 400
_OPAQUE = 255
_NO_INK = -1_000
"""Of a picture, which is of no one colour."""
_INVISIBLE = frozenset({3, 7})
_THICK = 4.0
"""Points: a line of this width covers a row of small letters."""
_FAINT = 40
"""Of 255: a text that lets more through than this leaves no trace."""

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Layout:
    """What a page draws.

    Args:
        texts: order, box and darkest part of the colour, and the text itself for PDFium
        fills: order, box and darkest part of the colour, of what lets nothing through
        pictures: boxes
        unseen: whether there is a text that draws nothing
        clipped: whether there is a text of which a good part is cut off
        faint: whether there is a text that lets nearly everything through

    """

    texts: list[tuple[int, Box, int, object]] = field(default_factory=list)
    fills: list[tuple[int, Box, int]] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    unseen: bool = False
    clipped: bool = False
    faint: bool = False


def read_layout(page: "PdfPage") -> Layout:
    """Read the objects of a page."""
    from pypdfium2 import raw

    layout = Layout()
    for order, (thing, matrix) in enumerate(_objects(page)):
        kind = raw.FPDFPageObj_GetType(thing)
        box = _box(thing, matrix)
        if box is None or order > MAX_OBJECTS:
            continue
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            layout.unseen |= raw.FPDFTextObj_GetTextRenderMode(thing) in _INVISIBLE
            layout.clipped = layout.clipped or _is_clipped(thing, matrix, box)
            layout.faint = layout.faint or _is_faint(thing)
            layout.texts.append((order, box, _ink(thing), thing))
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            layout.pictures.append(box)
            layout.fills.append((order, box, _NO_INK))
        elif kind == raw.FPDF_PAGEOBJ_PATH and _fills(thing):
            layout.fills.append((order, box, _ink(thing)))
    return layout


def _objects(page: "PdfPage") -> Iterator[tuple[object, Matrix]]:
    """Yield every object in the order of drawing, with what turns its place into the page's."""
    from pypdfium2 import raw

    waiting: list[tuple[object, Matrix, int]] = [
        (raw.FPDFPage_GetObject(page.raw, index), _SAME, 0)
        for index in reversed(range(raw.FPDFPage_CountObjects(page.raw)))
    ]
    while waiting:
        thing, matrix, depth = waiting.pop()
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM:
            yield thing, matrix
        elif depth < _DEEPEST:
            inner = _times(_matrix(thing), matrix)
            waiting += [
                (raw.FPDFFormObj_GetObject(thing, index), inner, depth + 1)
                for index in reversed(range(raw.FPDFFormObj_CountObjects(thing)))
            ]


def _matrix(form: object) -> Matrix:
    from pypdfium2 import raw

    got = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(form, ctypes.byref(got)):
        return _SAME
    return got.a, got.b, got.c, got.d, got.e, got.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def _box(thing: object, matrix: Matrix) -> Box | None:
    """Return left, bottom, right and top of an object on the page, in points."""
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = (each.value for each in sides)
    return _turned((left, bottom, right, top), matrix)


def _turned(box: Box, matrix: Matrix) -> Box:
    if matrix == _SAME:
        return box
    left, bottom, right, top = box
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in corners]
    along = [b * x + d * y + f for x, y in corners]
    return min(across), min(along), max(across), max(along)


def _is_clipped(text: object, matrix: Matrix, box: Box) -> bool:
    """Say whether less than half of a text lies within what is drawn."""
    from pypdfium2 import raw

    clip = raw.FPDFPageObj_GetClipPath(text)
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        points = list(_points(clip, path))
        if not points:
            continue
        left, bottom = (min(each) for each in zip(*points, strict=True))
        right, top = (max(each) for each in zip(*points, strict=True))
        inner = _turned((left, bottom, right, top), matrix)
        wide = min(inner[2], box[2]) - max(inner[0], box[0])
        high = min(inner[3], box[3]) - max(inner[1], box[1])
        if wide < (box[2] - box[0]) / 2 or high < (box[3] - box[1]) / 2:
            return True
    return False


def _points(clip: object, path: int) -> Iterator[tuple[float, float]]:
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFClipPath_CountPathSegments(clip, path), _MAX_POINTS)):
        segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
        if raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            yield x.value, y.value


def _ink(thing: object) -> int:
    """Return the darkest part of the colour of an object, from 0 to 255; 0 where it has none."""
    from pypdfium2 import raw

    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(thing, *map(ctypes.byref, parts)):
        return 0
    return int(min(each.value for each in parts[:3]))


def _fills(path: object) -> bool:
    """Say whether a path covers what lies below it."""
    from pypdfium2 import raw

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke)):
        return False
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(path, *map(ctypes.byref, parts))
    opaque = parts[3].value == _OPAQUE and not raw.FPDFPageObj_HasTransparency(path)
    return opaque if mode.value else bool(stroke.value) and _is_thick(path)


def _is_thick(path: object) -> bool:
    """Say whether the line along a path is as thick as letters are high, and hides them."""
    from pypdfium2 import raw

    parts, width = [ctypes.c_uint() for _ in range(4)], ctypes.c_float()
    raw.FPDFPageObj_GetStrokeColor(path, *map(ctypes.byref, parts))
    raw.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width))
    return width.value >= _THICK and parts[3].value > _OPAQUE // 2


def _is_faint(text: object) -> bool:
    from pypdfium2 import raw

    parts = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(text, *map(ctypes.byref, parts))
    return bool(known) and parts[3].value < _FAINT
