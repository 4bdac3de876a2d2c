"""Composites that say where their faces are: heads of two portraits and a hundred small faces.

scikit-image's wheel brings the pictures: the astronaut (NASA, public domain), the cameraman, a
hundred faces of 25 pixels from LFW, and pictures of things. Photographs of a school are not at
hand, so these stand in for them: heads pasted at sizes, angles, light, blur, noise and quality on
pictures without people and on drawn ones. What is measured on them is no promise for photographs.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

Rng = np.random.Generator
LONG = 1008
"""The long side of a scene, in pixels, as in the figures to reach."""

_THINGS = (
    *("brick.png", "chelsea.png", "coffee.png", "grass.png", "gravel.png", "hubble_deep_field.jpg"),
    *("motorcycle_left.png", "motorcycle_right.png", "rocket.jpg", "retina.jpg", "color.png"),
    *("text.png", "page.png", "moon.png", "cell.png", "ihc.png", "horse.png", "logo.png"),
    *("coins.png", "clock_motion.png"),
)
_HEADS = {"astronaut.png": (150, 10, 300, 205), "camera.png": (170, 80, 280, 215)}
_FACES = {"astronaut.png": (179, 60, 271, 176), "camera.png": (198, 117, 260, 197)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A picture with the faces that are in it: left, top, right, bottom."""

    name: str
    picture: Image.Image
    faces: tuple[tuple[float, float, float, float], ...]

    def jpeg(self, quality: int = 88) -> bytes:
        """Return the bytes of the picture as JPEG."""
        out = io.BytesIO()
        self.picture.save(out, "JPEG", quality=quality)
        return out.getvalue()


def folder() -> Path:
    """Return where scikit-image keeps its pictures."""
    import skimage

    return Path(skimage.__file__).parent / "data"


@cache
def photograph(name: str) -> Image.Image:
    """Open one of scikit-image's pictures."""
    return Image.open(folder() / name).convert("RGB")


@cache
def _small_faces() -> npt.NDArray[np.float64]:
    faces: npt.NDArray[np.float64] = np.load(folder() / "lfw_subset.npy")[:100]
    return faces


def things() -> Iterator[Scene]:
    """Yield scikit-image's pictures without people, as they are."""
    for name in _THINGS:
        yield Scene(name=name, picture=photograph(name), faces=())


def empty(count: int, seed: int = 1) -> Iterator[Scene]:
    """Yield scenes without people: parts of pictures of things, and drawn ones."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        yield Scene(name=f"empty {number}", picture=_background(rng), faces=())


def peopled(count: int, low: float, high: float, seed: int = 2) -> Iterator[Scene]:
    """Yield scenes with one to four faces that are *low* to *high* pixels tall."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        picture = _background(rng)
        faces: list[tuple[float, float, float, float]] = []
        for _ in range(int(rng.integers(1, 5))):
            placed = _paste(picture, float(rng.uniform(low, high)), rng, faces)
            faces += [placed] if placed else []
        worn = _worn(picture, rng)
        yield Scene(name=f"people {low:.0f}-{high:.0f} {number}", picture=worn, faces=tuple(faces))


def _paste(
    picture: Image.Image, tall: float, rng: Rng, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float, float, float] | None:
    """Paste a head whose face is *tall* pixels, and return where its face is."""
    head, face = _head(tall, rng)
    factor = tall / (face[3] - face[1])
    size = (max(4, round(head.width * factor)), max(4, round(head.height * factor)))
    head = head.resize(size, Image.Resampling.LANCZOS)
    face = tuple(each * factor for each in face)  # type: ignore[assignment]
    for _ in range(20):
        left = int(rng.integers(0, max(1, picture.width - size[0])))
        top = int(rng.integers(0, max(1, picture.height - size[1])))
        box = (left + face[0], top + face[1], left + face[2], top + face[3])
        around = (left, top, left + size[0], top + size[1])
        if all(_apart(around, other) for other in taken) and around[3] <= picture.height:
            picture.paste(head, (left, top), head)
            return box
    return None


def _apart(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    across = first[2] < second[0] - 20 or second[2] < first[0] - 20
    return across or first[3] < second[1] - 20 or second[3] < first[1] - 20


def _head(tall: float, rng: Rng) -> tuple[Image.Image, tuple[float, float, float, float]]:
    """Return a head with its outline, changed by chance, and where the face is in it."""
    if tall <= 34 and rng.random() < 0.7:
        grey = _small_faces()[rng.integers(0, 100)]
        tint = np.array(_SKINS[rng.integers(0, len(_SKINS))]) / 255
        mixed = np.clip(grey[:, :, None] * (tint / tint.mean()) ** rng.uniform(0, 1), 0, 1)
        head = Image.fromarray((mixed * 255).astype(np.uint8)).resize((100, 100), 1)
        face = (18.0, 16.0, 82.0, 96.0)
    else:
        name = "astronaut.png" if rng.random() < 0.75 else "camera.png"
        crop, where = _HEADS[name], _FACES[name]
        head = photograph(name).crop(crop)
        x, y = crop[:2]
        face = (where[0] - x, where[1] - y, where[2] - x, where[3] - y)
    head, face = _changed(head, face, rng)
    soft = head.width * 0.04
    outline = Image.new("L", head.size, 0)
    inside = (soft, soft, head.width - 1 - soft, head.height - 1 - soft)
    ImageDraw.Draw(outline).rounded_rectangle(inside, head.width * 0.35, fill=255)
    head.putalpha(outline.filter(ImageFilter.GaussianBlur(soft)))
    angle = float(rng.normal(0, 12))
    return head.rotate(angle, Image.Resampling.BICUBIC), face


def _changed(
    head: Image.Image, face: tuple[float, float, float, float], rng: Rng
) -> tuple[Image.Image, tuple[float, float, float, float]]:
    if rng.random() < 0.5:
        head = head.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        face = (head.width - face[2], face[1], head.width - face[0], face[3])
    head = ImageEnhance.Brightness(head).enhance(float(rng.uniform(0.45, 1.5)))
    head = ImageEnhance.Contrast(head).enhance(float(rng.uniform(0.6, 1.3)))
    head = ImageEnhance.Color(head).enhance(float(rng.uniform(0.2, 1.3)))
    narrow = float(rng.uniform(0.82, 1.05))
    width = round(head.width * narrow)
    face = (face[0] * narrow, face[1], face[2] * narrow, face[3])
    head = head.resize((width, head.height))
    if rng.random() < 0.15:  # a hand, a book, a mask before the lower part of the face
        draw = ImageDraw.Draw(head)
        colour = tuple(int(v) for v in rng.integers(0, 255, 3))
        top = face[1] + (face[3] - face[1]) * rng.uniform(0.6, 0.75)
        draw.rectangle((face[0] - 4, top, face[2] + 4, head.height), fill=colour)
    return head, face


_SKINS = ((255, 219, 190), (230, 180, 140), (190, 130, 95), (140, 90, 60), (95, 60, 40))


def _background(rng: Rng) -> Image.Image:
    size = (LONG, int(rng.choice((672, 756, 1008)))) if rng.random() < 0.7 else (756, LONG)
    if rng.random() < 0.35:
        return _drawn(size, rng)
    source = photograph(str(rng.choice(_THINGS[:12])))
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
    if rng.random() < 0.3:
        picture = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 0.9))))
    if rng.random() < 0.3:
        noise = rng.normal(0, rng.uniform(2, 10), (picture.height, picture.width, 3))
        picture = Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=int(rng.integers(55, 95)))
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")
