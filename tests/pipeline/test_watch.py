"""A video that the school lets in is looked at; where nothing can look at it, it is refused."""

import pytest

from moderation import Asset, Verdict, check_files
from moderation.analysis import frames
from moderation.policy import load_policy
from tests.recordings import plain
from tests.spec_files import video

POLICY = load_policy('[media]\nvideo = "review"\nsound = "review"')
PAGE = (
    "---\nassets:\n  videos/race.mp4: {people: [], author: Us, licence: own-work}\n---\n"
    "[The race](videos/race.mp4)\n"
)


def _checked(data: bytes, path: str = "videos/race.mp4") -> Verdict:
    return check_files((Asset(path, data),), policy=POLICY)


def test_a_video_never_passes_in_silence() -> None:
    assets = (Asset("race.md", PAGE.encode()), Asset("videos/race.mp4", plain(".mp4")))
    verdict = check_files(assets, policy=POLICY, families=["images"])
    assert (verdict.outcome, [f.rule for f in verdict.findings], verdict.errors) == (
        "review",
        ["sound-or-video"],
        (),
    )


def test_sound_never_passes_in_silence() -> None:
    assert "sound-or-video" in {f.rule for f in _checked(plain(".mp3"), "a.mp3").findings}


def test_faces_are_told_with_their_second_and_place() -> None:
    data = video("seconds = 2\nsize = [640, 480]\nheads = [[1, 60, 120, 240]]")
    found = [f for f in _checked(data).findings if f.rule == "sound-or-video"]
    (place,) = found[0].related
    assert (place.field, place.role) == ("0:01 person 1", "a face")
    assert place.region is not None and 60 < place.region.left + place.region.width // 2 < 260
    rules = {f.rule for f in _checked(data).findings}
    assert "face-on-close-up" not in rules  # it is for pictures, whose size on a page is known


def test_where_nothing_can_look_at_videos_they_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frames, "is_available", lambda: False)
    verdict = _checked(plain(".mp4"))
    assert verdict.outcome == "block"
    assert [error.message for error in verdict.errors] == [
        "videos/race.mp4: is a video, and nothing on this computer can look at its pictures; "
        "install schoolgate[media], or take the video out"
    ]


def test_a_video_whose_pictures_cannot_be_decoded_is_refused() -> None:
    data = bytearray(plain(".mp4"))
    at = data.index(b"mdat") + 4
    data[at : at + 9_000] = b"\xff" * 9_000
    verdict = _checked(bytes(data))
    assert [error.message for error in verdict.errors] == [
        "videos/race.mp4: the pictures of the video cannot be decoded, so nobody can be looked "
        "for in it; export it again as MP4"
    ]


def test_a_name_that_does_not_fit_is_told() -> None:
    def told(verdict: Verdict) -> bool:
        return any("but the file is" in finding.message for finding in verdict.findings)

    assert told(_checked(plain(".mp3"), "race.mp4"))
    assert not told(_checked(plain(".mp4")))
