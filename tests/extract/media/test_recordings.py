"""Sound and video: refused by default; read, and told what their containers say, where let in."""

import random
import struct

import pytest

from moderation.extract import extract
from moderation.extract.media.recording import read_recording
from moderation.extract.sniff import sniff
from moderation.model import Carrier, ExtractionError
from moderation.policy import default_policy, load_policy
from moderation.policy.media import SOUND, VIDEO
from tests.recordings import KINDS, PLACE, TOLD, plain, told

LIMITS = load_policy('[media]\nvideo = "review"\nsound = "review"').limits
ENDINGS = sorted(KINDS)
_WITHOUT_DETAILS = (".aac",)
_WITHOUT_PLACE = (".avi", ".wav", ".aac")
_DATED = (".mp4", ".mov", ".m4a", ".mkv", ".webm", ".ogg", ".flac", ".mp3")


def _texts(path: str, data: bytes) -> dict[str, str]:
    document = extract(path, data, LIMITS)
    texts: dict[str, str] = {}
    for piece in document.carried(Carrier.PROPERTY):
        text = document.text[piece.start : piece.end]
        texts[piece.field] = f"{texts[piece.field]}\n{text}" if piece.field in texts else text
    return texts


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_kind_is_known_by_its_content(ending: str) -> None:
    assert sniff("notes.md", plain(ending)) == KINDS[ending][3]


def test_every_kind_that_may_be_let_in_is_tried_here() -> None:
    assert {kind[3] for kind in KINDS.values()} == {*VIDEO, *SOUND} - {"video/ogg"}


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(20), "video/x-ms-asf"),
        (b"FLV\x01\x05", "video/x-flv"),
        (b"\x00\x00\x01\xba\x44", "video/mpeg"),
        ((b"G" + bytes(187)) * 4, "video/mpeg"),
        (b"#!AMR\n", "audio/amr"),
        (b"MThd\0\0\0\x06", "audio/midi"),
        (b"FORM\0\0\0\x10AIFFCOMM", "audio/aiff"),
        (b"OggS\0\x02" + bytes(22) + b"\x80theora", "video/ogg"),
        (b"\0\0\0\x08wide\0\0\0\x08mdat", "video/quicktime"),
        (b"\xff\xfa\x90\x00", "audio/mpeg"),
        (b"FORM and content\n", "text/markdown"),
        (b"FLV is a format\n", "text/markdown"),
        (b"\xff\xf1\x50", "text/markdown"),
    ],
)
def test_further_kinds_are_known_and_text_is_none_of_them(data: bytes, media_type: str) -> None:
    assert sniff("notes.md", data) == media_type


@pytest.mark.parametrize(
    ("ending", "what", "setting"),
    [(".mp4", "a video (MP4)", "video"), (".mp3", "sound (MP3)", "sound")],
)
def test_it_is_refused_by_default_and_says_what_to_do(ending: str, what: str, setting: str) -> None:
    with pytest.raises(ExtractionError) as refused:
        extract(f"a{ending}", plain(ending), default_policy().limits)
    assert str(refused.value) == (
        f"a{ending}: is {what}, and this school publishes none; tell it in words and pictures, "
        f'or ask the head to set {setting} = "review" under [media] in the policy'
    )


def test_one_kind_that_is_let_in_lets_in_no_other() -> None:
    limits = load_policy('[media]\nsound = "review"').limits
    assert extract("a.mp3", plain(".mp3"), limits).media_type == "audio/mpeg"
    with pytest.raises(ExtractionError, match="this school publishes none"):
        extract("a.mp4", plain(".mp4"), limits)


def test_a_kind_that_is_not_read_is_refused_where_others_are_let_in() -> None:
    with pytest.raises(ExtractionError) as refused:
        extract("a.flv", b"FLV\x01" + bytes(20), LIMITS)
    assert str(refused.value) == (
        "a.flv: is a video (Flash), which cannot be checked; save it as MP4 or WebM"
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_recording_is_read_with_its_length(ending: str) -> None:
    document = extract(f"a{ending}", plain(ending), LIMITS)
    facts = (document.media_type, document.properties["seconds"])
    assert facts == (KINDS[ending][3], 1)


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e not in _WITHOUT_DETAILS])
def test_what_a_recording_says_is_text_of_the_document(ending: str) -> None:
    said = "\n".join(_texts(f"a{ending}", told(ending)).values())
    wanted = [TOLD[name] for name in ("title", "artist", "comment", "copyright")]
    assert [text for text in wanted if text not in said] == []
    assert ending not in _DATED or "2026-11-20" in said


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e not in _WITHOUT_PLACE])
def test_a_recording_that_says_where_it_was_made_is_told(ending: str) -> None:
    document = extract(f"a{ending}", told(ending), LIMITS)
    assert "gps" in {part.kind for part in document.parts}
    assert PLACE.encode() in told(ending) or ending in (".mp4", ".m4a")  # they write it in numbers


def test_one_that_is_too_long_or_too_large_is_refused() -> None:
    short = load_policy('[media]\nsound = "review"\nlongest_seconds = 1').limits
    with pytest.raises(ExtractionError) as refused:
        extract("a.wav", plain(".wav", 2), short)
    assert str(refused.value) == (
        "a.wav: lasts 2 seconds, and the policy allows 1; make it shorter"
    )
    small = load_policy('[media]\nsound = "review"\nbytes = 100').limits
    with pytest.raises(ExtractionError, match=r"^a\.wav: is larger than 100 bytes"):
        extract("a.wav", plain(".wav"), small)


def test_a_recording_that_a_file_holds_is_refused_there() -> None:
    from moderation.extract.media.kinds import refusal

    assert refusal("video/mp4", LIMITS.media, inside=True) == (
        "holds a video (MP4), which cannot be checked there; take it out"
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"soun", b"sbtl", "holds a track that is neither sound nor pictures"),
        (b"moov", b"moof", "is stored in fragments"),
        (b"url \0\0\0\x01", b"url \0\0\0\0", "takes a track from another file"),
        (b"stsc\0\0\0\0\0\0\0", b"stsc\0\0\0\0\0\0\x7f", "the list of chunks"),
        (b"ftypisom", b"ftypM4A ", "by its first bytes and holds moving pictures"),
    ],
)
def test_an_mp4_that_nobody_can_follow_is_refused(old: bytes, new: bytes, why: str) -> None:
    assert old in plain(".mp4")
    with pytest.raises(ExtractionError, match=why):
        extract("a.mp4", plain(".mp4").replace(old, new), LIMITS)


def test_samples_outside_the_stored_sound_are_refused() -> None:
    data = bytearray(plain(".mp4"))
    data[data.index(b"stco") + 15] = 4
    with pytest.raises(ExtractionError, match="the list of samples"):
        extract("a.mp4", bytes(data), LIMITS)


@pytest.mark.parametrize(
    ("ending", "old", "new"),
    [
        (".ogg", b"OpusHead", b"OpusHeap"),
        (".avi", b"auds", b"txts"),
        (".mkv", b"\x83\x81\x02", b"\x83\x81\x11"),
    ],
)
def test_a_track_that_is_neither_sound_nor_pictures_is_refused(
    ending: str, old: bytes, new: bytes
) -> None:
    assert old in plain(ending)
    with pytest.raises(ExtractionError, match="neither sound nor pictures"):
        extract(f"a{ending}", plain(ending).replace(old, new), LIMITS)


def test_the_words_of_a_track_of_data_are_read() -> None:
    data = plain(".mp4").replace(b"soun\0", b"mebx\0")
    assert b"Lavc" in plain(".aac")
    assert "Lavc" in _texts("a.mp4", data)["track 2"]
    assert "track 2" not in _texts("a.mp4", plain(".mp4"))


def test_text_between_the_samples_is_read() -> None:
    note = b"Amelia Thornbury was here, and nobody knows"
    data = plain(".mp4") + struct.pack(">I", 8 + len(note)) + b"mdat" + note
    assert _texts("a.mp4", data)["between the samples"] == note.decode()


def _id3(*frames: tuple[bytes, bytes], version: int = 4) -> bytes:
    body = b"".join(n + struct.pack(">I", len(v)) + bytes(2) + v for n, v in frames)
    size = bytes((len(body) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, 0]) + size + body


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        ((b"TIT2", b"\x00Ol\xefve"), "Olïve"),
        ((b"TIT2", b"\x01\xff\xfe" + "Zoë".encode("utf-16-le")), "Zoë"),
        ((b"TPE1", b"\x02" + "Zoë".encode("utf-16-be")), "Zoë"),
        ((b"COMM", b"\x03eng" + "why\0Zoë".encode()), "why\nZoë"),
        ((b"WOAR", b"https://a.example/zoe"), "https://a.example/zoe"),
        ((b"PRIV", b"owner@a.example\0something"), "owner@a.example\nsomething"),
    ],
)
def test_id3_is_read_in_each_encoding(frame: tuple[bytes, bytes], text: str) -> None:
    data = _id3(frame) + plain(".mp3")
    assert _texts("a.mp3", data)[f"ID3 {frame[0].decode()}"] == text


def test_old_tags_at_the_end_are_read() -> None:
    old = b"TAG" + b"Sports".ljust(30, b"\0") + b"Amelia".ljust(30, b"\0") + bytes(65)
    item = struct.pack("<II", 6, 0) + b"Artist\0" + b"Olive!"
    ape = item + b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, 0) + bytes(8)
    texts = _texts("a.mp3", plain(".mp3") + ape + old)
    assert texts["APE Artist"] == "Olive!"
    assert {"Sports", "Amelia"} <= set("\n".join(texts.values()).split("\n"))


def test_a_cover_picture_goes_the_way_of_pictures() -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=b"for Amelia Thornbury")
    picture = b"\x00image/jpeg\0\x03\0" + out.getvalue()
    document = extract("a.mp3", _id3((b"APIC", picture)) + plain(".mp3"), LIMITS)
    assert "for Amelia Thornbury" in document.text
    assert "cover" in {part.kind for part in document.parts}
    with pytest.raises(ExtractionError, match=r"^a\.mp3: file 1"):
        extract("a.mp3", _id3((b"APIC", picture[:60])) + plain(".mp3"), LIMITS)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_thousand_mutants_are_read_or_refused(ending: str) -> None:
    rng = random.Random(ending)  # noqa: S311 - the same mutants each time
    data, media_type = told(ending), KINDS[ending][3]
    read = 0
    for _ in range(1000):
        try:
            read_recording(_mutant(data, rng), media_type)
            read += 1
        except ExtractionError as error:
            assert len(str(error)) < 300
    assert 0 < read < 1000


def _mutant(data: bytes, rng: random.Random) -> bytes:
    """Cut, flip, splice or overwrite, near the beginning and the end more often than between."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8))):
        at = rng.choice((rng.randrange(600), rng.randrange(len(out)), -1 - rng.randrange(600)))
        kind = rng.randrange(4)
        if kind == 0:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            out[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", bytes(4), b"\0\0\0\x01"))
        elif kind == 2:
            out[at:at] = out[: rng.randrange(64)]
        elif len(out) > 2000:
            del out[at : at + rng.randrange(1, 64)]
    return bytes(out)
