"""Pictures to compare: drawn scenes, made from a seed, and pieces of scikit-image's photographs.

Nothing here is a photograph of a school, and no figure measured on it is one for such photographs.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Rng = np.random.Generator
_SIZES = ((1200, 900), (900, 1200), (1200, 800), (1000, 1000), (1024, 683))
_PHOTOGRAPHS = (
    *("astronaut.png", "brick.png", "camera.png", "cell.png", "chelsea.png", "clock_motion.png"),
    *("coffee.png", "coins.png", "color.png", "grass.png", "gravel.png", "hubble_deep_field.jpg"),
    *("ihc.png", "moon.png", "motorcycle_left.png", "page.png", "retina.jpg", "rocket.jpg"),
    "text.png",
)


@cache
def photographs() -> tuple[Image.Image, ...]:
    """Return the photographs in scikit-image's wheel, 1200 pixels wide."""
    import skimage

    folder = Path(skimage.__file__).parent / "data"
    found = [Image.open(folder / name).convert("RGB") for name in _PHOTOGRAPHS]
    return tuple(p.resize((1200, round(1200 * p.height / p.width))) for p in found)


def scene(seed: int) -> Image.Image:
    """Draw a picture: a ground, things on it, people of a kind, writing, grain."""
    rng = np.random.default_rng(seed)
    size = _SIZES[int(rng.integers(len(_SIZES)))]
    picture = _ground(size, rng)
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(4, 14))):
        _thing(draw, size, rng)
    for _ in range(int(rng.integers(0, 6))):
        figure(draw, size, rng)
    grain = rng.normal(0, rng.uniform(1, 6), (size[1], size[0], 1))
    values = np.asarray(picture.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1.2))), np.float32)
    return Image.fromarray(np.clip(values + grain, 0, 255).astype(np.uint8))


def same_room(seed: int) -> tuple[Image.Image, Image.Image]:
    """Draw two pictures of different people before the same wall: they are no copies."""
    made = []
    for person in (1, 2):
        rng = np.random.default_rng(seed)
        picture = _ground((1200, 900), rng)
        draw = ImageDraw.Draw(picture)
        for _ in range(5):
            _thing(draw, (1200, 900), rng)
        other = np.random.default_rng(seed * 10 + person)
        for _ in range(3):
            figure(draw, (1200, 900), other, tall=0.75)
        made.append(picture)
    return made[0], made[1]


def _ground(size: tuple[int, int], rng: Rng) -> Image.Image:
    small = rng.uniform(40, 220, (int(rng.integers(2, 6)), int(rng.integers(2, 6)), 3))
    ground = Image.fromarray(small.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(ground)
    kind = int(rng.integers(4))
    step = int(rng.integers(40, 120))
    line = _colour(rng)
    if kind == 1:  # boards
        for x in range(0, size[0], step):
            draw.line(
                (x, 0, x + int(rng.integers(-20, 20)), size[1]), line, int(rng.integers(1, 6))
            )
    if kind == 2:  # leaves
        for _ in range(400):
            at, down, r = rng.uniform(0, size[0]), rng.uniform(0, size[1]), rng.uniform(4, 25)
            draw.ellipse((at, down, at + r, down + r * rng.uniform(0.4, 1)), _colour(rng))
    return ground


def _thing(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Rng) -> None:
    x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
    wide, high = rng.uniform(0.05, 0.3, 2) * min(size)
    kind = int(rng.integers(4))
    if kind == 0:
        draw.rectangle(
            (x, y, x + wide, y + high), _colour(rng), _colour(rng), int(rng.integers(0, 8))
        )
    elif kind == 1:
        draw.ellipse((x, y, x + wide, y + high), _colour(rng), _colour(rng))
    elif kind == 2:
        points = [(x + rng.uniform(-wide, wide), y + rng.uniform(-high, high)) for _ in range(5)]
        draw.polygon(points, _colour(rng))
    else:
        words = "".join(chr(int(rng.integers(65, 91))) for _ in range(int(rng.integers(3, 9))))
        draw.text((x, y), words, _colour(rng), font_size=int(rng.integers(20, 90)))


def figure(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: Rng, *, tall: float = 0.0
) -> None:
    """Draw somebody: head, hair, eyes, mouth, jumper, arms."""
    head = (tall or rng.uniform(0.15, 0.6)) * size[1] / 4
    x, y = rng.uniform(0.1, 0.9) * size[0], rng.uniform(0.15, 0.5) * size[1]
    skin, hair, wool = _colour(rng), _colour(rng), _colour(rng)
    draw.rounded_rectangle((x - head, y + head * 0.9, x + head, y + head * 3.5), head * 0.4, wool)
    for side in (-1, 1):
        end = (x + side * head * rng.uniform(1, 2), y + head * rng.uniform(0.5, 3))
        draw.line((x + side * head * 0.8, y + head * 1.3, *end), wool, int(head * 0.35))
    for _ in range(4):
        stripe = y + head * rng.uniform(1.2, 3.3)
        draw.line((x - head, stripe, x + head, stripe), _colour(rng), int(rng.integers(2, 9)))
    draw.ellipse((x - head * 0.7, y - head, x + head * 0.7, y + head), skin)
    draw.pieslice(
        (x - head * 0.75, y - head * 1.1, x + head * 0.75, y + head * 0.6), 180, 360, hair
    )
    for side in (-1, 1):
        eye = (x + side * head * 0.28, y + head * rng.uniform(-0.05, 0.1))
        draw.ellipse(
            (eye[0] - head * 0.1, eye[1] - head * 0.1, eye[0] + head * 0.1, eye[1] + head * 0.1),
            "black",
        )
    draw.arc(
        (x - head * 0.3, y + head * 0.2, x + head * 0.3, y + head * rng.uniform(0.5, 0.8)),
        0,
        180,
        "darkred",
        int(head * 0.08) + 1,
    )


def _colour(rng: Rng) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in rng.integers(0, 256, 3))
    return red, green, blue


def _cut(share: float) -> "Callable[[Image.Image, Rng], Image.Image]":
    def cut(picture: Image.Image, rng: Rng) -> Image.Image:
        """Cut *share* off each side's length in all, anywhere, and nothing else."""
        wide, high = (round(length * (1 - share)) for length in picture.size)
        x, y = (
            int(rng.integers(0, rest + 1)) for rest in (picture.width - wide, picture.height - high)
        )
        return picture.crop((x, y, x + wide, y + high))

    return cut


def _noisy(picture: Image.Image, rng: Rng) -> Image.Image:
    values = np.asarray(picture, np.float32)
    return Image.fromarray(
        np.clip(values + rng.normal(0, 18, values.shape), 0, 255).astype(np.uint8)
    )


def _written_over(picture: Image.Image, rng: Rng) -> Image.Image:
    made = picture.copy()
    draw = ImageDraw.Draw(made)
    for line in range(3):
        place = (picture.width * 0.08, picture.height * (0.2 + 0.25 * line))
        draw.text(
            place,
            "SUMMER FETE 2026",
            "white",
            font_size=picture.width // 12,
            stroke_width=4,
            stroke_fill="black",
        )
    return made


def _framed(picture: Image.Image, rng: Rng) -> Image.Image:
    """Show the picture on a telephone's screen: bars, buttons, words, and it covers a half."""
    made = Image.new("RGB", (900, 1600), "white")
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, 900, 120), "navy")
    draw.text((40, 30), "9:41   FERNLEA PRIMARY", "white", font_size=48)
    shown = ImageOps.contain(picture, (880, 1000))
    made.paste(shown, (10, 240))
    for line in range(6):
        draw.text(
            (40, 1300 + 45 * line),
            "what a lovely day we all had at the fete",
            "black",
            font_size=32,
        )
    return made


def _photographed(picture: Image.Image, rng: Rng) -> Image.Image:
    """Photograph that screen, askew on a desk, as somebody does who has no other copy."""
    screen = _framed(picture, rng)
    wide, high = screen.size
    rims = rng.uniform(0.02, 0.07, 8) * wide
    left = (-rims[0], -rims[1], -rims[2], high + rims[3])
    corners = (*left, wide + rims[4], high + rims[5], wide + rims[6], -rims[7])
    made = screen.transform(
        (1200, 1900),
        Image.Transform.QUAD,
        corners,
        Image.Resampling.BICUBIC,
        fillcolor=(92, 70, 52),
    )
    turned = made.rotate(float(rng.uniform(-4, 4)), Image.Resampling.BICUBIC)
    return _noisy(turned.filter(ImageFilter.GaussianBlur(1.2)), rng)


@cache
def _others() -> tuple[Image.Image, ...]:
    return tuple(scene(seed).resize((600, 450)) for seed in range(900_001, 900_004))


def _collage(picture: Image.Image, rng: Rng) -> Image.Image:
    """Show the picture as one of four on a sheet."""
    sheet = Image.new("RGB", (1280, 980), "white")
    cells = [*_others()]
    cells.insert(int(rng.integers(4)), ImageOps.contain(picture, (600, 450)))
    for number, cell in enumerate(cells):
        sheet.paste(cell, (20 + 630 * (number % 2), 20 + 480 * (number // 2)))
    return sheet


def _recoloured(picture: Image.Image, rng: Rng) -> Image.Image:
    values = np.asarray(picture, np.float32) * np.array([1.15, 0.95, 0.8]) + np.array([8, 0, -8])
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _saved(picture: Image.Image, kind: str, **how: object) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def _turned(degrees: float) -> "Callable[[Image.Image, Rng], Image.Image]":
    return lambda picture, rng: picture.rotate(degrees, Image.Resampling.BICUBIC)


EDITS: Mapping[str, Callable[[Image.Image, Rng], Image.Image]] = {
    "nothing": lambda p, r: p,
    "half size": lambda p, r: p.resize((p.width // 2, p.height // 2)),
    "thumbnail 160": lambda p, r: ImageOps.contain(p, (160, 160)),
    "quality 30": lambda p, r: _saved(p, "JPEG", quality=30),
    "crop 5 %": _cut(0.05),
    "crop 10 %": _cut(0.1),
    "crop 20 %": _cut(0.2),
    "crop 30 %": _cut(0.3),
    "mirrored": lambda p, r: ImageOps.mirror(p),
    "upside down": lambda p, r: ImageOps.flip(p),
    "turned 90": lambda p, r: p.transpose(Image.Transpose.ROTATE_90),
    "turned 180": lambda p, r: p.transpose(Image.Transpose.ROTATE_180),
    "turned 5 degrees": _turned(5),
    "brighter": lambda p, r: ImageEnhance.Brightness(p).enhance(1.4),
    "darker": lambda p, r: ImageEnhance.Brightness(p).enhance(0.6),
    "contrast": lambda p, r: ImageEnhance.Contrast(p).enhance(1.6),
    "grey": lambda p, r: p.convert("L").convert("RGB"),
    "blurred": lambda p, r: p.filter(ImageFilter.GaussianBlur(max(p.size) / 250)),
    "written over": _written_over,
    "border": lambda p, r: ImageOps.expand(p, max(p.size) // 12, "white"),
    "as WebP": lambda p, r: _saved(p, "WEBP", quality=60),
    "as GIF": lambda p, r: _saved(p, "GIF"),
    "sharpened": lambda p, r: p.filter(ImageFilter.UnsharpMask(3, 200)),
    "noise": _noisy,
    "recoloured": _recoloured,
    "on a screen": _framed,
    "a photo of that screen": _photographed,
    "one of four on a sheet": _collage,
    "stretched 4:3 to 16:9": lambda p, r: p.resize((1280, 720)),
    "cropped and mirrored": lambda p, r: ImageOps.mirror(_cut(0.15)(p, r)),
}


def encoded(picture: Image.Image, quality: int = 85) -> bytes:
    """Return the picture as a JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def pictures(count: int) -> Iterator[Image.Image]:
    """Yield so many drawn scenes."""
    return (scene(seed) for seed in range(count))
