"""A picture is looked at once, where a rule wants to know; where nobody can look it is said."""

import sys

import pytest

from moderation import Asset, Verdict, check_files
from moderation.checks.base import Context
from moderation.extract import extract
from moderation.model import Document, ExtractionError, Face, Region
from moderation.pipeline.confined import tasks
from moderation.pipeline.look import read_and_look
from moderation.pipeline.plan import make_plan
from moderation.policy import default_policy
from tests.spec_files import TODAY, picture

POLICY = default_policy()
PHOTO = picture("size = [200, 150]\nheads = [[20, 20, 110], [110, 25, 110]]")
PAGE = b"---\nassets:\n  photos/fete.jpg:\n    people: []\n---\n![A stall](photos/fete.jpg)\n"


def _read() -> Document:
    return extract("photos/fete.jpg", PHOTO)


def _checked() -> Verdict:
    assets = (Asset("fete.md", PAGE), Asset("photos/fete.jpg", PHOTO))
    return check_files(assets, families=["images"])


def _people(*families: str) -> tuple[Face, ...] | None:
    plan = make_plan(POLICY, families or None)
    return read_and_look(Asset("fete.jpg", PHOTO), Context(policy=POLICY, today=TODAY), plan).people


def test_a_picture_gets_the_faces_that_are_seen() -> None:
    assert len(_people() or ()) == 2


def test_nobody_looks_where_no_rule_wants_to_know() -> None:
    assert _people("people") is None


def test_a_text_is_not_looked_at() -> None:
    context = Context(policy=POLICY, today=TODAY)
    page = read_and_look(Asset("fete.md", PAGE), context, make_plan(POLICY))
    assert page == extract("fete.md", PAGE)


def test_the_boxes_are_related_places_of_the_finding() -> None:
    (finding,) = (f for f in _checked().findings if f.rule == "consent-count")
    assert [place.field for place in finding.related] == ["person 1", "person 2"]
    regions = [place.region for place in finding.related if place.region]
    assert [region.width > 20 for region in regions] == [True, True]


def test_without_a_detector_every_picture_goes_to_review_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    verdict = _checked()
    told = {(finding.rule, finding.severity) for finding in verdict.findings}
    assert told == {("photo-not-looked-at", "review"), ("no-people-declared", "review")}
    assert verdict.outcome == "review"


def test_a_face_that_is_not_certain_makes_the_count_less_certain() -> None:
    from dataclasses import replace

    from moderation.checks.images import consent_count
    from moderation.pipeline.run import join

    faces = tuple(
        Face(region=Region(left=9, top=9, width=9, height=9), score=s, face_on=True, share=0.1)
        for s in (0.5, 0.9)
    )
    page = extract("fete.md", PAGE)
    context = Context(policy=POLICY, today=TODAY)
    found = []
    for people in (faces[:1], faces):
        photo = replace(_read(), people=people)
        read = join(page, {page.path: page, photo.path: photo})
        found += [finding.confidence for finding in consent_count.check(read, context)]
    assert found == ["medium", "high"]


def test_a_picture_that_nobody_could_look_at_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.analysis.vision.views.FORMATS", ("PNG",))
    with pytest.raises(ExtractionError, match="nobody could look for people in the picture"):
        tasks.find_people(PHOTO)
