"""Single pictures are taken out of videos by a process of its own, about one a second."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from moderation.analysis import frame_child, frames
from moderation.model import ExtractionError
from tests.recordings import KINDS, plain, record

GREYS = {second: Image.new("RGB", (160, 120), (40 * second,) * 3) for second in range(5)}
VIDEOS = [ending for ending, kind in KINDS.items() if kind[1]]


def _taken(data: bytes, ending: str, seconds: int) -> list[tuple[int, tuple[int, int], int]]:
    taken = []
    for second, picture in frames.frames(data, KINDS[ending][3], seconds):
        with Image.open(io.BytesIO(picture)) as image:
            pixel = image.getpixel((80, 60))
            assert isinstance(pixel, tuple)
            taken.append((second, image.size, round(pixel[0] / 40)))
    return taken


@pytest.mark.parametrize("ending", VIDEOS)
def test_one_picture_a_second_is_taken_of_each_kind(ending: str) -> None:
    data = record(ending, seconds=4, pictures=GREYS)
    late = 1 if ending == ".avi" else 0  # its first picture is shown for two
    expected = [(n, (160, 120), max(0, n - late)) for n in range(4)]
    assert _taken(data, ending, 4) == expected


def test_a_large_video_is_made_smaller() -> None:
    data = record(".mp4", pictures={0: Image.new("RGB", (1920, 960))})
    assert [size for _, size, _ in _taken(data, ".mp4", 1)] == [(1280, 640)]


def test_a_video_with_too_many_pixels_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_MOST_PIXELS", 160 * 119)
    with pytest.raises(ExtractionError, match="cannot be decoded"):
        _taken(plain(".mp4"), ".mp4", 1)


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 500, plain(".mp4")[:3000], b"#EXTM3U\nhttps://a.example/b.ts\n"]
)
def test_what_is_no_whole_video_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractionError) as refused:
        _taken(data, ".mp4", 1)
    assert str(refused.value) == (
        "the pictures of the video cannot be decoded, so nobody can be looked for in it; "
        "export it again as MP4"
    )


def test_who_stops_looking_ends_the_process() -> None:
    taking = frames.frames(record(".mp4", seconds=3, pictures=GREYS), "video/mp4", 3)
    assert next(taking)[0] == 0
    taking.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(taking) == []


def test_a_long_video_gives_as_many_pictures_as_asked_for() -> None:
    out = io.BytesIO()
    frame_child.write(
        record(".mp4", seconds=5, pictures=GREYS), out, "mov", (2.0, 60, 1280, 9_000_000)
    )
    seconds, data, at = [], out.getvalue(), 0
    while at < len(data):
        seconds.append(int.from_bytes(data[at : at + 4], "big"))
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
    assert seconds == [0, 2, 4, 0xFFFF_FFFF]


def test_the_process_can_write_no_file_once_it_is_limited() -> None:
    code = (
        "from moderation.analysis.frame_child import limit\n"
        "limit()\n"
        "import signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n    open('note', 'w').write('x' * 9999)\n"
        "except OSError:\n    sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=60)
    assert done.returncode == 7
