"""A line of text as a ribbon in the picture, and the same line straightened.

A ribbon is a stretch along a direction, perhaps bent, with a height. Bent ones follow the core of
the line by a parabola: lettering on jumpers, badges and trophies runs in arcs.
"""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from moderation.analysis.reading.areas import Area, Points, smallest_rectangle
from moderation.analysis.reading.networks import Pixels
from moderation.model import Region

TALL = 48
"""Rows of a straightened line, as the reader was trained."""

_GROW = 1.6
"""How much of area over perimeter the core of a line lies inside it (DBNet, M. Liao et al.)."""
_MOST_WIDE = 1600
_LEAST_WIDE = 16
_BINS = 24
_BENT = 0.3
"""Parts of its thickness by which the core of a line must leave the straight to count as bent."""
_LONG_FOR_BENT = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """Where a line of text lies, in pixels.

    Args:
        x: of its middle
        y: likewise
        angle: of its reading direction, in radians, clockwise on the screen
        length: along it
        height: across it
        bend: how far its middle departs per square of the way along; nought where straight
        slope: likewise per way along, where it is bent
        lift: likewise at the middle
        score: how sure the finder is, between 0 and 1

    """

    x: float
    y: float
    angle: float
    length: float
    height: float
    bend: float = 0.0
    slope: float = 0.0
    lift: float = 0.0
    score: float = 0.0

    def mapped(self, factor: float, left: float = 0, top: float = 0) -> "Ribbon":
        """Return it in a picture *factor* times as large, in which its own picture begins there."""
        return replace(
            self,
            x=self.x * factor + left,
            y=self.y * factor + top,
            length=self.length * factor,
            height=self.height * factor,
            bend=self.bend / factor,
            lift=self.lift * factor,
        )

    def turned(self, quarters: int) -> "Ribbon":
        """Return it read in a direction that is turned clockwise by so many right angles."""
        if quarters == 2:
            return replace(
                self,
                angle=self.angle + np.pi,
                bend=-self.bend,
                lift=-self.lift,
            )
        return replace(
            self,
            angle=self.angle + quarters * np.pi / 2,
            length=self.height,
            height=self.length,
            bend=0.0,
            slope=0.0,
            lift=0.0,
        )

    def at(self, along: Points, across: Points) -> tuple[Points, Points]:
        """Return x and y of places given in pixels along and across, from its middle."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        middle = self.bend * along**2 + self.slope * along + self.lift
        tilt = np.arctan(2 * self.bend * along + self.slope)
        aside, off = -np.sin(tilt) * across, middle + np.cos(tilt) * across
        return (
            self.x + (along + aside) * cos - off * sin,
            self.y + (along + aside) * sin + off * cos,
        )

    def part(self, begin: float, end: float) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom about a part of it, in shares of its length."""
        steps = (np.linspace(begin, end, 9) - 0.5) * self.length
        along = np.concatenate([steps, steps])
        across = np.repeat([-self.height / 2, self.height / 2], 9)
        x, y = self.at(along, across)
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def region(self, size: tuple[int, int]) -> Region:
        """Return the rectangle about it in a picture of *size*, at least a pixel."""
        left, top, right, bottom = self.part(0, 1)
        first = (min(max(0, round(left)), size[0] - 1), min(max(0, round(top)), size[1] - 1))
        return Region(
            left=first[0],
            top=first[1],
            width=max(1, min(size[0], round(right)) - first[0]),
            height=max(1, min(size[1], round(bottom)) - first[1]),
        )


def ribbon_of(area: Area, score: float) -> Ribbon:
    """Lay a ribbon over the core of a line."""
    middle, along, long, high = smallest_rectangle(area.outline())
    if along[0] < -1e-9 or (abs(along[0]) <= 1e-9 and along[1] < 0):
        along = -along
    angle = float(np.arctan2(along[1], along[0]))
    ribbon = Ribbon(
        x=float(middle[0]),
        y=float(middle[1]),
        angle=angle,
        length=long,
        height=high,
        score=score,
    )
    if long >= _LONG_FOR_BENT * high or area.size < 0.7 * long * high:
        ribbon = _bent(ribbon, area)
    grow = ribbon.length * ribbon.height * _GROW / (ribbon.length + ribbon.height)
    return replace(ribbon, length=ribbon.length + grow, height=ribbon.height + grow)


def _bent(ribbon: Ribbon, area: Area) -> Ribbon:
    """Let the ribbon follow the core where that is bent."""
    points = area.points() - [ribbon.x, ribbon.y]
    cos, sin = np.cos(ribbon.angle), np.sin(ribbon.angle)
    along, across = points[:, 0] * cos + points[:, 1] * sin, points[:, 1] * cos - points[:, 0] * sin
    bins = np.clip(((along / ribbon.length + 0.5) * _BINS).astype(int), 0, _BINS - 1)
    counts = np.bincount(bins, minlength=_BINS)
    used = counts > 0
    if used.sum() < _BINS // 2:
        return ribbon
    means = np.bincount(bins, across, _BINS)[used] / counts[used]
    places = ((np.arange(_BINS) + 0.5) / _BINS - 0.5)[used] * ribbon.length
    thick = float(np.median(counts[used])) / (ribbon.length / _BINS)
    bend, slope, lift = np.polyfit(places, means, 2)
    rise = abs(bend) * (ribbon.length / 2) ** 2
    if rise < _BENT * thick or abs(slope) > 1:
        return ribbon
    return replace(
        ribbon,
        height=max(thick, 1.0),
        bend=float(bend),
        slope=float(slope),
        lift=float(lift),
    )


def straighten(picture: Image.Image, ribbon: Ribbon) -> Pixels:
    """Return the line in a ribbon of an RGB picture, as a picture of :data:`TALL` rows."""
    factor = max(1, int(ribbon.height / TALL + 0.25))
    wide = round(ribbon.length / max(ribbon.height, 1) * TALL)
    wide = min(max(wide, _LEAST_WIDE), _MOST_WIDE)
    along = (np.arange(wide) + 0.5) / wide * ribbon.length - ribbon.length / 2
    across = ((np.arange(TALL) + 0.5) / TALL - 0.5) * ribbon.height
    x, y = ribbon.at(*np.meshgrid(along, across))
    box = (
        int(min(max(0, x.min() - 1), picture.width - 1)),
        int(min(max(0, y.min() - 1), picture.height - 1)),
        int(min(max(1, x.max() + 2), picture.width)),
        int(min(max(1, y.max() + 2), picture.height)),
    )
    part = picture.crop(box)
    pixels = np.asarray(part.reduce(factor) if factor > 1 else part, np.uint8)
    return _sampled(pixels, (x - box[0] + 0.5) / factor - 0.5, (y - box[1] + 0.5) / factor - 0.5)


def _sampled(pixels: Pixels, x: Points, y: Points) -> Pixels:
    """Return the pixels at *x* and *y*, mixed of the four around each; the edge goes on outside."""
    rows, columns = pixels.shape[:2]
    x, y = np.clip(x, 0, columns - 1), np.clip(y, 0, rows - 1)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right, below = np.minimum(left + 1, columns - 1), np.minimum(top + 1, rows - 1)
    across, down = (x - left)[..., None], (y - top)[..., None]
    upper = pixels[top, left] * (1 - across) + pixels[top, right] * across
    lower = pixels[below, left] * (1 - across) + pixels[below, right] * across
    mixed: Pixels = (upper * (1 - down) + lower * down + 0.5).astype(np.uint8)
    return mixed
