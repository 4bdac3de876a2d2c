import time
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from moderation.extract.front_matter import HEADER, Carried, read_front_matter
from moderation.model import ExtractionError
from tests.extract.rendering import read, shown

_PAGE = """---
title: "Sports day"
date: 2026-06-12
summary: >
  Two lines
  of words
draft: false
count: 3
share: 0.5
tags: [a, 'b c']
empty:
assets:
  photos/a.jpg:
    people: [P-0112]
    author: Alderbrook
---

# Text
"""


def test_front_matter_is_read_with_every_key_and_value_in_its_place() -> None:
    front = read_front_matter("page.md", _PAGE)
    assert front.values == {
        "title": "Sports day",
        "date": date(2026, 6, 12),
        "summary": "Two lines of words\n",
        "draft": False,
        "count": 3,
        "share": 0.5,
        "tags": ["a", "b c"],
        "empty": None,
        "assets": {"photos/a.jpg": {"people": ["P-0112"], "author": "Alderbrook"}},
    }
    assert front.carried[:4] == (
        Carried("title", 4, 9, "title"),
        Carried("Sports day", 12, 22, "title"),
        Carried("date", 24, 28, "date"),
        Carried("2026-06-12", 30, 40, "date"),
    )
    assert _PAGE[front.end :] == "# Text\n"


def test_values_are_pieces_with_their_dotted_key() -> None:
    page = read(_PAGE)
    fields = {page.text[p.start : p.end]: p.field for p in page.pieces}
    assert fields["Alderbrook"] == "assets.photos/a.jpg.author"
    assert ("P-0112", "front matter", "14:14-20") in shown(page)
    assert ("of words\n", "front matter", "6:3-7:1") in shown(page)
    assert page.front_matter["title"] == "Sports day"


@pytest.mark.parametrize(
    ("page", "line", "trouble"),
    [
        ("---\ntitle: T\n\n# Text\n", 1, "is not closed"),
        ("---\ntitle: T\n---", 1, "is not closed"),
        ("---\n", 1, "is not closed"),
        ("---\n---\ntext\n", 1, "is not closed"),
        ("---\n\n---\ntext\n", 2, "is empty"),
        ("---\n# only a remark\n---\ntext\n", 2, "is empty"),
        ("---\njust words\n---\ntext\n", 2, "is no list of settings"),
        ("---\n- a\n---\ntext\n", 2, "is no list of settings"),
        ("---\na: 1\nb: [\n---\ntext\n", 4, "is not valid"),
        ("---\na: 'b\n---\ntext\n", 3, "is not valid"),
        ("---\na: 1\na: 2\n---\ntext\n", 3, "has the same key twice"),
        ("---\na: &x 1\nb: *x\n---\ntext\n", 2, "has an anchor"),
        ("---\na: !!str 1\n---\ntext\n", 2, "has a tag"),
        ("---\na: !!python/name:os.system\n---\ntext\n", 2, "has a tag"),
        ("---\n%YAML 1.2\n---\ntext\n", 3, "is not valid"),
        ("---\na: yes\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\na: Off\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\na: 010\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\na: 1:30\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\na: 1_000\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\na: .inf\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\na: 2026-02-30\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\na: 2026-02-03 10:00:00\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\n<<: {a: 1}\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\nyes: a\n---\ntext\n", 2, "put it in quotation marks"),
        ("---\n1: a\n---\ntext\n", 2, "has a key that is no word"),
        ("---\n? [a]\n: b\n---\ntext\n", 2, "has a key that is no word"),
        ("---\na: {b: {c: {d: {e: {f: {g: 1}}}}}}\n---\ntext\n", 2, "nested more than 6"),
    ],
)
def test_what_mkdocs_would_read_in_another_way_is_refused(
    page: str, line: int, trouble: str
) -> None:
    with pytest.raises(ExtractionError) as caught:
        read_front_matter("page.md", page)
    assert str(caught.value).startswith(f"page.md: line {line}: ")
    assert trouble in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [
        "".join(f"k{n}: 1\n" for n in range(100_000)),
        "a: " + "[" * 5_000,
        "a: " + "{a: " * 2_000,
        "".join(" " * n + "a:\n" for n in range(150)),
        "? " * 5_000,
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(200)),
        "- " * 8_000,
        "a: '" + "x" * 16_000,
    ],
)
def test_hostile_settings_are_refused_at_once(settings: str) -> None:
    page = f"---\n{settings}\n---\ntext\n"
    started = time.process_time()
    with pytest.raises(ExtractionError):
        read_front_matter("page.md", page)
    assert time.process_time() - started < 0.05


_KEYS = st.sampled_from(["title", "date", "a b", "assets", "x.y", "é"])
_SCALARS = st.sampled_from(
    [
        *("Sports day", '"quoted: \\u00e9 \\n"', "'it''s'", "3", "-0.5", "true", "null", "~", ""),
        *("2026-06-12", "a # remark", "# remark", "a: b", "yes", "0x10", "|\n  lines\n  more"),
        *(">-\n  folded\n  lines\n\n  more", "two\n  lines", "[a, 'b', 3]", "{a: 1}", "P-0112"),
        *("12e3", "1e3", "=", "!x", "&y", "*y", "%", "@", "`", "- a", "é ü 👩", "\ta", "a\t"),
    ]
)
_SETTINGS = st.one_of(
    st.lists(st.builds("{}: {}\n".format, _KEYS, _SCALARS), max_size=5).map("".join),
    st.text(alphabet="ab: -\n[]{}'\"#|>&*!%\t1é.", max_size=40).map("{}\n".format),
)
_TOPS = st.sampled_from(["---\n{}---\n", "---  \n{}...\n", "---\n{}", "{}", "\n---\n{}---\n"])


@given(_TOPS, _SETTINGS, st.sampled_from(["text\n", "\n\n# H\n", "a: b\n", "---\nmore\n"]))
def test_what_is_read_is_what_mkdocs_reads(top: str, settings: str, body: str) -> None:
    page = top.replace("{}", settings) + body
    assume(not HEADER.match(page.split("\n", 1)[0]))  # the rule first-line-lost reports it
    try:
        front = read_front_matter("page.md", page)
    except ExtractionError:
        assume(condition=False)
        return
    rest, values = get_data(page)
    assert dict(front.values) == dict(values)
    assert page[front.end :].lstrip("\n") == rest.lstrip("\n")


@given(_SETTINGS)
def test_every_word_of_the_settings_is_carried(settings: str) -> None:
    try:
        front = read_front_matter("page.md", f"---\n{settings}---\ntext\n")
    except ExtractionError:
        assume(condition=False)
        return
    carried = "".join(each.text for each in front.carried)
    for word in _words(front.values):
        assert word in carried


def _words(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [word for pair in value.items() for each in pair for word in _words(each)]
    if isinstance(value, list):
        return [word for each in value for word in _words(each)]
    return [value] if isinstance(value, str) else []
