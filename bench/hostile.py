"""Spoilt files read in a confined process: ``python -m bench hostile [--count N] [--documents N]``.

Counted are crashes, hangs, exceptions that nobody expected, and files that pass although nothing
was read of them. Then what files of 20 MB cost that were made to cost much.
"""

import io
import random
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import hostile_tasks as asked
from bench.hostile_large import LARGE, LARGEST
from bench.repair import mutant
from bench.repair_files import MAKERS
from moderation.model import ExtractionError
from moderation.pipeline.confined import tasks
from moderation.pipeline.confined.reader import Reader
from moderation.policy import load_policy
from tests.extract.planted.libraries import LIBRARIES
from tests.extract.planted.plant import NAMES, plants
from tests.extract.planted.tables import TABLES
from tests.recordings import told

PICTURES, DOCUMENTS = 6_000, 200
SECONDS, MEGABYTES = 1.0, 300
_ROOT = Path(__file__).parents[1]
_HEIC = _ROOT / "tests" / "analysis" / "repair" / "drawn.heic"
_ENDINGS = (".jpg", ".png", ".webp", ".gif")
_LIMITS = load_policy('[media]\nvideo = "review"\nsound = "review"').limits
TABLE = 'Class,Stall,Price\r\nElm,"Cakes, hot",£2\r\nOak,=SUM(A1:A2),3\r\n' * 20
_EVERY = 250
_DIGITS = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"4294967295", b"99999999999999999999", b"1e308", b"x")
_MEMORY, _TIME = "MB of memory", "took more than"


@dataclass(slots=True)
class Tally:
    """What came of the spoilt files of one kind."""

    files: int = 0
    read: int = 0
    unread: int = 0
    halves: int = 0
    seconds: float = 0.0
    peak: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)

    def add(self, weighed: asked.Weighed) -> None:
        """Count one file that came back."""
        self.seconds = max(self.seconds, weighed.seconds)
        if weighed.refusal:
            self.why[weighed.refusal] += 1
            return
        self.read += 1
        self.unread += not (weighed.words or weighed.found)
        self.halves += not weighed.whole

    @property
    def failed(self) -> bool:
        """Whether something came of them that may not."""
        return bool(self.ends or self.unread or self.halves)


def main() -> int:
    """Print the tables; return 1 where a file crashed, hung, escaped or passed unread."""
    pictures, documents = _number("--count", PICTURES), _number("--documents", DOCUMENTS)
    reader = Reader(tasks=asked.__name__)
    print(
        f"{'spoilt':8}{'files':>9}{'read':>9}{'ends':>6}{'unread':>8}{'halves':>8}{'s':>7}{'MB':>6}"
    )
    failed = 0
    kinds = [*_pictures(), ("heic", [_HEIC.read_bytes()], asked.clean)]
    for ending, seeds, act in kinds:
        failed |= _tell(ending, _spoil(reader, ending, seeds, act, pictures // len(kinds)))
    for ending in asked.DOCUMENTS:
        failed |= _tell(ending[1:], _spoil(reader, ending, _seeds(ending), asked.read, documents))
    for ending in asked.RECORDINGS:
        failed |= _tell(ending[1:], _spoil(reader, ending, [told(ending)], asked.read, documents))
    for ending in asked.LETTERS:
        tally = _spoil(reader, ending, _planted(ending), asked.letter, documents)
        failed |= _tell(f"{ending[1:]} in", tally)
    if "--no-large" not in sys.argv:
        failed |= _large(reader)
    reader.close()
    return failed


def _tell(name: str, tally: Tally) -> int:
    print(
        f"{name:8}{tally.files:9,}{tally.read:9,}{tally.ends.total():6}{tally.unread:8}"
        f"{tally.halves:8}{tally.seconds:7.2f}{tally.peak / 1e6:6.0f}"
    )
    for words, count in tally.ends.most_common(9):
        print(f"    {count} x {words}")
    if "--why" in sys.argv:
        for words, count in tally.why.most_common(12):
            print(f"    {count:7,} {words}")
    return int(tally.failed)


def _spoil(
    reader: Reader,
    ending: str,
    seeds: Sequence[bytes],
    act: Callable[..., asked.Weighed],
    count: int,
) -> Tally:
    rng, tally = random.Random(f"{ending} {_number('--seed', 1)}"), Tally()
    for number in range(count):
        data = _spoilt(rng, rng.choice(seeds), seeds)
        more = number % 10 == 0 if act is asked.read else 0
        tally.files += 1
        try:
            weighed = reader.call(act, f"a{ending}", data, _LIMITS, more)
        except ExtractionError as error:
            tally.ends[str(error).partition(";")[0]] += 1
            _keep(ending, number, data)
            continue
        tally.add(weighed)
        if not weighed.refusal and not (weighed.whole and (weighed.words or weighed.found)):
            _keep(ending, number, data)
        if number % _EVERY == _EVERY - 1 or number == count - 1:
            tally.peak = max(tally.peak, reader.call(asked.peak, 0))
    return tally


def _spoilt(rng: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Spoil a file: its bytes, one part of an archive, or the seam between two files."""
    spoilt = _spoilt_somehow(rng, data, seeds)
    sealed = spoilt.startswith(b"\x89PNG") and rng.random() < 0.7
    return _sealed(spoilt) if sealed else spoilt


def _spoilt_somehow(rng: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    if rng.random() < 0.15:
        other = rng.choice(seeds)
        return data[: rng.randrange(len(data))] + other[rng.randrange(len(other)) :]
    if rng.random() < 0.4:
        return rng.choice((_touched, _counted))(rng, data)
    if not data.startswith(b"PK") or rng.random() < 0.3:
        return mutant(rng, data)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        picked = rng.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            act = rng.choice((mutant, _touched, _counted))
            new.writestr(name, act(rng, content) if name == picked and content else content)
    return out.getvalue()


def _touched(rng: random.Random, data: bytes) -> bytes:
    """Change one bit, byte or number, which most readers would get past."""
    spoilt = bytearray(data)
    at = rng.randrange(len(spoilt))
    size = rng.choice((1, 1, 2, 4))
    spoilt[at : at + size] = rng.choice((rng.randbytes(size), b"\xff" * size, bytes(size)))
    if rng.random() < 0.3:
        spoilt[at] = data[at] ^ 1 << rng.randrange(8)
    return bytes(spoilt)


def _counted(rng: random.Random, data: bytes) -> bytes:
    """Put another number in the place of one, so that a text stays well-formed."""
    numbers = list(_DIGITS.finditer(data))
    if not numbers:
        return _touched(rng, data)
    one, other = rng.choice(numbers), rng.choice(_NUMBERS)
    return data[: one.start()] + other + data[one.end() :]


def _sealed(data: bytes) -> bytes:
    """Make the checksums of a PNG right again, so that it is read on."""
    out, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        body = data[at + 4 : at + 8 + size]
        out += data[at : at + 4] + body + zlib.crc32(body).to_bytes(4, "big")
        at += 12 + size
    return bytes(out) + data[at:]


def _pictures() -> Iterator[tuple[str, list[bytes], Callable[..., asked.Weighed]]]:
    rng = random.Random(5)
    made = [maker(rng).data for maker in MAKERS.values() for _ in range(40)]
    heads = {b"\xff\xd8": ".jpg", b"\x89P": ".png", b"RI": ".webp", b"GI": ".gif"}
    for ending in _ENDINGS:
        seeds = [data for data in made if heads.get(data[:2]) == ending] + _planted(ending)
        yield ending, seeds, asked.read


def _seeds(ending: str) -> list[bytes]:
    if ending == ".csv":
        return [TABLE.encode(code) for code in ("utf-8", "utf-8-sig", "utf-16", "cp1252")]
    return _planted(ending)


def _planted(ending: str) -> list[bytes]:
    """Return files with words in every carrier, written by us and by libraries."""
    tables = [TABLES[ending], *(table for kind, table in LIBRARIES.values() if kind == ending)]
    return [plant.make(NAMES[0]) for table in tables for plant in plants(ending, table)]


def _large(reader: Reader) -> int:
    """Read files of 20 MB that cost much, without and with a look for people."""
    most = f"at most {SECONDS:g} s, {MEGABYTES} MB"
    print(f"\n{'20 MB':44}{'s':>7}{'MB':>6}{'looked s':>10}{'MB':>6}  {most}")
    failed = 0
    for name, make in LARGE.items():
        data = make()[:LARGEST]
        read, looked = (_cost(reader, name, data, looking=looking) for looking in (False, True))
        over = max(read.seconds, looked.seconds) > SECONDS
        over |= max(read.peak, looked.peak) > MEGABYTES * 1_000_000
        failed |= over
        print(
            f"{name:44}{read.seconds:7.2f}{read.peak / 1e6:6.0f}{looked.seconds:10.2f}"
            f"{looked.peak / 1e6:6.0f}  {'OVER ' if over else ''}{looked.told[:60]}"
        )
    return int(failed)


@dataclass(frozen=True, slots=True)
class _Cost:
    """What reading one file took."""

    seconds: float
    peak: int
    told: str


def _cost(reader: Reader, name: str, data: bytes, *, looking: bool) -> _Cost:
    reader.close()  # a new process each, so that the most it held is the file's own
    reader.prepare((*tasks.WITH["moderation.extract.image"], "moderation.extract.image"))
    try:
        came = reader.call(asked.weigh, name, data, _LIMITS, looking)
        return _Cost(came.seconds, reader.call(asked.peak, 0), came.refusal or "read")
    except ExtractionError as error:
        return _Cost(99.0, 0, str(error).partition(";")[0])


def _keep(ending: str, number: int, data: bytes) -> None:
    """Write a file that did what it may not into the folder after ``--keep``."""
    if "--keep" in sys.argv:
        folder = Path(sys.argv[sys.argv.index("--keep") + 1])
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.{ending.lstrip('.')}").write_bytes(data)


def _number(option: str, otherwise: int) -> int:
    return int(sys.argv[sys.argv.index(option) + 1]) if option in sys.argv else otherwise


if __name__ == "__main__":
    sys.exit(main())
