"""Downloads that hold more than they show: what is left of it in a cleaned copy.

*planted* counts files with one invented name in a carrier that readers do not see, or two forms of
a download, with what it hides and without. *refused* are those that only their author can mend, and
that cleaning says so of. *reader* counts the copies in which our own reader still finds the name,
or the rule that is about it still speaks; *bytes* those in which a search of every unpacked part,
object and string finds it. *shown* counts files whose name stands where readers see it, *kept* the
copies that still show it. *twins* are clean forms, *changed* those that cleaning refuses or that
raise a finding then. *again* counts copies that a second cleaning would change.
"""

import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moderation import check_files
from moderation.analysis.cleaning.document import Cleaned, clean_document
from moderation.extract import extract
from moderation.model import Asset, ExtractionError
from moderation.policy import default_policy
from tests.extract.planted.beside import in_bytes, is_seen
from tests.extract.planted.concealed import Concealed, concealed
from tests.extract.planted.libraries import LIBRARIES
from tests.extract.planted.plant import NAMES, Plant, plants
from tests.extract.planted.programs import EXIFTOOL, QPDF, libreoffice
from tests.extract.planted.tables import TABLES

ENDINGS = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pdf")
_UNCURED = ("pdf-not-accessible", "file-type-mismatch")
"""Rules about what no cleaning mends."""
_LIMITS = default_policy().limits


@dataclass(slots=True)
class _Row:
    planted: int = 0
    refused: int = 0
    reader: int = 0
    bytes: int = 0
    shown: int = 0
    kept: int = 0
    twins: int = 0
    changed: int = 0
    again: int = 0
    spent: float = 0.0


def main() -> int:
    """Print the table; return 1 where something is left, lost or changed."""
    rows: dict[str, _Row] = defaultdict(_Row)
    for program, planted in _groups():
        for plant, name in zip(planted, NAMES, strict=False):
            row = rows[f"{program}, {plant.ending[1:]}"]
            _measure(row, plant, name, seen=is_seen(plant, ours=program == "ours"))
    for each in concealed():
        if each.ending in ENDINGS and each.rule not in _UNCURED:
            program = each.what.rpartition(", ")[2]
            _measure_twins(rows[f"{program}, {each.ending[1:]}"], each)
    head = ("planted", "refused", "reader", "bytes", "shown", "kept", "twins", "changed", "again")
    print(f"{'program and type':34} {' '.join(f'{each:>7}' for each in head)}  ms each")
    total = _Row()
    for what, row in [*sorted(rows.items()), ("all", total)]:
        counts = [getattr(row, each) for each in head]
        every = row.planted + row.shown + row.twins
        spent = 1000 * row.spent / max(every, 1)
        print(f"{what:34} {' '.join(f'{count:7}' for count in counts)} {spent:8.1f}")
        for key in (*head, "spent") if row is not total else ():
            setattr(total, key, getattr(total, key) + getattr(row, key))
    bad = total.reader + total.bytes + total.changed + total.again + total.shown - total.kept
    return int(bad > 0)


def _groups() -> Iterator[tuple[str, Iterable[Plant]]]:
    for ending in ENDINGS:
        yield "ours", list(plants(ending, TABLES[ending]))
    for library, (ending, table) in LIBRARIES.items():
        if table and ending in ENDINGS:
            yield library, list(plants(ending, table))
    if shutil.which("exiftool"):
        yield "ExifTool", list(plants(".pdf", EXIFTOOL[".pdf"]))
    if shutil.which("qpdf"):
        yield "qpdf", list(plants(".pdf", QPDF))
    if shutil.which("soffice"):
        yield "LibreOffice", libreoffice()


def _measure(row: _Row, plant: Plant, name: str, *, seen: bool) -> None:
    data = plant.make(name)
    row.shown += seen
    row.planted += not seen
    cleaned = _cleaned(row, data, plant.what)
    if cleaned is None:
        row.refused += not seen
        row.kept += seen  # what is refused stays as it is
        return
    wanted = name.split()[1] if "surname" in plant.what else name
    if seen:
        is_kept = _is_read(data, cleaned.data, plant.ending, wanted)
        row.kept += is_kept
        if not is_kept:
            print(f"   lost: {plant.what}", file=sys.stderr)
        return
    for key, is_left in (
        ("reader", wanted in _text(cleaned.data, plant.ending)),
        ("bytes", in_bytes(cleaned.data, wanted)),
    ):
        setattr(row, key, getattr(row, key) + is_left)
        if is_left:
            print(f"   left ({key}): {plant.what}", file=sys.stderr)


def _measure_twins(row: _Row, each: Concealed) -> None:
    row.planted += 1
    row.twins += 1
    for hides in (True, False):
        cleaned = _cleaned(row, each.make(hides), f"{each.what} {each.ending}")
        if cleaned is None:
            row.refused += hides
            row.changed += not hides
            continue
        asset = Asset(f"a{each.ending}", cleaned.data)
        rules = {finding.rule for finding in check_files([asset], families=["files"]).findings}
        if each.rule in rules:
            print(f"   speaks: {each.rule}, {each.what} {each.ending} {hides}", file=sys.stderr)
        row.reader += hides and each.rule in rules
        row.changed += not hides and each.rule in rules


def _cleaned(row: _Row, data: bytes, what: str) -> Cleaned | None:
    start = time.process_time()
    try:
        cleaned = clean_document(data, _LIMITS)
    except ExtractionError as error:
        print(f"   refused: {what}: {error}", file=sys.stderr)
        return None
    finally:
        row.spent += time.process_time() - start
    row.again += clean_document(cleaned.data, _LIMITS).data != cleaned.data
    return cleaned


def _text(data: bytes, ending: str) -> str:
    return " ".join(extract(f"a{ending}", data, _LIMITS).text.split())


def _is_read(before: bytes, after: bytes, ending: str, name: str) -> bool:
    words = name.split()
    texts = [_text(data, ending) for data in (before, after)]
    return all(all(word in text for word in words) for text in texts) or (
        sum(texts[0].count(word) for word in words) <= sum(texts[1].count(word) for word in words)
    )
