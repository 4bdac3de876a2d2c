"""Which planted names readers see, and whether one is anywhere in the bytes of a file."""

import io
import re
import zipfile
from collections.abc import Iterator

import pikepdf

from moderation.model import Carrier
from tests.extract.planted.plant import Plant

_SEEN = frozenset(
    {
        *(Carrier.BODY, Carrier.HEADING, Carrier.TABLE, Carrier.HEADER, Carrier.CELL, Carrier.ALT),
        *(Carrier.SLIDE, Carrier.CAPTION, Carrier.SHEET_NAME, Carrier.LINK_TEXT),
    }
)
_SEEN_TOO = re.compile(
    r".*(?:watermark|caption of a table|odp master)|(?:pdf|docx|odt) title|odt target of a link"
    r"|(?:pdf )?(?:outline|bookmark|form field|web address)(?:,.*)?"
)
"""Words that readers see, in carriers of which the others are hidden."""
_SEEN_BY_LIBRARY = re.compile(r"xlsx (?:title of a chart|number format|target of a link)|docx link")
_UNSEEN_TOO = re.compile(r"docx (?:header|footer)|xlsx alternative text|.*off the slide")
"""Words in carriers that are seen, of which no page makes use in the file that is planted."""
_INSIDE = ("inside", "attached", "file in a note", "earlier version", "on no list", "Versions")


def is_seen(plant: Plant, *, ours: bool) -> bool:
    """Say whether readers see what is planted."""
    inside = any(each in plant.what for each in _INSIDE)
    if inside or ((ours or "off the" in plant.what) and _UNSEEN_TOO.fullmatch(plant.what)):
        return False
    if _SEEN_TOO.fullmatch(plant.what) or plant.carrier in _SEEN:
        return True
    return not ours and _SEEN_BY_LIBRARY.fullmatch(plant.what) is not None


def in_bytes(data: bytes, name: str) -> bool:
    """Say whether a name is in a file, packed or not, in one of three codes."""
    wanted = [name.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(each in block for block in blocks(data) for each in wanted)


def blocks(data: bytes) -> Iterator[bytes]:
    """Yield the bytes of a file, and those of every part, object and stream, unpacked."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
        return
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.write_qpdf_json(out)
        yield out.getvalue()
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                yield each.read_raw_bytes()
                if each.get("/Subtype") != pikepdf.Name.Image:
                    yield each.read_bytes()
