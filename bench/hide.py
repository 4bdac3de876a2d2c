"""Are hidden faces hidden? Each is matched by naive correlation against every original.

``python -m bench hide`` hides 320 faces: the hundred small ones of scikit-image, its portraits,
and drawn ones. The same is done with what others hide faces by, a mosaic and a blur. Small copies
inside the files are planted before and looked for after.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from bench.copies_scenes import figure, scene
from bench.repair_files import segment
from moderation.analysis.copies.carried import pictures_in
from moderation.analysis.repair.hide import hide_faces
from moderation.analysis.vision.people import find_people
from moderation.model import ExtractionError, Face, Region

FACES, MOST_MATCHED = 320, 0.01
_SIDE, _SEEN = 120, 32
_PLACE = (140, 90)
_PORTRAITS = (("astronaut.png", (179, 60, 271, 176)), ("camera.png", (198, 117, 260, 197)))
_BOX = (*_PLACE, _PLACE[0] + _SIDE, _PLACE[1] + _SIDE)
_FACE = Face(
    region=Region(left=_PLACE[0], top=_PLACE[1], width=_SIDE, height=_SIDE),
    score=1.0,
    face_on=True,
    share=0.1,
)
Vectors = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What came of hiding.

    Args:
        shown: the pictures
        inside: small copies that are left in them
        refused: pictures in which a face was found again, so that nothing was written

    """

    shown: Sequence[Image.Image]
    inside: int
    refused: int


def main(count: int = FACES) -> int:
    """Print the figures; return 1 where a hidden face is found again or matched too often."""
    faces = list(portraits(count))
    files = [in_a_picture(face, number) for number, face in enumerate(faces)]
    seen = [_crop(opened(data)) for data in files]
    planted = sum(1 for data in files for held in pictures_in(data) if held.place)
    ours = hide_all(files)
    share = matched([_crop(picture) for picture in ours.shown], seen)
    print(f"{'':34} matched to its original")
    for name, act in (("nothing", _same), ("mosaic of 8 blocks", mosaic), ("blur of 10 %", blur)):
        print(f"{name:34} {matched([act(face) for face in seen], seen):8.1%} of {len(seen)}")
    print(f"{'solid fill, schoolgate hide':34} {share:8.1%} of {len(seen)}; at most 1.0 %")
    print(f"{'faces found again there':34} {ours.refused:8}; none")
    print(f"{'small copies planted; left':34} {planted:8}; {ours.inside}")
    return int(share > MOST_MATCHED or bool(ours.inside or ours.refused))


def portraits(count: int) -> Iterator[Image.Image]:
    """Yield so many faces, each another, brought to size."""
    import skimage

    folder = Path(skimage.__file__).parent / "data"
    small: Vectors = np.load(folder / "lfw_subset.npy")[:100]
    made = [Image.fromarray((grey * 255).astype(np.uint8)).convert("RGB") for grey in small]
    made += [Image.open(folder / name).convert("RGB").crop(box) for name, box in _PORTRAITS]
    for number in range(count):
        face = made[number] if number < len(made) else drawn(number)
        yield face.resize((_SIDE, _SIDE), Image.Resampling.BICUBIC)


def drawn(seed: int) -> Image.Image:
    """Draw somebody, and return the face."""
    rng = np.random.default_rng(seed)
    ground = scene(seed).resize((600, 600))
    place = rng.bit_generator.state
    # The first numbers that a figure takes are its place: they are taken twice.
    x, y = rng.uniform(0.1, 0.9) * 600, rng.uniform(0.15, 0.5) * 600
    rng.bit_generator.state = place
    figure(ImageDraw.Draw(ground), (600, 600), rng, tall=0.8)
    half = 0.8 * 600 / 4 * rng.uniform(0.9, 1.1)
    return ground.crop((round(x - half), round(y - half), round(x + half), round(y + half)))


def in_a_picture(face: Image.Image, seed: int) -> bytes:
    """Return a JPEG with the face in it, and with small copies of itself as cameras keep them."""
    picture = scene(700_000 + seed % 7).resize((400, 300))
    picture.paste(face, _PLACE)
    small = _saved(picture.resize((160, 120)))
    block = b"II*\0\x08\0\0\0\0\0\x0e\0\0\0\x02\0"
    for tag, value in ((0x0201, 44), (0x0202, len(small))):
        block += tag.to_bytes(2, "little") + b"\4\0\1\0\0\0" + value.to_bytes(4, "little")
    exif = segment(0xE1, b"Exif\0\0" + block + bytes(4) + small)
    second = segment(0xE0, b"JFXX\0\x10" + small)
    whole = _saved(picture)
    return whole[:2] + exif + second + whole[2:] + _saved(picture)


def hide_all(files: Sequence[bytes]) -> Hidden:
    """Hide the face in each file, and look for it and for small copies in what comes of it."""
    shown, inside, refused = [], 0, 0
    for data in files:
        try:
            out = hide_faces(data, [_FACE], find_people)
        except ExtractionError:
            refused += 1
            continue
        shown.append(opened(out))
        inside += sum(1 for held in pictures_in(out) if held.place)
    return Hidden(shown, inside, refused)


def matched(hidden: Sequence[Image.Image], originals: Sequence[Image.Image]) -> float:
    """Return the share of hidden faces that correlate best with their own original."""
    first, second = _vectors(hidden), _vectors(originals)
    return float((np.argmax(first @ second.T, axis=1) == np.arange(len(first))).mean())


def mosaic(face: Image.Image) -> Image.Image:
    """Show the face in eight blocks across."""
    return face.resize((8, 8), Image.Resampling.BOX).resize(face.size, Image.Resampling.NEAREST)


def blur(face: Image.Image) -> Image.Image:
    """Blur the face by a tenth of its width."""
    return face.filter(ImageFilter.GaussianBlur(face.width / 10))


def opened(data: bytes) -> Image.Image:
    """Decode a file."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def _same(face: Image.Image) -> Image.Image:
    return face


def _crop(picture: Image.Image) -> Image.Image:
    return picture.crop(_BOX)


def _vectors(faces: Sequence[Image.Image]) -> Vectors:
    """Return the pixels of each as one row around nought, of the length of one."""
    rows = [np.asarray(face.convert("L").resize((_SEEN, _SEEN)), np.float64) for face in faces]
    flat = np.stack(rows).reshape(len(rows), -1)
    flat -= flat.mean(axis=1, keepdims=True)
    made: Vectors = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    return made


def _saved(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


if __name__ == "__main__":
    import sys

    sys.exit(main())
