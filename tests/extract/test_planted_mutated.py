"""Files that were cut, spliced or changed are read or refused, and no refusal shows a name."""

import io
import random
import zipfile
from collections.abc import Iterator

import pytest

from moderation.extract import extract
from moderation.model import ExtractionError
from tests.extract.planted.plant import NAMES, plants
from tests.extract.planted.tables import TABLES

PLANTS = [plant for ending, table in TABLES.items() for plant in plants(ending, table)]
SEED = 20_261_121


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Cut, change, splice or shorten *data* somewhere."""
    at, end = sorted(chance.randrange(len(data)) for _ in range(2))
    small = min(end, at + chance.randrange(1, 200))
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    spliced = data[:end] + data[at:small] + data[end:]
    return chance.choice((data[:at], bytes(changed), spliced, data[:at] + data[small:]))


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """Change one entry of an office file, so that its zip file stays whole."""
    if not data.startswith(b"PK") or chance.random() < 0.5:
        return mutated(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        picked = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, chance) if name == picked and content else content)
    return out.getvalue()


def refusals(seed: int, *, step: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311 - the same files each time
    for plant in PLANTS[seed % step :: step]:
        try:
            extract(f"a{plant.ending}", mutated_inside(plant.make(NAMES[0]), chance))
        except ExtractionError as error:
            yield str(error)


def test_a_mutated_file_is_read_or_refused_without_a_name() -> None:
    said = list(refusals(SEED, step=4))
    forename, surname = NAMES[0].split()
    assert len(said) > len(PLANTS) // 8
    assert [each for each in said if forename in each or surname in each] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEED + 1, SEED + 9))
def test_many_mutated_files_are_read_or_refused_without_a_name(seed: int) -> None:
    said = list(refusals(seed, step=1))
    forename, surname = NAMES[0].split()
    assert [each for each in said if forename in each or surname in each] == []
