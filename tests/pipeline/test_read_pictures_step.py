"""What a picture shows in letters is part of its text, where a rule wants to know."""

import io
import sys

import pytest
from PIL import Image, ImageDraw

from moderation import Asset, check_files
from moderation.checks.base import Context
from moderation.extract import extract
from moderation.model import Carrier, Document
from moderation.pipeline.plan import Plan, make_plan
from moderation.pipeline.read_pictures import with_text
from moderation.pipeline.run import check_assets
from moderation.policy import default_policy
from moderation.registers import Pupil, Registers, Roll
from tests.spec_files import TODAY

POLICY = default_policy()
REGISTERS = Registers(roll=Roll((Pupil(reference="P-1", forename="Amelia", surname="Hartley"),)))


def _board(*lines: str, kind: str = "JPEG") -> Asset:
    picture = Image.new("RGB", (640, 300), "white")
    for number, words in enumerate(lines):
        place = (60, 40 + 110 * number)
        ImageDraw.Draw(picture).text(place, words, "black", font_size=34)
    out = io.BytesIO()
    picture.save(out, kind)
    return Asset("photos/board.jpg", out.getvalue())


def _read(asset: Asset, plan: Plan) -> Document:
    return with_text(extract(asset.path, asset.data), asset, plan)


def test_each_word_is_a_piece_with_its_region_after_the_text_that_was_there() -> None:
    board = _board("Sports Day", "Year 4")
    before = extract(board.path, board.data)
    read = _read(board, make_plan(POLICY))
    assert read.text == f"{before.text}\n\nSports Day\n\nYear 4"
    words = [(read.text[p.start : p.end], p.field) for p in read.carried(Carrier.OCR)]
    assert words == [
        ("Sports ", "line 1 of the text in it"),
        ("Day", "line 1 of the text in it"),
        ("Year ", "line 2 of the text in it"),
        ("4", "line 2 of the text in it"),
    ]
    assert read.properties["text"] == "looked for"


def test_a_place_in_the_text_is_a_rectangle_about_its_words() -> None:
    read = _read(_board("Well done Amelia Hartley"), make_plan(POLICY))
    name = read.text.index("Amelia Hartley")
    whole, one = (
        read.locate(name, name + length).region for length in (len("Amelia Hartley"), len("Amelia"))
    )
    assert whole is not None
    assert one is not None
    assert (whole.left, whole.top > 20) == (one.left, True)
    assert whole.left > 150
    assert whole.width > 1.5 * one.width


def test_nothing_is_read_where_no_rule_wants_to_know() -> None:
    board = _board("Sports Day")
    document = extract(board.path, board.data)
    assert with_text(document, board, make_plan(POLICY, ["files"])) is document
    page = Asset("page.md", b"# Hello\n")
    text = extract(page.path, page.data)
    assert with_text(text, page, make_plan(POLICY)) is text


def test_where_nothing_can_read_a_picture_with_text_goes_to_review(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    context = Context(policy=POLICY, today=TODAY, registers=REGISTERS)
    verdict = check_assets((_board("Amelia Hartley"),), context, Plan(("text-not-read",)))
    assert [(f.rule, str(f.severity)) for f in verdict.findings] == [("text-not-read", "review")]
    plain = _read(_board(), make_plan(POLICY))
    assert plain.properties["text"] == "looked for"


def test_a_name_is_reported_once_and_words_like_any_others() -> None:
    verdict = check_files(
        [_board("Amelia Hartley", "You are a stupid idiot")],
        families=["people", "language"],
        registers=REGISTERS,
    )
    found = [(f.rule, f.primary.carrier, f.primary.region is None) for f in verdict.findings]
    named = [each for each in found if "pupil" in each[0] or "name" in each[0]]
    assert named == [("name-in-picture", Carrier.OCR, False)]
    assert ("insult-used", Carrier.OCR, False) in found
    assert verdict.outcome == "block"


def test_a_picture_that_is_damaged_is_an_error_that_names_the_file() -> None:
    board = _board("Amelia Hartley")
    cut = Asset(board.path, board.data[:4000])
    verdict = check_files([cut], families=["people"], registers=REGISTERS)
    assert verdict.outcome == "block"
    assert [error.message.split(":")[0] for error in verdict.errors] == ["photos/board.jpg"]
