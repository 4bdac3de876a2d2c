"""How fast documents are read: ``python -m bench documents``.

Each file is made here and read twice: by the reader, which looks for all that is hidden, and by the
plain library, which takes the words only. Memory is what one process held at most for the file.
"""

import io
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.hostile_tasks import peak
from moderation.extract import extract
from moderation.policy import default_policy

PAGES, ROWS, PICTURES = 500, 2_000, 50
MOST_SECONDS = 10.0
_COLUMNS = 10
_WORDS = (
    *("the", "fete", "begins", "at", "two", "on", "field", "behind", "school", "every", "class"),
    *("has", "a", "stall", "with", "cakes", "books", "plants", "games", "or", "music", "please"),
    *("bring", "chair", "and", "coat", "since", "it", "may", "rain", "after", "tea", "today"),
)


def _prose(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(count)).capitalize() + "."


def _pdf_of_fpdf2(rng: random.Random) -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.set_font("helvetica", size=11)
    for number in range(PAGES):
        made.add_page()
        made.set_fill_color(220, 230, 240)
        made.rect(10, 10, 190, 12, style="F")
        made.cell(text=f"Page {number + 1}", new_x="LMARGIN", new_y="NEXT")
        made.ln(12)
        for _ in range(5):
            made.multi_cell(0, 6, _prose(rng, 70), new_x="LMARGIN", new_y="NEXT")
            made.ln(4)
    return bytes(made.output())


def _pdf_stamped(rng: random.Random) -> bytes:
    """Return pages with a box over some words, which are drawn and looked at for that."""
    from fpdf import FPDF

    made = FPDF()
    made.set_font("helvetica", size=11)
    for _ in range(PAGES):
        made.add_page()
        for _ in range(5):
            made.multi_cell(0, 6, _prose(rng, 70), new_x="LMARGIN", new_y="NEXT")
            made.ln(4)
        made.set_fill_color(255, 255, 200)
        made.rect(10, 50, 30, 8, style="F")
    return bytes(made.output())


def _pdf_of_reportlab(rng: random.Random) -> bytes:
    from reportlab.lib.colors import lightgrey
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    out, style = io.BytesIO(), getSampleStyleSheet()["BodyText"]
    story: list[object] = []
    for number in range(PAGES):
        cells = [[_prose(rng, 2) for _ in range(4)] for _ in range(8)]
        table = Table(cells, style=[("BACKGROUND", (0, 0), (-1, 0), lightgrey)])
        story += [Paragraph(f"<b>Part {number + 1}</b>", style), table]
        story += [*(Paragraph(_prose(rng, 70), style) for _ in range(4)), PageBreak()]
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


def _workbook(rng: random.Random) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Stalls")
    for _ in range(ROWS):
        sheet.append([rng.choice((_prose(rng, 2), rng.random()))] * _COLUMNS)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _letter(rng: random.Random) -> bytes:
    import docx

    made = docx.Document()
    for number in range(PAGES):
        made.add_heading(f"Part {number + 1}", 1)
        for _ in range(5):
            made.add_paragraph(_prose(rng, 70))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _slides(rng: random.Random) -> bytes:
    import pptx

    made = pptx.Presentation()
    for _ in range(100):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = _prose(rng, 4)
        slide.placeholders[1].text = _prose(rng, 40)
        slide.notes_slide.notes_text_frame.text = _prose(rng, 30)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _photo(rng: random.Random) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    small = Image.frombytes("RGB", (75, 50), rng.randbytes(75 * 50 * 3))
    small.resize((1_200, 800), Image.Resampling.BICUBIC).save(out, "JPEG", quality=88)
    return out.getvalue()


def _with_pypdf(data: bytes) -> int:
    from pypdf import PdfReader

    return sum(len(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages)


def _with_openpyxl(data: bytes) -> int:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return sum(len(str(value)) for row in rows for value in row)


def _with_docx(data: bytes) -> int:
    import docx

    return sum(len(each.text) for each in docx.Document(io.BytesIO(data)).paragraphs)


def _with_pptx(data: bytes) -> int:
    import pptx

    slides = pptx.Presentation(io.BytesIO(data)).slides
    shapes = (shape for slide in slides for shape in slide.shapes)
    return sum(len(shape.text_frame.text) for shape in shapes if shape.has_text_frame)


def _with_pillow(data: bytes) -> int:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return len(picture.getexif()) + picture.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of file: who makes and reads it, how often, and what is counted in it."""

    name: str
    make: Callable[[random.Random], bytes]
    peer: Callable[[bytes], int]
    peer_name: str
    count: int
    unit: str
    times: int = 1


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="a.pdf",
            make=_pdf_of_fpdf2,
            peer=_with_pypdf,
            peer_name="pypdf",
            count=PAGES,
            unit="pages",
        ),
        Kind(
            name="b.pdf",
            make=_pdf_of_reportlab,
            peer=_with_pypdf,
            peer_name="pypdf",
            count=PAGES,
            unit="pages",
        ),
        Kind(
            name="c.pdf",
            make=_pdf_stamped,
            peer=_with_pypdf,
            peer_name="pypdf",
            count=PAGES,
            unit="pages",
        ),
        Kind(
            name="a.docx",
            make=_letter,
            peer=_with_docx,
            peer_name="python-docx",
            count=PAGES,
            unit="pages",
        ),
        Kind(
            name="a.xlsx",
            make=_workbook,
            peer=_with_openpyxl,
            peer_name="openpyxl",
            count=ROWS * _COLUMNS,
            unit="cells",
        ),
        Kind(
            name="a.pptx",
            make=_slides,
            peer=_with_pptx,
            peer_name="python-pptx",
            count=100,
            unit="slides",
        ),
        Kind(
            name="a.jpg",
            make=_photo,
            peer=_with_pillow,
            peer_name="Pillow",
            count=PICTURES,
            unit="pictures",
            times=PICTURES,
        ),
    )
}


def main() -> int:
    """Print the table; return 1 where 500 pages of PDF take more than ten seconds."""
    print(f"{'file':8}{'':>20}{'s':>8}{'a second':>10}{'MB':>6}   {'library':14}{'s':>8}{'MB':>6}")
    failed = False
    with TemporaryDirectory() as folder:
        for kind in KINDS.values():
            file = Path(folder) / kind.name
            file.write_bytes(kind.make(random.Random(6)))
            ours, theirs = _weigh(file, "ours"), _weigh(file, "peer")
            count = f"{kind.count:,} {kind.unit}"
            print(
                f"{kind.name:8}{count:>20}{ours[0]:8.2f}{kind.count / ours[0]:10,.0f}"
                f"{ours[1]:6.0f}   {kind.peer_name:14}{theirs[0]:8.2f}{theirs[1]:6.0f}"
            )
            failed |= kind.unit == "pages" and ours[0] > MOST_SECONDS
    return int(failed)


def _weigh(file: Path, who: str) -> tuple[float, float]:
    """Read a file in processes of their own; return the least seconds, and the most megabytes."""
    told = []
    for _ in range(3):
        words = [sys.executable, "-m", "bench.documents", str(file), who]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        seconds, held = done.stdout.split()
        told.append((float(seconds), float(held)))
    return min(each[0] for each in told), max(each[1] for each in told)


def _read_once(file: Path, who: str) -> int:
    kind, data = KINDS[file.name], file.read_bytes()
    limits = default_policy().limits
    begin = time.process_time()
    for _ in range(kind.times):
        if who == "peer":
            kind.peer(data)
        else:
            extract(file.name, data, limits)
    print(time.process_time() - begin, peak(0) / 1e6)
    return 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(_read_once(Path(arguments[0]), arguments[1]) if arguments else main())
