"""Rights in pictures, read by us and by others, beside ExifTool. Options: ``--files FOLDER``.

*agrees* is the share of the values ExifTool reads in the rights fields of the files that the
reader gives for the same field (the peers: for any field). Where a program wrote UTF-8 into IPTC
without saying so, ExifTool is told, as it takes everything for Windows Latin otherwise.
"""

import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bench.credits_files import write_all
from bench.credits_oracle import NAMES, Value, exiftool
from bench.credits_peers import found_by, peers
from moderation.extract.credits import picture_credits
from moderation.model import ExtractionError
from tests.extract.rights_files import cases

_COUNT = 160
_LEAST, _MOST_SECONDS = 0.997, 0.0005
_ENDINGS = ("jpg", "jpeg", "png", "webp", "gif", "tif", "tiff", "heic", "avif")
_INSIDE = re.compile(r"(?<=\AEXIF )(?:IFD\d+|Sub) |(?<=\APNG )(?:tEXt|zTXt|iTXt) ")


def main() -> int:
    """Print the figures; return 1 where one is not reached."""
    if not shutil.which("exiftool"):
        print("exiftool is not here; install libimage-exiftool-perl")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        made = write_all(Path(folder), _COUNT)
        made["by hand"] = list(_by_hand(Path(folder)))
        words = sys.argv[1:]
        for other in (words[at + 1] for at, word in enumerate(words[:-1]) if word == "--files"):
            found = (file for file in Path(other).rglob("*") if file.suffix[1:].lower() in _ENDINGS)
            made[f"in {Path(other).name}"] = sorted(found)
        return _compare(made)


def _by_hand(folder: Path) -> Iterator[Path]:
    for number, (_, ending, data, _) in enumerate(cases()):
        file = folder / f"hand{number}.{ending}"
        file.write_bytes(data)
        yield file


def _compare(made: dict[str, list[Path]]) -> int:
    files = [file for group in made.values() for file in group]
    truth = exiftool(files)
    read = {file: list(ours(file)) for file in files}
    fields = _by_field(truth, read)
    for name in sorted(fields):
        print(f"  {name:40} {fields[name]}")
    print()
    for name, group in made.items():
        print(f"  {name:20} {len(group):5} files  {_share(group, truth, read)}")
    total = _share(files, truth, read)
    seconds = _seconds(files, picture_credits)
    print(f"\n  {'ours':20} {len(files):5} files  {total}  {seconds * 1000:.2f} ms a file")
    for name, peer in peers().items():
        seen = {file: list(found_by(truth[file], peer, file)) for file in files}
        cost = _seconds(files, peer)
        share = _share(files, truth, seen)
        print(f"  {name:20} {len(files):5} files  {share}  {cost * 1000:.2f} ms a file")
    return int(total.value < _LEAST or seconds > _MOST_SECONDS)


class _Share:
    """How many of how many."""

    def __init__(self, met: int, of: int, more: int) -> None:
        self.met, self.of, self.more = met, of, more

    @property
    def value(self) -> float:
        """The share, from nought to one."""
        return self.met / self.of if self.of else 1.0

    def __str__(self) -> str:
        """Render as a column of the table."""
        return f"{self.met:6,} of {self.of:6,} = {self.value:8.3%}   {self.more:4} more"


def _share(
    files: Iterable[Path], truth: dict[Path, list[Value]], seen: dict[Path, list[Value]]
) -> _Share:
    met = of = more = 0
    for file in files:
        both = Counter(truth[file]) & Counter(seen[file])
        met, of = met + both.total(), of + len(truth[file])
        more += len(seen[file]) - both.total()
    return _Share(met, of, more)


def _by_field(truth: dict[Path, list[Value]], seen: dict[Path, list[Value]]) -> dict[str, _Share]:
    names = {name for values in truth.values() for name, _ in values}
    return {
        name: _share(
            truth,
            {file: [each for each in values if each[0] == name] for file, values in truth.items()},
            {file: [each for each in values if each[0] == name] for file, values in seen.items()},
        )
        for name in names
    }


def ours(file: Path) -> Iterator[Value]:
    """Yield what we read in a picture, by the names of ExifTool."""
    try:
        told = picture_credits(file.read_bytes())
    except ExtractionError as error:
        print(f"  {file.name}: {error}")
        return
    for credit in told:
        name = _INSIDE.sub("", credit.place).removesuffix(" rdf:resource")
        name = name if name in NAMES else f"XMP {name.rpartition(' ')[2]}"
        if name in NAMES:
            yield NAMES[name], " ".join(credit.value.split())


def _seconds(files: Sequence[Path], read: Callable[[bytes], object]) -> float:
    blocks = [file.read_bytes() for file in files]
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        for block in blocks:
            try:
                read(block)
            except Exception:  # noqa: BLE001, S112 - it is the time that is measured
                continue
        best = min(best, time.process_time() - begin)
    return best / max(1, len(blocks))
