"""Where a find begins and ends, and where a sentence does."""

import pytest

from moderation.analysis.language import scan
from moderation.analysis.text.characters import fold
from moderation.analysis.text.sentences import sentence_at


def _found(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in scan(text) if mark.severity != "note"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What a shit\u0301.", "shit\u0301"),
        ("What a s\u0336h\u0336i\u0336t\u0336!", "s\u0336h\u0336i\u0336t\u0336"),
        ("What a sh\u200bit\u200b.", "sh\u200bit"),
        ("Look 🖕🏽 there", "🖕🏽"),
        ("What a w-a-n-k-e-r.", "w-a-n-k-e-r"),
        ("What a a-r-s-e-h-o-l-e.", "a-r-s-e-h-o-l-e"),
        ("You are a a r s e h o l e", "a r s e h o l e"),
    ],
)
def test_marks_on_the_last_letter_belong_to_a_word_and_the_article_before_it_does_not(
    text: str, found: str
) -> None:
    assert found in _found(text)


def test_a_range_that_ends_where_the_text_ends_is_whole() -> None:
    text = "e\u0301\u0301"
    folded = fold(text, text.encode())
    assert folded.span(0, 1) == (0, 3)


def test_a_place_excuses_only_a_word_that_ends_with_it() -> None:
    assert _found("The KNOBJOCKEY in the office lost my form.") == ["KNOBJOCKEY"]


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("Megan looks\nlike a pig.", "like", "Megan looks\nlike a pig"),
        ("I will stab you\npage.md", "will", "I will stab you"),
        ("Megan looks.\nLike a pig.", "Like", "Like a pig"),
        ("Well. So it is.", "So", " So it is"),
        ("See www.example.org now.", "example", "See www.example.org now"),
    ],
)
def test_what_ends_a_sentence_depends_on_what_follows(text: str, at: str, sentence: str) -> None:
    start = text.index(at)
    found = sentence_at(text, start, start + len(at))
    assert text[found.start : found.end] == sentence


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("All of these routes lead to early years teacher status (EYTS).", []),
        ("Cookies of SRMB are used for advertising on other sites.", []),
        ("THAT CVNT WENT HOME", ["CVNT"]),
        ("The WANKER left the match.", ["WANKER"]),
    ],
)
def test_short_capitals_are_a_disguise_only_where_the_sentence_is_shouted(
    text: str, found: list[str]
) -> None:
    assert _found(text) == found
