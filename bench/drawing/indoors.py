"""Pictures of rooms."""

import random

from bench.drawing.brush import (
    BLUE,
    BRICK,
    CORAL,
    CREAM,
    INK,
    LEAF,
    OCHRE,
    PINE,
    Canvas,
    bunting,
    window,
)


def room(wall: str, floor: str, level: float = 610) -> Canvas:
    """Start a room: wall, skirting board and floor."""
    canvas = Canvas(1200, 800, wall)
    canvas.box((0, level, 1200, 800), floor)
    for x in range(-400, 1700, 130):
        canvas.line([(600 + (x - 600) * 0.72, level), (x, 800)], "#000000", 2, 0.1)
    canvas.box((0, level - 16, 1200, level), CREAM)
    return canvas


def shelf(canvas: Canvas, left: float, top: float, right: float, *, seed: int) -> None:
    """Draw one row of books on a board."""
    dice = random.Random(seed)
    colours = [CORAL, OCHRE, BLUE, LEAF, PINE, BRICK, "#d98bb3", "#7a6a9c"]
    x = left + 8
    while x < right - 46:
        width, height = dice.uniform(16, 36), dice.uniform(70, 104)
        colour = dice.choice(colours)
        canvas.box((x, top + 112 - height, x + width, top + 112), colour, radius=2)
        canvas.box((x + 3, top + 124 - height, x + width - 3, top + 130 - height), CREAM, alpha=0.7)
        x += width + 2
        if dice.random() < 0.1:
            x += 34
    canvas.box((left, top + 112, right, top + 124), "#8a6443")


def library() -> Canvas:
    """The library: shelves, a window seat and a rug."""
    canvas = room("#f3e3c3", "#c99a66")
    for left, right in ((50, 400), (800, 1150)):
        canvas.box((left - 12, 90, right + 12, 612), "#a9805a", radius=6)
        canvas.box((left, 102, right, 600), "#6e4d36")
        for row in range(4):
            shelf(canvas, left, 104 + row * 124, right, seed=int(left) + row)
    window(canvas, (470, 130, 730, 430))
    canvas.polygon([(452, 110), (520, 110), (490, 300), (450, 440)], CORAL)
    canvas.polygon([(748, 110), (680, 110), (710, 300), (750, 440)], CORAL)
    canvas.box((430, 500, 770, 600), "#a9805a", radius=6)
    canvas.box((438, 470, 762, 524), PINE, radius=18)
    for x, colour in ((470, OCHRE), (700, CORAL)):
        canvas.box((x - 34, 416, x + 34, 484), colour, radius=16)
    canvas.oval(600, 706, 330, 66, BLUE)
    canvas.oval(600, 706, 270, 50, "#8cc0d4")
    canvas.oval(600, 706, 190, 33, CREAM)
    for x, y, colour in ((540, 690, CORAL), (620, 712, OCHRE)):
        canvas.polygon([(x, y), (x + 50, y - 14), (x + 100, y), (x + 50, y + 12)], "#ffffff")
        canvas.line([(x, y), (x + 50, y + 12), (x + 100, y)], colour, 6)
    return canvas


def music() -> Canvas:
    """The music corner: a drum, ukuleles and notes."""
    canvas = room("#f4d9c6", "#b97f56")
    for x in range(0, 1200, 100):
        canvas.polygon([(x, 0), (x + 100, 0), (x + 100, 90), (x + 50, 128), (x, 90)], BRICK)
        canvas.line([(x, 90), (x + 50, 128), (x + 100, 90)], OCHRE, 6)
    for x, y, size in ((180, 260, 1.0), (420, 210, 0.8), (820, 230, 1.1), (1040, 290, 0.8)):
        canvas.oval(x, y, 22 * size, 16 * size, PINE)
        canvas.line([(x + 19 * size, y), (x + 19 * size, y - 92 * size)], PINE, 6 * size)
        canvas.line(
            [(x + 19 * size, y - 92 * size), (x + 52 * size, y - 70 * size)], PINE, 9 * size
        )
    for x, colour in ((250, OCHRE), (400, CORAL)):
        ukulele(canvas, x, 560, colour)
    canvas.box((570, 500, 790, 690), BLUE)
    canvas.oval(680, 690, 110, 32, BLUE)
    for step in range(6):
        x = 570 + step * 44
        canvas.line([(x, 520), (x + 22 if x < 770 else x, 690)], CREAM, 5)
    canvas.oval(680, 500, 116, 36, "#e6d5bd")
    canvas.oval(680, 497, 104, 30, CREAM)
    canvas.line([(640, 490), (790, 400)], "#8a6443", 9)
    canvas.line([(720, 490), (590, 390)], "#8a6443", 9)
    for number, colour in enumerate((CORAL, OCHRE, LEAF, BLUE, "#7a6a9c", BRICK)):
        left = 870 + number * 42
        canvas.box((left, 540 + number * 6, left + 34, 690 - number * 6), colour, radius=6)
        for y in (552 + number * 6, 678 - number * 6):
            canvas.oval(left + 17, y, 4, 4, CREAM)
    canvas.box((850, 700, 1140, 716), "#8a6443", radius=4)
    return canvas


def ukulele(canvas: Canvas, x: float, y: float, colour: str) -> None:
    """Draw a ukulele that leans on the wall."""
    canvas.line([(x + 4, y), (x + 44, y - 250)], "#6e4d36", 20)
    canvas.box((x + 26, y - 300, x + 66, y - 240), "#54392a", radius=8)
    canvas.oval(x, y + 46, 78, 70, colour)
    canvas.oval(x + 14, y - 40, 58, 52, colour)
    canvas.oval(x + 8, y, 22, 22, "#4b3327")
    canvas.box((x - 34, y + 62, x + 30, y + 74), "#54392a", radius=4)
    for string in (-6, 0, 6):
        canvas.line([(x + string, y + 66), (x + 44 + string, y - 250)], CREAM, 1.5)


def hall() -> Canvas:
    """The hall laid for a concert: stage, curtains and rows of chairs."""
    canvas = room("#e9e1cf", "#cf9f68", 560)
    for x in (60, 1000):
        window(canvas, (x, 120, x + 140, 400))
    canvas.box((270, 90, 930, 500), "#3a2b3c")
    canvas.box((250, 490, 950, 560), "#8a6443", radius=4)
    for left, sign in ((270, 1), (930, -1)):
        for fold in range(5):
            x = left + sign * fold * 34
            edge = (x, x + sign * 34)
            shade = BRICK if fold % 2 else "#c4644a"
            canvas.box((min(edge), 90, max(edge), 492), shade)
    canvas.box((250, 66, 950, 130), "#9c4532", radius=6)
    for x in range(270, 940, 60):
        canvas.oval(x, 130, 30, 22, "#9c4532")
    canvas.oval(600, 470, 130, 18, "#fbd675", 0.3)
    canvas.polygon([(560, 130), (640, 130), (740, 480), (460, 480)], "#fbd675", 0.22)
    canvas.line([(600, 470), (600, 330)], "#1d1720", 6)
    canvas.oval(600, 322, 13, 18, "#8b8b95")
    for row in range(3):
        for seat in range(9 + row):
            middle = 600 + (seat - (8 + row) / 2) * (104 + row * 10)
            y = 610 + row * 66
            colour = BLUE if seat % 2 else "#2d6a90"
            canvas.box((middle - 34, y - 54, middle + 34, y - 6), colour, radius=9)
            canvas.box((middle - 38, y, middle + 38, y + 14), colour, radius=5)
            for side in (-30, 30):
                canvas.line([(middle + side, y + 12), (middle + side, y + 44)], INK, 5)
    bunting(canvas, (0, 40), (1200, 40), sag=24, flags=22)
    return canvas


def science() -> Canvas:
    """A science table: flasks, seedlings in the light and a model of the planets."""
    canvas = room("#dfeaea", "#b98c62", 660)
    canvas.box((90, 70, 1110, 400), "#8a6443", radius=8)
    canvas.box((106, 86, 1094, 384), "#2b5d49")
    canvas.oval(230, 236, 52, 52, OCHRE)
    for x, size, colour in (
        (350, 14, "#c9b48a"),
        (430, 20, CORAL),
        (530, 24, "#8cc0d4"),
        (630, 18, BRICK),
        (750, 46, "#e0b56c"),
        (880, 38, "#d8c9a0"),
        (980, 26, "#a8d9e2"),
        (1050, 24, BLUE),
    ):
        canvas.oval(x, 236, size, size, colour)
    canvas.line([(820, 250), (940, 222)], CREAM, 5)
    for orbit in range(330, 1000, 110):
        canvas.line([(orbit, 140), (orbit + 14, 332)], CREAM, 1.5, 0.35)
    canvas.box((40, 560, 1160, 600), "#c99a66", radius=6)
    for x in (90, 1090):
        canvas.box((x, 600, x + 30, 800), "#a9805a")
    for x, colour in ((220, CORAL), (340, OCHRE), (460, BLUE)):
        canvas.polygon([(x - 16, 440), (x + 16, 440), (x + 52, 560), (x - 52, 560)], "#f4fbfb")
        canvas.polygon([(x - 33, 500), (x + 33, 500), (x + 50, 557), (x - 50, 557)], colour)
        canvas.box((x - 20, 420, x + 20, 444), "#f4fbfb", radius=4)
        for dx, dy in ((-12, 520), (8, 536), (14, 512)):
            canvas.oval(x + dx, dy, 5, 5, "#ffffff", 0.7)
    for number in range(5):
        x = 620 + number * 84
        canvas.polygon([(x - 28, 504), (x + 28, 504), (x + 20, 560), (x - 20, 560)], BRICK)
        height = 30 + number * 22
        canvas.line([(x, 504), (x, 504 - height)], LEAF, 5)
        canvas.oval(x - 15, 504 - height, 16, 8, LEAF)
        canvas.oval(x + 15, 498 - height, 16, 8, "#6fa557")
    return canvas


def art() -> Canvas:
    """The art table: paint pots, brushes and pictures on a line."""
    canvas = room("#f7ecd6", "#b98c62", 640)
    canvas.line([(0, 90), (600, 130), (1200, 90)], INK, 3)
    for number, x in enumerate((90, 330, 580, 830, 1010)):
        y = 112 + (20 if 300 < x < 900 else 0)
        canvas.box((x, y, x + 170, y + 220), "#ffffff", radius=3)
        canvas.box(
            (x + 14, y + 14, x + 156, y + 160),
            ("#8cc0d4", "#fbd675", "#9fca98", "#f0b6a4", "#c9bfe0")[number],
            radius=2,
        )
        canvas.oval(x + 85, y + 90, 40, 40, (OCHRE, CORAL, PINE, BLUE, BRICK)[number])
        canvas.polygon(
            [(x + 14, y + 160), (x + 70, y + 104), (x + 156, y + 160)],
            (LEAF, BLUE, OCHRE, BRICK, PINE)[number],
        )
        canvas.box((x + 76, y - 16, x + 92, y + 18), "#a9805a", radius=3)
    canvas.box((60, 560, 1140, 604), "#d7b98c", radius=8)
    for x in (110, 1060):
        canvas.box((x, 604, x + 30, 800), "#a9805a")
    for number, x in enumerate((200, 330, 460, 590)):
        colour = (CORAL, OCHRE, BLUE, LEAF)[number]
        canvas.box((x - 46, 470, x + 46, 562), "#f4fbfb", radius=10)
        canvas.box((x - 46, 506, x + 46, 562), colour, radius=10)
        canvas.oval(x, 470, 46, 13, "#dfeaea")
    canvas.box((760, 440, 850, 562), PINE, radius=8)
    for dx, lean, colour in ((-24, -40, CORAL), (-6, -8, OCHRE), (12, 24, BLUE), (26, 54, BRICK)):
        x = 805 + dx
        canvas.line([(x, 442), (x + lean, 330)], "#a9805a", 8)
        canvas.oval(x + lean, 316, 9, 22, colour)
    canvas.oval(970, 548, 100, 22, "#e6d5bd")
    for number, colour in enumerate((CORAL, OCHRE, BLUE, LEAF, "#7a6a9c")):
        canvas.oval(905 + number * 32, 545 + (6 if number % 2 else -4), 13, 8, colour)
    return canvas
