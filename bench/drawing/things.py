"""Things on tables, and the four leaves of the classes."""

import math
from collections.abc import Callable

from bench.drawing.brush import (
    BRICK,
    CORAL,
    CREAM,
    INK,
    LEAF,
    OCHRE,
    PINE,
    Canvas,
    Point,
    bunting,
)
from bench.drawing.indoors import room
from bench.drawing.outdoors import pumpkin


def harvest() -> Canvas:
    """A harvest table: a basket of vegetables, bread and jars."""
    canvas = room("#f6e3bd", "#a9805a", 600)
    bunting(canvas, (0, 40), (600, 40), sag=60, flags=12)
    bunting(canvas, (600, 40), (1200, 40), sag=60, flags=12)
    canvas.box((40, 560, 1160, 640), "#c4644a", radius=6)
    for x in range(60, 1140, 80):
        canvas.polygon([(x, 640), (x + 80, 640), (x + 40, 690)], "#c4644a")
    for x, y, colour in (
        (470, 420, BRICK),
        (560, 390, "#d94f3d"),
        (650, 420, LEAF),
        (520, 440, OCHRE),
        (610, 440, "#8a4a7a"),
    ):
        canvas.oval(x, y, 58, 56, colour)
        canvas.oval(x - 16, y - 20, 14, 10, "#ffffff", 0.3)
    for lean in (-60, -30, 0):
        canvas.line([(700, 440), (740 + lean, 300)], "#e58a35", 26)
        canvas.line([(740 + lean, 300), (748 + lean, 250)], LEAF, 9)
    canvas.polygon([(390, 440), (770, 440), (720, 580), (440, 580)], "#b98448")
    for row in range(4):
        canvas.line(
            [(396 + row * 13, 462 + row * 30), (764 - row * 13, 462 + row * 30)], "#8a5f30", 6
        )
    pumpkin(canvas, 220, 520, 1.5)
    for x, colour in ((870, CORAL), (970, OCHRE), (1070, "#8a4a7a")):
        canvas.box((x - 40, 460, x + 40, 566), colour, radius=12)
        canvas.box((x - 44, 440, x + 44, 470), CREAM, radius=6)
        canvas.box((x - 26, 500, x + 26, 534), CREAM, radius=3)
    return canvas


def chess() -> Canvas:
    """A chess board with a cup beside it."""
    canvas = room("#dbe7ea", "#b98c62", 560)
    canvas.box((0, 440, 1200, 800), "#a9805a")
    canvas.box((0, 440, 1200, 452), "#c99a66")
    for row in range(8):
        top, bottom = 470 + row * 34, 504 + row * 34
        for column in range(8):
            edges = [
                (520 + (column + dx - 4) * (64 + (y - 470) * 0.13), y)
                for dx, y in ((0, top), (1, top), (1, bottom), (0, bottom))
            ]
            canvas.polygon(edges, CREAM if (row + column) % 2 else PINE)
    for column, row, colour in (
        (1, 1, INK),
        (3, 2, INK),
        (4, 4, CREAM),
        (2, 5, CREAM),
        (6, 3, INK),
        (5, 6, CREAM),
    ):
        y = 488 + row * 34
        x = 520 + (column - 3.5) * (64 + (y - 470) * 0.13)
        canvas.oval(x, y, 27, 11, INK, 0.25)
        canvas.polygon([(x - 24, y), (x + 24, y), (x + 9, y - 66), (x - 9, y - 66)], colour)
        canvas.oval(x, y - 76, 19, 19, colour)
        canvas.oval(x - 6, y - 82, 5, 5, "#ffffff", 0.35)
    for side in (-1, 1):
        canvas.oval(980 + side * 92, 340, 42, 50, OCHRE)
        canvas.oval(980 + side * 92, 340, 24, 32, "#dbe7ea")
    canvas.polygon(
        [(880, 250), (1080, 250), (1050, 410), (1000, 450), (960, 450), (910, 410)], OCHRE
    )
    canvas.box((964, 440, 996, 540), "#d8962c")
    canvas.box((900, 536, 1060, 600), PINE, radius=6)
    canvas.polygon([(900, 262), (940, 262), (950, 400), (924, 390)], "#ffffff", 0.35)
    return canvas


def _outline(radius: Callable[[float], float], x: float, y: float) -> list[Point]:
    angles = [math.tau * step / 240 for step in range(240)]
    return [
        (x + radius(angle) * math.sin(angle), y - radius(angle) * 1.25 * math.cos(angle))
        for angle in angles
    ]


def leaf(paper: str, colour: str, *, lobes: int, depth: float) -> Canvas:
    """Draw the leaf of a class: its number of lobes and how deep they are cut."""
    canvas = Canvas(800, 533, paper)
    for x, y, size in ((110, 90, 70), (700, 440, 90), (660, 80, 40), (120, 450, 46)):
        canvas.oval(x, y, size, size, "#ffffff", 0.22)

    def radius(angle: float) -> float:
        taper: float = 1 - 0.32 * abs(math.sin(angle)) ** 1.4
        return 165 * taper * (1 + depth * math.cos(lobes * angle))

    canvas.line([(400, 300), (424, 512)], "#6e4d36", 11)
    canvas.polygon(_outline(radius, 400, 262), colour)
    canvas.polygon([p for p in _outline(radius, 400, 262) if p[0] >= 398], "#000000", 0.07)
    canvas.line([(400, 110), (400, 440)], CREAM, 6)
    for level in (180, 250, 320):
        for side in (-1, 1):
            canvas.line([(400, level + 44), (400 + side * 74, level - 4)], CREAM, 4)
    return canvas


def acorn() -> Canvas:
    """Draw the acorn of Acorn class."""
    canvas = Canvas(800, 533, "#f6e3bd")
    for x, y, size in ((110, 90, 70), (700, 440, 90), (660, 80, 40), (120, 450, 46)):
        canvas.oval(x, y, size, size, "#ffffff", 0.3)
    canvas.line([(400, 130), (424, 66)], "#6e4d36", 15)
    canvas.polygon([(276, 236), (524, 236), (500, 370), (400, 476), (300, 370)], "#c98a3d")
    canvas.oval(400, 320, 122, 120, "#c98a3d")
    canvas.oval(356, 330, 22, 70, "#ffffff", 0.25)
    canvas.oval(400, 190, 158, 80, "#7a5639")
    for row, half in ((150, 2), (190, 3), (226, 2)):
        for step in range(-half, half + 1):
            canvas.oval(400 + step * 46, row, 20, 13, "#94704f")
    return canvas
