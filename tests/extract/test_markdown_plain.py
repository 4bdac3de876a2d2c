"""Plain blocks are read without a tree: the document is the one that the whole reader makes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.extract import markdown
from moderation.extract.builder import Builder
from moderation.extract.markdown.plain import STAND_IN, Part, parts_of
from moderation.extract.places import Places
from moderation.model import Document, ExtractionError
from tests.extract.pages import PAGES

_BITS = (
    *("Oak", "class", " ", " ", "  ", "\n", "\n", "\n\n", "\n\n\n", "- ", "-", "+ ", "1. ", "2. "),
    *("# ", "## ", "#", "!", "!!!", "> ", "&", "&amp", "&amp;", "&c ; x", ";", ":", "=", "==="),
    *("---", "~~~", "é", "\u00a0", "\u3000", "\u200b", "’", "[1]", "[a]: b", "](", "]", "{", "}"),
    *("{: .a}", "*", "**", "****", "_", "a__b", "f*ck", "|", "|-", "|-|-", "<", "<3", "< ", "<b"),
    *(
        "<a@b>",
        "`",
        "**b**",
        "[a](b)",
        "![i](p.jpg 'T')",
        "`c`",
        "    code",
        "\n\n    y",
        "- [a](b)",
    ),
    *("|a|b|\n|-|-|\n|c|d|", "a|b\n:-|-:", "!!! note\n\n    in", "&copy;", "*e*", "[a]", "\n\n- z"),
    *("\n\n* z", "1. [a](b)", "# h *e*"),
    *("\\", "\t", "42", "3.5", "٣. ", "http://a.example/x_y", "%", "\ufeff", "--", "[TOC]"),
)
_FEW = st.lists(st.sampled_from(_BITS), min_size=3, max_size=6).flatmap(
    lambda bits: st.lists(st.sampled_from([*bits, "a", " ", "\n"]), min_size=1, max_size=14)
)


@settings(max_examples=500)
@given(_FEW.map("".join))
def test_what_is_read_apart_reads_as_the_whole_reader_reads_it(page: str) -> None:
    assert _read(page, parts_of(page, 0)) == _read(page, [range(len(page))])


@settings(max_examples=150)
@given(st.lists(st.one_of(PAGES, st.just("Oak class"), st.just("- a\n- b")), max_size=4))
def test_a_page_with_markup_in_some_parts_reads_the_same(pages: list[str]) -> None:
    page = "\n\n".join(pages)
    assert _read(page, parts_of(page, 0)) == _read(page, [range(len(page))])


@pytest.mark.parametrize(
    "page",
    [
        "Welcome back, everyone.\n",
        "# Harvest\n\nWe sang\nin the hall.\n\n- apples & pears\n- beans\n\n1. Sow\n2. Reap\n",
        "Bring £3.50 (or a * of your own).\nAsk for Form B [see below].",
        "f**k, a < b, x | y and I <3 maths",
        "\n\n\n  One.\n\n\n\nTwo. \n",
    ],
)
def test_most_pages_are_plain_throughout(page: str) -> None:
    (part,) = parts_of(page, 0)
    assert isinstance(part, list)
    assert _read(page, [part]) == _read(page, [range(len(page))])


@pytest.mark.parametrize(
    "page",
    [
        *("*a* b", "a_ _b", "[a](b)", "<b>a", "a &copy; b", "a &#33; b", "`a`", "a\\*", "a\tb"),
        *("a  \nb", "===", "a\n---", "> a", "    a", "# a #", "# a {#b}", "#", "- a\nb", "3. a"),
        *("- # a", "1. a\n- b", "a\n{: .b}", " # a", "a | b\n- | -", "a|b\n:-|-:", "!!! note"),
        *("[a]: b", "<a@b.example>", STAND_IN, "a\n\n```\n\nb\n\n```", "<i>a\n\nb</i>"),
        *("a" + " " * 200 + "b", "a\n\n" * 2_002, "a" * 200_001, "[" * 51, "- a\n\n    b"),
    ],
)
def test_whatever_may_be_markup_is_left_to_the_whole_reader(page: str) -> None:
    assert all(isinstance(part, range) for part in parts_of(page, 0))


def test_a_list_that_may_be_one_with_another_block_is_left_to_the_whole_reader() -> None:
    page = "Oak.\n\n- a\n\n- b\n\n    c\n\nAsh.\n\n1. d\n\nElm *e*.\n"
    assert [part if isinstance(part, range) else len(part) for part in parts_of(page, 0)] == [
        *(1, range(6, 21), 2, range(35, 43)),
    ]


def _read(page: str, parts: list[Part]) -> Document | str:
    builder = Builder("page.md", "")
    try:
        markdown._read_marked(builder, page, parts, Places("page.md", page))
    except ExtractionError as error:
        return str(error)
    return builder.document("text/markdown", source=page)
