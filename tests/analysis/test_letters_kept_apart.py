"""Words hidden from a reader's filter by blanks, signs, letters of other scripts and escapes."""

import pytest

from moderation import check_text


@pytest.mark.parametrize(
    "text",
    [
        "f\u00a0u\u00a0c\u00a0k",
        "f\u2009u\u2009c\u2009k",
        "f\u202fu\u202fc\u202fk",
        "c|u|n|t",
        "c+u+n+t",
        "ᑕᑌᑎT",
        "ⲫuck",
        "𐌅uck",
        "[x](https://example.org/%66%75%63%6b)",
        "[x](https://example.org/%2566%2575ck)",
    ],
)
def test_a_swear_word_is_found_however_it_is_kept_apart(text: str) -> None:
    assert [finding.rule for finding in check_text(text, families=["language"]).findings] == [
        "abusive-word"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "5\u00a0km on a\u00a0bike with 3\u202f000 people",
        "100% of [the menu](lunch%20menu.pdf), 5 %20",
        "x|y|z and a+b+c",
    ],
)
def test_ordinary_blanks_signs_and_escapes_pass(text: str) -> None:
    assert check_text(text, families=["language"]).findings == ()
