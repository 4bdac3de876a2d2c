"""Charts draw the values they had; where these came from is told only of sheets that stay."""

import pytest

from moderation.analysis.cleaning.charts import settle_chart
from moderation.analysis.cleaning.trees import parse, serialise

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_VALUES = (
    "<c:val><c:numRef><c:f>Data!$B$2</c:f><c:numCache><c:ptCount val='1'/><c:pt idx='0'>"
    "<c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val>"
)
_NAME = (
    "<c:tx><c:strRef><c:f>'Jo''s data'!$A$1</c:f><c:strCache><c:pt idx='0'><c:v>Oak</c:v></c:pt>"
    "</c:strCache></c:strRef></c:tx>"
)
_EMPTY = "<c:cat><c:multiLvlStrRef><c:f>Data!$A$1:$B$2</c:f></c:multiLvlStrRef></c:cat>"


def settled(inside: str, *sheets: str, fresh: bool = True) -> str:
    root = parse(f'<c:chartSpace xmlns:c="{_C}">{inside}</c:chartSpace>'.encode())
    settle_chart(root, frozenset(sheets), fresh=fresh)
    return serialise(root).decode().partition("<c:chartSpace")[2].partition(">")[2]


@pytest.mark.parametrize(
    ("inside", "sheets", "fresh", "expected"),
    [
        (
            _VALUES,
            (),
            True,
            '<c:val><c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>7</c:v></c:pt></c:numLit>'
            "</c:val>",
        ),
        (
            _VALUES,
            ("Data",),
            False,
            "<c:val><c:numRef><c:f>Data!$B$2</c:f></c:numRef></c:val>",
        ),
        (f"<c:ser>{_NAME}</c:ser>", (), True, "<c:ser><c:tx><c:v>Oak</c:v></c:tx></c:ser>"),
        (f"<c:ser>{_EMPTY}</c:ser>", (), True, "<c:ser/>"),
    ],
    ids=["values", "a sheet that stays", "the name of a series", "without a copy of its cells"],
)
def test_a_reference_becomes_what_the_chart_drew(
    inside: str, sheets: tuple[str, ...], fresh: bool, expected: str
) -> None:
    assert settled(inside, *sheets, fresh=fresh) == f"{expected}</c:chartSpace>"


def test_a_sheet_that_stays_keeps_its_copy_where_nothing_was_taken_out() -> None:
    assert "numCache" in settled(_VALUES, "Data")
    assert "strCache" in settled(_NAME, "Jo's data")


def test_a_title_becomes_a_plain_text() -> None:
    told = settled(f"<c:title>{_NAME}</c:title>")
    assert ("strRef" in told, ">Oak</" in told, "data" in told) == (False, True, False)
