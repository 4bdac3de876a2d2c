"""A page that would keep the build busy for minutes is read or refused at once."""

import sys
import time

import pytest

from moderation.extract import extract
from moderation.model import ExtractionError
from moderation.policy import default_policy

_SIZE = default_policy().limits.page_bytes
# Seconds of processor time. The longest takes half a second on the machine it was written on;
# measuring coverage slows it down.
_MOST = 3.0 if sys.gettrace() is None else 30.0


def _filled(part: str) -> str:
    return (part * (_SIZE // len(part)))[:_SIZE]


_HOSTILE = {
    repr(part): _filled(part)
    for part in [
        *("[", "*", "`", "<", "&", "**a", "``a`", '[a]("', "<a ", "<!--a-->", "- a\n"),
        *("# a\n", "a\n=\n", "a\n\n", "a\t", "|a|b|\n|-|-|\n|c|d|\n", "# a { a=b", "~~~a\n"),
    ]
}
_HOSTILE |= {
    "nested quotes": "".join(">" * depth + "a\n" for depth in range(1, 1_400)),
    "nested lists": "".join("    " * depth + "- a\n" for depth in range(600)),
    "nested brackets": "[" * 400_000 + "]" * 400_000,
    "spaces in a heading": "# a" + " " * 900_000 + "b",
    "open fences": "~~~a\nwords and words\n" * 1_000 + "words\n" * 45_000,
    "wide table": "|" * 50_000 + "\n" + "|-" * 50_000,
    "long mail": "<" + "a@" * 400_000,
}


@pytest.mark.parametrize("page", _HOSTILE.values(), ids=_HOSTILE)
@pytest.mark.slow
def test_a_hostile_page_is_read_or_refused_at_once(page: str) -> None:
    started = time.process_time()
    try:
        extract("page.md", page.encode())
    except ExtractionError as error:
        assert str(error).startswith("page.md: ")
        assert "; " in str(error)
    assert time.process_time() - started < _MOST


@pytest.mark.slow
def test_the_brackets_that_hang_mkdocs_are_refused() -> None:
    with pytest.raises(ExtractionError, match=r"^page\.md: line 3: holds more brackets"):
        extract("page.md", b"# Heading\n\n" + b"[" * 50_000)


@pytest.mark.slow
def test_a_long_honest_page_is_read() -> None:
    part = "## News\n\nWe *sang* and [danced](a.md) in the **hall**.\n\n- one\n- two\n\n"
    page = extract("page.md", (part * 500).encode())
    assert page.text.count("We sang and danced in the hall.") == 500
