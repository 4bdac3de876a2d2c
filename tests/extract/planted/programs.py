"""Files with a name in one carrier each, made by programs that schools have.

LibreOffice, ExifTool and qpdf make them where they are installed; none of them is needed otherwise.
"""

# ruff: noqa: E501 - the XML of a carrier stays on one line
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from moderation.model import Carrier
from tests.extract.planted import opendocument, pdf, pictures
from tests.extract.planted.plant import NAMES, Plant, Table

Make = Callable[[str], bytes]
_SECONDS = 120


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


def tagged(ending: str, blank: Callable[[], bytes], *tags: str) -> Make:
    """Have ExifTool write a name into tags of a picture or PDF."""

    def make(name: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"a{ending}")
            file.write_bytes(blank())
            said = [f"-{tag.replace('NAME', name)}" for tag in tags]
            _run("exiftool", "-q", "-overwrite_original", *said, str(file))
            return file.read_bytes()

    return make


def _jpeg(*tags: str) -> Make:
    return tagged(".jpg", lambda: pictures.drawn("JPEG"), *tags)


def _png(*tags: str) -> Make:
    return tagged(".png", lambda: pictures.drawn("PNG"), *tags)


E, I, X, P = Carrier.EXIF, Carrier.IPTC, Carrier.XMP, Carrier.PROPERTY  # noqa: E741
EXIFTOOL: Mapping[str, Table] = {
    ".jpg": {
        "EXIF:UserComment": (E, _jpeg("EXIF:UserComment=NAME")),
        "EXIF:UserComment in Unicode": (E, _jpeg("EXIF:UserComment=é NAME")),
        "EXIF:XPComment": (E, _jpeg("EXIF:XPComment=NAME")),
        "EXIF:OwnerName": (E, _jpeg("EXIF:OwnerName=NAME")),
        "EXIF:ImageDescription, big-endian": (
            E,
            _jpeg("ExifByteOrder=MM", "EXIF:ImageDescription=NAME"),
        ),
        "IFD1:ImageDescription": (E, _jpeg("IFD1:ImageDescription=NAME")),
        "GPS:GPSAreaInformation": (E, _jpeg("GPS:GPSAreaInformation=NAME")),
        "IPTC:Caption-Abstract": (I, _jpeg("IPTC:Caption-Abstract=NAME")),
        "IPTC:Keywords in UTF-8": (
            I,
            _jpeg("IPTC:CodedCharacterSet=UTF8", "IPTC:Keywords=é NAME"),
        ),
        "IPTC:Writer-Editor": (I, _jpeg("IPTC:Writer-Editor=NAME")),
        "XMP-iptcExt:PersonInImage": (X, _jpeg("XMP-iptcExt:PersonInImage=NAME")),
        "XMP-mwg-rs:RegionName": (
            X,
            _jpeg("XMP-mwg-rs:RegionName=NAME", "XMP-mwg-rs:RegionType=Face"),
        ),
        "XMP-MP:RegionPersonDisplayName": (X, _jpeg("XMP-MP:RegionPersonDisplayName=NAME")),
        "XMP-dc:Description": (X, _jpeg("XMP-dc:Description-en=NAME")),
        "XMP-xmpMM:HistorySoftwareAgent": (X, _jpeg("XMP-xmpMM:HistorySoftwareAgent=NAME")),
        "XMP-lr:HierarchicalSubject": (X, _jpeg("XMP-lr:HierarchicalSubject=Pupils|NAME")),
        "Photoshop:URL": (P, _jpeg("Photoshop:URL=https://example.org/?who=NAME")),
        "File:Comment": (P, _jpeg("File:Comment=NAME")),
        "Ducky:Comment": (P, _jpeg("Ducky:Comment=NAME")),
    },
    ".png": {
        "PNG:Author": (P, _png("PNG:Author=NAME")),
        "PNG:Comment packed": (P, _png("z", "PNG:Comment=NAME")),
        "EXIF:Artist": (E, _png("EXIF:Artist=NAME")),
        "XMP-dc:Creator": (X, _png("XMP-dc:Creator=NAME")),
    },
    ".gif": {
        "File:Comment": (P, tagged(".gif", lambda: pictures.drawn("GIF"), "File:Comment=NAME")),
        "XMP-dc:Creator": (X, tagged(".gif", lambda: pictures.drawn("GIF"), "XMP-dc:Creator=NAME")),
    },
    ".webp": {
        "EXIF:Artist": (E, tagged(".webp", lambda: pictures.drawn("WEBP"), "EXIF:Artist=NAME")),
        "XMP-dc:Title": (X, tagged(".webp", lambda: pictures.drawn("WEBP"), "XMP-dc:Title=NAME")),
    },
    ".pdf": {
        "PDF:Author": (P, tagged(".pdf", pdf.plain, "PDF:Author=NAME")),
        "PDF:Title, taken out since": (
            Carrier.HIDDEN,
            lambda name: _untitled(_of(pdf.PDF, "title")(name)),
        ),
        "XMP-dc:Creator": (P, tagged(".pdf", pdf.plain, "XMP-dc:Creator=NAME")),
    },
}


def _untitled(data: bytes) -> bytes:
    return tagged(".pdf", lambda: data, "PDF:Title=")("")


@dataclass(slots=True)
class Conversions:
    """Files that LibreOffice saves as another type, all of one type in one go."""

    to: str
    _jobs: dict[str, tuple[str, Make]] = field(default_factory=dict)
    _done: dict[str, bytes] = field(default_factory=dict)

    def make(self, ending: str, source: Make, name: str) -> Make:
        """Return how a file with *name* in it is had, converted from one with this ending."""
        self._jobs[name] = (ending, source)
        return self._saved

    def _saved(self, name: str) -> bytes:
        if not self._done or name not in self._jobs:
            ending, source = self._jobs.get(name) or next(iter(self._jobs.values()))
            self._done |= self._convert({name: (ending, source), **self._jobs})
        return self._done[name]

    def _convert(self, jobs: Mapping[str, tuple[str, Make]]) -> dict[str, bytes]:
        with tempfile.TemporaryDirectory() as folder:
            home, out = f"-env:UserInstallation=file://{folder}/home", Path(folder, "out")
            sources = []
            for number, (name, (ending, make)) in enumerate(jobs.items()):
                sources.append(Path(folder, f"{number}{ending}"))
                sources[-1].write_bytes(make(name))
            command = ("soffice", home, "--headless", "--convert-to", self.to, "--outdir", str(out))
            _run(*command, *map(str, sources))
            return {
                name: Path(out, f"{number}.{self.to}").read_bytes()
                for number, name in enumerate(jobs)
            }


def _of(table: Table, what: str) -> Make:
    return table[what][1]


_ODT = ("word in two runs", "header", "footnote", "comment", "comment's author", "two cells of a row",
        "text of a hidden style", "alternative text", "creator", "bookmark", "text box", "property of its own")  # fmt: skip
_ODS = ("cell", "hidden row", "hidden column", "hidden sheet", "name of a sheet", "comment",
        "two cells of a row", "prompt for a cell")  # fmt: skip
_PDF = ("paragraph", "word in two runs", "header", "footnote", "text box")
_ODP = ("slide", "hidden slide", "speaker's notes", "alternative text", "two cells of a row")


_LOST = {("docx", "alternative text"), ("pptx", "alternative text")}
"""What LibreOffice does not save in that format."""
_OTHERWISE = {("docx", "two cells of a row"): Carrier.TABLE}
"""Carriers that are another in the format that LibreOffice saves in."""


def libreoffice() -> list[Plant]:
    """Make the plants that LibreOffice saves anew, in its own formats and those of Microsoft."""
    found: list[Plant] = []
    for ending, table, whats, targets in (
        (".odt", opendocument.ODT, _ODT, ("docx", "odt")),
        (".ods", opendocument.ODS, _ODS, ("xlsx", "ods")),
        (".odp", opendocument.ODP, _ODP, ("pptx", "odp")),
        (".odt", opendocument.ODT, _PDF, ("pdf",)),
    ):
        for to in targets:
            saved = Conversions(to)
            for what in whats:
                if (to, what) in _LOST:
                    continue
                # Whoever asks gives the plants of a list the names in their order.
                make = saved.make(ending, _of(table, what), NAMES[len(found)])
                carrier = _OTHERWISE.get((to, what), table[what][0])
                carrier = Carrier.BODY if to == "pdf" else carrier
                found.append(Plant(f"LibreOffice {to} {what}", carrier, f".{to}", make))
    return found


def packed(make: Make, *options: str) -> Make:
    """Have qpdf write a PDF anew."""

    def pack(name: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "a.pdf"), Path(folder, "b.pdf")
            source.write_bytes(make(name))
            _run("qpdf", *options, str(source), str(target))
            return target.read_bytes()

    return pack


_QPDF = ("page", "author", "note", "form field", "attached text", "outline", "layer that is off")
QPDF: Table = {
    f"{what}, {how}": (pdf.PDF[what][0], packed(_of(pdf.PDF, what), *options))
    for what in _QPDF
    for how, options in {
        "linearised": ("--linearize",),
        "in object streams": ("--object-streams=generate", "--compression-level=9"),
        "by hand": ("--qdf",),
    }.items()
}


def merged(name: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf.plain())) as first:
        with pikepdf.open(io.BytesIO(pdf.plain(name))) as second:
            first.pages.extend(second.pages)
        first.save(out)
    return out.getvalue()


def programs() -> list[Plant]:
    """Make the plants of the programs that are installed."""
    found = [Plant("pikepdf pdf merged page", Carrier.BODY, ".pdf", merged)]
    if shutil.which("exiftool"):
        found += [
            Plant(f"ExifTool {ending[1:]} {what}", carrier, ending, make)
            for ending, table in EXIFTOOL.items()
            for what, (carrier, make) in table.items()
        ]
    if shutil.which("qpdf"):
        found += [Plant(f"qpdf {what}", c, ".pdf", make) for what, (c, make) in QPDF.items()]
    if shutil.which("soffice"):
        found += libreoffice()
    return found
