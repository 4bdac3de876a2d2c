"""``schoolgate review`` lays the first page of a PDF beside the photos."""

import json

from fpdf import FPDF

from tests.commands.conftest import School

PAGE = (
    "---\ntitle: Fete\ndescription: The fete.\nassets:\n"
    "  downloads/fete.pdf: {author: Us, licence: own-work}\n---\n\n"
    "# The fete\n\n[The programme](../downloads/fete.pdf)\n"
)


def programme() -> bytes:
    made = FPDF()
    made.set_title("The programme")
    made.set_lang("en-GB")
    made.add_page()
    made.set_font("helvetica", size=14)
    made.cell(text="Cake at two, tea at three.")
    return bytes(made.output())


def test_first_page_lies_on_the_sheet(school: School) -> None:
    school.write("news/fete.md", PAGE)
    school.write("downloads/fete.pdf", programme())
    row = json.loads(
        school.run("submit", "content/news/fete.md", "--as", "S-04", "--format", "json").output
    )
    school.run("review", row["id"], "--as", "S-02")
    page = next(school.home.rglob("review/*/photos.html")).read_text("utf-8")
    assert "no photos and 1 first page of documents; those with faces" in page
    assert 'alt="the first page of downloads/fete.pdf"' in page
    assert "first page: no face seen" in page
    assert "does not say who is in it" not in page
