"""Corners of the containers that FFmpeg does not write by itself."""

import base64
import struct
import zlib

import pytest

from moderation.analysis.repair.recordings import clean_recording
from moderation.extract.media.found import Recording
from moderation.extract.media.ogg import _checksum
from moderation.extract.media.recording import read_recording
from moderation.model import ExtractionError
from tests.recordings import packets, plain

PICTURE = b"\x89PNG\r\n\x1a\nnot much of one"


def _comments(*texts: bytes, program: bytes = b"maker") -> bytes:
    sized = b"".join(struct.pack("<I", len(text)) + text for text in texts)
    return struct.pack("<I", len(program)) + program + struct.pack("<I", len(texts)) + sized


def _page(packet: bytes, number: int, granule: int, *, serial: int = 7) -> bytes:
    sizes = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = b"OggS\0" + bytes([2 if number == 0 else 0])
    head += struct.pack("<QIII", granule, serial, number, 0) + bytes([len(sizes)]) + sizes
    whole = bytearray(head + packet)
    whole[22:26] = struct.pack("<I", _checksum(bytes(whole)))
    return bytes(whole)


def _ogg(first: bytes, comments: bytes, granule: int) -> bytes:
    return _page(first, 0, 0) + _page(comments, 1, 0) + _page(b"sound", 2, granule)


_VORBIS = b"\x01vorbis" + bytes(5) + struct.pack("<I", 100) + bytes(14)
_THEORA = b"\x80theora" + bytes(15) + struct.pack(">II", 10, 1) + bytes(10) + b"\0\xc0" + b"\0" * 4
_SPEEX = b"Speex   " + bytes(28) + struct.pack("<I", 100) + bytes(40)


@pytest.mark.parametrize(
    ("first", "before", "after", "granule", "media_type"),
    [
        (_VORBIS, b"\x03vorbis", b"\x01", 250, "audio/ogg"),
        (_THEORA, b"\x81theora", b"", (20 << 6) + 5, "video/ogg"),
        (_SPEEX, b"", b"", 250, "audio/ogg"),
    ],
)
def test_each_codec_in_ogg_is_read_and_cleaned(
    first: bytes, before: bytes, after: bytes, granule: int, media_type: str
) -> None:
    comments = before + _comments(b"ARTIST=Amelia", b"COPYRIGHT=Oak School") + after
    data = _ogg(first, comments, granule)
    found = read_recording(data, media_type)
    assert (found.seconds, found.moving) == (2.5, media_type == "video/ogg")
    assert [text for _, text in found.texts] == ["maker", "Amelia", "Oak School"]
    clean = clean_recording(data)
    assert [text for _, text in read_recording(clean, media_type).texts] == ["Oak School"]
    assert b"Amelia" not in clean
    page = clean[len(_page(first, 0, 0)) :][: len(_page(comments, 1, 0))]
    bare = page[:22] + bytes(4) + page[26:]
    assert page[22:26] == struct.pack("<I", _checksum(bare))


def test_a_picture_in_comments_is_a_cover() -> None:
    block = struct.pack(">II", 3, 9) + b"image/png" + struct.pack(">I", 5) + b"Ameli" + bytes(16)
    block += struct.pack(">I", len(PICTURE)) + PICTURE
    line = b"METADATA_BLOCK_PICTURE=" + base64.b64encode(block)
    old = b"COVERART=" + base64.b64encode(PICTURE)
    data = _ogg(_VORBIS, b"\x03vorbis" + _comments(line, old) + b"\x01", 100)
    found = read_recording(data, "audio/ogg")
    assert [cover for _, cover in found.covers] == [PICTURE, PICTURE]
    assert ("Vorbis cover description", "Ameli") in found.texts


@pytest.mark.parametrize(
    "comments",
    [
        b"",
        b"\x03vorbis",
        b"\x03vorbis" + _comments(b"a=b")[:-1],
        b"\x03vorbis" + struct.pack("<II", 0, 99_999),
        b"\x03vorbis" + _comments(b"COVERART=???"),
        b"\x03vorbis" + _comments(b"METADATA_BLOCK_PICTURE=AAAA"),
    ],
)
def test_damaged_comments_are_refused(comments: bytes) -> None:
    with pytest.raises(ExtractionError, match="damaged"):
        read_recording(_ogg(_VORBIS, comments, 100), "audio/ogg")


@pytest.mark.parametrize(
    "data",
    [
        _ogg(_VORBIS, b"\x03vorbis" + _comments() + b"\x01", 0),
        _ogg(_VORBIS, b"\x03vorbis" + _comments() + b"\x01", 9) + b"OggX",
        _ogg(_VORBIS, b"\x03vorbis" + _comments() + b"\x01", 9) + _page(_VORBIS, 0, 0, serial=8),
        _page(b"x", 1, 0),
        b"OggS\0\x02" + bytes(21) + b"\x09",
    ],
)
def test_ogg_pages_out_of_order_are_refused(data: bytes) -> None:
    with pytest.raises(ExtractionError, match="damaged"):
        read_recording(data, "audio/ogg")


def test_words_behind_the_comments_of_ogg_are_read_and_cleared() -> None:
    comments = b"OpusTags" + _comments() + b"hidden behind the end"
    data = _ogg(b"OpusHead\x01\x01\0\0" + bytes(7), comments, 48_000)
    assert ("Opus padding", "hidden behind the end") in read_recording(data, "audio/ogg").texts
    assert b"hidden" not in clean_recording(data)


@pytest.mark.parametrize("what", [b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"])
def test_a_webm_whose_parts_do_not_say_their_size_is_read(what: bytes) -> None:
    data = plain(".webm")
    at = data.index(what) + 4
    width = 9 - data[at].bit_length()
    unknown = ((1 << 7 * width + 1) - 1).to_bytes(width, "big")
    live = data[:at] + unknown + data[at + width :]
    assert read_recording(live, "video/webm").seconds == read_recording(data, "video/webm").seconds
    assert packets(clean_recording(live)) == packets(data)


def _element(name: int, body: bytes) -> bytes:
    raw = name.to_bytes((name.bit_length() + 7) // 8, "big")
    return raw + (1 << 28 | len(body)).to_bytes(4, "big") + body


def _behind_the_info(extra: bytes) -> bytes:
    """Put an element at the end of a Matroska file whose segment does not say its size."""
    data = plain(".mkv")
    at = data.index(b"\x18\x53\x80\x67") + 4
    return data[:at] + b"\x01" + b"\xff" * 7 + data[at + 8 :] + extra


def test_attachments_and_chapters_are_read_and_cleared() -> None:
    file = _element(0x466E, b"amelia.png") + _element(0x465C, PICTURE)
    extra = _element(0x1941A469, _element(0x61A7, file))
    extra += _element(0x1043A770, b"\x85\x90Amelia at home!!")
    data = _behind_the_info(extra)
    found = read_recording(data, "video/x-matroska")
    assert found.covers == [("attachment", PICTURE)]
    assert {("attachment name", "amelia.png"), ("chapters", "Amelia at home!!")} <= set(found.texts)
    clean = clean_recording(data)
    assert not any(word in clean for word in (b"melia", b"PNG"))
    assert packets(clean) == packets(plain(".mkv"))


def test_tags_within_tags_are_read_and_only_copyright_is_kept() -> None:
    inner = _element(0x67C8, _element(0x45A3, b"COPYRIGHT") + _element(0x4487, b"Oak School"))
    outer = _element(0x67C8, _element(0x45A3, b"PARTS") + _element(0x4487, b"of Amelia") + inner)
    other = _element(0x67C8, _element(0x45A3, b"ARTIST") + _element(0x4487, b"Olive"))
    data = _behind_the_info(
        _element(0x1254C367, _element(0x7373, _element(0xBF, bytes(4)) + outer + other))
    )
    clean = clean_recording(data)
    assert b"Oak School" in clean
    assert b"Olive" not in clean


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("audio/wav", b"RIFF\x04\0\0\0WAVE"),
        ("audio/wav", b"RIFF\xff\0\0\0WAVEfmt "),
        ("audio/flac", b"fLaC\x84\0\0\0"),
        ("audio/flac", b"fLaC\x80\0\0\x22" + bytes(34) + b"\xff\xf8"),
        ("audio/mpeg", b"ID3\x05\0\0\0\0\0\0"),
        ("audio/mpeg", b"ID3\x04\0\0\x80\0\0\0"),
        ("audio/mpeg", b"\xff\xfb\xf0\0" + bytes(50)),
        ("video/webm", b"\x1aE\xdf\xa3\x80"),
        ("video/webm", b"\0"),
        ("video/mp4", b"\0\0\0\x08moov"),
        ("video/mp4", b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x04"),
        ("video/x-msvideo", b"RIFF\x04\0\0\0AVI "),
    ],
)
def test_a_recording_without_sound_or_pictures_is_refused(media_type: str, data: bytes) -> None:
    with pytest.raises(ExtractionError):
        read_recording(data, media_type)


def test_edits_that_keep_the_size_are_made_first() -> None:
    found = Recording(data=b"abcdef")
    found.swap(0, 2)
    found.blank(3, 4)
    found.put(5, b"F")
    found.put(5, b"f")
    assert found.edited() == b"c\0eF"


def _quicktime(*details: bytes) -> bytes:
    """Put boxes of details at the end of an MP4."""
    body = b"".join(details)
    return plain(".mp4") + struct.pack(">I", 8 + len(body)) + b"udta" + body


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


_DATA = struct.pack(">II", 1, 0)
_KEYS = b"".join(_box(b"mdta", name) for name in (b"com.apple.quicktime.location.ISO6709", b"make"))
_LIST = _box(b"\0\0\0\x01", _box(b"data", _DATA + b"+51.3883-000.5181/"))
_LIST += _box(b"\0\0\0\x02", _box(b"data", struct.pack(">II", 2, 0) + "Zoë".encode("utf-16-be")))
_META = _box(b"hdlr", bytes(8) + b"mdta" + bytes(12)) + _box(
    b"keys", struct.pack(">II", 0, 2) + _KEYS
)


@pytest.mark.parametrize(
    ("details", "texts"),
    [
        (_box(b"\xa9xyz", b"\0\x12\x15\xc7+51.3883-000.5181/"), {("place", "+51.3883-000.5181/")}),
        (_box(b"auth", bytes(6) + b"Amelia\0"), {("artist", "Amelia")}),
        (_box(b"name", b"Amelia"), {("name", "Amelia")}),
        (_box(b"free", b"written in the free"), {("free space", "written in the free")}),
        (b"\0\0\0\x03odd words that are no box", {("details", "odd words that are no box")}),
        (
            _box(b"meta", _META + _box(b"ilst", _LIST)),
            {("com.apple.quicktime.location.ISO6709", "+51.3883-000.5181/"), ("make", "Zoë")},
        ),
        (
            _box(
                b"meta",
                bytes(4)
                + _box(
                    b"ilst",
                    _box(
                        b"----",
                        _box(b"name", bytes(4) + b"owner") + _box(b"data", _DATA + b"Amelia"),
                    ),
                ),
            ),
            {("owner", "Amelia")},
        ),
    ],
)
def test_details_of_quicktime_are_read_and_cleared(
    details: bytes, texts: set[tuple[str, str]]
) -> None:
    data = _quicktime(details, bytes(4))
    found = read_recording(data, "video/mp4")
    assert texts <= set(found.texts)
    clean = clean_recording(data)
    assert not any(word in clean for word in (b"melia", b"51.3883", b"words", b"written"))
    assert packets(clean) == packets(plain(".mp4"))


def test_a_cover_in_quicktime_is_a_file_of_its_own() -> None:
    item = _box(b"covr", _box(b"data", struct.pack(">II", 14, 0) + PICTURE))
    data = _quicktime(_box(b"meta", bytes(4) + _box(b"ilst", item)))
    assert read_recording(data, "video/mp4").covers == [("cover", PICTURE)]


def test_the_names_of_chapters_are_read_and_cleared() -> None:
    data = plain(".mp4").replace(b"soun\0", b"text\0")
    at = data.index(b"Lavc")
    data = data[:at] + b"\0\x05Amy J\0" + data[at + 8 :]
    texts = [text for place, text in read_recording(data, "video/mp4").texts if place == "track 2"]
    assert "Amy J" in "\n".join(texts)
    assert b"Amy J" not in clean_recording(data)


def _tag(version: int, body: bytes, flags: int = 0) -> bytes:
    size = bytes((len(body) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, flags]) + size + body


def _frame(name: bytes, body: bytes, flags: int = 0) -> bytes:
    return name + struct.pack(">I", len(body)) + bytes([0, flags]) + body


_TITLE = _frame(b"TIT2", b"\x03Amelia")


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        (_tag(2, b"TT2\0\0\x07\0Amelia" + bytes(9)), {("ID3 TT2", "Amelia")}),
        (_tag(2, b"TCR\0\0\x04\0Oak"), {("ID3 TCR", "Oak")}),
        (_tag(3, _TITLE + bytes(9) + b"Olive in the padding"), {("ID3 TIT2", "Amelia")}),
        (
            _tag(3, _frame(b"TIT2", b"\x01\xff\xfeA\0m\0y\0").replace(b"\xff", b"\xff\0"), 0x80),
            {("ID3 TIT2", "Amy")},
        ),
        (_tag(4, _frame(b"TIT2", b"\x01\xff\x00\xfeA\0m\0y\0", 2)), {("ID3 TIT2", "Amy")}),
        (_tag(3, struct.pack(">I", 6) + bytes(6) + _TITLE, 0x40), {("ID3 TIT2", "Amelia")}),
        (_tag(4, b"\0\0\0\x06\x01\0" + _TITLE, 0x40), {("ID3 TIT2", "Amelia")}),
        (
            _tag(3, _frame(b"TIT2", bytes(4) + zlib.compress(b"\x03Amelia"), 0x80)),
            {("ID3 TIT2", "Amelia")},
        ),
        (_tag(4, _frame(b"TIT2", zlib.compress(b"\x03Amelia"), 8)), {("ID3 TIT2", "Amelia")}),
        (_tag(4, _frame(b"TIT2", b"\0Zo\xeb")), {("ID3 TIT2", "Zoë")}),
        (
            _tag(2, b"PIC\0\0\x0b\0PNG\x03Amy\0xy"),
            {("ID3 cover description", "Amy")},
        ),
        (_tag(4, _TITLE, 0x10) + b"3DI" + bytes(7), {("ID3 TIT2", "Amelia")}),
        (_tag(4, _TITLE) + _tag(3, _TITLE), {("ID3 TIT2", "Amelia")}),
    ],
)
def test_id3_of_each_version_is_read_and_cut(tag: bytes, texts: set[tuple[str, str]]) -> None:
    data = tag + plain(".mp3")
    assert texts <= set(read_recording(data, "audio/mpeg").texts)
    assert packets(clean_recording(data)) == packets(plain(".mp3"))
    assert not any(name in clean_recording(data) for name in (b"Amelia", b"Olive"))


@pytest.mark.parametrize(
    "tag",
    [
        _tag(3, b"tit2" + bytes(20)),
        _tag(3, b"TIT2\0\0\0\x40\0\0short"),
        _tag(3, _frame(b"TIT2", bytes(4) + b"not packed", 0x80)),
        _tag(3, _frame(b"TIT2", bytes(4) + zlib.compress(bytes(6_000_000)), 0x80)),
        _tag(3, _frame(b"APIC", b"\0")),
    ],
)
def test_damaged_id3_is_refused(tag: bytes) -> None:
    with pytest.raises(ExtractionError, match="damaged"):
        read_recording(tag + plain(".mp3"), "audio/mpeg")


def test_a_file_in_an_id3_tag_is_told() -> None:
    tag = _tag(3, _frame(b"GEOB", b"\0text/plain\0Amelia.txt\0\0written for nobody"))
    assert ("embedded-file", "a file inside the recording") in read_recording(
        tag + plain(".mp3"), "audio/mpeg"
    ).parts


@pytest.mark.parametrize(("size", "count"), [(9_999, 1), (40, 20_000), (40, 9)])
def test_a_damaged_ape_tag_is_refused(size: int, count: int) -> None:
    foot = b"APETAGEX" + struct.pack("<IIII", 2000, size, count, 0) + bytes(8)
    with pytest.raises(ExtractionError, match="an APE tag"):
        read_recording(b"\xff\xfb\x90\0" + bytes(413) + bytes(8) + foot, "audio/mpeg")


def test_a_cover_in_an_ape_tag_is_a_file_of_its_own() -> None:
    value = b"amy.png\0" + PICTURE
    item = struct.pack("<II", len(value), 2) + b"Cover Art (Front)\0" + value
    ape = item + b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, 0) + bytes(8)
    found = read_recording(plain(".mp3") + ape, "audio/mpeg")
    assert found.covers == [("APE cover", PICTURE)]
    assert ("APE cover description", "amy.png") in found.texts


def test_a_wave_with_id3_and_a_list_is_read_and_cleared() -> None:
    tag = _tag(3, _TITLE)
    extra = b"id3 " + struct.pack("<I", len(tag)) + tag + b"\0" * (len(tag) % 2)
    extra += b"IDIT" + struct.pack("<I", 14) + b"Nov 20 2026 AM"
    extra += b"LIST" + struct.pack("<I", 16) + b"INFOJUNK" + struct.pack("<I", 4) + bytes(4)
    data = plain(".wav") + extra
    data = data[:4] + struct.pack("<I", len(data) - 8) + data[8:]
    found = read_recording(data, "audio/wav")
    assert {("ID3 TIT2", "Amelia"), ("RIFF IDIT", "Nov 20 2026 AM")} <= set(found.texts)
    clean = clean_recording(data)
    assert not any(word in clean for word in (b"Amelia", b"2026"))
    assert packets(clean) == packets(plain(".wav"))


def test_a_box_that_nobody_knows_is_read_and_cleared() -> None:
    data = plain(".mp4") + _box(b"uuid", bytes(16) + b"Amelia Thornbury at home")
    found = read_recording(data, "video/mp4")
    assert ("unknown box", "Amelia Thornbury at home") in found.texts
    assert b"Amelia" not in clean_recording(data)
