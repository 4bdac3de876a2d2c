"""How many faces are found, by size, how often where there are none, and how long it takes.

On composites of ``vision_scenes``; photographs of a school are not at hand, so these figures are no
promise for them. ``--scenes`` says how many scenes of each kind.
"""

import argparse
import io
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from bench.vision_cutouts import Box, photograph
from bench.vision_peers import box_of, former, gate, one_look
from bench.vision_scenes import Scene, empty, peopled, things
from moderation.analysis.vision.people import find_people
from moderation.model import Face

SIZES = ((32, 220), (16, 32), (9, 16))
_SAME = 0.3
Find = Callable[[Scene], Sequence[Box]]
_LOOKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was found in scenes of one kind."""

    found: int
    there: int
    flagged: int
    exact: int
    scenes: int

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.found} of {self.there} faces found ({self.found / self.there:.1%}), "
            f"{self.flagged} of {self.scenes} scenes flagged, "
            f"count exact in {self.exact} ({self.exact / self.scenes:.0%})"
        )


def main(arguments: Sequence[str] = ()) -> int:
    """Print recall by size, false alarms, and the cost of a photo of 12 megapixels."""
    parser = argparse.ArgumentParser(prog="python -m bench vision", description=__doc__)
    parser.add_argument("--scenes", type=int, default=40, help="scenes of each kind")
    count = int(parser.parse_args(arguments).scenes)
    for name, find in (("gate", gate), ("former gate", former), ("one look", one_look)):
        for low, high in SIZES:
            print(f"{name}, {low} to {high} pixels: {recall(peopled(count, low, high), find)}")
        nobody = [*empty(2 * count), *things()]
        wrong = sum(bool(find(scene)) for scene in nobody)
        print(f"{name}, nobody there: {wrong} of {len(nobody)} flagged ({wrong / len(nobody):.1%})")
    seconds, megabytes = cost()
    print(f"12 megapixels: {seconds * 1000:.0f} ms of processor time, {megabytes:.0f} MB of arrays")
    return 0


def recall(scenes: Iterable[Scene], find: Find = gate) -> Figures:
    """Count faces found, faces there, scenes flagged, and scenes with the exact count."""
    found = there = flagged = exact = seen = 0
    for scene in scenes:
        boxes = find(scene)
        found += sum(any(shared(face, each) >= _SAME for each in boxes) for face in scene.faces)
        there += len(scene.faces)
        flagged += bool(boxes)
        exact += len(boxes) == len(scene.faces)
        seen += 1
    return Figures(found=found, there=there, flagged=flagged, exact=exact, scenes=seen)


def same(face: Box, seen: Face) -> float:
    """Return how much of both boxes they share: intersection over union."""
    return shared(face, box_of(seen))


def shared(first: Box, second: Box) -> float:
    """Return how much of both boxes they share: intersection over union."""
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    both = max(0.0, across) * max(0.0, down)
    whole = (first[2] - first[0]) * (first[3] - first[1])
    return both / (whole + (second[2] - second[0]) * (second[3] - second[1]) - both)


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
