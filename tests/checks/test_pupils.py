"""What the checks of pupils' names tell, how severe it is, and what they keep to themselves."""

from dataclasses import replace
from datetime import date

import pytest

import moderation
from moderation.checks.base import Context
from moderation.checks.pupils import mentions
from moderation.extract import extract
from moderation.model import Carrier, Document, Finding, Piece
from moderation.policy import Policy, default_policy, load_policy
from moderation.registers import Pupil, Registers, Roll

PEOPLE = ("pupil-named", "pupil-named-with-photo", "pupil-in-file-name", "name-in-metadata")
AMELIA = Pupil(reference="P-1", forename="Amelia", surname="Thistlewood", class_name="4B")
ROLL = Roll(
    (
        AMELIA,
        Pupil(reference="P-2", forename="Jack", surname="Birch-Dawson", class_name="Reception"),
        Pupil(reference="P-3", forename="Ottoline", surname="Quill", class_name="Owls"),
        Pupil(reference="P-4", forename="Barnaby", surname="Kettle", flagged=True),
    )
)


def _checked(
    text: str, *, path: str = "news/page.md", roll: Roll | None = ROLL, policy: Policy | None = None
) -> list[Finding]:
    registers = moderation.Registers(roll=roll)
    verdict = moderation.check_text(
        text, path=path, families=["people"], registers=registers, policy=policy
    )
    assert verdict.errors == ()
    return [finding for finding in verdict.findings if finding.rule in PEOPLE]


def _rows(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity, f.confidence) for f in findings]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Amelia Thistlewood won.", [("pupil-named", "review", "high")]),
        ("Amelia Thistlewod won.", [("pupil-named", "review", "medium")]),
        ("A. Thistlewood won.", [("pupil-named", "review", "medium")]),
        ("Miss Thistlewood won the cup.", [("pupil-named", "note", "low")]),
        ("Master Thistlewood was there.", [("pupil-named", "note", "low")]),
        ("The cup went to Amelia, the captain.", [("pupil-named", "note", "low")]),
        ("Barnaby Kettle won.", [("pupil-named", "block", "high")]),
        ("B. Kettle won.", [("pupil-named", "block", "medium")]),
        ("Our teacher Miss Thistlewood won.", []),
        ("We then read what Amelia found in the old book of the sea.", []),
        ("[a](../files/amelia-thistlewood.pdf)", [("pupil-in-file-name", "block", "high")]),
        ("[a](../files/athistlewood.pdf)", []),
        ("[a](https://a.example/amelia-thistlewood)", [("pupil-named", "review", "high")]),
        ("![a](b.jpg)\n\nA. Thistlewood", [("pupil-named-with-photo", "review", "medium")]),
        ("![a](b.jpg)\n\nAmelia Thistlewood", [("pupil-named-with-photo", "block", "high")]),
        ("![a](b.jpg)\n\n*Amelia at the pond*", [("pupil-named", "note", "low")]),
    ],
)
def test_a_mention_is_as_severe_as_it_is_plain(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert _rows(_checked(text)) == rows


def test_without_a_roll_nobody_is_told() -> None:
    assert _checked("Amelia Thistlewood won.", roll=None) == []
    assert _checked("Amelia Thistlewood won.", roll=Roll()) == []


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Amelia Thistlewood", "a Year 4 pupil"),
        ("Jack Birch-Dawson", "a Reception pupil"),
        ("Ottoline Quill", "a pupil"),
    ],
)
def test_the_year_group_is_offered_in_the_place_of_a_name(name: str, word: str) -> None:
    (finding,) = _checked(f"Well done {name}!")
    assert finding.fix == moderation.model.Fix(description=f"write “{word}”", replacement=word)


@pytest.mark.parametrize(
    ("class_name", "word"),
    [
        ("Year 10", "a Year 10 pupil"),
        ("Y3 Oak", "a Year 3 pupil"),
        ("13C", "a Year 13 pupil"),
        ("R2", "a Reception pupil"),
        ("RJ", "a pupil"),
        ("2026", "a pupil"),
        ("", "a pupil"),
    ],
)
def test_a_class_tells_the_year_group(class_name: str, word: str) -> None:
    pupil = Pupil(reference="P-1", forename="Amelia", surname="Hart", class_name=class_name)
    (finding,) = _checked("Amelia Hart", roll=Roll((pupil,)))
    assert finding.fix is not None
    assert finding.fix.replacement == word


def test_the_pictures_are_told_with_the_name() -> None:
    text = "![a](b.jpg)\n\n[c](d.png)\n\nAmelia Thistlewood\n"
    (finding,) = _checked(text)
    assert [(place.line, place.role) for place in finding.related] == [
        (1, "picture"),
        (3, "picture"),
    ]


def test_the_same_name_of_two_pupils_is_told_of_each_and_of_many_once() -> None:
    def roll(count: int) -> Roll:
        references = (f"P-{number}" for number in range(count))
        return Roll(tuple(replace(AMELIA, reference=reference) for reference in references))

    assert [f.subject for f in _checked("Amelia Thistlewood", roll=roll(3))] == [
        "P-0",
        "P-1",
        "P-2",
    ]
    (finding,) = _checked("Amelia Thistlewood", roll=roll(4))
    assert (finding.subject, finding.message) == ("", "one of 4 pupils is named")


@pytest.mark.parametrize(
    ("settings", "text", "told"),
    [
        ("forenames = true", "The cup went to Amelia, the captain.", False),
        ("forenames = true", "The cup went to Amelia Thistlewood.", True),
        ("forenames = false", "The cup went to Amelia, the captain.", True),
        ("work_forenames = true", "![A poem by Amelia](a.png)", False),
        ("work_forenames = false", "![A poem by Amelia](a.png)", True),
    ],
)
def test_the_school_says_whether_forenames_may_stand(settings: str, text: str, told: bool) -> None:
    policy = load_policy(f"[people]\n{settings}")
    assert bool(_checked(text, policy=policy)) is told


def test_no_name_stands_in_what_a_finding_says() -> None:
    text = "![Amelia Thistlewood](b.jpg) [x](amelia-thistlewood.pdf) Jack Dawson, B. Kettle"
    findings = _checked(text, path="news/ottoline-quill.md")
    assert {finding.rule for finding in findings} == set(PEOPLE) - {
        "pupil-named",
        "name-in-metadata",
    }
    words = (
        "amelia",
        "thistle",
        "jack",
        "birch",
        "dawson",
        "ottoline",
        "quill",
        "barnaby",
        "kettle",
    )
    for finding in findings:
        fix = finding.fix
        told = (finding.message, finding.remedy, fix and fix.replacement, fix and fix.description)
        assert not any(word in str(told).lower() for word in words)
    assert not any(word in repr(ROLL).lower() for word in words)


def test_no_name_goes_on_from_the_text_to_a_link_or_the_path() -> None:
    findings = _checked("[Amelia](thistlewood.md)\n\nJack", path="news/dawson.md")
    assert {finding.severity for finding in findings} == {"note"}


def test_metadata_of_a_document_asks_for_a_look() -> None:
    piece = Piece(0, 18, Carrier.PROPERTY, field="author")
    document = Document(
        path="a.docx",
        digest="0" * 64,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        text="Amelia Thistlewood",
        pieces=(piece,),
    )
    check = moderation.checks.base.all_checks()["name-in-metadata"].check
    (finding,) = check(document, _context())
    assert (finding.severity, finding.field) == ("review", "author")
    assert finding.message == "the pupil P-1 is named in the metadata of a document"


def test_a_document_is_read_once_for_all_the_checks() -> None:
    page = extract("a.md", b"Amelia Thistlewood", default_policy().limits)
    assert mentions(page, _context()) is mentions(page, _context())


def _context() -> Context:
    return Context(
        policy=default_policy(), today=date(2026, 11, 21), registers=Registers(roll=ROLL)
    )
