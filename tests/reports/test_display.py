"""Text of submitted files is shown safely and cut to size."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.reports.display import cells, cut, safe, wrap
from tests.reports.verdicts import texts

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def unsafe(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c) in _UNSAFE]


@given(texts)
def test_nothing_shown_can_steer_a_terminal(text: str) -> None:
    assert unsafe(safe(text)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("bell\x07 delete\x7f csi\x9b", "bell␇ delete<U+007F> csi<U+009B>"),
        ("two\r\nlines", "two␍␊lines"),
        ("tab\there", "tab    here"),
        ("\u202egpj.exe", "<U+202E>gpj.exe"),
        ("zero\u200bwidth\ufeff", "zero<U+200B>width<U+FEFF>"),
        ("hard\u00a0space", "hard space"),
        ("heart❤️", "heart❤"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 3),
        ("lone\ud800", "lone<U+D800>"),
        ("line\u2028paragraph\u2029", "line<U+2028>paragraph<U+2029>"),
        ("naïve Zoë 日本", "naïve Zoë 日本"),
    ],
)
def test_signs_stand_for_what_cannot_be_printed(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("abc", 3),
        ("日本", 4),
        ("e\u0301", 1),
        ("ｆｕｌｌ", 8),
        ("한", 2),
        ("\u1112\u1161\u11ab", 2),
        ("", 0),
    ],
)
def test_wide_letters_count_twice_and_marks_not_at_all(text: str, count: int) -> None:
    assert cells(text) == count


@given(texts, st.integers(0, 300), st.integers(0, 300), st.integers(16, 120))
def test_a_cut_line_fits_and_its_span_lies_within(
    line: str, start: int, length: int, room: int
) -> None:
    excerpt = cut(line, start, start + length, room)
    assert unsafe(excerpt.text) == []
    assert cells(excerpt.text) <= room
    assert excerpt.length >= 1
    assert excerpt.start + excerpt.length <= cells(excerpt.text) + 1


@pytest.mark.parametrize(
    ("line", "start", "end", "shown"),
    [
        ("short line", 6, 10, ("short line", "line")),
        ("\tindented word", 10, 14, ("    indented word", "word")),
        ("日本 word", 3, 7, ("日本 word", "word")),
        ("e\u0301e\u0301 word", 5, 9, ("e\u0301e\u0301 word", "word")),
        ("x" * 100 + "word" + "y" * 100, 100, 104, ("…xxxxxxwordyyyyyyyy…", "word")),
        ("word" + "y" * 100, 0, 4, ("wordyyyyyyyyyyyyyy…", "word")),
        ("x" * 100 + "word", 100, 104, ("…xxxxxxxxxxxxxxword", "word")),
        ("x" * 50 + "w" * 900, 50, 950, ("…xxxxxxwwwwwwwwwwww…", "wwwwwwwwwwww")),
        ("end", 3, 4, ("end", "")),
        ("end", 9, 12, ("end", "")),
    ],
)
def test_the_span_stays_in_sight(line: str, start: int, end: int, shown: tuple[str, str]) -> None:
    excerpt = cut(line, start, end, 20)
    columns = [c for c in excerpt.text for _ in range(cells(c))]
    under = "".join(columns[excerpt.start : excerpt.start + excerpt.length])
    assert (excerpt.text, under) == shown


def test_a_line_of_a_million_characters_is_cut_at_once() -> None:
    assert (
        cut("word " * 200_000, 500_000, 500_004, 40).text
        == "…d word word word word word word word w…"
    )


@given(texts, st.integers(10, 60))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(safe(text).split())


def test_a_letter_wider_than_the_line_still_ends() -> None:
    assert wrap("日本", 1) == ["日", "本"]
