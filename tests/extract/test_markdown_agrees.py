"""The property that matters: a page's text is what the build will show, character by character."""

import re

import pytest
from hypothesis import assume, given, settings

from moderation.extract.markdown.render import rendered
from moderation.model import Document, ExtractionError
from tests.extract.pages import PAGES
from tests.extract.rendering import python_markdown, read, visible

_STANDS_FOR_ITSELF = re.compile(r"\S")


@settings(max_examples=250)
@given(PAGES)
def test_the_reader_renders_a_page_exactly_as_python_markdown_does(page: str) -> None:
    try:
        ours = str(rendered("page.md", page).html)
    except ExtractionError:
        assume(condition=False)
        return
    assert ours == python_markdown(page, with_toc=False)


@settings(max_examples=250)
@given(PAGES)
def test_the_visible_text_is_the_text_of_the_built_page(page: str) -> None:
    document = _read_body(page)
    assert document.visible_text.split() == visible(python_markdown(page.lstrip("\n")))


@settings(max_examples=250)
@given(PAGES)
def test_every_character_that_is_copied_is_its_source_character(page: str) -> None:
    document = _read_body(page)
    for piece in document.pieces:
        if piece.end - piece.start != piece.source_end - piece.source_start:
            continue
        text = document.text[piece.start : piece.end]
        source = document.source[piece.source_start : piece.source_end]
        # The title of a box without one is its kind with a capital letter.
        assert _folded(text) == _folded(source), piece


@settings(max_examples=120)
@given(PAGES)
def test_every_piece_lies_in_the_file_and_none_overlap(page: str) -> None:
    document = _read_body(page)
    ends = [0, *(piece.end for piece in document.pieces)]
    for piece, before in zip(document.pieces, ends, strict=False):
        assert before <= piece.start < piece.end <= len(document.text)
        if piece.source_start >= 0:
            assert piece.source_start <= piece.source_end <= len(document.source)
            assert document.locate(piece.start, piece.end).span is not None


@settings(max_examples=120)
@given(PAGES)
def test_windows_line_ends_change_no_line_and_no_column(page: str) -> None:
    assume("\r" not in page)
    unix = _read_body(page)
    windows = read("---\ntitle: T\n---\n\n".replace("\n", "\r\n") + page.replace("\n", "\r\n"))
    assert windows.pieces == unix.pieces
    assert windows.source == unix.source


def _read_body(page: str) -> Document:
    """Read a page below front matter, so that its first line is no setting."""
    assume(page.strip())
    try:
        return read(f"---\ntitle: T\n---\n\n{page}")
    except ExtractionError:
        assume(condition=False)
        raise AssertionError from None


def _folded(text: str) -> str:
    return "".join(_STANDS_FOR_ITSELF.findall(text)).lower()


def test_most_generated_pages_are_read_and_not_refused() -> None:
    refused = total = 0

    @settings(max_examples=200)
    @given(PAGES)
    def count(page: str) -> None:
        nonlocal refused, total
        total += 1
        try:
            rendered("page.md", page)
        except ExtractionError:
            refused += 1

    count()
    if refused * 10 > total:
        pytest.fail(f"{refused} of {total} pages were refused")
