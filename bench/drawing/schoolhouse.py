"""The school itself, with its clock, its bell and the brook before it."""

import math

from bench.drawing.brush import (
    BRICK,
    CORAL,
    CREAM,
    INK,
    OCHRE,
    PINE,
    ROOF,
    Canvas,
    fir,
    flowers,
    landscape,
    sky,
    tree,
    window,
)


def schoolhouse(canvas: Canvas, x: float, y: float) -> None:
    """Draw the school, 560 pixels wide, its ground line at *y*."""
    canvas.box((x, y - 190, x + 560, y), BRICK)
    canvas.polygon(
        [(x - 24, y - 186), (x + 584, y - 186), (x + 540, y - 290), (x + 20, y - 290)], ROOF
    )
    canvas.box((x, y - 22, x + 560, y), "#8f4230")
    canvas.polygon(
        [(x + 190, y), (x + 190, y - 236), (x + 280, y - 350), (x + 370, y - 236), (x + 370, y)],
        "#c4644a",
    )
    canvas.polygon(
        [
            (x + 176, y - 222),
            (x + 280, y - 362),
            (x + 384, y - 222),
            (x + 366, y - 222),
            (x + 280, y - 338),
            (x + 194, y - 222),
        ],
        ROOF,
    )
    for left in (30, 110, 414, 494):
        window(canvas, (x + left, y - 146, x + left + 44, y - 62))
    canvas.box((x + 244, y - 118, x + 316, y), CREAM, radius=6)
    canvas.box((x + 250, y - 112, x + 310, y), PINE, radius=4)
    canvas.box((x + 278, y - 112, x + 282, y), "#1f4d3a")
    canvas.oval(x + 272, y - 52, 3, 3, OCHRE)
    canvas.oval(x + 288, y - 52, 3, 3, OCHRE)
    clock(canvas, x + 280, y - 214)
    belfry(canvas, x + 460, y - 290)


def clock(canvas: Canvas, x: float, y: float) -> None:
    """Draw the clock of the gable; it is five to nine."""
    canvas.oval(x, y, 36, 36, CREAM)
    canvas.oval(x, y, 30, 30, "#ffffff")
    canvas.line([(x, y), (x - 12, y - 20)], INK, 4)
    canvas.line([(x, y), (x - 17, y + 3)], INK, 4)
    for hour in range(12):
        angle = hour * math.pi / 6
        canvas.oval(x + 25 * math.sin(angle), y - 25 * math.cos(angle), 2, 2, INK)


def belfry(canvas: Canvas, x: float, y: float) -> None:
    """Draw the small bell tower on the roof."""
    canvas.box((x - 30, y - 72, x + 30, y + 6), CREAM)
    canvas.box((x - 18, y - 62, x + 18, y - 8), "#6b7f86", radius=16)
    canvas.polygon([(x - 13, y - 18), (x + 13, y - 18), (x + 8, y - 46), (x - 8, y - 46)], OCHRE)
    canvas.oval(x, y - 16, 5, 5, OCHRE)
    canvas.polygon([(x - 44, y - 70), (x + 44, y - 70), (x, y - 134)], ROOF)
    canvas.line([(x, y - 134), (x, y - 160)], INK, 3)
    canvas.polygon([(x, y - 160), (x + 28, y - 152), (x, y - 144)], CORAL)


def brook(canvas: Canvas, level: float) -> None:
    """Paint the brook from bank to bank with a footbridge."""
    width = canvas.width
    top = [(x, level + 14 * math.sin(x / 130)) for x in range(0, width + 20, 20)]
    low = [(x, level + 92 + 16 * math.sin(x / 150 + 1)) for x in range(width, -20, -20)]
    canvas.polygon([*[(x, y - 9) for x, y in top], *low], "#c9b48a")
    canvas.polygon([*top, *low], "#5aa6bd")
    for x in range(40, width, 110):
        y = level + 40 + 22 * math.sin(x / 70)
        canvas.line([(x, y), (x + 46, y + 3)], "#a8d9e2", 4)


def school() -> Canvas:
    """The school front on a fine morning, the brook before it."""
    canvas = Canvas(1200, 800)
    sky(canvas)
    landscape(canvas, 400)
    for x, size in ((90, 0.8), (160, 0.62), (1010, 0.7), (1120, 0.9)):
        fir(canvas, x, 560, size)
    tree(canvas, 236, 590, 1.25)
    tree(canvas, 990, 596, 1.3, "#6fa557")
    schoolhouse(canvas, 330, 600)
    canvas.polygon([(560, 600), (660, 600), (770, 800), (450, 800)], "#ecd9b4")
    brook(canvas, 668)
    canvas.polygon([(520, 655), (698, 655), (742, 775), (478, 775)], "#a9805a")
    for step in range(6):
        y = 668 + step * 19
        canvas.line([(516 - step * 6, y), (702 + step * 6, y)], "#8a6443", 3)
    for side in (-1, 1):
        rail = [(609 + side * 90, 622), (609 + side * 134, 742)]
        canvas.line(rail, "#7a5639", 8)
        canvas.line([rail[0], (rail[0][0], 655)], "#7a5639", 8)
        canvas.line([rail[1], (rail[1][0], 775)], "#7a5639", 8)
    flowers(canvas, (0, 622, 470, 652), seed=1, number=50)
    flowers(canvas, (760, 622, 1200, 652), seed=2, number=50)
    flowers(canvas, (0, 786, 1200, 800), seed=3, number=60)
    return canvas
