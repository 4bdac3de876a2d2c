"""Every attack of the table against Schoolgate, and against plain MkDocs with reviewed changes.

The rows are those of ``tests/attacks``. *Plain MkDocs* is ``mkdocs build`` with Material in the
working tree, as a school has it that reviews pull requests; it is asked about each row that changes
what a build is made from, and not about signatures, logs and releases, which it does not have.

*Pushed*: the row stands in the tree, by somebody who may write to it, and the site is built.
*Reviewed*: likewise, but a second person first read every line of every text that is new or changed
in the repository, and stopped it wherever the canary stood there in clear, in a comment, in the
front matter or in the settings as well. So what is counted under *reviewed* lies inside a picture
or a download, behind a link, outside of the repository, in its surroundings, or came after the
review. No school reads so well; for the rows that hide a word in a page it is generous, and for
those that need a decision (a page before its day, a photo that nobody asked the parents about) the
word in the page stands for one that a reviewer would have stopped.
*Schoolgate*: the canary is on the site, or something was accepted that must not be.
"""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.attacks.plain import Plain, contents, seen_in_review
from tests.attacks.scenario import Group, Scenario
from tests.attacks.stage import copy_of, set_stage
from tests.attacks.table import NOT_YET, all_rows
from tests.attacks.ways import try_all
from tests.publish.school import School

_PROCESSES = 2
_WIDTH = 50
_COLUMNS = ("rows", "asked", "pushed", "reviewed", "schoolgate")


def main() -> int:
    """Print a line for each kind of attack, and the rows that get through Schoolgate."""
    totals: Counter[tuple[str, str]] = Counter()
    through: list[str] = []
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        for counts, lines in pool.map(_share, range(_PROCESSES)):
            totals += counts
            through += lines
    _print(totals)
    for line in through:
        print(f"through: {line}")
    for threat, why in sorted(NOT_YET.items()):
        print(f"{threat}: no rows, because {why}")
    return 1 if through else 0


def _share(number: int) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Try every row whose turn it is in this process, with a school and an MkDocs of its own."""
    with tempfile.TemporaryDirectory() as name, Plain() as plain:
        return _tried(all_rows()[number::_PROCESSES], plain, Path(name))


def _tried(
    rows: Iterable[Scenario], plain: Plain, folder: Path
) -> tuple[Counter[tuple[str, str]], list[str]]:
    totals: Counter[tuple[str, str]] = Counter()
    through: list[str] = []
    approved = set_stage(folder / "approved" / "oak")
    before = contents(approved.root)
    for number, row in enumerate(rows):
        place = folder / str(number)
        totals[row.group, "rows"] += 1
        for column in _peer(row, approved, plain, place / "plain", before):
            totals[row.group, column] += 1
        if trouble := _ours(row, approved, place / "ours"):
            totals[row.group, "schoolgate"] += 1
            through.append(f"{row.name}: {trouble}")
        shutil.rmtree(place, ignore_errors=True)
    return totals, through


def _peer(
    row: Scenario, approved: School, plain: Plain, place: Path, before: dict[str, bytes]
) -> tuple[str, ...]:
    """Return the columns in which plain MkDocs counts for this row."""
    if row.not_plain:
        return ()
    place.mkdir(parents=True)
    site = copy_of(approved, place, row.name)
    row.act(site)
    seen = seen_in_review(site, before)
    if not plain.published(site):
        return ("asked",)
    return ("asked", "pushed") if seen else ("asked", "pushed", "reviewed")


def _ours(row: Scenario, approved: School, place: Path) -> str:
    place.mkdir(parents=True)
    site = copy_of(approved, place, row.name)
    row.act(site)
    outcome = (row.way or try_all)(row, site)
    if outcome.through:
        return ", ".join(outcome.through[:3])
    return "" if row.said in outcome.told else f"does not say {row.said!r}"


def _print(totals: Counter[tuple[str, str]]) -> None:
    print(" " * _WIDTH + "".join(f"{column:>12}" for column in _COLUMNS))
    for group in Group:
        counts = "".join(f"{totals[group, column]:>12}" for column in _COLUMNS)
        print(f"{group:<{_WIDTH}}{counts}")
    whole = "".join(f"{sum(totals[group, column] for group in Group):>12}" for column in _COLUMNS)
    print(f"{'all':<{_WIDTH}}{whole}")


if __name__ == "__main__":
    sys.exit(main())
