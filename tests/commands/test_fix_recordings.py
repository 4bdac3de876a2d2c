"""``schoolgate check --fix`` cleans recordings, and keeps the original."""

from moderation.analysis.repair.recordings import clean_recording
from moderation.model import ExitCode
from tests.commands.conftest import School
from tests.recordings import told


def test_a_recording_is_cleaned_and_the_original_kept(school: School) -> None:
    video = school.write("videos/race.mp4", told(".mp4"))
    said = school.run("check", "--fix", str(video), exits=ExitCode.NOT_CHECKED).output
    assert "race.mp4" in said
    assert video.read_bytes() == clean_recording(told(".mp4"))
    kept = [file.read_bytes() for file in sorted(school.home.rglob("originals/*"))]
    assert kept == [told(".mp4")]


def test_one_that_cannot_be_cleaned_is_left_and_told(school: School) -> None:
    video = school.write("videos/race.mp4", told(".mp4")[:2000])
    said = school.run("check", "--fix", str(video), exits=ExitCode.NOT_CHECKED).output
    assert "not fixed: " in said
    assert video.read_bytes() == told(".mp4")[:2000]
