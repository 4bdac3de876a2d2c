"""Draw every picture and letter of the example school again: ``python -m bench.draw_pictures``.

The pictures are the same on every run; nothing in them is a photograph and nobody is shown. The
letters are set from ``bench/letters/*.txt`` by Chromium, which writes tagged PDF.
"""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from bench.drawing import indoors, outdoors, schoolhouse, things
from bench.drawing.brush import CORAL, LEAF, OCHRE, Canvas
from bench.drawing.letters import set_letters

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 150_000

CONTENT: Mapping[str, Callable[[], Canvas]] = {
    "school.jpg": schoolhouse.school,
    "playground.jpg": outdoors.playground,
    "garden.jpg": outdoors.garden,
    "brook-walk.jpg": outdoors.brook_walk,
    "sports-day.jpg": outdoors.sports_day,
    "woodland.jpg": outdoors.woodland,
    "lanterns.jpg": outdoors.lanterns,
    "library.jpg": indoors.library,
    "music.jpg": indoors.music,
    "hall.jpg": indoors.hall,
    "science.jpg": indoors.science,
    "art.jpg": indoors.art,
    "acorn.webp": things.acorn,
    "beech.webp": lambda: things.leaf("#dcecd0", LEAF, lobes=18, depth=0.012),
    "elm.webp": lambda: things.leaf("#f8dcca", CORAL, lobes=26, depth=0.03),
    "oak.webp": lambda: things.leaf("#fbeabf", OCHRE, lobes=9, depth=0.12),
}


def save(picture: Image.Image, path: Path, exif: bytes = b"") -> int:
    """Write a picture and return its size in bytes.

    Args:
        picture: what to write
        path: where; its ending names the format
        exif: metadata to write with it, for the one demo that needs some

    Raises:
        ValueError: the file is larger than the site allows

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".webp":
        picture.save(path, quality=88, method=6)
    else:
        picture.save(path, quality=84, optimize=True, progressive=True, exif=exif)
    size = path.stat().st_size
    if size > LARGEST:
        raise ValueError(f"{path.name}: {size} bytes is more than {LARGEST}; lower the quality")
    return size


def telltale_exif() -> bytes:
    """Return what a telephone would add: its model, the time and a position.

    The position is that of Stonehenge, a public monument.
    """
    exif = Image.Exif()
    exif[0x010F] = "Examplephone"
    exif[0x0110] = "Model Nought"
    exif[0x0132] = "2026:11:17 15:42:10"
    camera = exif.get_ifd(0x8769)
    camera[0x9003] = "2026:11:17 15:42:10"
    camera[0xA434] = "Examplephone wide lens"
    position = exif.get_ifd(0x8825)
    position.update({1: "N", 2: (51.0, 10.0, 44.0), 3: "W", 4: (1.0, 49.0, 34.0)})
    return exif.tobytes()


def main() -> None:
    """Draw the pictures, then set the letters."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--pictures-only", action="store_true", help="leave the letters alone")
    arguments = parser.parse_args()
    demo = ROOT / "site_templates" / "demo"
    for name, draw in CONTENT.items():
        size = save(draw().finished(), ROOT / "content" / "photos" / name)
        print(f"{name:20} {size:>7,} bytes")
    save(things.harvest().finished(), demo / "clean" / "photos" / "harvest-table.jpg")
    chess = demo / "named" / "photos" / "chess-cup.jpg"
    save(things.chess().finished(), chess, exif=telltale_exif())
    if not arguments.pictures_only:
        set_letters(
            ROOT / "bench" / "letters",
            {"harvest-letter": demo / "clean" / "downloads"},
            otherwise=ROOT / "content" / "downloads",
        )


if __name__ == "__main__":
    main()
