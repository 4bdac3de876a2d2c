"""Pictures of the school from outside."""

import math
import random

from bench.drawing.brush import (
    BLUE,
    CORAL,
    CREAM,
    GRASS,
    INK,
    LEAF,
    OCHRE,
    PINE,
    Canvas,
    bunting,
    flowers,
    hill,
    landscape,
    sky,
    tree,
)


def playground() -> Canvas:
    """The playground: climbing frame, slide and hopscotch."""
    canvas = Canvas(1200, 800)
    sky(canvas)
    landscape(canvas, 380)
    for x, size, colour in ((120, 1.2, LEAF), (1090, 1.35, "#6fa557"), (960, 0.8, PINE)):
        tree(canvas, x, 540, size, colour)
    canvas.polygon([(0, 560), (1200, 540), (1200, 800), (0, 800)], "#d7b98c")
    canvas.oval(560, 640, 390, 44, "#c6a372")
    for x in (360, 520, 680):
        canvas.line([(x, 640), (x, 330)], "#8a6443", 16)
    canvas.box((350, 430, 690, 450), "#a9805a", radius=4)
    canvas.polygon([(336, 336), (440, 250), (544, 336)], CORAL)
    for rung in range(5):
        canvas.line([(368, 480 + rung * 34), (512, 480 + rung * 34)], OCHRE, 9)
    canvas.line([(520, 350), (680, 350)], "#8a6443", 12)
    for x in (580, 630):
        canvas.line([(x, 352), (x, 560)], INK, 3)
    canvas.box((566, 556, 644, 570), BLUE, radius=5)
    slide = [(690, 440), (760, 470), (850, 590), (940, 632)]
    canvas.line(slide, "#2d6a90", 34)
    canvas.line(slide, BLUE, 24)
    for number, (x, y) in enumerate(
        [
            (150, 700),
            (226, 700),
            (302, 666),
            (302, 734),
            (378, 700),
            (454, 666),
            (454, 734),
            (530, 700),
        ]
    ):
        colour = (OCHRE, CORAL, "#ffffff", LEAF)[number % 4]
        canvas.polygon([(x, y - 30), (x + 66, y - 30), (x + 60, y + 30), (x - 6, y + 30)], colour)
    canvas.oval(840, 712, 32, 32, CORAL)
    canvas.polygon([(812, 698), (868, 698), (871, 712), (808, 712)], CREAM)
    return canvas


def garden() -> Canvas:
    """The kitchen garden: raised beds, a greenhouse, pumpkins and sunflowers."""
    canvas = Canvas(1200, 800)
    sky(canvas, "#bfe0e6", "#fdf0d0")
    landscape(canvas, 400)
    canvas.polygon([(60, 600), (60, 400), (190, 300), (320, 400), (320, 600)], "#d9eef0")
    for x in (60, 125, 190, 255, 320):
        canvas.line([(x, 600), (x, 400 - (65 - abs(190 - x) / 2) * 1.52)], "#ffffff", 7)
    canvas.line([(60, 400), (190, 300), (320, 400)], "#ffffff", 9)
    canvas.line([(60, 500), (320, 500)], "#ffffff", 7)
    for x, height in ((420, 330), (500, 270), (580, 350), (1090, 300), (1150, 350)):
        sunflower(canvas, x, 620, height)
    for left, top, right in ((380, 600, 1130), (90, 690, 960)):
        canvas.box((left, top, right, top + 30), "#5c4033", radius=8)
        plants(canvas, left, right, top, seed=left)
        canvas.box((left - 10, top + 22, right + 10, top + 84), "#a9805a", radius=5)
        canvas.line([(left - 6, top + 53), (right + 6, top + 53)], "#8a6443", 3)
    for x, y, size in ((1010, 742, 1.1), (1100, 752, 0.8), (1060, 764, 0.55)):
        pumpkin(canvas, x, y, size)
    return canvas


def sunflower(canvas: Canvas, x: float, y: float, height: float) -> None:
    """Draw a sunflower of a height in pixels."""
    canvas.line([(x, y), (x + 6, y - height)], "#5d9a63", 9)
    for level, side in ((0.35, -1), (0.55, 1)):
        canvas.oval(x + side * 24, y - height * level, 24, 10, "#5d9a63")
    for petal in range(14):
        angle = petal * math.tau / 14
        canvas.oval(x + 6 + 34 * math.cos(angle), y - height + 34 * math.sin(angle), 14, 14, OCHRE)
    canvas.oval(x + 6, y - height, 26, 26, "#6b4226")


def plants(canvas: Canvas, left: float, right: float, top: float, *, seed: int) -> None:
    """Draw cabbages and leeks along a bed."""
    dice = random.Random(seed)
    for number, x in enumerate(range(int(left) + 40, int(right) - 20, 62)):
        if number % 3 == 1:
            for lean in (-20, -8, 8, 20):
                canvas.line([(x, top + 14), (x + lean, top - 58)], "#4b8a66", 7)
        else:
            size = dice.uniform(24, 30)
            canvas.oval(x, top - 4, size * 1.25, size, "#5d9a63")
            canvas.oval(x, top - 8, size * 0.85, size * 0.75, "#9fca98")
            canvas.oval(x, top - 10, size * 0.45, size * 0.42, "#d4e8c2")


def pumpkin(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a pumpkin with ribs."""
    canvas.line([(x, y - 44 * size), (x + 8 * size, y - 66 * size)], "#5d7a3c", 10 * size)
    for dx, shade in (
        (-44, "#d97a2b"),
        (44, "#d97a2b"),
        (-22, "#e58a35"),
        (22, "#e58a35"),
        (0, "#f09a45"),
    ):
        canvas.oval(x + dx * size, y, 36 * size, 48 * size, shade)


def brook_walk() -> Canvas:
    """The brook between alders, with a net and a jar on the bank."""
    canvas = Canvas(1200, 800)
    sky(canvas)
    landscape(canvas, 330)
    for x, size, colour in ((80, 1.3, PINE), (250, 1.0, LEAF), (930, 1.1, LEAF), (1110, 1.4, PINE)):
        tree(canvas, x, 500, size, colour)
    bank = [(430, 420), (640, 420), (700, 520), (1000, 800), (120, 800), (460, 540)]
    canvas.polygon([(x + (12 if x > 560 else -12), y - 6) for x, y in bank], "#c9b48a")
    canvas.polygon(bank, "#5aa6bd")
    for x, y, length in (
        (500, 480, 60),
        (520, 560, 90),
        (420, 640, 130),
        (560, 700, 150),
        (300, 750, 120),
        (690, 620, 80),
        (780, 730, 110),
    ):
        canvas.line([(x, y), (x + length, y + 4)], "#a8d9e2", 5)
    for number in range(5):
        canvas.oval(380 + number * 92, 600 - number * 4, 36, 15, "#9aa7a0")
        canvas.oval(376 + number * 92, 595 - number * 4, 26, 8, "#c3cdc6")
    canvas.line([(1010, 720), (1130, 560)], "#8a6443", 9)
    canvas.oval(1000, 736, 44, 26, CREAM, 0.85)
    canvas.oval(1000, 736, 36, 19, "#a8d9e2", 0.9)
    canvas.box((150, 640, 214, 730), "#dff1f2", radius=12, alpha=0.85)
    canvas.box((156, 676, 208, 724), "#7cc0cf", radius=10)
    canvas.box((146, 630, 218, 648), OCHRE, radius=5)
    flowers(canvas, (0, 560, 300, 800), seed=5, number=40)
    flowers(canvas, (900, 560, 1200, 800), seed=6, number=40)
    return canvas


def sports_day() -> Canvas:
    """The field on sports day: lanes, bunting, hurdles and a podium."""
    canvas = Canvas(1200, 800)
    sky(canvas)
    landscape(canvas, 360)
    for x, size in ((70, 0.9), (1140, 1.0)):
        tree(canvas, x, 500, size)
    canvas.polygon([(0, 500), (1200, 500), (1200, 800), (0, 800)], GRASS)
    canvas.polygon([(420, 500), (780, 500), (1130, 800), (70, 800)], "#cf7a5a")
    for lane in range(6):
        canvas.line([(420 + lane * 72, 500), (70 + lane * 212, 800)], CREAM, 4)
    for x in (130, 1070):
        canvas.line([(x, 560), (x, 230)], "#8a6443", 12)
    bunting(canvas, (130, 240), (1070, 240), sag=120, flags=17)
    for left, height, colour, label in (
        (470, 70, BLUE, 2),
        (560, 110, OCHRE, 1),
        (650, 48, CORAL, 3),
    ):
        canvas.box((left, 600 - height, left + 88, 600), colour, radius=3)
        for bar in range(label):
            canvas.box(
                (
                    left + 38 - label * 7 + bar * 16,
                    612 - height,
                    left + 46 - label * 7 + bar * 16,
                    642 - height,
                ),
                CREAM,
                radius=3,
            )
    for x, y in ((250, 690), (880, 690)):
        canvas.line([(x, y), (x, y - 62)], INK, 6)
        canvas.line([(x + 96, y), (x + 96, y - 62)], INK, 6)
        canvas.box((x - 8, y - 76, x + 104, y - 56), CREAM, radius=4)
        canvas.box((x + 20, y - 76, x + 48, y - 56), CORAL)
    return canvas


def woodland() -> Canvas:
    """An autumn wood with a log circle and a shelter of branches."""
    canvas = Canvas(1200, 800)
    canvas.wash("#f6d9a6", "#fdf3dc")
    hill(canvas, 470, 30, "#e0b56c", phase=1)
    dice = random.Random(9)
    colours = ["#d98a3d", "#c8623a", "#e0a83e", "#a9502f", "#8f9a4b"]
    for number in range(14):
        x = 40 + number * 88 + dice.uniform(-20, 20)
        tree(canvas, x, 500 + dice.uniform(-24, 30), dice.uniform(1.1, 1.7), dice.choice(colours))
    hill(canvas, 566, 16, "#c58f4a", phase=3)
    canvas.polygon([(180, 690), (330, 400), (480, 690)], "#7a5a45")
    canvas.polygon([(272, 690), (330, 520), (388, 690)], "#3f2f27")
    for x in range(190, 480, 26):
        canvas.line([(x, 692), (330 + (x - 330) * 0.12, 384)], "#94704f", 9)
    for number in range(6):
        angle = math.pi * (0.05 + number * 0.18)
        x, y = 800 + 230 * math.cos(angle), 650 + 70 * math.sin(angle)
        canvas.box((x - 34, y - 20, x + 34, y + 24), "#7a5a45", radius=8)
        canvas.oval(x, y - 20, 34, 12, "#d8b98c")
        canvas.oval(x, y - 20, 20, 7, "#b98f5f")
    for _ in range(160):
        x, y = dice.uniform(0, 1200), dice.uniform(600, 800)
        canvas.oval(x, y, 8, 4, dice.choice(colours), 0.85)
    return canvas


def lanterns() -> Canvas:
    """The village green at dusk, with willow lanterns over the path."""
    canvas = Canvas(1200, 800)
    canvas.wash("#1d2b4f", "#7a5c86")
    dice = random.Random(4)
    for _ in range(120):
        size = dice.uniform(0.8, 2.6)
        canvas.oval(dice.uniform(0, 1200), dice.uniform(0, 380), size, size, "#fdf3dc", 0.85)
    canvas.oval(980, 130, 58, 58, "#fdf3dc")
    canvas.oval(958, 118, 50, 50, "#26335a")
    hill(canvas, 470, 40, "#3b4470", phase=0.6)
    hill(canvas, 540, 28, "#2c3a5c", phase=2.2)
    for left, width, height in ((120, 120, 120), (260, 90, 90), (760, 110, 110), (890, 140, 130)):
        canvas.box((left, 560 - height, left + width, 570), "#1c2642")
        canvas.polygon(
            [
                (left - 14, 562 - height),
                (left + width + 14, 562 - height),
                (left + width / 2, 500 - height),
            ],
            "#151d35",
        )
        for x in (left + width * 0.22, left + width * 0.62):
            canvas.box((x, 585 - height, x + 18, 612 - height), "#fbd675")
    hill(canvas, 610, 14, "#1f2d47", phase=4)
    canvas.polygon([(520, 600), (680, 600), (980, 800), (220, 800)], "#4a4a6b")
    for x, y, size, colour in (
        (180, 470, 1.25, OCHRE),
        (360, 400, 0.95, CORAL),
        (560, 440, 0.8, "#fbd675"),
        (740, 390, 0.95, "#d98bb3"),
        (950, 460, 1.25, OCHRE),
        (1110, 400, 1.0, CORAL),
    ):
        lantern(canvas, x, y, size, colour)
    return canvas


def lantern(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw one glowing lantern on its pole, 300 pixels tall."""
    canvas.line([(x, y), (x + 10 * size, y + 290 * size)], "#4b3a33", 7 * size)
    for radius, alpha in ((120, 0.1), (88, 0.16), (64, 0.24)):
        canvas.oval(x, y, radius * size, radius * size, "#fbd675", alpha)
    canvas.polygon(
        [(x, y - 62 * size), (x + 46 * size, y), (x, y + 62 * size), (x - 46 * size, y)], colour
    )
    canvas.polygon(
        [(x, y - 62 * size), (x + 18 * size, y), (x, y + 62 * size), (x - 18 * size, y)],
        "#fff1bf",
        0.8,
    )
