"""What the family files says of types that specs cannot write down."""

from dataclasses import replace
from datetime import date

import pytest

from moderation.checks.base import Context, checks_of
from moderation.checks.files import (
    active_content,
    embedded_file,
    file_type_mismatch,
    macro_in_document,
)
from moderation.checks.images import location_in_photo
from moderation.extract import extract
from moderation.model import Document, Location, Part
from moderation.policy import default_policy
from tests.extract.office_files import docx, paragraph

CONTEXT = Context(policy=default_policy(), today=date(2026, 11, 21))


def test_an_office_file_is_read_and_published_only_where_the_policy_lets_it_in() -> None:
    document = extract("letters/trip.docx", docx(paragraph("We leave at nine.")))
    assert "We leave at nine." in document.text
    open_to_it, closed = (
        Context(policy=replace(CONTEXT.policy, types=types), today=CONTEXT.today)
        for types in ({document.media_type: (".docx",)}, {"image/jpeg": (".jpg",)})
    )
    assert list(file_type_mismatch.check(document, open_to_it)) == []
    (finding,) = file_type_mismatch.check(document, closed)
    assert str(finding.primary) == "letters/trip.docx"
    assert finding.message == "the file is a Word document, which is not published"
    assert list(active_content.check(document, CONTEXT)) == []


def test_a_macro_is_reported_where_it_lies() -> None:
    document = extract("a.docx", docx("", more={"word/vbaProject.bin": b"Sub AutoOpen()"}))
    (finding,) = macro_in_document.check(document, CONTEXT)
    assert str(finding.primary) == "a.docx [word/vbaProject.bin]"
    assert finding.message == "the file holds a program (a macro)"


def with_parts(*kinds: str) -> Document:
    parts = tuple(Part(kind=k, detail="", location=Location(path="a.pdf")) for k in kinds)
    return Document(
        path="a.pdf", digest="0", media_type="application/pdf", text="", pieces=(), parts=parts
    )


def test_an_attached_file_is_reported_once() -> None:
    document = with_parts("attachment", "embedded-file")
    (finding,) = embedded_file.check(document, CONTEXT)
    assert finding.message == "the file holds another file"


@pytest.mark.parametrize("kind", ["form", "thumbnail", "maker-note", "animation"])
def test_parts_that_do_nothing_are_not_reported(kind: str) -> None:
    document = with_parts(kind)
    for check in (*checks_of("files").values(), location_in_photo):
        if check.RULE.id != "pdf-not-accessible":
            assert list(check.check(document, CONTEXT)) == []


ADDRESSES = [
    ("https://example.org/a:b", ""),
    ("notes.md?time=9:30", ""),
    ("/a:b", ""),
    ("../a/b.md", ""),
    ("MAILTO:office@example.org", ""),
    ("JaVaScRiPt:go()", "the address begins with javascript: and runs a program"),
    (" \x01java\nscript:go()", "the address begins with javascript: and runs a program"),
    ("vbscript:go()", "the address begins with vbscript: and runs a program"),
    ("data:,x", "the address begins with data: and holds a whole file"),
    ("ms-word:ofe|u|x", "the address begins with ms-word:, which is no web address"),
    (
        "java script:x",
        "the address has a colon where none belongs, so that browsers may misread it",
    ),
]


@pytest.mark.parametrize(("target", "message"), ADDRESSES, ids=[repr(a) for a, _ in ADDRESSES])
def test_addresses_are_judged_as_browsers_read_them(target: str, message: str) -> None:
    escaped = "".join(f"&#{ord(each)};" for each in target)
    document = extract("page.html", f'<html><a href="{escaped}">x</a></html>'.encode())
    got = [finding.message for finding in active_content.check(document, CONTEXT)]
    assert got == ([message] if message else [])


def test_a_page_of_html_may_have_the_tags_that_a_whole_page_has() -> None:
    page = b"<!doctype html><html lang=en><body data-x=1><main>Hello</main></body></html>"
    document = extract("page.html", page)
    assert [finding.message for finding in active_content.check(document, CONTEXT)] == []


def test_an_instruction_to_the_server_in_a_page_of_html_is_reported() -> None:
    document = extract("page.html", b'<p>Hello</p><!--#include virtual="/x" -->')
    assert [finding.message for finding in active_content.check(document, CONTEXT)] == [
        "the comment is an instruction to the web server"
    ]


def test_front_matter_that_is_a_key_is_reported_at_the_page() -> None:
    document = extract("page.md", b'---\n"<b>": one\n---\n\nText\n')
    (finding,) = active_content.check(document, CONTEXT)
    assert (finding.message, finding.primary.field) == (
        "the front matter holds a tag; write plain words",
        "a key",
    )


REMOTE = [
    "<img src='//pictures.example/a.jpg'>",
    "<img src='\\\\pictures.example/a.jpg'>",
    "<img src='a.jpg' srcset='b.jpg 1x, https://pictures.example/a.jpg 2x'>",
    "<video poster='http://pictures.example/a.jpg'></video>",
    "<audio src='https://sounds.example/a.mp3'></audio>",
    "<table background='//pictures.example/a.jpg'></table>",
]


@pytest.mark.parametrize("markup", REMOTE)
def test_what_is_fetched_from_elsewhere_is_reported(markup: str) -> None:
    document = extract("page.html", f"<html>{markup}</html>".encode())
    messages = [finding.message for finding in active_content.check(document, CONTEXT)]
    assert [m for m in messages if m.endswith("from another site")] == messages[:1] != []
