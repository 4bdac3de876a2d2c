"""Text that remembers its offsets behaves as a string does."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from moderation.extract.tracked import Text, joined

_STRINGS = st.text(alphabet="ab \n", max_size=12)


def _whole(text: Text) -> tuple[str, list[int]]:
    return str(text), list(text.at)


@given(_STRINGS, st.slices(12))
def test_a_slice_keeps_its_offsets(value: str, part: slice) -> None:
    text = Text.of(value)
    assert _whole(text[part]) == (value[part], list(range(len(value)))[part])


@given(_STRINGS, st.sampled_from([None, " ", "\n", "ab"]))
def test_stripping_does_what_a_string_does(value: str, characters: str | None) -> None:
    text = Text.of(value)
    for ours, theirs in (
        (text.strip(characters), value.strip(characters)),
        (text.lstrip(characters), value.lstrip(characters)),
        (text.rstrip(characters), value.rstrip(characters)),
    ):
        assert ours == theirs
        assert "".join(value[at] for at in ours.at) == theirs


@given(_STRINGS)
def test_splitting_and_joining_gives_the_text_back(value: str) -> None:
    text = Text.of(value)
    assert [str(part) for part in text.cut("\n")] == value.split("\n")
    assert _whole(joined(text.lines())) == _whole(text)


@given(st.lists(_STRINGS, max_size=4), st.integers(0, 3))
def test_what_is_joined_keeps_the_offsets_of_each(values: list[str], plain: int) -> None:
    parts = [value if n == plain else Text.of(value) for n, value in enumerate(values)]
    offsets = [
        at for part in parts for at in (part.at if isinstance(part, Text) else [-1] * len(part))
    ]
    assert _whole(joined(parts)) == ("".join(values), offsets)


def test_what_stands_for_a_text_covers_it() -> None:
    text = Text.of("a&amp;b")[1:6]
    assert text.as_text("&").extent() == (5, 5)
    assert _whole(text.as_text("AMPER")) == ("AMPER", [1, 2, 3, 4, 5])
    assert _whole(text.as_text("")) == ("", [])
    assert Text("made").extent() == (-1, -1)


def test_a_page_is_read_without_the_libraries_of_other_files() -> None:
    code = (
        "import sys; from moderation.extract import extract;"
        "extract('a.md', b'---\\ntitle: T\\n---\\n\\n# *H* <b>b</b>');"
        "heavy = {'PIL', 'numpy', 'pikepdf', 'pypdfium2', 'mkdocs', 'django', 'rich', 'pygments',"
        " 'cryptography', 'material'};"
        "sys.exit(','.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
