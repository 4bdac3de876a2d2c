"""Composites that say where their faces are: people on pictures of things and drawn rooms.

Photographs of a school are not at hand, so these stand in for them: people of ``vision_cutouts``
at sizes, angles and in light of every kind, alone and in groups, with the blur, noise and quality
of photographs on a website. What is measured on them is no promise for photographs.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from bench.vision_cutouts import Box, Cutout, Rng, cat, person, photograph

LONG = 1008
"""The long side of a scene, in pixels, as in the figures to reach."""

_THINGS = (
    *("brick.png", "chelsea.png", "coffee.png", "grass.png", "gravel.png", "hubble_deep_field.jpg"),
    *("motorcycle_left.png", "motorcycle_right.png", "rocket.jpg", "retina.jpg", "color.png"),
    *("text.png", "page.png", "moon.png", "cell.png", "ihc.png", "horse.png", "logo.png"),
    *("coins.png", "clock_motion.png"),
)
_GROUNDS = (*_THINGS[:12], "coins.png", "clock_motion.png")
_NEAR = 0.25
"""How far faces keep apart, in parts of the larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A picture with the faces that are in it: left, top, right, bottom."""

    name: str
    picture: Image.Image
    faces: tuple[Box, ...]

    def jpeg(self, quality: int = 88) -> bytes:
        """Return the bytes of the picture as JPEG."""
        out = io.BytesIO()
        self.picture.save(out, "JPEG", quality=quality)
        return out.getvalue()


def things() -> Iterator[Scene]:
    """Yield scikit-image's pictures without people, as they are."""
    for name in _THINGS:
        yield Scene(name=name, picture=photograph(name), faces=())


def empty(count: int, seed: int = 1) -> Iterator[Scene]:
    """Yield scenes without people: parts of pictures of things, drawn ones, cats and dolls."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        picture = _background(rng)
        for _ in range(int(rng.integers(0, 4))):
            pet = _doll(rng) if rng.random() < 0.5 else cat(float(rng.uniform(20, 400)), rng)
            left, top = _anywhere(picture, pet, rng)
            picture.paste(pet.picture, (left, top), pet.picture)
        yield Scene(name=f"empty {number}", picture=_worn(picture, rng), faces=())


def peopled(count: int, low: float, high: float, seed: int = 2) -> Iterator[Scene]:
    """Yield scenes with one to six faces that are *low* to *high* pixels tall."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        picture = _background(rng)
        faces: list[Box] = []
        for _ in range(int(rng.integers(1, 7))):
            placed = _paste(picture, float(rng.uniform(low, high)), rng, faces)
            faces += [placed] if placed else []
        worn = _worn(picture, rng)
        yield Scene(name=f"people {low:.0f}-{high:.0f} {number}", picture=worn, faces=tuple(faces))


def _paste(picture: Image.Image, tall: float, rng: Rng, taken: list[Box]) -> Box | None:
    """Paste somebody whose face is *tall* pixels before the others, and return where it is."""
    who = person(tall, rng)
    for _ in range(20):
        left, top = _anywhere(picture, who, rng)
        face = (left + who.face[0], top + who.face[1], left + who.face[2], top + who.face[3])
        around = (left, top, left + who.picture.width, top + who.picture.height)
        within = min(face[:2]) >= 0 and face[2] <= picture.width and face[3] <= picture.height
        if within and all(_apart(around, other, tall * _NEAR) for other in taken):
            picture.paste(who.picture, (left, top), who.picture)
            return face
    return None


def _anywhere(picture: Image.Image, who: Cutout, rng: Rng) -> tuple[int, int]:
    """Choose a place for a cutout, whose lower half may be out of the picture."""
    left = int(rng.integers(-who.picture.width // 4, max(1, picture.width * 3 // 4)))
    return left, int(rng.integers(0, max(1, picture.height - who.picture.height // 2)))


def _apart(first: Box, second: Box, room: float) -> bool:
    across = first[2] < second[0] - room or second[2] < first[0] - room
    return across or first[3] < second[1] - room or second[3] < first[1] - room


def _doll(rng: Rng) -> Cutout:
    """Draw a round face with two eyes and a mouth, as on a poster, a toy or a plate."""
    side = int(rng.integers(14, 160))
    unit = side * 4 / 100
    picture = Image.new("RGBA", (side * 4, side * 4), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    ground, dark = (tuple(int(each) for each in rng.integers(*span, 3)) for span in _TONES)
    draw.ellipse((2 * unit, 2 * unit, 98 * unit, 98 * unit), fill=ground)
    eye = float(rng.uniform(4, 12))
    for middle in (30, 70):
        box = ((middle - eye) * unit, (38 - eye) * unit, (middle + eye) * unit, (38 + eye) * unit)
        draw.ellipse(box, fill=dark)
    bend = (25 * unit, 45 * unit, 75 * unit, 80 * unit)
    draw.arc(bend, 20, 160, fill=dark, width=max(1, round(4 * unit)))
    return Cutout(picture.resize((side, side), Image.Resampling.LANCZOS), (0.0, 0.0, 0.0, 0.0))


_TONES = ((150, 255), (0, 80))


def _background(rng: Rng) -> Image.Image:
    size = (LONG, int(rng.choice((672, 756, 1008)))) if rng.random() < 0.7 else (756, LONG)
    if rng.random() < 0.35:
        return _drawn(size, rng)
    source = photograph(str(rng.choice(_GROUNDS)))
    part = float(rng.uniform(0.5, 1.0))
    width, height = int(source.width * part), int(source.height * part)
    left = int(rng.integers(0, source.width - width + 1))
    top = int(rng.integers(0, source.height - height + 1))
    picture = source.crop((left, top, left + width, top + height)).resize(size, 3)
    return ImageEnhance.Brightness(picture).enhance(float(rng.uniform(0.6, 1.3)))


def _drawn(size: tuple[int, int], rng: Rng) -> Image.Image:
    """Draw a wall with windows, lamps, balls and lettering, some of them in pairs like eyes."""
    picture = Image.new("RGB", size, tuple(int(v) for v in rng.integers(60, 255, 3)))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(8, 40))):
        x, y = int(rng.integers(0, size[0])), int(rng.integers(0, size[1]))
        w, h = (int(v) for v in rng.integers(6, 240, 2))
        colour = tuple(int(v) for v in rng.integers(0, 255, 3))
        kind = int(rng.integers(0, 4))
        if kind == 0:
            draw.rectangle((x, y, x + w, y + h), fill=colour)
        elif kind == 1:
            draw.ellipse((x, y, x + w, y + h), fill=colour)
        elif kind == 2:
            draw.line((x, y, x + w, y + h), fill=colour, width=int(rng.integers(1, 12)))
        else:
            draw.text((x, y), "Assembly at nine", fill=colour, font_size=float(8 + h / 4))
    noise = rng.normal(0, rng.uniform(0, 10), (size[1], size[0], 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def _worn(picture: Image.Image, rng: Rng) -> Image.Image:
    """Blur it a little, add grain, and save it as pictures on websites are."""
    if rng.random() < 0.2:
        picture = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 0.8))))
    if rng.random() < 0.3:
        noise = rng.normal(0, rng.uniform(1, 6), (picture.height, picture.width, 3))
        picture = Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=int(rng.integers(60, 95)))
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")
