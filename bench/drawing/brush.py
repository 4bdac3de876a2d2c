"""A canvas for flat illustrations: shapes in picture coordinates, drawn large and scaled down."""

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw

Point = tuple[float, float]
Box = tuple[float, float, float, float]

INK = "#24352f"
CREAM = "#fbf3e4"
BRICK = "#b8573f"
ROOF = "#54464f"
OCHRE = "#f0b345"
CORAL = "#e4785c"
BLUE = "#3a7ca5"
LEAF = "#4b8a66"
PINE = "#2b5d49"
GRASS = "#8fbf7a"


class Canvas:
    """A picture of *width* by *height* pixels, drawn at twice the size for smooth edges."""

    SCALE = 2

    def __init__(self, width: int, height: int, paper: str = CREAM) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * self.SCALE, height * self.SCALE), paper)

    def _shape(self, colour: str, alpha: float) -> tuple[ImageDraw.ImageDraw, tuple[int, ...]]:
        red, green, blue = ImageColor.getrgb(colour)[:3]
        return ImageDraw.Draw(self.image, "RGBA"), (red, green, blue, round(255 * alpha))

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.SCALE, y * self.SCALE) for x, y in points]

    def polygon(self, points: Sequence[Point], colour: str, alpha: float = 1) -> None:
        """Fill the polygon through *points*."""
        draw, ink = self._shape(colour, alpha)
        draw.polygon(self._scaled(points), fill=ink)

    def box(self, box: Box, colour: str, *, radius: float = 0, alpha: float = 1) -> None:
        """Fill a rectangle given as left, top, right, bottom."""
        draw, ink = self._shape(colour, alpha)
        left, top, right, bottom = (value * self.SCALE for value in box)
        draw.rounded_rectangle((left, top, right, bottom), radius * self.SCALE, fill=ink)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str, alpha: float = 1) -> None:
        """Fill an ellipse around a centre."""
        draw, ink = self._shape(colour, alpha)
        left, top, right, bottom = (v * self.SCALE for v in (x - rx, y - ry, x + rx, y + ry))
        draw.ellipse((left, top, right, bottom), fill=ink)

    def line(self, points: Sequence[Point], colour: str, width: float, alpha: float = 1) -> None:
        """Draw a line with round ends through *points*."""
        draw, ink = self._shape(colour, alpha)
        draw.line(self._scaled(points), fill=ink, width=round(width * self.SCALE), joint="curve")
        if alpha == 1:
            for x, y in (points[0], points[-1]):
                self.oval(x, y, width / 2, width / 2, colour)

    def wash(self, top: str, bottom: str, box: Box | None = None) -> None:
        """Fill a rectangle with a gradient from top to bottom."""
        left, upper, right, lower = box or (0, 0, self.width, self.height)
        column = Image.linear_gradient("L").resize(
            (round((right - left) * self.SCALE), round((lower - upper) * self.SCALE))
        )
        ends = [Image.new("RGB", column.size, colour) for colour in (bottom, top)]
        blend = Image.composite(ends[0], ends[1], column)
        self.image.paste(blend, (round(left * self.SCALE), round(upper * self.SCALE)))

    def finished(self) -> Image.Image:
        """Return the picture at its own size."""
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


def sky(canvas: Canvas, top: str = "#a9d6e5", bottom: str = "#fdf3dc") -> None:
    """Paint a morning sky with a low sun and three clouds."""
    canvas.wash(top, bottom)
    for radius, alpha in ((130, 0.18), (95, 0.3), (62, 1)):
        canvas.oval(canvas.width * 0.82, 130, radius, radius, "#fbd675", alpha)
    for x, y, size in ((0.14, 110, 1.1), (0.43, 70, 0.7), (0.63, 160, 0.9)):
        cloud(canvas, canvas.width * x, y, size)


def cloud(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a cloud of four puffs."""
    for dx, dy, r in ((-52, 6, 26), (-16, -10, 36), (26, -4, 32), (60, 8, 22)):
        canvas.oval(x + dx * size, y + dy * size, r * size * 1.25, r * size, "#ffffff", 0.92)


def hill(canvas: Canvas, level: float, height: float, colour: str, *, phase: float) -> None:
    """Fill everything under a gentle wave around *level*."""
    points = [
        (x, level - height * math.sin(x / canvas.width * math.pi * 1.6 + phase))
        for x in range(0, canvas.width + 20, 20)
    ]
    canvas.polygon([*points, (canvas.width, canvas.height), (0, canvas.height)], colour)


def landscape(canvas: Canvas, horizon: float) -> None:
    """Paint three ranges of hills below *horizon* and a meadow."""
    hill(canvas, horizon, 46, "#b9d8b0", phase=0.4)
    hill(canvas, horizon + 52, 34, "#9fca98", phase=2.3)
    hill(canvas, horizon + 112, 20, GRASS, phase=4.0)


def tree(canvas: Canvas, x: float, y: float, size: float, colour: str = LEAF) -> None:
    """Draw a broad-leaved tree that stands at x, y."""
    canvas.oval(x, y, 74 * size, 11 * size, INK, 0.14)
    canvas.polygon(
        [
            (x - 9 * size, y),
            (x + 9 * size, y),
            (x + 5 * size, y - 120 * size),
            (x - 5 * size, y - 120 * size),
        ],
        "#7a5a45",
    )
    for dx, dy, r in ((-38, -120, 48), (36, -124, 50), (0, -168, 60), (-8, -112, 46)):
        canvas.oval(x + dx * size, y + dy * size, r * size, r * size, colour)
    for dx, dy, r in ((-16, -186, 22), (18, -142, 16), (-40, -136, 15)):
        canvas.oval(x + dx * size, y + dy * size, r * size, r * size * 0.8, "#ffffff", 0.13)


def fir(canvas: Canvas, x: float, y: float, size: float, colour: str = PINE) -> None:
    """Draw a fir tree that stands at x, y."""
    canvas.box((x - 6 * size, y - 30 * size, x + 6 * size, y), "#6b4f3d")
    for level, half in ((-24, 52), (-80, 42), (-130, 30)):
        top = y + (level - 78) * size
        base = y + level * size
        canvas.polygon([(x - half * size, base), (x + half * size, base), (x, top)], colour)


def flowers(canvas: Canvas, box: Box, *, seed: int, number: int = 60) -> None:
    """Scatter small flowers and tufts over a rectangle."""
    dice = random.Random(seed)
    for _ in range(number):
        x, y = dice.uniform(box[0], box[2]), dice.uniform(box[1], box[3])
        canvas.line([(x, y), (x + dice.uniform(-4, 4), y - 12)], "#5d9a63", 2)
        if dice.random() < 0.45:
            colour = dice.choice([OCHRE, CORAL, "#ffffff", "#d98bb3"])
            canvas.oval(x, y - 13, 4.5, 4.5, colour)


def bunting(canvas: Canvas, start: Point, end: Point, *, sag: float, flags: int = 11) -> None:
    """Hang a string of flags between two points."""
    colours = (CORAL, OCHRE, BLUE, LEAF, "#d98bb3")
    points = [
        (
            start[0] + (end[0] - start[0]) * t / flags,
            start[1] + (end[1] - start[1]) * t / flags + sag * math.sin(math.pi * t / flags),
        )
        for t in range(flags + 1)
    ]
    canvas.line(points, INK, 2.5)
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        middle = ((x1 + x2) / 2, (y1 + y2) / 2 + 44)
        canvas.polygon([(x1 + 5, y1), (x2 - 5, y2), middle], colours[number % len(colours)])


def window(canvas: Canvas, box: Box, frame: str = CREAM, glass: str = "#bfe0e6") -> None:
    """Draw a sash window."""
    left, top, right, bottom = box
    canvas.box((left - 7, top - 7, right + 7, bottom + 7), frame, radius=3)
    canvas.box(box, glass)
    canvas.polygon(
        [(left, bottom), (left, (top + bottom) / 2), ((left + right) / 2, top), (right, top)],
        "#ffffff",
        0.35,
    )
    middle = (left + right) / 2
    canvas.box((middle - 2.5, top, middle + 2.5, bottom), frame)
    canvas.box((left, (top + bottom) / 2 - 2.5, right, (top + bottom) / 2 + 2.5), frame)
    canvas.box((left - 12, bottom + 7, right + 12, bottom + 15), "#e6d5bd", radius=2)
