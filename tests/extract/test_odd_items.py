"""HEIC files over which the library would end the process are refused before it sees them."""

from pathlib import Path

import pytest

from moderation.extract.probe import refuse_odd_items
from moderation.model import ExtractionError

HEIC = (Path(__file__).parents[1] / "analysis" / "repair" / "drawn.heic").read_bytes()


def test_an_ordinary_file_is_let_through() -> None:
    refuse_odd_items(HEIC)
    assert HEIC.count(b"infe\x02") == 2


@pytest.mark.parametrize("at", range(4))
def test_a_type_that_is_no_text_is_refused(at: int) -> None:
    place = HEIC.index(b"Exif") + at
    with pytest.raises(ExtractionError, match="the list of items of the picture is damaged"):
        refuse_odd_items(HEIC[:place] + b"\xff" + HEIC[place + 1 :])


@pytest.mark.parametrize(("version", "before"), [(2, 2), (3, 4)])
def test_a_name_that_is_no_text_is_refused(version: int, before: int) -> None:
    def entry(name: bytes) -> bytes:
        body = b"infe" + bytes([version, 0, 0, 0]) + bytes(before + 2) + b"mime" + name + b"\0"
        return (len(body) + 4).to_bytes(4, "big") + body

    refuse_odd_items(b"...." + entry("Zoë".encode()) + b"\xff\xff")
    with pytest.raises(ExtractionError):
        refuse_odd_items(b"...." + entry(b"Zo\xeb"))


def test_an_entry_that_runs_on_into_the_pixels_is_refused() -> None:
    place = HEIC.index(b"infe\x02") - 4
    with pytest.raises(ExtractionError):
        refuse_odd_items(HEIC[:place] + b"\x7f\xff\xff\xff" + HEIC[place + 4 :])
