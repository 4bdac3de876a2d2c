"""Office files: words in attributes are read, and words of the format itself are not."""

import time
from xml.etree.ElementTree import fromstring

import pytest

from moderation.extract import extract
from moderation.extract.builder import Builder
from moderation.extract.office.archive import open_package
from moderation.extract.office.leftover import read_leftover, read_links
from moderation.extract.office.runs import Run, grouped
from moderation.model import Carrier
from tests.extract.planted.word import docx, zipped

Texts = list[tuple[Carrier, str, str]]


def read(xml: str) -> Texts:
    builder = Builder("a.docx", "0")
    package = open_package(zipped({"a": "b"}), builder)
    root = fromstring(xml)  # noqa: S314 - our own
    read_links(package, root, "link")
    read_leftover(package, root, "here", taken=("t",))
    package.flush()
    document = builder.document("x")
    return [
        (p.carrier, p.field, document.text[p.start : p.end])
        for p in document.pieces
        if p.carrier is not Carrier.FILE_NAME
    ]


@pytest.mark.parametrize(
    "xml",
    [
        '<a name="Text Box 3"/>',
        '<a name="Heading 1 Char" descr=""/>',
        '<a x="en-GB" y="round-dot" z="0.5pt solid black" w="left,top"/>',
        '<a uri="Jo Reed" type="Jo Reed"/>',
        '<a x="http://schemas.microsoft.com/office/word" y="urn:some:Thing-here"/>',
        '<a x="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" y="application/vnd.ms-excel"/>',
        '<a ref="$A$1:B2" x="#ABCDEF"/>',
        '<font name="Jo Reed"/>',
        '<sheet name="Jo Reed"/>',
        '<a href="Pictures/x.png"/>',
        "<t>taken</t>",
        "<a>12 3</a>",
    ],
)
def test_words_of_the_format_are_left_out(xml: str) -> None:
    assert read(xml) == []


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        ('<a other="Jo Reed"/>', (Carrier.HIDDEN, "here a other", "Jo Reed")),
        ('<a name="Jo"/>', (Carrier.HIDDEN, "here a name", "Jo")),
        ('<tag val="Jo"/>', (Carrier.HIDDEN, "here tag val", "Jo")),
        ('<docPr descr="Jo"/>', (Carrier.ALT, "here picture", "Jo")),
        ('<ins author="Jo"/>', (Carrier.TRACKED_CHANGE, "here author of a change", "Jo")),
        ('<comment author="Jo"/>', (Carrier.COMMENT, "here comment author", "Jo")),
        ("<a>Jo</a>", (Carrier.HIDDEN, "here a", "Jo")),
        ('<a href="mailto:jo@example.org"/>', (Carrier.LINK, "link", "mailto:jo@example.org")),
    ],
)
def test_words_that_somebody_wrote_are_read(xml: str, found: tuple[Carrier, str, str]) -> None:
    assert read(xml) == [found]


def test_the_same_words_in_the_same_place_are_read_once() -> None:
    assert len(read('<a><b name="Jo"/><b name="Jo"/></a>')) == 1


def test_a_long_attribute_is_read_in_linear_time() -> None:
    start = time.process_time()
    read(f'<a x="{"a" * 2_000_000}" y="{"ab " * 500_000}1"/>')
    assert time.process_time() - start < 2


def test_a_file_with_another_in_front_is_told_and_read() -> None:
    document = extract("a.docx", zipped({"x": "y"}) + docx())
    assert [part.kind for part in document.parts] == ["polyglot"]


def test_nothing_is_read_from_an_ordinary_empty_document_but_its_words() -> None:
    document = extract("a.docx", docx())
    assert [document.text[p.start : p.end] for p in document.pieces] == ["Dear parents,", "a.docx"]


def test_removed_words_are_told_with_a_few_words_around_them() -> None:
    long = "one two three four five six seven eight nine ten eleven twelve thirteen "
    runs = [
        Run(Carrier.BODY, long),
        Run(Carrier.TRACKED_CHANGE, "Reed "),
        Run(Carrier.BODY, "new ", added=True),
        Run(Carrier.BODY, long),
    ]
    assert grouped(runs) == [
        (Carrier.BODY, f"{long}new {long}"),
        (
            Carrier.TRACKED_CHANGE,
            "four five six seven eight nine ten eleven twelve thirteen Reed "
            "one two three four five six seven eight nine ten eleven",
        ),
    ]


def test_an_instruction_to_a_program_is_read() -> None:
    entry = "<?mso-application x?><d><?by Jo Reed?></d>"
    document = extract("a.docx", docx(more={"customXml/item1.xml": entry}))
    assert [(p.carrier, p.field, document.text[p.start : p.end]) for p in document.pieces][
        1:-1
    ] == [(Carrier.COMMENT, "comment in customXml/item1.xml", "by Jo Reed")]
