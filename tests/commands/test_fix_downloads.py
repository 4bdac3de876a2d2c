"""``schoolgate check --fix`` and ``add file`` clean downloads, and keep the original."""

from moderation.analysis.cleaning.document import clean_document
from moderation.policy import default_policy
from tests.commands.conftest import School
from tests.spec_downloads import drawing, office

LIMITS = default_policy().limits
LETTER = office("a.docx", 'paragraphs = [{text = "nine", added_by = "Jo"}]\nauthor = "Jo Reed"')
BLACK = drawing('content = "BT /F1 12 Tf 50 600 Td (Jo Reed) Tj ET 0 g 40 590 200 30 re f"')


def test_a_download_is_cleaned_and_the_original_kept(school: School) -> None:
    letter = school.write("downloads/trip.docx", LETTER)
    told = school.run("check", "--fix", str(letter)).stderr
    assert "fixed: trip.docx: replaced (clean); the original is kept in" in told
    assert "accepted 1 tracked change by 1 person" in told
    assert letter.read_bytes() == clean_document(LETTER, LIMITS).data
    assert [f.read_bytes() for f in sorted(school.home.rglob("originals/*"))] == [LETTER]
    again = school.run("check", "--fix", str(letter)).stderr
    assert "fixed" not in again


def test_what_cannot_be_cleaned_is_left_and_told(school: School) -> None:
    file = school.write("downloads/a.pdf", BLACK)
    told = school.run("check", "--fix", str(file), exits=1).stderr
    assert "not fixed: downloads/a.pdf: page 1 has text below black" in told
    assert file.read_bytes() == BLACK


def test_a_download_is_brought_in_clean_and_the_own_file_stays(school: School) -> None:
    page = school.write("news/trip.md", "# Trip\n")
    own = school.root.parent / "Trip letter.docx"
    own.write_bytes(LETTER)
    told = school.run("add", "file", str(page), str(own)).output
    assert "[[[Say what it is]]](../downloads/trip-letter.docx)" in told
    brought = school.root / "content" / "downloads" / "trip-letter.docx"
    assert brought.read_bytes() == clean_document(LETTER, LIMITS).data
    assert own.read_bytes() == LETTER


def test_another_file_of_the_name_is_not_replaced_unasked(school: School) -> None:
    page = school.write("news/trip.md", "# Trip\n")
    there = school.write("downloads/trip.docx", office("a.docx", 'paragraphs = ["Old"]'))
    own = school.root.parent / "trip.docx"
    own.write_bytes(LETTER)
    told = school.run("add", "file", str(page), str(own), exits=2).output
    assert "is there already" in told
    school.run("add", "file", str(page), str(own), "--replace")
    assert there.read_bytes() == clean_document(LETTER, LIMITS).data


def test_what_is_no_download_is_refused(school: School) -> None:
    page = school.write("news/trip.md", "# Trip\n")
    own = school.root.parent / "trip.pdf"
    own.write_text("Jo")
    told = school.run("add", "file", str(page), str(own), exits=2).output
    assert "is no PDF and no office file" in told


def test_handing_in_names_the_command_that_cleans(school: School) -> None:
    page = school.write("news/trip.md", "# Trip\n\n[The letter](../downloads/trip.docx)\n")
    school.write("downloads/trip.docx", LETTER)
    told = school.run("submit", str(page), "--as", "S-04").stderr
    assert "schoolgate check --fix content/downloads/trip.docx takes out what is hidden" in told
