"""Each download that hides something is told by the rule about it, and its clean twin is not."""

import pytest

from moderation import check_files
from moderation.checks.base import Context, checks_of
from moderation.extract import extract
from moderation.model import Asset, Severity
from moderation.policy import default_policy
from tests.extract.planted.concealed import Concealed, concealed
from tests.spec_downloads import drawing, office
from tests.spec_files import TODAY

CONTEXT = Context(policy=default_policy(), today=TODAY)
EVERY = tuple(concealed())
QUICK = ("ours", "fpdf2", "openpyxl", "XlsxWriter")
OURS = [each for each in EVERY if each.what.endswith(QUICK)]
PROGRAMS = [each for each in EVERY if each not in OURS]


def told(data: bytes, rule: str, ending: str) -> list[tuple[str, Severity]]:
    document = extract(f"a{ending}", data)
    findings = checks_of("files")[rule].check(document, CONTEXT)
    return [(finding.message, finding.severity) for finding in findings]


@pytest.mark.parametrize("each", OURS, ids=[each.what for each in OURS])
def test_what_is_hidden_is_told_and_a_clean_twin_raises_nothing(each: Concealed) -> None:
    assert told(each.make(True), each.rule, each.ending)
    assert told(each.make(False), each.rule, each.ending) == []


@pytest.mark.slow
@pytest.mark.parametrize("each", PROGRAMS, ids=[each.what for each in PROGRAMS])
def test_the_same_holds_for_files_that_programs_save(each: Concealed) -> None:
    assert told(each.make(True), each.rule, each.ending)
    assert told(each.make(False), each.rule, each.ending) == []


def test_the_number_of_hidden_rows_is_told() -> None:
    rows = ", ".join('["x"]' for _ in range(214))
    data = office(
        "a.xlsx", f'[Clubs]\nrows = [["Chess"]]\n[Data]\nstate = "hidden"\nrows = [{rows}]'
    )
    assert told(data, "hidden-data", ".xlsx") == [
        ("sheet Data is hidden and holds 214 rows", Severity.BLOCK)
    ]


def test_notes_of_a_speaker_and_shapes_that_may_be_decoration_only_ask_for_a_look() -> None:
    slides = 'slides = [{ text = "Welcome", box = "000000", notes = "Breathe." }]'
    data = office("a.pptx", slides)
    assert told(data, "hidden-data", ".pptx") == [("slide 1 holds speaker notes", Severity.REVIEW)]
    assert told(data, "redaction-not-applied", ".pptx") == [
        ("slide 1 holds a black shape over text", Severity.REVIEW)
    ]


def test_a_note_on_a_pdf_asks_for_a_look_and_a_comment_in_a_letter_blocks() -> None:
    letter = office("a.docx", 'comments = ["ask"]')
    assert told(letter, "tracked-changes", ".docx") == [
        ("the file holds 1 comment", Severity.BLOCK)
    ]
    assert told(drawing('note = "ask"'), "tracked-changes", ".pdf") == [
        ("the file holds 1 comment", Severity.REVIEW)
    ]


def test_a_company_is_noted_and_a_person_asks_for_a_look() -> None:
    parts = {
        "docProps/app.xml": "<Properties><Company>Reed Haulage Ltd</Company>"
        "<Manager>Rowan Reed</Manager></Properties>"
    }
    from tests.extract.office_files import docx, paragraph

    data = docx(paragraph("We leave at nine."), more=parts)
    assert told(data, "author-in-properties", ".docx") == [
        ("the properties name a company", Severity.NOTE),
        ("the properties name a manager", Severity.REVIEW),
    ]


AUTHORS = [
    ("Rowan Reed", True),
    ("rreed", True),
    ("Quillbrook Primary School", False),
    ("School Office", False),
    ("Microsoft Office User", False),
    ("python-docx", False),
    ("Fenshire County Council", False),
    ("R", False),
    ("1234", False),
]


@pytest.mark.parametrize(("author", "reported"), AUTHORS, ids=[name for name, _ in AUTHORS])
def test_only_names_of_somebody_are_reported(author: str, reported: bool) -> None:
    assert bool(
        told(office("a.docx", f'author = "{author}"'), "author-in-properties", ".docx")
    ) is (reported)


FETCHED = [
    ("a.docx", 'template = "https://elsewhere.example/a.dotm"', "takes its template"),
    (
        "a.odt",
        """content = '<draw:image xlink:href="https://elsewhere.example/a.png"/>'""",
        "fetches a picture",
    ),
]


@pytest.mark.parametrize(("path", "recipe", "words"), FETCHED)
def test_what_an_office_file_fetches_is_told(path: str, recipe: str, words: str) -> None:
    (found,) = told(office(path, recipe), "external-link", path[1:])
    assert words in found[0]


CELLS = [
    ("=HYPERLINK(1)", True),
    ("=1+1", False),
    ("@SUM(1)", True),
    ("+cmd|x", True),
    ("-30", False),
    ("+44 1632 960140", False),
    ("-", False),
    ("- none (yet)", False),
]


@pytest.mark.parametrize(("cell", "reported"), CELLS)
def test_formulas_in_tables_of_plain_text_are_told(cell: str, reported: bool) -> None:
    assert bool(told(f"Club,Places\nChess,{cell}\n".encode(), "active-content", ".csv")) is reported


TYPES = {
    "letters/trip.docx": 'paragraphs = ["We leave at nine."]',
    "downloads/clubs.xlsx": '[Clubs]\nrows = [["Chess", "12"]]',
    "talks/evening.pptx": 'slides = [{ text = "Welcome" }]',
    "letters/trip.odt": "content = '<text:p>We leave at nine.</text:p>'",
}


@pytest.mark.parametrize("path", TYPES)
def test_the_defaults_let_in_office_files_that_hide_nothing(path: str) -> None:
    verdict = check_files([Asset(path, office(path, TYPES[path]))], families=["files"])
    assert (verdict.findings, verdict.errors) == ((), ())


def test_a_file_with_macros_does_not_come_in_under_either_ending() -> None:
    data = office("a.docx", "program = true")
    rules = [
        [f.rule for f in check_files([Asset(path, data)], families=["files"]).findings]
        for path in ("a.docx", "a.docm")
    ]
    assert rules == [["macro-in-document"], ["file-type-mismatch", "macro-in-document"]]
