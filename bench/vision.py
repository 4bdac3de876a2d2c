"""How many faces are found, by size, how often where there are none, and how long it takes.

On composites of ``vision_scenes``; photographs of a school are not at hand, so these figures are no
promise for them. ``--scenes`` says how many scenes of each kind.
"""

import argparse
import io
import sys
import time
import tracemalloc
from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image

from bench.vision_scenes import Scene, empty, peopled, photograph, things
from moderation.analysis.vision.people import find_people
from moderation.model import Face

SIZES = ((32, 220), (16, 32), (9, 16))
_SAME = 0.3
_LOOKS = 5


def main(arguments: Sequence[str] = ()) -> int:
    """Print recall by size, false alarms, and the cost of a photo of 12 megapixels."""
    parser = argparse.ArgumentParser(prog="python -m bench vision", description=__doc__)
    parser.add_argument("--scenes", type=int, default=60, help="scenes of each kind")
    count = int(parser.parse_args(arguments).scenes)
    for low, high in SIZES:
        found, all_, photos, exact = recall(peopled(count, low, high))
        print(
            f"faces of {low} to {high} pixels: {found} of {all_} found ({found / all_:.1%}); "
            f"{photos} of {count} scenes flagged ({photos / count:.1%}), count exact in {exact}"
        )
    wrong = [scene.name for scene in (*empty(count), *things()) if find_people(scene.jpeg())]
    total = count + len(list(things()))
    print(f"without people: {len(wrong)} of {total} flagged ({len(wrong) / total:.1%})")
    seconds, megabytes = cost()
    print(f"12 megapixels: {seconds * 1000:.0f} ms of processor time, {megabytes:.0f} MB of arrays")
    return 0


def recall(scenes: Iterable[Scene]) -> tuple[int, int, int, int]:
    """Return faces found, faces there, scenes flagged, and scenes with the exact count."""
    found = there = flagged = exact = 0
    for scene in scenes:
        people = find_people(scene.jpeg())
        found += sum(any(same(face, each) >= _SAME for each in people) for face in scene.faces)
        there += len(scene.faces)
        flagged += bool(people)
        exact += len(people) == len(scene.faces)
    return found, there, flagged, exact


def same(face: tuple[float, float, float, float], seen: Face) -> float:
    """Return how much of both boxes they share: intersection over union."""
    region = seen.region
    right, bottom = region.left + region.width, region.top + region.height
    across = min(face[2], right) - max(face[0], region.left)
    down = min(face[3], bottom) - max(face[1], region.top)
    shared = max(0.0, across) * max(0.0, down)
    whole = (face[2] - face[0]) * (face[3] - face[1]) + region.width * region.height
    return shared / (whole - shared)


def cost() -> tuple[float, float]:
    """Return seconds of processor time and megabytes for a phone's photo, the best of five."""
    data = twelve_megapixels()
    find_people(data)
    times = []
    for _ in range(_LOOKS):
        begin = time.process_time()
        find_people(data)
        times.append(time.process_time() - begin)
    tracemalloc.start()
    find_people(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return min(times), peak / 1e6


def twelve_megapixels() -> bytes:
    """Make a JPEG as a phone does: a motorcycle in a garage, a person, grain."""
    picture = photograph("motorcycle_left.png").resize((4032, 3024), Image.Resampling.BICUBIC)
    grain = np.random.default_rng(1).normal(0, 3, (3024, 4032, 1))
    values = np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)
    picture = Image.fromarray(values)
    head = photograph("astronaut.png").crop((130, 10, 320, 250)).resize((570, 720))
    picture.paste(head, (2500, 1200))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
