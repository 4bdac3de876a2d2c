"""Cleaning and hiding pictures: what stays, what goes, what it costs. Options: ``--mutants N``."""

import io
import random
import sys
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from bench.repair_converted import CONVERTED
from bench.repair_files import MAKERS, NOTICE, ORIENTATION, PUPIL, Sample, samples
from bench.repair_judges import exiftool, hidden_words, told_by_exiftool
from bench.repair_polyglots import polyglots
from bench.vision_scenes import peopled
from moderation.analysis.repair.clean import clean_picture
from moderation.analysis.repair.hide import hide_faces
from moderation.analysis.vision.people import find_people
from moderation.extract import extract
from moderation.extract.payloads import carries_payload
from moderation.model import ExtractionError

FILES, MUTANTS, HIDDEN = 2_000, 2_000, 40
_FAST = 0.002
_SLOW = 1.0
_PILLOW = "Pillow's save, as mkdocs-material optimises"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: what was seen, and whether it is enough."""

    name: str
    seen: str
    reached: bool

    def __str__(self) -> str:
        """Render as a line of the table."""
        return f"{self.name:76} {self.seen:>34}  {'' if self.reached else 'NOT REACHED'}"


def main() -> int:
    """Print the figures; return 1 where one is not reached."""
    words = sys.argv[1:]
    mutants = int(words[words.index("--mutants") + 1]) if "--mutants" in words else MUTANTS
    figures = [
        *of_files(FILES),
        *of_polyglots(),
        of_hidden(HIDDEN),
        of_speed(),
        of_mutants(mutants),
    ]
    print(*figures, sep="\n")
    return int(not all(figure.reached for figure in figures))


def of_files(count: int) -> Iterator[Figure]:
    """Clean *count* generated files, and the same with Pillow's own save."""
    made: list[bytes] = []
    ours = _lost(count, clean_picture, made)
    name = "files cleaned: pixels, profile, way up and notice kept"
    yield Figure(f"{name}, nothing private left", *_none(ours, count))
    yield _by_exiftool(made)
    peer = _lost(count, _resaved)
    yield Figure(_PILLOW, f"{dict(sorted(peer.items()))} of {count:,}", True)


def _none(faults: Counter[str], count: int) -> tuple[str, bool]:
    told = f"{count - faults['any']:,} of {count:,}"
    return (told if not faults else f"{told} {dict(faults)}"), not faults


def _by_exiftool(made: Sequence[bytes]) -> Figure:
    name = "the same files, as ExifTool reads them"
    if exiftool() is None:
        return Figure(name, "not installed, so not asked", True)
    strange = told_by_exiftool(made, PUPIL)
    kinds = Counter(why for _, why in strange)
    told = f"{len({number for number, _ in strange})} of {len(made):,} with more"
    return Figure(name, f"{told} {dict(kinds) if kinds else ''}".strip(), not strange)


def _lost(
    count: int, clean: Callable[[bytes], bytes], made: list[bytes] | None = None
) -> Counter[str]:
    found: Counter[str] = Counter()
    for sample in samples(count):
        faults = set(_faults(sample, clean, made))
        found.update(faults)
        found["any"] += bool(faults)
    return +found


def _faults(
    sample: Sample, clean: Callable[[bytes], bytes], made: list[bytes] | None
) -> Iterator[str]:
    """Name what is wrong with the cleaned copy of a sample, and keep the copy."""
    try:
        out = clean(sample.data)
    except (ExtractionError, OSError) as error:
        yield f"not cleaned: {type(error).__name__}"
        return
    if made is not None:
        made.append(out)
    if shown(out) != shown(sample.bare):
        yield "pixels"
    if clean(out) != out:
        yield "not the same when cleaned again"
    if hidden_words(out, PUPIL) or _reads(out):
        yield "private data"
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(out)) as picture:
        if (picture.info.get("icc_profile") or b"") != sample.profile:
            yield "profile"
        if sample.notice and NOTICE not in str(picture.getexif().get(0x8298)):
            yield "notice"


def _reads(out: bytes) -> bool:
    """Say whether our own reader finds a name or a part in a file."""
    try:
        document = extract("a", out)
    except ExtractionError:
        return False  # of a kind that is not read: the search through its bytes judges alone
    return PUPIL in document.text or bool({part.kind for part in document.parts} - {"animation"})


def shown(data: bytes) -> list[tuple[object, bytes]]:
    """Return time and pixels of every frame, as displayed."""
    frames = []
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            picture.load()
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            frames.append((picture.info.get("duration"), upright.tobytes()))
    return frames


def _resaved(data: bytes) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
        picture.save(out, picture.format)
    return out.getvalue()


def of_polyglots() -> Iterator[Figure]:
    """Clean every polyglot; none may keep its payload, and few may need to be refused."""
    outcomes: Counter[str] = Counter()
    for _, data, payload in polyglots():
        try:
            out = clean_picture(data)
        except ExtractionError:
            outcomes["refused"] += 1
            continue
        left = payload in out or carries_payload(out) or zipfile.is_zipfile(io.BytesIO(out))
        outcomes["survived" if left else "gone"] += 1
    yield Figure("polyglots: payloads", f"{dict(outcomes)}", not outcomes["survived"])


def of_hidden(count: int) -> Figure:
    """Hide every face of composites; the detectors must find none of them again."""
    outcomes: Counter[str] = Counter()
    for scene in peopled(count, 24, 200, seed=9):
        out = io.BytesIO()
        scene.picture.convert("RGB").save(out, "JPEG", quality=90)
        faces = find_people(out.getvalue())
        outcomes["faces"] += len(faces)
        try:
            hide_faces(out.getvalue(), faces, find_people)
        except ExtractionError:
            outcomes["pictures refused, as a face was found again"] += 1
    return Figure("faces hidden in composites", f"{dict(outcomes)}", len(outcomes) == 1)


def of_speed() -> Figure:
    """Clean a photo of 12 megapixels, best of fifteen."""
    noise = Image.effect_noise((500, 375), 40).resize((4000, 3000))
    out = io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    Image.merge("RGB", [noise] * 3).save(out, "JPEG", quality=88, exif=exif)
    data, best = out.getvalue(), 9.0
    for _ in range(15):
        begin = time.process_time()
        clean_picture(data)
        best = min(best, time.process_time() - begin)
    told = f"{best * 1000:.1f} ms ({len(data) / 1e6:.1f} MB)"
    return Figure("a JPEG of 12 megapixels", told, best <= _FAST)


def of_mutants(count: int, seed: int = 11) -> Figure:
    """Read and clean spoilt files: each is read or refused, and quickly."""
    rng = random.Random(seed)
    makers = (*MAKERS.values(), *CONVERTED.values())
    whole = [maker(rng).data for maker in makers for _ in range(25)]
    whole += [data for _, data, _ in polyglots()][::9]
    slowest, escaped, read = 0.0, Counter[str](), 0
    for _ in range(count):
        data = mutant(rng, rng.choice(whole))
        begin = time.process_time()
        for act in (clean_picture, _read):
            try:
                act(data)
                read += 1
            except ExtractionError:
                pass
            except Exception as error:  # noqa: BLE001 - what escapes is what is counted
                escaped[f"{act.__name__}: {type(error).__name__}: {error}"] += 1
        slowest = max(slowest, time.process_time() - begin)
    told = f"{dict(escaped) or 0} of {count:,}, {read / count / 2:.0%} read, {slowest:.2f} s"
    return Figure(
        "mutants: exceptions that escaped; slowest", told, not escaped and slowest < _SLOW
    )


def _read(data: bytes) -> None:
    extract("a", data)


def mutant(rng: random.Random, data: bytes) -> bytes:
    """Spoil a file in one to four ways."""
    spoilt = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = (
            rng.randrange(len(spoilt))
            if rng.random() < 0.5
            else rng.randrange(min(300, len(spoilt)))
        )
        size = rng.randint(1, 16)
        act = rng.randrange(6)
        if act == 0:
            spoilt[at] ^= 1 << rng.randrange(8)
        elif act == 1:
            spoilt[at : at + size] = rng.randbytes(size)
        elif act == 2:
            del spoilt[at : at + size]
        elif act == 3:
            spoilt[at:at] = spoilt[at : at + size * 9]
        elif act == 4:
            spoilt[at : at + 4] = rng.choice(
                (b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", b"\xff\xd8")
            )
        elif len(spoilt) > 40:
            del spoilt[rng.randrange(20, len(spoilt)) :]
    return bytes(spoilt)


if __name__ == "__main__":
    sys.exit(main())
