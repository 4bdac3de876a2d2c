"""Areas, rectangles, ribbons and the order of lines, each by itself."""

import math

import numpy as np
import pytest

from moderation.analysis.reading.areas import areas, smallest_rectangle
from moderation.analysis.reading.ordering import blocks
from moderation.analysis.reading.ribbons import Ribbon, ribbon_of, straighten


def _bits(*rows: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.array([[letter == "#" for letter in row] for row in rows])


def test_areas_touch_at_sides_and_corners() -> None:
    found = list(areas(_bits("##..#", "..#.#", "#....", "#.###")))
    assert [area.size for area in found] == [3, 3, 2, 2]


def test_a_ring_is_one_area() -> None:
    (area,) = areas(_bits("#####", "#...#", "#####"))
    assert area.size == 12


def test_nothing_has_no_areas() -> None:
    assert list(areas(np.zeros((4, 4), bool))) == []


def test_areas_agree_with_an_independent_labelling() -> None:
    from skimage.measure import label

    bits = np.random.default_rng(4).random((60, 80)) < 0.4
    numbers = label(bits, connectivity=2)  # type: ignore[no-untyped-call]  # it has no types
    sizes = sorted(np.bincount(numbers.ravel())[1:].tolist())
    assert sorted(area.size for area in areas(bits)) == sizes


@pytest.mark.parametrize("degrees", [0, 17, 45, 80, 90, 133])
def test_the_smallest_rectangle_lies_along_a_turned_one(degrees: int) -> None:
    turn = math.radians(degrees)
    x, y = np.meshgrid(np.linspace(-50, 50, 101), np.linspace(-10, 10, 21))
    points = np.stack(
        [
            (x * math.cos(turn) - y * math.sin(turn)).ravel() + 200,
            (x * math.sin(turn) + y * math.cos(turn)).ravel() + 100,
        ],
        axis=1,
    )
    middle, along, long, high = smallest_rectangle(points)
    assert middle.tolist() == pytest.approx([200, 100], abs=0.01)
    assert abs(along[0] * math.cos(turn) + along[1] * math.sin(turn)) == pytest.approx(1)
    assert (long, high) == pytest.approx((101, 21))


def test_a_single_point_has_a_rectangle() -> None:
    middle, _, long, high = smallest_rectangle(np.array([[4.0, 7.0]]))
    assert (middle.tolist(), long, high) == ([4, 7], 1, 1)


def test_a_bent_area_gets_a_bent_ribbon() -> None:
    x = np.arange(20, 280)
    middle = 40 + (x - 150) ** 2 / 400
    rows = np.arange(120)[:, None]
    (area,) = areas(np.abs(rows - middle[None, :]) < 7)
    ribbon = ribbon_of(area, 0.9)
    assert ribbon.bend == pytest.approx(1 / 400, rel=0.15)
    assert ribbon.height < 60


def test_a_straight_area_stays_straight() -> None:
    bits = np.zeros((60, 300), bool)
    bits[20:34, 10:290] = True
    (area,) = areas(bits)
    ribbon = ribbon_of(area, 0.9)
    assert (ribbon.bend, round(ribbon.angle, 6)) == (0, 0)
    assert ribbon.region((300, 60)).height > 14


def test_a_ribbon_is_straightened_into_48_rows() -> None:
    from PIL import Image

    picture = Image.new("RGB", (300, 200), "white")
    ribbon = Ribbon(x=150, y=100, angle=0.3, length=200, height=100)
    assert straighten(picture, ribbon).shape == (48, 96, 3)
    assert straighten(picture, ribbon).min() == 255


def test_turning_twice_by_half_is_the_same() -> None:
    ribbon = Ribbon(x=5, y=6, angle=0.2, length=40, height=9, bend=0.01, slope=0.1, lift=1)
    again = ribbon.turned(2).turned(2)
    assert again.part(0, 1) == pytest.approx(ribbon.part(0, 1))
    assert ribbon.turned(2).part(0, 1) == pytest.approx(ribbon.part(0, 1))


def test_a_quarter_turn_changes_length_and_height() -> None:
    turned = Ribbon(x=5, y=6, angle=0, length=40, height=30).turned(1)
    assert (turned.length, turned.height) == (30, 40)


def _line(
    x: float, y: float, length: float = 100, height: float = 20, degrees: float = 0
) -> Ribbon:
    return Ribbon(x=x, y=y, angle=math.radians(degrees), length=length, height=height)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), []),
        ((_line(100, 100),), [[[0]]]),
        ((_line(220, 102), _line(100, 100)), [[[1, 0]]]),
        ((_line(100, 130), _line(105, 100)), [[[1], [0]]]),
        ((_line(100, 300), _line(100, 100)), [[[1]], [[0]]]),
        ((_line(100, 100), _line(400, 100)), [[[0]], [[1]]]),
        ((_line(400, 99), _line(100, 100)), [[[1]], [[0]]]),
        ((_line(100, 100), _line(100, 140, height=60)), [[[0]], [[1]]]),
        ((_line(100, 100), _line(100, 125, degrees=90)), [[[0]], [[1]]]),
        ((_line(100, 100, degrees=180), _line(-20, 100, degrees=180)), [[[0, 1]]]),
    ],
)
def test_lines_are_put_in_the_order_in_which_they_are_read(
    lines: tuple[Ribbon, ...], expected: list[list[list[int]]]
) -> None:
    assert blocks(lines) == expected
