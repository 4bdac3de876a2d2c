"""What is written as Markdown reads on the built page as it stood in the letter."""

import re
from html.parser import HTMLParser

import markdown
from hypothesis import example, given
from hypothesis import strategies as st

from moderation.analysis.importing.letter import Break, Paragraph, Shown, Table, Words
from moderation.analysis.importing.writing import write
from moderation.policy.markdown import EXTENSIONS

SIGNS = st.text(st.sampled_from("\\`*_{}[]()#+-.!|&<>~=:;\"' \n1aZé!/"), max_size=12)
TEXTS = SIGNS | st.text(max_size=8).filter(lambda text: all(c.isprintable() for c in text))


class Reader(HTMLParser):
    """Collects words, and which elements there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.words += {"br": " "}.get(tag, "")

    def handle_data(self, data: str) -> None:
        self.words += data


def built(text: str) -> Reader:
    return Reader(markdown.markdown(text, extensions=list(EXTENSIONS)))


def address(picture: Shown) -> str:
    return "../photos/a-1.jpg"


def flat(text: str) -> str:
    return " ".join(text.split())


@given(st.lists(TEXTS, max_size=3))
@example(["a", "b\n=====", "| a |\n| --- |"])
@example(["*[A]: b", "[x]: y", "![a](b)", "{: .c }", "a  \nb"])
@example(["~~~\ncode", "    code", "\tcode", "1. a", "- b", "!!! note"])
def test_no_sign_of_a_letter_means_anything_on_the_page(texts: list[str]) -> None:
    blocks = [Paragraph(pieces=(Words(text),)) for text in texts]
    _, text = write(blocks, address)
    page = built(text)
    assert flat(page.words) == flat(" ".join(texts))
    assert page.tags == ["p"] * sum(bool(flat(text)) for text in texts)


@given(TEXTS, st.booleans(), st.booleans(), TEXTS, st.booleans(), st.booleans(), TEXTS)
@example("a!", False, False, "b", True, True, "c")
def test_manners_change_no_word(
    one: str, bold: bool, italic: bool, two: str, again: bool, other: bool, three: str
) -> None:
    pieces = (Words(one, bold, italic), Words(two, again, other), Words(three))
    _, text = write([Paragraph(pieces=pieces)], address)
    page = built(text)
    assert flat(page.words) == flat(one + two + three)
    assert set(page.tags) <= {"p", "strong", "em"}


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans(), TEXTS), max_size=5))
def test_lists_keep_their_words_and_order(entries: list[tuple[int, bool, str]]) -> None:
    items = [
        Paragraph(pieces=(Words(text),), depth=depth, number=1 if counted else 0)
        for depth, counted, text in entries
    ]
    _, text = write(items, address)
    page = built(text)
    assert flat(page.words).replace(" ", "") == re.sub(r"\s", "", "".join(e[2] for e in entries))
    assert page.tags.count("li") == sum(bool(flat(entry[2])) for entry in entries)


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3))
def test_tables_keep_their_cells(rows: list[list[str]]) -> None:
    table = Table(tuple(tuple((Paragraph(pieces=(Words(text),)),) for text in row) for row in rows))
    _, text = write([table], address)
    page = built(text)
    words = "".join(text for row in rows for text in row)
    assert re.sub(r"\s", "", page.words) == re.sub(r"\s", "", words)
    if flat(words):
        assert page.tags.count("td") + page.tags.count("th") == 2 * max(
            len(rows), 2
        )  # a head needs a row


def test_letter_is_written_as_somebody_would_write_it() -> None:
    blocks = [
        Paragraph(pieces=(Words("Fete"),), heading=-1),
        Paragraph(pieces=(Words("When?"),), heading=1),
        Paragraph(
            pieces=(Words("Ask "), Words("us!", link="https://a.example/x (y)?a&b"), Words(" C#")),
            heading=4,
        ),
        Paragraph(pieces=(Words("One"), Break(), Words("two"), Break(), Break(), Words("three"))),
        Paragraph(pieces=(Words("Look!"), Shown(data=b"a"), Words("*"))),
        Paragraph(pieces=(Shown(data=b"a", decorative=True), Shown(data=b"a", alt="A [cat]"))),
    ]
    assert write(blocks, address) == (
        "Fete",
        "## When?\n\n### Ask [us!](https://a.example/x%20%28y%29?a&b) C\\#\n\n"
        "One  \ntwo\n\nthree\n\n"
        "Look!![[[Say what the picture shows]]](../photos/a-1.jpg)\\*\n\n"
        "![](../photos/a-1.jpg)![A \\[cat\\]](../photos/a-1.jpg)\n",
    )
