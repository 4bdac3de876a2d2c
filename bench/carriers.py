"""Names planted in every carrier of every type of file: how many are found, and in what time.

One file holds one name of nobody, in one carrier. *found* counts the files for which
``check_files`` with the family *people* names the right pupil; *in the bytes* counts those in which
a search of the bytes finds the name, also of the unpacked entries of an office file; *in the text*
those in which the plain library that reads such files shows it (Pillow, PDFium, or the main text
of an office file).
"""

import io
import re
import shutil
import time
import zipfile
from collections.abc import Iterable, Mapping

from PIL import Image

from moderation import check_files
from moderation.model import Asset
from moderation.registers import Registers, Roll
from tests.extract.planted.libraries import LIBRARIES
from tests.extract.planted.plant import NAMES, Plant, plants
from tests.extract.planted.programs import EXIFTOOL, QPDF, libreoffice
from tests.extract.planted.tables import TABLES

_TAG = re.compile(rb"<[^<>]*>")
_LEAST = 0.98


def _in_bytes(data: bytes, name: str) -> bool:
    wanted = [name.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(each in block for block in _blocks(data) for each in wanted)


def _blocks(data: bytes) -> Iterable[bytes]:
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(entry) for entry in archive.namelist())


def _in_text(data: bytes, name: str) -> bool:
    return name in " ".join(_plain(data).split())


def _plain(data: bytes) -> str:
    """Return what the ordinary library for a type of file shows of it."""
    if data.startswith(b"%PDF-"):
        import pypdfium2

        with pypdfium2.PdfDocument(data) as pdf:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = [each for each in archive.namelist() if _MAIN.fullmatch(each)]
            return b"\n".join(_TAG.sub(b"", archive.read(each)) for each in main).decode()
    if data.startswith((b"\xff\xd8", b"\x89PNG", b"GIF8", b"RIFF")):
        with Image.open(io.BytesIO(data)) as picture:
            return " ".join(map(str, [*picture.info.values(), *picture.getexif().values()]))
    return data.decode("utf-8", "replace")


_MAIN = re.compile(r"word/document\.xml|xl/worksheets/.*|ppt/slides/[^/]*|content\.xml")


def main() -> int:
    """Print the table; return 1 where too few names are found."""
    roll = Roll.from_names(NAMES)
    registers = Registers(roll=roll)
    references = dict(zip(NAMES, (pupil.reference for pupil in roll.pupils), strict=True))
    print(f"{'files':28} carriers  found  in the bytes  in the text  ms each")
    counts = [0, 0]
    for what, planted in _groups().items():
        found, in_bytes, in_text, each = _measure(planted, registers, references)
        print(f"{what:28} {len(planted):8} {found:6} {in_bytes:13} {in_text:12} {each:8.1f}")
        counts = [counts[0] + len(planted), counts[1] + found]
    print(f"{'all':28} {counts[0]:8} {counts[1]:6}")
    return int(counts[1] < _LEAST * counts[0])


def _measure(
    planted: list[Plant], registers: Registers, references: Mapping[str, str]
) -> tuple[int, int, int, float]:
    """Count what is found, in each of the three ways, and the milliseconds that a file takes."""
    found = in_bytes = in_text = 0
    spent = 0.0
    for plant, name in zip(planted, NAMES, strict=False):
        data = plant.make(name)
        asset = Asset(f"a{plant.ending}", data)
        start = time.process_time()
        verdict = check_files([asset], families=["people"], registers=registers)
        spent += time.process_time() - start
        if any(references[name] in each.subject for each in verdict.findings):
            found += 1
        else:
            print(f"   not found: {plant.what}")
        in_bytes += _in_bytes(data, name)
        in_text += _in_text(data, name)
    return found, in_bytes, in_text, 1000 * spent / max(len(planted), 1)


def _groups() -> Mapping[str, list[Plant]]:
    groups = {f"ours, {ending}": list(plants(ending, table)) for ending, table in TABLES.items()}
    for library, (ending, table) in LIBRARIES.items():
        if table:
            groups[f"{library}, {ending}"] = list(plants(ending, table))
    if shutil.which("exiftool"):
        groups["ExifTool"] = [each for e, table in EXIFTOOL.items() for each in plants(e, table)]
    if shutil.which("qpdf"):
        groups["qpdf"] = list(plants(".pdf", QPDF))
    if shutil.which("soffice"):
        groups["LibreOffice"] = libreoffice()
    return groups
