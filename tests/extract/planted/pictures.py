"""Pictures with a name in one carrier each, written byte by byte."""

import base64
import io
import struct
import zlib
from collections.abc import Callable, Sequence

from PIL import Image

from moderation.model import Carrier
from tests.extract.planted.plant import Table

Exif = Sequence[tuple[int, int, bytes]]
_RDF = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:MP="http://ns.microsoft.com/photo/1.2/" '
    'xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" '
    'xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#" '
    'xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/" %s>%s'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def drawn(format_: str, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "seagreen").save(out, format_, **more)
    return out.getvalue()


def xmp(inside: str = "", attributes: str = "") -> bytes:
    return (_RDF % (attributes, inside)).encode()


def ifd(order: str, entries: Exif, at: int, following: int = 0) -> bytes:
    """Write one directory that stands at *at*, its values after it."""
    head = struct.pack(order + "H", len(entries))
    values = b""
    data_at = at + 2 + 12 * len(entries) + 4
    for tag, kind, value in sorted(entries, key=lambda each: each[0]):
        count = len(value) // {3: 2, 4: 4}.get(kind, 1)
        inline = value.ljust(4, b"\0")
        if len(value) > 4:
            inline = struct.pack(order + "I", data_at + len(values))
            values += value + b"\0" * (len(value) % 2)
        head += struct.pack(order + "HHI", tag, kind, count) + inline
    return head + struct.pack(order + "I", following) + values


def tiff(first: Exif = (), *, sub: Exif = (), tag: int = 0x8769, order: str = "<") -> bytes:
    """Write a TIFF structure whose first directory may lead to one below it by *tag*."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entries = [*first]
    if sub:
        size = len(ifd(order, [*entries, (tag, 4, b"1234")], 8))
        entries.append((tag, 4, struct.pack(order + "I", 8 + size)))
    block = mark + struct.pack(order + "I", 8) + ifd(order, entries, 8)
    return block + (ifd(order, sub, len(block)) if sub else b"")


def second_ifd(entries: Exif, after: bytes = b"") -> bytes:
    first = ifd("<", [(0x0112, 3, b"\1\0")], 8)
    first = ifd("<", [(0x0112, 3, b"\1\0")], 8, 8 + len(first))
    return b"II*\0" + struct.pack("<I", 8) + first + ifd("<", entries, 8 + len(first)) + after


def segment(marker: int, body: bytes, jpeg: bytes = b"") -> bytes:
    jpeg = jpeg or drawn("JPEG")
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + jpeg[2:]


def with_exif(block: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + block)


def with_xmp(packet: bytes) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def resource(number: int, body: bytes, name: bytes = b"") -> bytes:
    label = bytes((len(name),)) + name
    label += b"\0" * (len(label) % 2)
    padded = body + b"\0" * (len(body) % 2)
    return b"8BIM" + struct.pack(">H", number) + label + struct.pack(">I", len(body)) + padded


def with_resources(block: bytes) -> bytes:
    return segment(0xED, b"Photoshop 3.0\0" + block)


def with_iptc(*sets: bytes) -> bytes:
    return with_resources(resource(0x0404, b"".join(sets)))


def thumbnail(name: str) -> bytes:
    return segment(0xFE, name.encode())


def exif_thumbnail(name: str) -> bytes:
    small = thumbnail(name)
    entries = [(0x0201, 4, b"...."), (0x0202, 4, struct.pack("<I", len(small)))]
    at = len(second_ifd(entries))
    entries[0] = (0x0201, 4, struct.pack("<I", at))
    return with_exif(second_ifd(entries, small))


def extended_xmp(name: str) -> bytes:
    packet = xmp(f"<dc:description>{name}</dc:description>" + "<dc:rights>.</dc:rights>" * 40)
    half = packet.index(name.encode()) + 4
    guid = b"0123456789ABCDEF0123456789ABCDEF"
    head = b"http://ns.adobe.com/xmp/extension/\0" + guid + struct.pack(">I", len(packet))
    jpeg = segment(0xE1, head + struct.pack(">I", 0) + packet[:half])
    return segment(0xE1, head + struct.pack(">I", half) + packet[half:], jpeg)


def resources_in_two_segments(name: str) -> bytes:
    block = resource(0x0404, dataset(2, 120, name.encode()))
    half = block.index(name.encode()) + 4
    jpeg = segment(0xED, b"Photoshop 3.0\0" + block[half:])
    return segment(0xED, b"Photoshop 3.0\0" + block[:half], jpeg)


def profile_in_two_segments(name: str) -> bytes:
    profile = b"\0" * 128 + b"desc\0\0\0\0" + name.encode() + b"\0" * 40
    half = profile.index(name.encode()) + 4
    jpeg = segment(0xE2, b"ICC_PROFILE\0\2\2" + profile[half:])
    return segment(0xE2, b"ICC_PROFILE\0\1\2" + profile[:half], jpeg)


def wide_profile(name: str) -> bytes:
    return b"\0" * 128 + b"mluc\0\0\0\0" + name.encode("utf-16-be") + b"\0" * 40


def second_picture(name: str) -> bytes:
    first = segment(0xE2, b"MPF\0II*\0\x08\0\0\0\0\0\0\0\0\0")
    return first + with_exif(tiff([(0x010E, 2, name.encode() + b"\0")]))


def _named(name: str) -> bytes:
    return name.encode() + b"\0"


def _slice(name: str) -> bytes:
    wide = name.encode("utf-16-be")
    return struct.pack(">IIIIII", 6, 0, 0, 16, 16, len(name)) + wide + b"\0\0\0\1"


def _jpeg_exif(
    tag: int, coded: Callable[[str], bytes], kind: int = 2, order: str = "<"
) -> Callable[[str], bytes]:
    return lambda name: with_exif(tiff([(tag, kind, coded(name))], order=order))


def _sub(tag: int, coded: Callable[[str], bytes], kind: int = 7) -> Callable[[str], bytes]:
    return lambda name: with_exif(tiff(sub=[(tag, kind, coded(name))]))


def _xmp(before: str, after: str) -> Callable[[str], bytes]:
    return lambda name: with_xmp(xmp(before + name + after))


def _text64(name: str) -> str:
    return base64.b64encode(thumbnail(name)).decode()


E, I, X, P = Carrier.EXIF, Carrier.IPTC, Carrier.XMP, Carrier.PROPERTY  # noqa: E741
JPEG: Table = {
    "EXIF description": (E, _jpeg_exif(0x010E, _named)),
    "EXIF artist, big-endian": (E, _jpeg_exif(0x013B, _named, order=">")),
    "EXIF copyright in UTF-8": (E, _jpeg_exif(0x8298, lambda n: f"© {n}\0".encode())),
    "EXIF description in UTF-16": (E, _jpeg_exif(0x010E, lambda n: n.encode("utf-16"))),
    "EXIF title for Windows": (E, _jpeg_exif(0x9C9B, lambda n: n.encode("utf-16-le"), 1)),
    "EXIF comment for Windows": (E, _jpeg_exif(0x9C9C, lambda n: n.encode("utf-16-le"), 1)),
    "EXIF author for Windows": (E, _jpeg_exif(0x9C9D, lambda n: n.encode("utf-16-le"), 1)),
    "EXIF keywords for Windows": (E, _jpeg_exif(0x9C9E, lambda n: n.encode("utf-16-le"), 1)),
    "EXIF host computer": (E, _jpeg_exif(0x013C, lambda n: f"{n}'s laptop\0".encode())),
    "EXIF tag of nobody": (E, _jpeg_exif(0xC5D9, _named)),
    "EXIF bytes of nobody": (E, _jpeg_exif(0xC5DA, _named, 7)),
    "EXIF comment in ASCII": (E, _sub(0x9286, lambda n: b"ASCII\0\0\0" + n.encode())),
    "EXIF comment in UTF-16": (E, _sub(0x9286, lambda n: b"UNICODE\0" + n.encode("utf-16-le"))),
    "EXIF comment in UTF-16, other order": (
        E,
        _sub(0x9286, lambda n: b"UNICODE\0" + n.encode("utf-16-be")),
    ),
    "EXIF comment in JIS": (
        E,
        _sub(0x9286, lambda n: b"JIS\0\0\0\0\0" + f"写真 {n}".encode("iso2022_jp")),
    ),
    "EXIF comment of no code": (E, _sub(0x9286, lambda n: b"\0" * 8 + n.encode())),
    "EXIF comment in UTF-8 that says UNICODE": (
        E,
        _sub(0x9286, lambda n: b"UNICODE\0" + n.encode()),
    ),
    "EXIF owner of the camera": (E, _sub(0xA430, _named, 2)),
    "EXIF data of the maker": (E, _sub(0x927C, lambda n: b"ACORN\0\1\2\3" + _named(n))),
    "EXIF data of the maker in UTF-16": (
        E,
        _sub(0x927C, lambda n: b"ACORN\0\1\2\3\0" + n.encode("utf-16-le")),
    ),
    "EXIF position method": (
        E,
        lambda n: with_exif(tiff(sub=[(0x001B, 7, b"ASCII\0\0\0" + n.encode())], tag=0x8825)),
    ),
    "EXIF second directory": (E, lambda n: with_exif(second_ifd([(0x010E, 2, _named(n))]))),
    "EXIF small copy's comment": (P, exif_thumbnail),
    "EXIF second block": (
        E,
        lambda n: segment(0xE1, b"Exif\0\0" + tiff(), with_exif(tiff([(0x010E, 2, _named(n))]))),
    ),
    "IPTC caption in Latin-1": (
        I,
        lambda n: with_iptc(dataset(2, 120, f"é {n}".encode("latin-1"))),
    ),
    "IPTC caption in UTF-8": (
        I,
        lambda n: with_iptc(dataset(1, 90, b"\x1b%G"), dataset(2, 120, f"é {n}".encode())),
    ),
    "IPTC caption in ISO 2022": (
        I,
        lambda n: with_iptc(dataset(1, 90, b"\x1b.A"), dataset(2, 120, f"é {n}".encode("latin-1"))),
    ),
    "IPTC by-line": (I, lambda n: with_iptc(dataset(2, 80, n.encode()))),
    "IPTC keywords": (I, lambda n: with_iptc(dataset(2, 25, b"oak"), dataset(2, 25, n.encode()))),
    "IPTC person in the picture": (I, lambda n: with_iptc(dataset(2, 26, n.encode()))),
    "IPTC caption of more than 32 kB": (
        I,
        lambda n: with_iptc(
            struct.pack(">BBBHI", 0x1C, 2, 120, 0x8004, 40_000) + f"{n} ".encode().ljust(40_000)
        ),
    ),
    "IPTC in two segments": (I, resources_in_two_segments),
    "Photoshop resource name": (P, lambda n: with_resources(resource(0x07D0, b"", n.encode()))),
    "Photoshop slice": (P, lambda n: with_resources(resource(0x041A, _slice(n)))),
    "Photoshop caption": (
        P,
        lambda n: with_resources(resource(0x03F0, bytes((len(n),)) + n.encode())),
    ),
    "Photoshop small copy's comment": (
        P,
        lambda n: with_resources(resource(0x040C, b"\0\0\0\1" + b"\0" * 24 + thumbnail(n))),
    ),
    "XMP title": (
        X,
        _xmp('<dc:title><rdf:Alt><rdf:li xml:lang="x-default">', "</rdf:li></rdf:Alt></dc:title>"),
    ),
    "XMP creator": (X, _xmp("<dc:creator><rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq></dc:creator>")),
    "XMP keyword": (X, _xmp("<dc:subject><rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag></dc:subject>")),
    "XMP person in the picture": (
        X,
        _xmp(
            "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>",
            "</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>",
        ),
    ),
    "XMP face region": (
        X,
        _xmp(
            '<mwg-rs:RegionList><rdf:Bag><rdf:li mwg-rs:Type="Face" mwg-rs:Name="',
            '"/></rdf:Bag></mwg-rs:RegionList>',
        ),
    ),
    "XMP face region for Windows": (
        X,
        _xmp(
            '<MP:RegionInfo><MPRI:Regions><rdf:Bag><rdf:li MPReg:PersonDisplayName="',
            '"/></rdf:Bag></MPRI:Regions></MP:RegionInfo>',
        ),
    ),
    "XMP attribute": (X, lambda n: with_xmp(xmp("", f'photoshop:Headline="{n}"'))),
    "XMP comment": (X, _xmp("<!-- ", " -->")),
    "XMP in UTF-16": (
        X,
        lambda n: with_xmp(xmp(f"<dc:rights>{n}</dc:rights>").decode().encode("utf-16")),
    ),
    "XMP in two segments": (X, extended_xmp),
    "XMP small copy's comment": (
        P,
        lambda n: with_xmp(xmp(f"<xmpGImg:image>{_text64(n)}</xmpGImg:image>")),
    ),
    "XMP long description without a stop": (
        X,
        _xmp("<dc:description>", " and all the others" * 40 + "</dc:description>"),
    ),
    "comment": (P, lambda n: segment(0xFE, n.encode())),
    "comment in Latin-1": (P, lambda n: segment(0xFE, f"é {n}".encode("latin-1"))),
    "segment of a program": (P, lambda n: segment(0xEC, b"Ducky\0\1\2" + n.encode())),
    "segment of a program in UTF-16": (P, lambda n: segment(0xEB, n.encode("utf-16-be"))),
    "colour profile": (
        P,
        lambda n: drawn("JPEG", icc_profile=b"\0" * 128 + b"desc\0\0\0\0" + n.encode()),
    ),
    "colour profile in UTF-16": (P, lambda n: drawn("JPEG", icc_profile=wide_profile(n))),
    "colour profile in two segments": (P, profile_in_two_segments),
    "small copy in JFXX": (P, lambda n: segment(0xE0, b"JFXX\0\x10" + thumbnail(n))),
    "second picture": (E, second_picture),
    "bytes after the end": (P, lambda n: drawn("JPEG") + b"\0\0" + n.encode()),
}


def chunk(kind: bytes, body: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + crc


def png(kind: bytes, body: bytes) -> bytes:
    plain = drawn("PNG")
    return plain[:33] + chunk(kind, body) + plain[33:]


def _profile(kind: str, body: bytes) -> bytes:
    dump = f"\n{kind}\n{len(body):8}\n{body.hex()}\n".encode()
    return png(b"zTXt", f"Raw profile type {kind}\0\0".encode() + zlib.compress(dump))


PNG: Table = {
    "tEXt": (P, lambda n: png(b"tEXt", b"Author\0" + n.encode("latin-1"))),
    "keyword": (P, lambda n: png(b"tEXt", n.encode() + b"\0yes")),
    "zTXt": (P, lambda n: png(b"zTXt", b"Comment\0\0" + zlib.compress(n.encode()))),
    "iTXt": (P, lambda n: png(b"iTXt", b"Comment\0\0\0en\0\0" + f"é {n}".encode())),
    "packed iTXt": (
        P,
        lambda n: png(b"iTXt", b"Comment\0\1\0en\0\0" + zlib.compress(n.encode())),
    ),
    "keyword of iTXt": (P, lambda n: png(b"iTXt", b"Comment\0\0\0cy\0" + n.encode() + b"\0x")),
    "XMP": (
        X,
        lambda n: png(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(f"<dc:rights>{n}</dc:rights>")),
    ),
    "EXIF": (E, lambda n: png(b"eXIf", tiff([(0x010E, 2, _named(n))]))),
    "raw EXIF": (E, lambda n: _profile("exif", b"Exif\0\0" + tiff([(0x010E, 2, _named(n))]))),
    "raw IPTC": (I, lambda n: _profile("iptc", resource(0x0404, dataset(2, 120, n.encode())))),
    "raw XMP": (X, lambda n: _profile("xmp", xmp(f"<dc:rights>{n}</dc:rights>"))),
    "name of the colour profile": (
        P,
        lambda n: (
            drawn("PNG", icc_profile=b"")
            and png(b"iCCP", n.encode() + b"\0\0" + zlib.compress(b"\0" * 128))
        ),
    ),
    "colour profile": (P, lambda n: png(b"iCCP", b"x\0\0" + zlib.compress(wide_profile(n)))),
    "name of a palette": (P, lambda n: png(b"sPLT", n.encode() + b"\0\x08")),
    "chunk of a program": (P, lambda n: png(b"prVt", b"\1\2" + n.encode())),
    "bytes after the end": (P, lambda n: drawn("PNG") + n.encode("utf-16-le")),
}


def _gif(label: bytes, *blocks: bytes) -> bytes:
    plain = drawn("GIF")
    body = b"".join(bytes((len(each),)) + each for each in blocks)
    return b"GIF89a" + plain[6:-1] + b"\x21" + label + body + b"\0;"


def _gif_xmp(name: str) -> bytes:
    plain = drawn("GIF")
    ramp = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    packet = xmp(f"<dc:rights>{name}</dc:rights>")
    return b"GIF89a" + plain[6:-1] + b"\x21\xff\x0bXMP DataXMP" + packet + ramp + b";"


GIF: Table = {
    "comment": (P, lambda n: _gif(b"\xfe", n.encode())),
    "comment in two blocks": (P, lambda n: _gif(b"\xfe", n[:4].encode(), n[4:].encode())),
    "plain text": (P, lambda n: _gif(b"\x01", b"\0" * 12, n.encode())),
    "extension of a program": (P, lambda n: _gif(b"\xff", b"ACORNAPP1.0", n.encode())),
    "extension of nobody": (P, lambda n: _gif(b"\x77", n.encode())),
    "XMP": (X, _gif_xmp),
    "bytes after the end": (P, lambda n: drawn("GIF") + n.encode()),
}


def webp(kind: bytes, body: bytes) -> bytes:
    plain = drawn("WEBP")
    flags = {b"EXIF": 8, b"XMP ": 4, b"ICCP": 32}.get(kind, 0)
    head = struct.pack("<4sIB3x", b"VP8X", 10, flags) + b"\x0f\0\0\x0f\0\0"
    padded = struct.pack("<4sI", kind, len(body)) + body + b"\0" * (len(body) % 2)
    inside = b"WEBP" + head
    inside += padded + plain[12:] if kind == b"ICCP" else plain[12:] + padded
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


WEBP: Table = {
    "EXIF": (E, lambda n: webp(b"EXIF", tiff([(0x010E, 2, _named(n))]))),
    "EXIF with a header": (
        E,
        lambda n: webp(b"EXIF", b"Exif\0\0" + tiff([(0x010E, 2, _named(n))])),
    ),
    "XMP": (X, lambda n: webp(b"XMP ", xmp(f"<dc:rights>{n}</dc:rights>"))),
    "colour profile": (P, lambda n: webp(b"ICCP", wide_profile(n))),
    "chunk of a program": (P, lambda n: webp(b"PRVT", b"\1\2" + n.encode())),
    "bytes after the end": (P, lambda n: drawn("WEBP") + n.encode()),
}
