"""A line break inside a paragraph is read as a space; only blocks and code keep their lines."""

import pytest

from moderation.extract import extract


def _text(page: str, path: str = "page.md") -> str:
    return extract(path, page.encode()).text.removesuffix(f"\n{path}")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Nobody\nlikes\nJayden.", "Nobody likes Jayden."),
        ("Nobody\r\nlikes *Jayden*.", "Nobody likes Jayden."),
        ("One.\n\nTwo.", "One.\nTwo."),
        ("- one\nmore\n- two", "one more\ntwo"),
        ("> one\n> two", "one two"),
        ("    one\n    two", "one\ntwo"),
        ("```\none\ntwo\n```", "one\ntwo"),
        ("<p>one\ntwo</p>", "one two"),
        ("one  \ntwo", "one\ntwo"),
    ],
)
def test_a_wrapped_line_goes_on(page: str, text: str) -> None:
    assert _text(page).strip() == text


def test_the_place_of_words_on_two_lines_is_kept() -> None:
    document = extract("page.md", b"We say: nobody\nlikes *Jayden* much.")
    start = document.text.index("nobody")
    end = document.text.index("Jayden") + 6
    assert str(document.locate(start, end).span) == "1:9-2:14"


def test_a_text_file_keeps_its_lines() -> None:
    assert _text("one\ntwo", "notes.txt").strip() == "one\ntwo"
