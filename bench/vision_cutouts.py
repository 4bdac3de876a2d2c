"""People and animals cut out of scikit-image's pictures, with hair, neck and shoulders.

Its wheel brings two portraits (the astronaut of NASA and the cameraman, public domain) and a
hundred faces of 25 pixels from LFW. The portraits are cut along their outlines. The small faces
are all face, so that a head, a neck and a body in clothes are drawn about them: a face without
these is found in no photograph, and networks that learned from photographs look for all of it.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

Rng = np.random.Generator
Box = tuple[float, float, float, float]

_SKINS = ((255, 219, 190), (230, 180, 140), (190, 130, 95), (140, 90, 60), (95, 60, 40))
_HAIRS = ((25, 20, 18), (60, 42, 30), (110, 75, 45), (170, 130, 80), (150, 150, 150))
_UNIT = 8
"""Pixels of a drawn person for one of the small face."""
_ROOM, _ABOVE = 20, 10
"""Pixels of a small face that are drawn beside it and above."""
_SMALL_UP_TO = 34
"""Pixels above which a face of 25 pixels would be a blur."""
_PEOPLE: tuple[tuple[str, Box, tuple[tuple[int, int], ...]], ...] = (
    (
        "astronaut.png",
        (179, 60, 271, 176),
        (
            *((225, 14), (262, 22), (288, 50), (300, 85), (300, 125), (280, 140), (268, 140)),
            *((258, 175), (295, 200), (305, 240), (340, 265), (360, 345), (320, 370), (290, 420)),
            *((280, 511), (20, 511), (30, 420), (25, 340), (45, 270), (115, 230), (110, 195)),
            *((130, 160), (170, 147), (186, 150), (180, 125), (160, 120), (153, 80), (160, 45)),
            (185, 22),
        ),
    ),
    (
        "camera.png",
        (198, 117, 260, 197),
        (
            *((200, 63), (230, 70), (262, 92), (272, 115), (262, 140), (318, 140), (332, 180)),
            *((325, 215), (300, 240), (300, 280), (270, 310), (225, 300), (180, 360), (145, 365)),
            *((150, 511), (0, 511), (0, 250), (40, 200), (70, 150), (110, 125), (155, 110)),
            (160, 85),
        ),
    ),
)
_CAT = ((30, 60), (60, 10), (330, 0), (385, 60), (365, 190), (300, 280), (180, 270), (60, 190))


@dataclass(frozen=True, slots=True)
class Cutout:
    """Someone or something on a transparent ground, and where its face is."""

    picture: Image.Image
    face: Box

    def sized(self, factor: float) -> "Cutout":
        """Return it enlarged by *factor*."""
        size = (round(self.picture.width * factor), round(self.picture.height * factor))
        picture = self.picture.resize(
            (max(4, size[0]), max(4, size[1])), Image.Resampling.LANCZOS, reducing_gap=3.0
        )
        left, top, right, bottom = (each * factor for each in self.face)
        return Cutout(picture, (left, top, right, bottom))


def folder() -> Path:
    """Return where scikit-image keeps its pictures."""
    import skimage

    return Path(skimage.__file__).parent / "data"


@cache
def photograph(name: str) -> Image.Image:
    """Open one of scikit-image's pictures."""
    return Image.open(folder() / name).convert("RGB")


def person(tall: float, rng: Rng) -> Cutout:
    """Return somebody whose face is *tall* pixels, changed by chance."""
    if tall <= _SMALL_UP_TO and rng.random() < 0.8:
        made = _dressed(int(rng.integers(0, 100)), rng)
    else:
        made = _portrait(0 if rng.random() < 0.75 else 1)
    made = _changed(made, rng)
    return made.sized(tall / (made.face[3] - made.face[1]))


def cat(wide: float, rng: Rng) -> Cutout:
    """Return the head of a cat that is *wide* pixels."""
    made = replace(_cut("chelsea.png", _CAT), face=(0.0, 0.0, 0.0, 0.0))
    return _changed(made, rng).sized(wide / made.picture.width)


@cache
def _portrait(which: int) -> Cutout:
    name, face, outline = _PEOPLE[which]
    return replace(_cut(name, outline), face=face)


def _cut(name: str, outline: tuple[tuple[int, int], ...]) -> Cutout:
    picture = photograph(name).copy()
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).polygon(outline, fill=255)
    picture.putalpha(mask.filter(ImageFilter.GaussianBlur(2)))
    return Cutout(picture, (0.0, 0.0, 0.0, 0.0))


@cache
def _small_faces() -> npt.NDArray[np.float64]:
    faces: npt.NDArray[np.float64] = np.load(folder() / "lfw_subset.npy")[:100]
    return faces


def _dressed(which: int, rng: Rng) -> Cutout:
    """Draw a head and a body about one of the small faces."""
    grey = _small_faces()[which][:, :, None]
    tint = np.array(_SKINS[rng.integers(0, len(_SKINS))]) / 255
    colours = np.clip(grey * (tint / tint.mean()) ** rng.uniform(0, 1), 0, 1) * 255
    skin = tuple(int(each) for each in np.median(colours[10:20, 6:19], axis=(0, 1)))
    size = (round((25 + 2 * _ROOM) * _UNIT), 80 * _UNIT)
    picture = Image.new("RGBA", size, (*skin, 0))
    _draw_body(picture, skin, rng)
    crop = Image.fromarray(colours.astype(np.uint8)).resize(
        (25 * _UNIT, 25 * _UNIT), Image.Resampling.BICUBIC
    )
    mask = Image.new("L", crop.size, 0)
    inside = (2 * _UNIT, -2 * _UNIT, 23 * _UNIT, 26 * _UNIT)
    ImageDraw.Draw(mask).ellipse(inside, fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(_UNIT))
    picture.paste(crop, (_ROOM * _UNIT, _ABOVE * _UNIT), mask)
    left, top = _ROOM + 4, _ABOVE + 3
    face = (left * _UNIT, top * _UNIT, (left + 17) * _UNIT, (top + 21.5) * _UNIT)
    return Cutout(picture, face)


def _draw_body(picture: Image.Image, skin: tuple[int, ...], rng: Rng) -> None:
    """Draw hair, ears, a neck and shoulders; its units are pixels of the small face."""
    draw = ImageDraw.Draw(picture)
    hair = _HAIRS[rng.integers(0, len(_HAIRS))]
    cloth = tuple(int(each) for each in rng.integers(10, 240, 3))
    shade = tuple(round(each * 0.75) for each in skin)

    def placed(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [((x + _ROOM) * _UNIT, (y + _ABOVE) * _UNIT) for x, y in points]

    if rng.random() < 0.4:  # long hair
        draw.rounded_rectangle(placed((-1, 2), (26, 32)), 6 * _UNIT, fill=(*hair, 255))
    wide = float(rng.uniform(19, 28))
    body = placed((12.5 - wide, 29), (12.5 + wide, 90))
    draw.rounded_rectangle(body, 11 * _UNIT, fill=cloth)
    draw.polygon(placed((7.5, 18), (17.5, 18), (19, 32), (12.5, 38), (6, 32)), fill=shade)
    draw.ellipse(placed((0, -5), (25, 22)), fill=(*hair, 255))
    draw.ellipse(placed((1, 9), (5, 17)), fill=skin)
    draw.ellipse(placed((20, 9), (24, 17)), fill=skin)
    draw.ellipse(placed((2.5, 0), (22.5, 26)), fill=skin)


def _changed(made: Cutout, rng: Rng) -> Cutout:
    """Change light, colour and shape, and hide a mouth now and then."""
    picture, face = made.picture, made.face
    alpha = picture.getchannel("A")
    shown = picture.convert("RGB")
    shown = ImageEnhance.Brightness(shown).enhance(float(rng.uniform(0.55, 1.35)))
    shown = ImageEnhance.Contrast(shown).enhance(float(rng.uniform(0.6, 1.25)))
    shown = ImageEnhance.Color(shown).enhance(float(rng.uniform(0.2, 1.2)))
    if rng.random() < 0.1:  # a hand, a book, a mask before the lower part of the face
        colour = tuple(int(each) for each in rng.integers(0, 255, 3))
        top = face[1] + (face[3] - face[1]) * float(rng.uniform(0.6, 0.75))
        ImageDraw.Draw(shown).rectangle((face[0], top, face[2], face[3]), fill=colour)
    if rng.random() < 0.5:
        shown, alpha = (each.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for each in (shown, alpha))
        face = (shown.width - face[2], face[1], shown.width - face[0], face[3])
    shown.putalpha(alpha)
    return _turned(Cutout(shown, face), float(rng.normal(0, 9)))


def _turned(made: Cutout, angle: float) -> Cutout:
    """Turn it about the middle of its face, which then stays where it is."""
    left, top, right, bottom = made.face
    middle = ((left + right) / 2, (top + bottom) / 2)
    turned = made.picture.rotate(angle, Image.Resampling.BICUBIC, center=middle)
    return Cutout(turned, made.face)
