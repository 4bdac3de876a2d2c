"""Drawn pictures of lettering at school, which say what names stand in them and how large.

Badges, certificates, jumpers, whiteboards, labels on trays and pegs, posters and handwriting, on
drawn walls and on scikit-image's pictures of things; turned, tilted, bent, shaded, blurred and
saved as JPEG. Names are invented. Handwriting is drawn with a font whose letters are each tilted,
moved and sized by chance, and with whatever fonts ``--fonts`` brings. Photographs of a school are
not at hand: what is measured on these is no promise for them.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bench.drawing import indoors, outdoors, things
from bench.vision_cutouts import Rng, photograph

Colour = tuple[int, int, int]
KINDS = (
    *("badge", "certificate", "jumper", "whiteboard"),
    *("tray", "peg", "poster", "handwriting"),
)
FORENAMES = (
    *("Amelia", "Oliver", "Zainab", "Harriet", "Tobias", "Freya", "Mohammed", "Isla", "Callum"),
    *("Poppy", "Rhys", "Ngozi", "Leo", "Martha", "Kacper", "Beatrice", "Idris", "Jasmine"),
    *("Wilfred", "Saoirse", "Dylan", "Priya", "Edmund", "Lottie"),
)
SURNAMES = (
    *("Hartley", "Okafor", "Pemberton", "Singh", "Whitcombe", "Lindqvist", "Nowak", "Dunmore"),
    *("Fairbrother", "Khan", "Ashdown", "Teasdale", "Brightwell", "Morris", "Ferreira", "Quayle"),
    *("Haddon", "Zielinska", "Ellsworth", "Cobb", "Ravensdale", "Patel", "Thistlewood", "Yates"),
)
WORDS = (
    *("Sports Day", "Reading corner", "Well done!", "Year 4 maths", "Wash your hands", "Exit"),
    *("Star of the week", "Fractions and decimals", "Summer fair", "Quiet please", "Library"),
    *("Our class promise", "Lunch menu", "Be kind", "Head Teacher", "Recycle here", "Art room"),
    *("Monday 14 June", "The water cycle", "Please knock", "100 % attendance", "Book week"),
)
_THINGS = ("brick.png", "chelsea.png", "coffee.png", "grass.png", "gravel.png", "rocket.jpg")
_DRAWN = (
    *(outdoors.playground, outdoors.garden, outdoors.woodland, outdoors.lanterns),
    *(indoors.library, indoors.music, indoors.art, things.harvest, things.chess, things.acorn),
)
_VERY_LARGE = 60
_SIZES = ((1200, 900), (1000, 1000), (900, 1200), (1600, 1200), (1200, 675))
_INKS: tuple[tuple[Colour, Colour], ...] = (
    *(((250, 250, 247), (25, 25, 30)), ((255, 246, 214), (60, 30, 20))),
    *(((22, 45, 96), (245, 225, 120)), ((130, 20, 35), (250, 250, 250))),
    *(((250, 214, 70), (20, 20, 20)), ((40, 110, 70), (255, 255, 255))),
    *(((238, 240, 244), (30, 70, 160)), ((245, 245, 245), (190, 40, 40))),
    *(((30, 30, 34), (235, 235, 235)), ((190, 215, 235), (40, 50, 90))),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A picture with the names that stand in it.

    Args:
        kind: what is drawn
        jpeg: its bytes
        names: the names, none where it shows other words only
        cap: how tall a capital letter of the names is, in pixels; of the words where none is there

    """

    kind: str
    jpeg: bytes
    names: tuple[str, ...]
    cap: float


def named(
    count: int, low: float, high: float, *, seed: int, fonts: Sequence[Path] = ()
) -> Iterator[Scene]:
    """Yield scenes with one to three names whose capitals are *low* to *high* pixels tall.

    Half of those with very large letters are twice as wide and tall, so that names fit in.
    """
    rng = np.random.default_rng(seed)
    for number in range(count):
        twice = 1 + (low >= _VERY_LARGE and number % (2 * len(KINDS)) >= len(KINDS))
        scene = _scene(KINDS[number % len(KINDS)], rng, (low, high), fonts, twice=twice)
        while not scene.names:  # nothing that large fitted into the picture
            scene = _scene(KINDS[number % len(KINDS)], rng, (low, high), fonts, twice=twice)
        yield scene


def nameless(count: int, *, seed: int, fonts: Sequence[Path] = ()) -> Iterator[Scene]:
    """Yield scenes with words and no name."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        yield _scene(KINDS[number % len(KINDS)], rng, (10, 48), fonts, names=0)


def bare(count: int, *, seed: int) -> Iterator[Scene]:
    """Yield scenes without any lettering."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        picture = _background(rng, _SIZES[number % len(_SIZES)])
        yield Scene(kind="bare", jpeg=_worn(picture, rng), names=(), cap=0)


def telephone(*, seed: int, cap: float = 24) -> Scene:
    """Return a photo of twelve megapixels with a name in it."""
    rng = np.random.default_rng(seed)
    picture = _background(rng, (4032, 3024))
    names = _place(picture, "badge", rng, cap, ())
    noise = rng.normal(0, 3, (3024, 4032, 1))
    picture = Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return Scene(kind="telephone", jpeg=out.getvalue(), names=names, cap=cap)


def _scene(
    kind: str,
    rng: Rng,
    caps: tuple[float, float],
    fonts: Sequence[Path],
    names: int | None = None,
    *,
    twice: int = 1,
) -> Scene:
    width, height = _SIZES[int(rng.integers(len(_SIZES)))]
    picture = _background(rng, (twice * width, twice * height))
    cap = float(np.exp(rng.uniform(np.log(caps[0]), np.log(caps[1]))))
    wanted = int(rng.choice((1, 1, 2, 3))) if names is None else names
    written: list[str] = []
    for place in range(max(wanted, 2 if names == 0 else 1)):
        named_here = place < wanted
        written += _place(picture, kind, rng, cap, fonts, named=named_here)
    if rng.random() < 0.5:
        _place(picture, "poster", rng, float(rng.uniform(12, 40)), fonts, named=False)
    if rng.random() < 0.15:
        picture = picture.transpose(
            (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)[
                int(rng.integers(3))
            ]
        )
    return Scene(kind=kind, jpeg=_worn(picture, rng), names=tuple(written), cap=cap)


def _place(
    picture: Image.Image,
    kind: str,
    rng: Rng,
    cap: float,
    fonts: Sequence[Path],
    *,
    named: bool = True,
) -> tuple[str, ...]:
    """Paste one thing with lettering where it fits, and return the name on it if any."""
    name = f"{rng.choice(FORENAMES)} {rng.choice(SURNAMES)}" if named else ""
    sign = _sign(kind, name, rng, cap, fonts)
    fits = sign.width <= picture.width and sign.height <= picture.height
    box = _free(picture, sign, rng) if fits else None
    if box is None:
        return ()
    picture.paste(sign, box, sign)
    return (name,) if named else ()


def _free(picture: Image.Image, sign: Image.Image, rng: Rng) -> tuple[int, int] | None:
    taken: list[tuple[int, int, int, int]] = picture.info.setdefault("taken", [])
    for _ in range(40):
        left = int(rng.integers(0, picture.width - sign.width + 1))
        top = int(rng.integers(0, picture.height - sign.height + 1))
        right, bottom = left + sign.width, top + sign.height
        if all(left >= r or right <= x or top >= b or bottom <= y for x, y, r, b in taken):
            taken.append((left, top, right, bottom))
            return left, top
    return None


def _sign(kind: str, name: str, rng: Rng, cap: float, fonts: Sequence[Path]) -> Image.Image:
    lines = _lines(kind, name, rng)
    paper, ink = _INKS[int(rng.integers(len(_INKS)))]
    if kind == "whiteboard":
        paper, ink = (244, 246, 248), ((20, 40, 150), (15, 15, 20), (170, 25, 40))[rng.integers(3)]
    written = [_line(text, kind, rng, cap * factor, ink, fonts) for text, factor in lines if text]
    gap = round(cap * 0.5)
    width = max(line.width for line in written) + 4 * gap
    height = sum(line.height + gap for line in written) + 3 * gap
    sign = Image.new("RGBA", (width, height), (*paper, 255 if kind != "jumper" else 235))
    if kind in ("jumper", "whiteboard", "poster"):
        sign = _textured(sign, rng, 5 if kind == "jumper" else 2)
    at = 2 * gap
    for line in written:
        left = 2 * gap if kind in ("tray", "whiteboard") else (width - line.width) // 2
        sign.alpha_composite(line, (left, at))
        at += line.height + gap
    if rng.random() < 0.35:
        _shade(sign, rng)
    angle = float(rng.normal(0, 5)) if rng.random() < 0.7 else float(rng.uniform(-20, 20))
    if rng.random() < 0.1:
        angle += 90 * int(rng.choice((1, 2, 3)))
    return sign.rotate(angle, Image.Resampling.BICUBIC, expand=True)


def _lines(kind: str, name: str, rng: Rng) -> list[tuple[str, float]]:
    words = str(rng.choice(WORDS))
    name = name.upper() if kind in ("jumper", "tray", "peg") and rng.random() < 0.5 else name
    if kind == "certificate":
        return [("Certificate", 1.6), ("awarded to", 0.8), (name or words, 1.0), (words, 0.8)]
    if kind in ("badge", "jumper") and name and rng.random() < 0.5:
        first, last = name.split(" ", 1)
        return [(first, 1.0), (last, 1.0)]
    if kind == "poster":
        return [(words, 1.3), (f"by {name}" if name else str(rng.choice(WORDS)), 1.0)]
    if kind == "whiteboard":
        return [(words, 1.0), (name or str(rng.choice(WORDS)), 1.0)]
    return [(name or words, 1.0)]


def _line(
    text: str, kind: str, rng: Rng, cap: float, ink: Colour, fonts: Sequence[Path]
) -> Image.Image:
    """Draw one line large, bend it where such things are bent, and bring it to its size."""
    large = max(48.0, cap)
    hand = kind in ("handwriting", "whiteboard")
    font = _font(rng, fonts, hand)
    scale = large / _cap_of(font)
    drawn = font.font_variant(size=font.size * scale)
    made = _by_hand(text, drawn, rng, ink) if hand else _printed(text, drawn, ink)
    if kind in ("badge", "jumper") and rng.random() < 0.25:
        made = arched(made, float(rng.uniform(0.5, 1.6)))
    factor = cap / large
    size = (max(1, round(made.width * factor)), max(1, round(made.height * factor)))
    return made.resize(size, Image.Resampling.LANCZOS) if factor < 1 else made


@cache
def _shipped() -> tuple[Path, ...]:
    """Return the fonts that reportlab ships (Bitstream Vera)."""
    package = find_spec("reportlab")
    if package is None or package.origin is None:
        raise SystemExit("reportlab is not installed; install schoolgate[dev]")
    return tuple(sorted((Path(package.origin).parent / "fonts").glob("Vera*.ttf")))


def _font(rng: Rng, fonts: Sequence[Path], hand: bool) -> ImageFont.FreeTypeFont:
    every = (*_shipped(), *fonts)
    number = int(rng.integers(len(every) + 1))
    if number == len(every) or (hand and not fonts and rng.random() < 0.5):
        own = ImageFont.load_default(60)  # Aileron, which Pillow ships
        if isinstance(own, ImageFont.FreeTypeFont):
            return own
        number = 0  # a Pillow without FreeType
    return ImageFont.truetype(str(every[number]), 60)


def _cap_of(font: ImageFont.FreeTypeFont) -> float:
    box = font.getbbox("H")
    return float(box[3] - box[1])


def _printed(text: str, font: ImageFont.FreeTypeFont, ink: Colour) -> Image.Image:
    box = font.getbbox(text)
    size = (int(box[2] - box[0]) + 8, int(box[3] - box[1]) + 8)
    made = Image.new("RGBA", size, (*ink, 0))
    ImageDraw.Draw(made).text((4 - box[0], 4 - box[1]), text, font=font, fill=(*ink, 255))
    return made


def _by_hand(text: str, font: ImageFont.FreeTypeFont, rng: Rng, ink: Colour) -> Image.Image:
    """Set each letter a little tilted, moved and sized, with a pen of its own width."""
    tall = font.getbbox("Hg")[3]
    made = Image.new("RGBA", (round(font.getlength(text) * 1.2) + 60, round(tall * 1.6)), (*ink, 0))
    pen, x, slant = int(rng.integers(0, 3)), 20.0, float(rng.normal(0, 5))
    for letter in text:
        size = font.size * float(rng.normal(1, 0.05))
        own = font.font_variant(size=size)
        wide = own.getlength(letter)
        if letter != " ":
            cell = Image.new("RGBA", (round(wide) + 40, made.height), (*ink, 0))
            ImageDraw.Draw(cell).text(
                (20, tall * 0.2 + rng.normal(0, tall * 0.025)),
                letter,
                font=own,
                fill=(*ink, 255),
                stroke_width=pen,
            )
            angle = slant + float(rng.normal(0, 3))
            cell = cell.rotate(angle, Image.Resampling.BICUBIC)
            made.alpha_composite(cell, (max(0, round(x) - 20), 0))
        x += wide * float(rng.normal(1.02, 0.03))
    return made.crop(made.getbbox())


def arched(line: Image.Image, turn: float) -> Image.Image:
    """Bend a line upwards about a circle of which it covers *turn* radians."""
    width, height = line.size
    radius = width / turn
    angles = turn / 2
    wide = round(2 * (radius + height) * np.sin(min(angles, np.pi / 2))) + 8
    rise = radius + height - radius * np.cos(angles)
    tall = round(rise) + 8
    x, y = np.meshgrid(np.arange(wide) - wide / 2, np.arange(tall) - 4.0)
    down = radius + height - y
    along = np.arctan2(x, down) * radius + width / 2
    out = radius + height - np.hypot(x, down)
    inside = (along >= 0) & (along < width - 1) & (out >= 0) & (out < height - 1)
    pixels = np.asarray(line)
    bent = np.zeros((tall, wide, 4), np.uint8)
    bent[..., :3] = pixels[0, 0, :3]
    bent[inside] = pixels[out[inside].astype(int), along[inside].astype(int)]
    return Image.fromarray(bent)


def _textured(sign: Image.Image, rng: Rng, strength: float) -> Image.Image:
    values = np.asarray(sign).astype(np.float64)
    noise = rng.normal(0, strength, values.shape[:2])
    knit = strength * np.sin(np.arange(values.shape[0]) * 0.9)[:, None]
    values[..., :3] += (noise + knit)[..., None]
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _shade(sign: Image.Image, rng: Rng) -> None:
    """Let a shadow fall over a part of it."""
    across = np.linspace(-1, 1, sign.width)[None, :] * rng.normal() + (
        np.linspace(-1, 1, sign.height)[:, None] * rng.normal()
    )
    dark = 255 * float(rng.uniform(0.25, 0.6)) / (1 + np.exp(-across * 8))
    shadow = Image.new("RGBA", sign.size, (10, 10, 20, 0))
    shadow.putalpha(Image.fromarray(dark.astype(np.uint8)))
    sign.alpha_composite(shadow)


def _background(rng: Rng, size: tuple[int, int]) -> Image.Image:
    choice = rng.random()
    if choice < 0.45:
        source = photograph(str(rng.choice(_THINGS)))
    elif choice < 0.65:
        source = _drawn(int(rng.integers(len(_DRAWN))))
    else:
        return _wall(rng, size)
    part = float(rng.uniform(0.6, 1.0))
    width, height = int(source.width * part), int(source.height * part)
    left = int(rng.integers(0, source.width - width + 1))
    top = int(rng.integers(0, source.height - height + 1))
    return source.crop((left, top, left + width, top + height)).resize(size, 3)


@cache
def _drawn(number: int) -> Image.Image:
    return _DRAWN[number]().finished().convert("RGB")


def _wall(rng: Rng, size: tuple[int, int]) -> Image.Image:
    """Draw a wall with frames, shelves, lamps and lines, and grain."""
    base = rng.integers(70, 250, 3)
    picture = Image.new("RGB", size, tuple(int(v) for v in base))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(10, 45))):
        x, y = int(rng.integers(0, size[0])), int(rng.integers(0, size[1]))
        w, h = (int(v) for v in rng.integers(8, 300, 2))
        colour = tuple(int(v) for v in rng.integers(0, 255, 3))
        kind = int(rng.integers(4))
        if kind == 0:
            draw.rectangle((x, y, x + w, y + h), fill=colour, outline=(90, 60, 40), width=4)
        elif kind == 1:
            draw.ellipse((x, y, x + w, y + h), fill=colour)
        elif kind == 2:
            draw.line((x, y, x + w, y + h - 150), fill=colour, width=int(rng.integers(1, 12)))
        else:
            for step in range(0, w, 14):
                draw.line((x + step, y, x + step, y + h), fill=colour, width=5)
    noise = rng.normal(0, rng.uniform(0, 6), (size[1], size[0], 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def _worn(picture: Image.Image, rng: Rng) -> bytes:
    if rng.random() < 0.25:
        picture = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 0.8))))
    if rng.random() < 0.25:
        noise = rng.normal(0, rng.uniform(2, 8), (picture.height, picture.width, 3))
        picture = Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=int(rng.integers(60, 91)))
    return out.getvalue()
