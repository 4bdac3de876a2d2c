"""``schoolgate import`` makes a page of a letter, and leaves behind what nobody sees."""

import io
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import docx
import markdown
import pytest
from docx.oxml.ns import qn
from docx.shared import Inches
from PIL import Image

from moderation.extract import extract
from moderation.model import Carrier
from moderation.policy.markdown import EXTENSIONS
from tests.commands.conftest import School

SECRET = "Marchbanks"  # of an invented person


def picture() -> bytes:
    """Return a photo that tells where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def letter(place: Path) -> Path:
    """Write a letter with a little of everything."""
    made = docx.Document()
    made.core_properties.author = SECRET
    made.add_heading("Autumn letter", 0)
    first = made.add_paragraph("Dear parents, 5 * 3 * 2 <b>is</b> thirty! Please ")
    first.add_run("answer").bold = True
    first.add_run(" soon, ")
    first.add_run("really").italic = True
    hidden = first.add_run(SECRET)
    hidden.font.hidden = True
    made.add_comment(first.runs[:1], text=SECRET, author=SECRET)
    made.add_heading("What to bring", 1)
    for style, words in (
        ("List Bullet", "Cake"),
        ("List Bullet 2", "With nuts"),
        ("List Bullet", "Juice"),
        ("List Number", "Come"),
        ("List Number", "Stay"),
    ):
        made.add_paragraph(words, style=style)
    table = made.add_table(rows=2, cols=2)
    for row, told in zip(table.rows, (("Class", "Day"), ("Elm", "Monday")), strict=True):
        for cell, word in zip(row.cells, told, strict=True):
            cell.text = word
    made.add_picture(io.BytesIO(picture()), width=Inches(2))
    next(made.element.body.iter(qn("wp:docPr"))).set("descr", "The hall at night")
    made.add_paragraph("1. This is no list")
    made.sections[0].header.paragraphs[0].text = SECRET
    made.save(str(place))
    return place


def converted(file: Path, kind: str) -> Path:
    """Have LibreOffice open a letter and save it."""
    folder = file.parent / "converted"
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    words = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*words, str(file)], check=True, capture_output=True)
    return folder / f"{file.stem}.{kind}"


PAGE_BODY = """
Dear parents, 5 \\* 3 \\* 2 &lt;b>is&lt;/b> thirty! Please **answer** soon, *really*

## What to bring

- Cake
    - With nuts
- Juice

1. Come
2. Stay

| Class | Day |
| --- | --- |
| Elm | Monday |

![The hall at night](../photos/autumn-letter-1.jpg)

1\\. This is no list
"""


def test_letter_becomes_a_page_with_its_picture(school: School, tmp_path: Path) -> None:
    file = letter(tmp_path / "letter.docx")
    before = file.read_bytes()
    told = school.run("import", str(file)).output
    page = (school.root / "content/news/autumn-letter.md").read_text()
    head, body = page.split("\n---\n", 1)
    assert body == PAGE_BODY
    assert 'title: "Autumn letter"' in head
    assert "assets:\n  photos/autumn-letter-1.jpg: {}" in head
    assert file.read_bytes() == before
    photo = extract("a.jpg", (school.root / "content/photos/autumn-letter-1.jpg").read_bytes())
    assert photo.parts == ()
    assert not list(photo.carried(Carrier.EXIF))
    assert SECRET not in page + told
    lost = [line.strip() for line in told.splitlines() if line.startswith("  ")]
    assert lost == ["comments", "headers", "hidden text"]


def test_check_asks_who_is_in_the_pictures(school: School, tmp_path: Path) -> None:
    school.run("import", str(letter(tmp_path / "letter.docx")))
    told = school.run("check", "content/news/autumn-letter.md", exits=1).output
    assert "rights-missing" in told
    assert "people-not-declared" in told or "consent-missing" in told, told


def test_nothing_is_overwritten(school: School, tmp_path: Path) -> None:
    file = letter(tmp_path / "letter.docx")
    kept = school.write("photos/autumn-letter-1.jpg", b"mine")
    told = school.run("import", str(file), exits=2).output
    assert "content/photos/autumn-letter-1.jpg: is there already" in told
    assert kept.read_bytes() == b"mine"
    assert not (school.root / "content/news/autumn-letter.md").exists()
    kept.unlink()
    school.run("import", str(file))
    page = (school.root / "content/news/autumn-letter.md").read_bytes()
    told = school.run("import", str(file), exits=2).output
    assert "is there already" in told
    assert (school.root / "content/news/autumn-letter.md").read_bytes() == page


def test_page_can_be_put_elsewhere_and_named(school: School, tmp_path: Path) -> None:
    file = letter(tmp_path / "letter.docx")
    words = ("--page", "classes/elm/trip.md", "--title", 'A "trip"', "--type", "letter")
    school.run("import", str(file), *words)
    page = (school.root / "content/classes/elm/trip.md").read_text()
    assert "title: \"A 'trip'\"" in page
    assert "](../../photos/trip-1.jpg)" in page


def test_file_name_does_not_name_a_pupil(school: School, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Well done Ottoline Quillfeather", 0)
    made.save(str(tmp_path / "a.docx"))
    told = school.run("import", str(tmp_path / "a.docx"), exits=2).output
    assert "would name the pupil P-0101" in told
    assert "Quillfeather" not in told
    assert list((school.root / "content").rglob("*quill*")) == []


def test_letter_without_a_title_asks_for_one(school: School, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Dear parents")
    made.save(str(tmp_path / "a.docx"))
    told = school.run("import", str(tmp_path / "a.docx"), exits=2).output
    assert "name the page with --title" in told
    school.run("import", str(tmp_path / "a.docx"), "--title", "To all")
    assert (school.root / "content/news/to-all.md").read_text().endswith("\nDear parents\n")


SPOILT: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "damaged": (
        "a.docx",
        lambda data: data.replace(b"document.xml", b"documemt.xml", 1),
        "damaged",
    ),
    "a picture": ("a.docx", lambda _: picture(), "is no letter"),
    "words": ("a.docx", lambda _: b"Dear parents", "is no letter"),
    "empty": ("a.docx", lambda _: b"", "is no letter"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_is_no_letter_is_refused(school: School, tmp_path: Path, spoilt: str) -> None:
    name, spoil, why = SPOILT[spoilt]
    file = tmp_path / name
    file.write_bytes(spoil(letter(tmp_path / "good.docx").read_bytes()))
    before = sorted(school.root.rglob("*"))
    assert why in school.run("import", str(file), exits=5).output
    assert sorted(school.root.rglob("*")) == before


@pytest.mark.slow  # a program of 200 MB is started
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_letter_of_libreoffice_gives_the_same_page(
    school: School, tmp_path: Path, kind: str
) -> None:
    file = letter(tmp_path / "letter.docx")
    school.run("import", str(converted(file, kind)))
    body = (school.root / "content/news/autumn-letter.md").read_text().split("\n---\n", 1)[1]
    flat = PAGE_BODY if kind == "docx" else PAGE_BODY.replace("    - With", "- With")
    assert body == flat


class Structure(HTMLParser):
    """Collects the words of each element that holds some, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append((tag, dict(attrs)["alt"] or ""))
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "img":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(("/".join(self._open), data.strip()))


@pytest.mark.parametrize("kind", ["docx", pytest.param("odt", marks=pytest.mark.slow)])
def test_built_page_has_the_words_order_and_structure_of_the_letter(
    school: School, tmp_path: Path, kind: str
) -> None:
    file = letter(tmp_path / "letter.docx")
    if kind == "odt":
        if not shutil.which("soffice"):
            pytest.skip("LibreOffice is not installed")
        file = converted(file, "odt")
    school.run("import", str(file))
    body = (school.root / "content/news/autumn-letter.md").read_text().split("\n---\n", 1)[1]
    built = Structure(markdown.markdown(body, extensions=list(EXTENSIONS))).found
    nested = "ul/li/ul/li" if kind == "docx" else "ul/li"
    assert built == [
        ("p", "Dear parents, 5 * 3 * 2 <b>is</b> thirty! Please"),
        ("p/strong", "answer"),
        ("p", "soon,"),
        ("p/em", "really"),
        ("h2", "What to bring"),
        ("ul/li", "Cake"),
        (nested, "With nuts"),
        ("ul/li", "Juice"),
        ("ol/li", "Come"),
        ("ol/li", "Stay"),
        ("table/thead/tr/th", "Class"),
        ("table/thead/tr/th", "Day"),
        ("table/tbody/tr/td", "Elm"),
        ("table/tbody/tr/td", "Monday"),
        ("img", "The hall at night"),
        ("p", "1. This is no list"),
    ]


def test_nothing_is_left_of_a_page_that_cannot_be_written(school: School, tmp_path: Path) -> None:
    school.write("trips", b"a file where a folder should be")
    before = sorted(school.root.rglob("*.*"))
    told = school.run(
        "import", str(letter(tmp_path / "a.docx")), "--page", "trips/a.md", exits=2
    ).output
    assert "trips" in told
    assert sorted(school.root.rglob("*.*")) == before
