"""A cleaned recording sounds and looks the same, and tells nothing but its copyright."""

import io
import random
import struct

import pytest
from PIL import Image

from moderation.analysis.repair.recordings import clean_recording
from moderation.extract.media.recording import read_recording
from moderation.model import ExtractionError
from tests.recordings import KINDS, PLACE, TOLD, packets, plain, says, told

ENDINGS = sorted(KINDS)
_BARE = (".aac",)
_PROGRAM = "Lavf"
"""What FFmpeg calls itself; in MP3 that stands in the first frame, under a checksum, and stays."""
_SAME_SIZE = (".mp4", ".mov", ".m4a", ".webm", ".mkv", ".avi", ".ogg", ".flac", ".wav")


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_coded_sound_and_pictures_are_the_same(ending: str) -> None:
    assert packets(clean_recording(told(ending))) == packets(told(ending))


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e not in _BARE])
def test_nothing_is_told_but_the_copyright(ending: str) -> None:
    clean = clean_recording(told(ending))
    private = [TOLD[name] for name in ("title", "artist", "comment")] + [PLACE, "2026-11-20"]
    private += [] if ending == ".mp3" else [_PROGRAM]
    assert [text for text in private if text in says(clean) or text.encode() in clean] == []
    assert TOLD["copyright"] in says(clean)


@pytest.mark.parametrize("ending", ENDINGS)
def test_cleaning_what_is_clean_changes_no_byte(ending: str) -> None:
    clean = clean_recording(told(ending))
    assert clean_recording(clean) == clean
    found = read_recording(clean, KINDS[ending][3])
    assert (found.edits, found.parts, found.covers) == ([], [], [])


@pytest.mark.parametrize("ending", _SAME_SIZE)
def test_the_size_is_kept_so_that_every_offset_holds(ending: str) -> None:
    assert len(clean_recording(told(ending))) == len(told(ending))


def test_a_track_of_data_and_words_between_the_samples_are_gone() -> None:
    note = b"Amelia Thornbury was here, and nobody knows"
    data = told(".mp4").replace(b"soun\0", b"mebx\0")
    data += struct.pack(">I", 8 + len(note)) + b"mdat" + note
    clean = clean_recording(data)
    assert b"Lavc" not in clean
    assert note not in clean
    pictures = [packet for packet in packets(told(".mp4")) if packet[0] == 0]
    assert packets(clean) == pictures


def test_a_notice_of_copyright_in_flac_leaves_the_rest_to_padding() -> None:
    found = read_recording(clean_recording(told(".flac")), "audio/flac")
    assert found.texts == [("FLAC copyright", TOLD["copyright"])]


def test_a_flac_picture_and_a_cover_in_comments_are_gone() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    head = (
        struct.pack(">I", 3) + struct.pack(">I", 9) + b"image/png" + struct.pack(">I", 3) + b"Amy"
    )
    block = head + bytes(16) + struct.pack(">I", len(out.getvalue())) + out.getvalue()
    data = plain(".flac")
    data = data[:42] + b"\x06" + len(block).to_bytes(3, "big") + block + data[42:]
    assert read_recording(data, "audio/flac").covers == [("FLAC cover", out.getvalue())]
    clean = clean_recording(data)
    assert b"PNG" not in clean
    assert b"Amy" not in clean
    assert packets(clean) == packets(plain(".flac"))


def test_what_follows_the_sound_is_cut() -> None:
    old = b"TAG" + b"Amelia".ljust(125, b"\0")
    assert clean_recording(plain(".mp3") + old) == clean_recording(plain(".mp3"))


def test_a_wave_with_words_behind_its_end_is_cut() -> None:
    clean = clean_recording(plain(".wav") + b"written behind the end")
    assert clean == clean_recording(plain(".wav"))


@pytest.mark.parametrize("data", [b"# A page\n", b"\xff\xd8\xff\xe0", b"FLV\x01" + bytes(9)])
def test_what_is_no_recording_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractionError):
        clean_recording(data)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_mutant_is_cleaned_whole_or_refused(ending: str) -> None:
    rng = random.Random(ending)  # noqa: S311 - the same mutants each time
    done = 0
    for _ in range(60):
        data = bytearray(told(ending))
        for _ in range(3):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        try:
            clean = clean_recording(bytes(data))
        except ExtractionError:
            continue
        done += 1
        assert clean_recording(clean) == clean
    assert done
