"""Every text that travels in a picture is a piece that says where it stood."""

import base64
import io
import struct
import zlib
from collections.abc import Mapping, Sequence

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from moderation.extract.exif import read_exif
from moderation.extract.image import extract
from moderation.extract.iptc import read_iim, read_resources
from moderation.extract.xmp import read_xmp
from moderation.model import Carrier, Document, ExtractionError
from moderation.policy import default_policy

LIMITS = default_policy().limits
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    b'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Reedham">'
    b"<dc:creator><rdf:Seq><rdf:li>R. Reed</rdf:li></rdf:Seq></dc:creator>"
    b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">The pond</rdf:li></rdf:Alt></dc:title>'
    b"%s</rdf:Description></rdf:RDF></x:xmpmeta>"
)
XMP_TEXTS = [
    ("XMP photoshop:City", "Reedham"),
    ("XMP dc:creator", "R. Reed"),
    ("XMP dc:title", "The pond"),
]


def save(format_: str, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "seagreen").save(out, format_, **more)
    return out.getvalue()


def read(data: bytes) -> Document:
    return extract("a", data, "0", LIMITS)


def texts(document: Document) -> list[tuple[Carrier, str, str]]:
    return [
        (p.carrier, p.field, document.text[p.start : p.end])
        for p in document.pieces
        if p.carrier is not Carrier.FILE_NAME
    ]


def kinds(document: Document) -> list[str]:
    return [part.kind for part in document.parts]


def exif(*, gps: Mapping[int, object] | None = None, **tags: object) -> Image.Exif:
    block = Image.Exif()
    for name, value in tags.items():
        block[ExifTags.Base[name]] = value
    if gps is not None:
        block[ExifTags.Base.GPSInfo] = gps
    return block


HERE = {1: "N", 2: (51.0, 23.0, 18.0), 3: "W", 4: (0.0, 31.0, 5.0)}


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_exif_texts_facts_and_position_are_read_in_every_format(format_: str) -> None:
    block = exif(Artist="R. Reed", Make="Acorn", Model="A1", Orientation=6, gps=HERE)
    document = read(save(format_, exif=block.tobytes()))
    assert sorted(texts(document)) == [
        (Carrier.EXIF, "EXIF Artist", "R. Reed"),
        (Carrier.EXIF, "EXIF GPSLatitudeRef", "N"),
        (Carrier.EXIF, "EXIF GPSLongitudeRef", "W"),
        (Carrier.EXIF, "EXIF Make", "Acorn"),
        (Carrier.EXIF, "EXIF Model", "A1"),
    ]
    assert [(p.kind, str(p.location)) for p in document.parts] == [("gps", "a [GPS]")]
    assert document.properties == {
        "width": 8,
        "height": 8,
        "format": format_,
        "frames": 1,
        "orientation": 6,
        "camera_make": "Acorn",
        "camera_model": "A1",
    }


def test_a_gps_directory_without_a_position_is_no_position() -> None:
    assert kinds(read(save("JPEG", exif=exif(gps={0: b"\2\3\0\0"}).tobytes()))) == []


def test_a_position_of_noughts_only_is_no_position() -> None:
    """Cameras without a fix leave the fields there and fill them with nought."""
    tiff = tiff_of([(0x8825, 4, 1, struct.pack("<I", 26))], [(2, 5, 1, 44)]) + b"\0" * 8
    assert read_exif(tiff).position == []


def test_texts_that_windows_writes_in_16_bits_are_decoded() -> None:
    block = exif(XPAuthor="R. Reed\0".encode("utf-16-le"))
    assert texts(read(save("JPEG", exif=block.tobytes()))) == [
        (Carrier.EXIF, "EXIF XPAuthor", "R. Reed")
    ]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"ASCII\0\0\0The pond", "The pond"),
        (b"UNICODE\0" + "The café".encode("utf-16-le"), "The café"),
        (b"UNICODE\0" + "The café".encode("utf-16"), "The café"),
        (b"\0\0\0\0\0\0\0\0The pond", "The pond"),
        (b"JIS\0\0\0\0\0" + "池".encode("iso2022_jp"), "池"),
        (b"no code at all", "no code at all"),
    ],
)
def test_user_comments_are_read_whatever_their_code(raw: bytes, text: str) -> None:
    tiff = tiff_of([(0x8769, 4, 1, struct.pack("<I", 26))], [(0x9286, 7, len(raw), 44)]) + raw
    assert read_exif(tiff).texts == [("EXIF UserComment", text.removeprefix("\ufeff"))]


def tiff_of(*directories: Sequence[tuple[int, int, int, bytes | int]]) -> bytes:
    """Write directories one after the other; each knows its entries' offsets itself."""
    body = b"II*\0\x08\0\0\0"
    for entries in directories:
        body += struct.pack("<H", len(entries))
        for tag, kind, count, value in entries:
            raw = struct.pack("<I", value) if isinstance(value, int) else value.ljust(4, b"\0")
            body += struct.pack("<HHI", tag, kind, count) + raw
        body += b"\0\0\0\0"
    return body


def test_thumbnail_and_makers_note_are_told_and_the_notes_words_are_read() -> None:
    note = b"\1\2\3Owner: R. Reed\xff\xfe"
    first = struct.pack("<H", 1) + struct.pack("<HHII", 0x927C, 7, len(note), 44)
    second = struct.pack("<H", 1) + struct.pack("<HHII", 0x0201, 4, 1, 44)
    tiff = b"II*\0\x08\0\0\0" + first + struct.pack("<I", 26) + second + b"\0" * 4 + note
    found = read_exif(tiff)
    assert (found.maker_note, found.thumbnail) == (True, True)
    assert found.texts == [("EXIF MakerNote", "Owner: R. Reed")]


def test_values_that_overlap_are_refused_before_they_grow() -> None:
    entries = [(0x010E, 2, 50_000, 8)] * 40
    with pytest.raises(ExtractionError, match="the EXIF block of the picture is damaged"):
        read_exif(tiff_of(entries) + b"A" * 60_000)


@pytest.mark.parametrize(
    "tiff",
    [
        b"",
        b"XX*\0\x08\0\0\0",
        b"II*\0\xff\xff\xff\x00",
        b"II*\0\x08\0\0\0\xff\xff",
        tiff_of([(0x010E, 2, 500, 8)]),
    ],
)
def test_damaged_exif_is_refused(tiff: bytes) -> None:
    with pytest.raises(ExtractionError, match="the EXIF block of the picture is damaged"):
        read_exif(tiff)


def test_directories_that_point_at_themselves_are_read_once() -> None:
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 0x010E, 2, 3, 0x6968)
    assert read_exif(tiff + struct.pack("<I", 8)).texts == [("EXIF ImageDescription", "hi")]


def test_xmp_is_read_in_every_format() -> None:
    xmp = XMP % b""
    wanted = [(Carrier.XMP, place, text) for place, text in XMP_TEXTS]
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    ramp = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    plain = save("GIF")
    gif = b"GIF89a" + plain[6:-1] + b"\x21\xff\x0bXMP DataXMP" + xmp + ramp + b"\x3b"
    for data in (save("JPEG", xmp=xmp), save("WEBP", xmp=xmp), save("PNG", pnginfo=info), gif):
        assert texts(read(data)) == wanted


def test_a_position_in_xmp_is_a_position() -> None:
    more = b'<exif:GPSLatitude xmlns:exif="http://ns.adobe.com/exif/1.0/">51,23N</exif:GPSLatitude>'
    assert kinds(read(save("JPEG", xmp=XMP % more))) == ["gps"]


def test_a_picture_inside_xmp_is_told_and_not_read_as_words() -> None:
    tag = b'<g:image xmlns:g="http://ns.adobe.com/xap/1.0/g/img/">%s</g:image>'
    small = save("JPEG")
    found = read_xmp(XMP % (tag % base64.encodebytes(small)))
    assert (found.pictures, found.texts) == ([("xmpGImg:image", small)], XMP_TEXTS)
    found = read_xmp(XMP % (tag % base64.b64encode(bytes(80) + b"made by R. Reed")))
    assert found.texts == [*XMP_TEXTS, ("XMP xmpGImg:image", "made by R. Reed")]


def test_a_long_text_of_letters_is_no_picture() -> None:
    words = " ".join(["and all the others"] * 40)
    found = read_xmp(XMP % f"<dc:rights>{words}</dc:rights>".encode())
    assert found.texts == [*XMP_TEXTS, ("XMP dc:rights", words)]


@pytest.mark.parametrize(
    "packet",
    [
        b"<x",
        b"",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<a>" + b" " * 4_000_001 + b"</a>",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
)
def test_xmp_that_cannot_be_read_is_refused(packet: bytes) -> None:
    with pytest.raises(ExtractionError, match="the XMP metadata are"):
        read_xmp(packet)


def iim(*datasets: tuple[int, int, bytes]) -> bytes:
    return b"".join(b"\x1c" + struct.pack(">BBH", r, d, len(v)) + v for r, d, v in datasets)


def resource(number: int, body: bytes, name: bytes = b"") -> bytes:
    label = bytes((len(name),)) + name
    label += b"\0" * (len(label) % 2)
    padded = body + b"\0" * (len(body) % 2)
    return b"8BIM" + struct.pack(">H", number) + label + struct.pack(">I", len(body)) + padded


def with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    return jpeg[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def test_iptc_is_read_with_the_names_of_its_fields() -> None:
    block = iim((1, 90, b"\x1b%G"), (2, 0, b"\0\2"), (2, 80, b"R. Reed"), (2, 120, "café".encode()))
    blocks = resource(0x0404, block, b"odd") + resource(0x0409, b"pixels")
    document = read(with_segment(save("JPEG"), 0xED, b"Photoshop 3.0\0" + blocks))
    assert texts(document) == [
        (Carrier.PROPERTY, "Photoshop 0x0404 name", "odd"),
        (Carrier.IPTC, "IPTC By-line", "R. Reed"),
        (Carrier.IPTC, "IPTC Caption/Abstract", "café"),
    ]
    assert kinds(document) == ["thumbnail"]


def test_iptc_without_a_character_set_is_read_as_latin_1_where_it_is_not_utf_8() -> None:
    assert read_iim(iim((2, 25, b"caf\xe9"), (3, 9, b"x"))) == [
        ("IPTC Keywords", "café"),
        ("IPTC 3:9", "x"),
    ]


def test_long_iptc_values_say_their_length_in_more_bytes() -> None:
    block = b"\x1c\x02\x78\x80\x04" + struct.pack(">I", 40_000) + b"a" * 40_000
    assert read_iim(block) == [("IPTC Caption/Abstract", "a" * 40_000)]


@pytest.mark.parametrize("block", [b"\x1c\x02", b"abcdefgh", b"\x1c\x02\x78\0\xffab"])
def test_damaged_iptc_is_refused(block: bytes) -> None:
    with pytest.raises(ExtractionError, match="the IPTC block of the picture is damaged"):
        read_iim(block)


@pytest.mark.parametrize(
    "block",
    [b"nonsense here", resource(1, b"abcd")[:-2], b"8BIM", b"8BIM\4\4\0\0", b"8BIM\4\4\7ab"],
)
def test_a_damaged_photoshop_block_is_refused(block: bytes) -> None:
    with pytest.raises(ExtractionError, match="the Photoshop block of the picture is damaged"):
        read_resources(block)


def test_photoshop_blocks_may_hold_exif_xmp_and_words() -> None:
    tiff = tiff_of([(0x010E, 2, 3, b"hi\0")])
    blocks = resource(0x0422, tiff) + resource(0x0424, XMP % b"") + resource(9, b"made by R. Reed")
    document = read(with_segment(save("JPEG"), 0xED, b"Photoshop 3.0\0" + blocks))
    assert [(field, text) for _, field, text in texts(document)] == [
        ("Photoshop 0x0009", "made by R. Reed"),
        ("EXIF ImageDescription", "hi"),
        *XMP_TEXTS,
    ]


def test_exif_may_hold_xmp_iptc_and_photoshop_blocks() -> None:
    blocks = (XMP % b"", iim((2, 90, b"Reedham")), resource(0x0404, iim((2, 80, b"R. Reed"))))
    entries, at = [], 8 + 2 + 3 * 12 + 4
    for tag, kind, block in zip((0x02BC, 0x83BB, 0x8649), (1, 7, 7), blocks, strict=True):
        entries.append((tag, kind, len(block), at))
        at += len(block)
    tiff = tiff_of(entries) + b"".join(blocks)
    document = read(save("JPEG", exif=b"Exif\0\0" + tiff))
    assert sorted(text for _, _, text in texts(document)) == [
        *("R. Reed", "R. Reed", "Reedham", "Reedham", "The pond"),
    ]


def test_comments_and_text_chunks_are_read() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "R. Reed")
    info.add_text("Reed pupil", "yes")
    info.add_text("Comment", "The pond", zip=True)
    info.add_itxt("Title", "Café", "fr", "Titre", zip=True)
    assert texts(read(save("PNG", pnginfo=info))) == [
        (Carrier.PROPERTY, "PNG tEXt Author", "R. Reed"),
        (Carrier.PROPERTY, "PNG tEXt Reed pupil", "yes"),
        (Carrier.PROPERTY, "PNG keyword", "Reed pupil"),
        (Carrier.PROPERTY, "PNG zTXt Comment", "The pond"),
        (Carrier.PROPERTY, "PNG iTXt Title keyword", "Titre"),
        (Carrier.PROPERTY, "PNG iTXt Title", "Café"),
    ]
    assert texts(read(save("JPEG", comment=b"by R. Reed"))) == [
        (Carrier.PROPERTY, "JPEG comment", "by R. Reed")
    ]
    assert texts(read(save("GIF", comment=b"by R. Reed"))) == [
        (Carrier.PROPERTY, "GIF comment", "by R. Reed")
    ]


def with_chunk(png: bytes, kind: bytes, body: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + body))
    return png[:33] + struct.pack(">I", len(body)) + kind + body + crc + png[33:]


def test_metadata_that_an_editor_dumped_as_hexadecimal_are_read() -> None:
    tiff = b"Exif\0\0" + tiff_of([(0x010E, 2, 3, b"hi\0")])
    png = save("PNG")
    for name, body in (
        ("exif", tiff),
        ("APP1", tiff[6:]),
        ("xmp", XMP % b""),
        ("iptc", resource(0x0404, iim((2, 80, b"R. Reed")))),
        ("iptc", iim((2, 80, b"R. Reed"))),
        ("other", b"made by R. Reed"),
    ):
        dump = f"\n{name}\n{len(body):8}\n{body.hex()}\n".encode()
        png = with_chunk(
            png, b"zTXt", f"Raw profile type {name}\0\0".encode() + zlib.compress(dump)
        )
    assert sorted(text for _, _, text in texts(read(png))) == sorted(
        ["hi", "hi", "R. Reed", "R. Reed", "made by R. Reed", *(text for _, text in XMP_TEXTS)]
    )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 3_000_000)),
        (b"zTXt", b"Comment\0\0nonsense"),
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 300)[:-6]),
        (b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(b"A" * 3_000_000)),
        (b"iCCP", b"x\0\0" + zlib.compress(b"A" * 3_000_000)),
        (b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 3\nzz")),
    ],
)
def test_text_that_unpacks_to_too_much_or_not_at_all_is_refused(kind: bytes, body: bytes) -> None:
    with pytest.raises(ExtractionError, match=r"^a: .* of the picture (unpacks to|is damaged)"):
        read(with_chunk(save("PNG"), kind, body))


def test_blocks_of_unknown_kinds_are_read_for_words() -> None:
    words = b"\1\2made by R. Reed\xff"
    wide = "made by R. Reed".encode("utf-16-le")
    assert [(f, t) for _, f, t in texts(read(with_segment(save("JPEG"), 0xEC, words)))] == [
        ("JPEG APP12", "made by R. Reed")
    ]
    assert [(f, t) for _, f, t in texts(read(with_segment(save("JPEG"), 0xEC, wide)))] == [
        ("JPEG APP12", "made by R. Reed")
    ]
    assert [(f, t) for _, f, t in texts(read(with_chunk(save("PNG"), b"prVt", words)))] == [
        ("PNG prVt", "made by R. Reed")
    ]
    plain = b"GIF89a" + save("GIF")[6:-1]
    block = bytes((len(words),)) + words + b"\0;"
    for label, place in ((b"\xff\x0bMYAPP000001", "GIF extension"), (b"\x77", "GIF extension")):
        document = read(plain + b"\x21" + label + block)
        assert "made by R. Reed" in document.text
        assert {f for _, f, _ in texts(document)} == {place}
    text = b"\x01\x0c" + b"\0" * 12 + b"\x0bby R. Reed!\0;"
    assert texts(read(plain + b"\x21" + text)) == [
        (Carrier.PROPERTY, "GIF plain text", "by R. Reed!")
    ]


def test_extended_xmp_is_put_together() -> None:
    xmp = XMP % b""
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"G" * 32 + b"\0" * 8
    jpeg = with_segment(save("JPEG"), 0xE1, head + xmp[100:])
    assert len(texts(read(with_segment(jpeg, 0xE1, head + xmp[:100])))) == 3


def test_small_copies_in_jfif_are_told() -> None:
    jpeg = save("JPEG")
    assert kinds(read(with_segment(jpeg, 0xE0, b"JFXX\0\x10abc"))) == ["thumbnail"]


def test_pillow_and_our_own_reader_find_the_same_words() -> None:
    block = exif(Artist="R. Reed", ImageDescription="The pond", Copyright="2026 R. Reed")
    ours = {t for _, f, t in texts(read(save("JPEG", exif=block.tobytes())))}
    with Image.open(io.BytesIO(save("JPEG", exif=block.tobytes()))) as picture:
        assert ours == set(picture.getexif().values())
