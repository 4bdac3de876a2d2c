"""Pictures with rights in them, written byte by byte: each place, encoding and byte order once."""

import io
import json
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

WHO, NOTICE = "Zoë Müller", "© 2026 Zoë Müller"
AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
_GUID = b"0123456789ABCDEF0123456789ABCDEF"
_SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:p="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:r="http://ns.adobe.com/xap/1.0/rights/" xmlns:n="http://ns.adobe.com/xmp/note/" '
    'xmlns:u="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:c="http://creativecommons.org/ns#" '
    'xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'xmlns:k="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
)

Case = tuple[str, str, bytes, list[tuple[str, str]]]
"""What it shows, the ending of the file, its bytes, and the fields with their values."""


def saved(format_: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "seagreen").save(out, format_)
    return out.getvalue()


def xmp(inside: str, *, attributes: str = "") -> str:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {_SPACES}>'
        f'<rdf:Description rdf:about="" {attributes}>{inside}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    )


CREATOR = f"<d:creator><rdf:Seq><rdf:li>{WHO}</rdf:li></rdf:Seq></d:creator>"
CREATED = [("XMP dc:creator", WHO)]


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes) -> bytes:
    plain = saved("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def chunk(kind: bytes, body: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + crc


def png(*chunks: bytes) -> bytes:
    plain = saved("PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    plain = saved("WEBP")[12:]
    body = b"VP8X" + struct.pack("<I", 10) + b"\x0c\0\0\0" + b"\x07\0\0\x07\0\0" + plain
    for kind, data in chunks:
        body += kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def heif(*items: tuple[bytes, bytes], wide: bool = False, inside: bool = False) -> bytes:
    """Write a file of boxes with items of metadata and no picture."""
    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    entries = b""
    for number, (kind, _) in enumerate(items, 1):
        index = struct.pack(">I", number) if wide else struct.pack(">H", number)
        kept = b"mime\0application/rdf+xml\0" if kind == b"mime" else kind + b"\0"
        version = b"\3\0\0\0" if wide else b"\2\0\0\0"
        entries += box(b"infe", version + index + b"\0\0" + kept)
    information = box(b"iinf", b"\0\0\0\0" + struct.pack(">H", len(items)) + entries)
    handler = box(b"hdlr", b"\0\0\0\0\0\0\0\0pict" + bytes(13))
    blocks = [data for _, data in items]

    def meta(start: int) -> bytes:
        form, at = (">IHHHII" if wide else ">HHHHII"), start
        listed = b""
        for number, block in enumerate(blocks, 1):
            listed += struct.pack(form, number, int(inside), 0, 1, at, len(block))
            at += len(block)
        count = struct.pack(">I" if wide else ">H", len(blocks))
        places = box(b"iloc", bytes((2 if wide else 1, 0, 0, 0, 0x44, 0)) + count + listed)
        rest = box(b"idat", b"".join(blocks)) if inside else b""
        return box(b"meta", b"\0\0\0\0" + handler + information + places + rest)

    start = 0 if inside else len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", b"" if inside else b"".join(blocks))


def tiff(*fields: tuple[int, int, bytes], order: str = "<") -> bytes:
    """Write one directory of tag, type and value."""
    table, values = struct.pack(order + "H", len(fields)), b""
    after = 8 + 2 + 12 * len(fields) + 4
    for tag, kind, value in fields:
        count = len(value) // (4 if kind == 4 else 1)
        table += struct.pack(order + "HHI", tag, kind, count)
        place = struct.pack(order + "I", after + len(values))
        table += value.ljust(4, b"\0") if len(value) <= 4 else place
        values += b"" if len(value) <= 4 else value + b"\0" * (len(value) % 2)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", 8) + table + bytes(4) + values


def exif(order: str = "<") -> bytes:
    both = f"{NOTICE}\0 Reedham Gazette\0".encode()
    author = f"{WHO}\0".encode("utf-16-le")
    return tiff(
        (0x013B, 2, WHO.encode() + b"\0"), (0x8298, 2, both), (0x9C9D, 1, author), order=order
    )


EXIF = [
    ("EXIF Artist", WHO),
    ("EXIF Copyright", f"{NOTICE}\n Reedham Gazette"),
    ("EXIF XPAuthor", WHO),
]


def iim(*fields: tuple[int, bytes], code: bytes = b"") -> bytes:
    told = [(1, 90, code)] if code else []
    return b"".join(
        b"\x1c" + struct.pack(">BBH", record, number, len(value)) + value
        for record, number, value in [*told, *((2, number, value) for number, value in fields)]
    )


def resource(body: bytes, number: int = 0x0404) -> bytes:
    head = b"8BIM" + struct.pack(">H", number) + b"\0\0" + struct.pack(">I", len(body))
    return head + body + b"\0" * (len(body) % 2)


def profile(name: str, body: bytes, *, line: str = "") -> bytes:
    dump = f"\n{line or name}\n{len(body):8}\n{body.hex()}\n".encode()
    return chunk(b"zTXt", f"Raw profile type {name}\0\0".encode() + zlib.compress(dump))


_XMP, _MORE, _IIM = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0", 0xED
_PHOTOSHOP = b"Photoshop 3.0\0"


def _in_exif() -> Iterator[Case]:
    for order, name in (("<", "little"), (">", "big")):
        block = b"Exif\0\0" + exif(order)
        yield f"EXIF {name} endian", "jpg", jpeg(segment(0xE1, block)), EXIF
        yield f"eXIf {name} endian", "png", png(chunk(b"eXIf", exif(order))), EXIF
        yield f"TIFF {name} endian", "tif", exif(order), EXIF
    cut = [segment(0xE1, b"Exif\0\0" + part) for part in (exif()[:60], exif()[60:])]
    yield "EXIF over two segments", "jpg", jpeg(*cut), EXIF
    second = segment(0xE1, b"Exif\0\0" + tiff((0x013B, 2, b"R. Reed\0"), order=">"))
    twice = jpeg(segment(0xE1, b"Exif\0\0" + exif()), segment(0xFE, b"between"), second)
    yield "two EXIF blocks", "jpg", twice, [*EXIF, ("EXIF Artist", "R. Reed")]
    latin = tiff((0x8298, 2, NOTICE.encode("latin-1") + b"\0"))
    yield "EXIF in Latin-1", "png", png(chunk(b"eXIf", latin)), [("EXIF Copyright", NOTICE)]
    yield "EXIF in WebP", "webp", webp((b"EXIF", exif())), EXIF


def _in_iptc() -> Iterator[Case]:
    said = [("IPTC By-line", WHO), ("IPTC Copyright Notice", NOTICE)]
    for name, code, coded in (
        ("UTF-8, named", b"\x1b%G", "utf-8"),
        ("UTF-8, not named", b"", "utf-8"),
        ("Latin-1", b"", "latin-1"),
        ("Latin-1, called UTF-8", b"\x1b%G", "latin-1"),
        ("Latin-1, named", b"\x1b.A", "latin-1"),
    ):
        block = iim((80, WHO.encode(coded)), (116, NOTICE.encode(coded)), code=code)
        yield f"IIM in {name}", "jpg", jpeg(segment(_IIM, _PHOTOSHOP + resource(block))), said
    quoted = jpeg(segment(_IIM, _PHOTOSHOP + resource(iim((110, "“Ré” €".encode("cp1252"))))))
    yield "IIM in Windows Latin", "jpg", quoted, [("IPTC Credit", "“Ré” €")]
    block = iim((80, WHO.encode()), (116, NOTICE.encode()), code=b"\x1b%G")
    whole = resource(b"abc", 0x03ED) + resource(block)
    cut = [segment(_IIM, _PHOTOSHOP + part) for part in (whole[:30], whole[30:])]
    yield "Photoshop's block over two segments", "jpg", jpeg(*cut), said
    two = [iim((80, WHO.encode())), iim((116, NOTICE.encode()))]
    each = [segment(_IIM, _PHOTOSHOP + resource(part)) for part in two]
    yield "two Photoshop blocks", "jpg", jpeg(*each), said
    old = segment(_IIM, b"Adobe_Photoshop2.5:" + resource(block))
    yield "the block of Photoshop 2.5", "jpg", jpeg(old), said
    long = b"\x1c\x02\x74\x80\x04" + struct.pack(">I", len(NOTICE.encode())) + NOTICE.encode()
    yield (
        *("a long IIM value", "jpg"),
        jpeg(segment(_IIM, _PHOTOSHOP + resource(iim((80, WHO.encode())) + long))),
        said,
    )
    padded = block + bytes(-len(block) % 4)
    swapped = struct.pack(f">{len(padded) // 4}I", *struct.unpack(f"<{len(padded) // 4}I", padded))
    yield "IIM with its bytes swapped", "tif", tiff((0x83BB, 4, swapped), order="<"), said
    yield "IIM in a raw profile", "png", png(profile("iptc", resource(block))), said
    named = profile("iptc", resource(block), line="IPTC profile")
    yield "IIM in a raw profile of two words", "png", png(named), said


def _in_xmp() -> Iterator[Case]:
    packet = xmp(CREATOR)
    for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"):
        data = packet.encode(code)
        yield f"XMP in {code}", "jpg", jpeg(segment(0xE1, _XMP + data)), CREATED
    declared = '<?xml version="1.0" encoding="UTF-16"?>' + packet
    yield (
        *("XMP that declares UTF-16", "jpg"),
        jpeg(segment(0xE1, _XMP + declared.encode("utf-16"))),
        CREATED,
    )
    rest = xmp(f"<d:rights><rdf:Alt><rdf:li>{NOTICE}</rdf:li></rdf:Alt></d:rights>").encode()
    main = xmp(CREATOR, attributes=f'n:HasExtendedXMP="{_GUID.decode()}"').encode()
    pieces = [
        segment(0xE1, _MORE + _GUID + struct.pack(">II", len(rest), at) + part)
        for at, part in ((90, rest[90:]), (0, rest[:90]))
    ]
    more = [*CREATED, ("XMP dc:rights", NOTICE)]
    yield "extended XMP, out of order", "jpg", jpeg(segment(0xE1, _XMP + main), *pieces), more
    text = b"XML:com.adobe.xmp\0\0\0\0\0" + packet.encode()
    yield "XMP in PNG", "png", png(chunk(b"iTXt", text)), CREATED
    packed = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(packet.encode())
    yield "XMP packed in PNG", "png", png(chunk(b"iTXt", packed)), CREATED
    yield "XMP in a raw profile", "png", png(profile("xmp", packet.encode())), CREATED
    yield "XMP in WebP", "webp", webp((b"XMP ", packet.encode())), CREATED
    ramp = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    gif = b"GIF89a" + saved("GIF")[6:-1]
    yield (
        *("XMP in GIF", "gif"),
        gif + b"\x21\xff\x0bXMP DataXMP" + packet.encode() + ramp + b";",
        CREATED,
    )


def _forms() -> Iterator[Case]:
    """Yield the ways in which RDF says the same."""
    for name, inside, attributes, said in (
        ("an attribute", "", f'p:Credit="{WHO}"', [("XMP photoshop:Credit", WHO)]),
        ("an element", f"<p:Credit>{WHO}</p:Credit>", "", [("XMP photoshop:Credit", WHO)]),
        (
            "entities",
            "<p:Credit>Reed &amp; &#82;eed</p:Credit>",
            "",
            [("XMP photoshop:Credit", "Reed & Reed")],
        ),
        (
            "CDATA",
            "<p:Credit><![CDATA[Reed & Reed]]></p:Credit>",
            "",
            [("XMP photoshop:Credit", "Reed & Reed")],
        ),
        (
            "a link",
            f'<r:WebStatement rdf:resource="{AI}"/>',
            "",
            [("XMP xmpRights:WebStatement rdf:resource", AI)],
        ),
        (
            "a list of several",
            "<d:creator><rdf:Bag><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Bag></d:creator>",
            "",
            [("XMP dc:creator", "A"), ("XMP dc:creator", "B")],
        ),
        (
            "languages",
            '<d:rights><rdf:Alt><rdf:li xml:lang="x-default">A</rdf:li>'
            '<rdf:li xml:lang="de">B</rdf:li></rdf:Alt></d:rights>',
            "",
            [("XMP dc:rights", "A"), ("XMP dc:rights", "B")],
        ),
        (
            "structures",
            '<u:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><u:LicensorName>A'
            "</u:LicensorName><u:LicensorURL>B</u:LicensorURL></rdf:li></rdf:Seq></u:Licensor>",
            "",
            [("XMP plus:LicensorName", "A"), ("XMP plus:LicensorURL", "B")],
        ),
        (
            "structures of attributes",
            '<k:CreatorContactInfo k:CiEmailWork="A"/>',
            "",
            [("XMP Iptc4xmpCore:CreatorContactInfo Iptc4xmpCore:CiEmailWork", "A")],
        ),
        (
            "structures in a description",
            "<u:CopyrightOwner><rdf:Seq><rdf:li><rdf:Description "
            'u:CopyrightOwnerName="A"/></rdf:li></rdf:Seq></u:CopyrightOwner>',
            "",
            [("XMP plus:CopyrightOwnerName", "A")],
        ),
        (
            "the source type",
            f"<e:DigitalSourceType>{AI}</e:DigitalSourceType>",
            "",
            [("XMP Iptc4xmpExt:DigitalSourceType", AI)],
        ),
        (
            "a licence",
            f'<c:license rdf:resource="{AI}"/>',
            "",
            [("XMP cc:license rdf:resource", AI)],
        ),
        (
            "people",
            "<e:PersonInImage><rdf:Bag><rdf:li>A</rdf:li></rdf:Bag></e:PersonInImage>",
            "",
            [("XMP Iptc4xmpExt:PersonInImage", "A")],
        ),
    ):
        data = jpeg(segment(0xE1, _XMP + xmp(inside, attributes=attributes).encode()))
        yield f"RDF: {name}", "jpg", data, said


def cbor(value: object) -> bytes:
    """Write texts, bytes, lists and maps; 32 bits for every length."""
    if isinstance(value, str):
        raw = value.encode()
        return b"\x7a" + struct.pack(">I", len(raw)) + raw
    if isinstance(value, bytes):
        return b"\x5a" + struct.pack(">I", len(value)) + value
    if isinstance(value, dict):
        pairs = b"".join(cbor(key) + cbor(each) for key, each in value.items())
        return b"\xba" + struct.pack(">I", len(value)) + pairs
    if isinstance(value, list):
        return b"\x9a" + struct.pack(">I", len(value)) + b"".join(map(cbor, value))
    assert isinstance(value, int)
    return b"\x1a" + struct.pack(">I", value)


def described(label: str, content: bytes) -> bytes:
    description = box(b"jumd", b"cborxxxxxxxxxxxx" + b"\3" + label.encode() + b"\0")
    return box(b"jumb", description + content)


def manifest(*, actions: bytes = b"") -> bytes:
    """Write content credentials that say a machine drew the picture."""
    made = {"actions": [{"action": "c2pa.created", "digitalSourceType": AI, "n": 7}]}
    work = {"@type": "CreativeWork", "author": [{"@type": "Person", "name": WHO}]}
    store = described("c2pa.actions", box(b"cbor", actions or cbor(made)))
    store += described("stds.schema-org.CreativeWork", box(b"json", json.dumps(work).encode()))
    store += described("c2pa.signature", box(b"cbor", b"\xd2" + cbor([b"issued to R. Reed", 1])))
    return described("c2pa", described("urn:uuid:1", store))


MADE = [("C2PA digitalSourceType", AI), ("C2PA author name", WHO)]


def credentials(*, boxes: bytes = b"") -> Iterator[tuple[str, bytes]]:
    """Yield a picture of each format with content credentials."""
    store = boxes or manifest()
    cut = [store[:300], store[:8] + store[300:]]
    yield (
        "JPEG",
        jpeg(*(segment(0xEB, b"JP\0\1" + struct.pack(">I", n) + p) for n, p in enumerate(cut, 1))),
    )
    yield "PNG", png(chunk(b"caBX", store))
    yield "WEBP", webp((b"C2PA", store))
    yield "TIFF", tiff((0xCD41, 7, store))
    blocks = b"".join(
        bytes((len(store[at : at + 255]),)) + store[at : at + 255]
        for at in range(0, len(store), 255)
    )
    gif = b"GIF89a" + saved("GIF")[6:-1]
    yield "GIF", gif + b"\x21\xff\x0bC2PA_GIF\1\0\0" + blocks + b"\0;"
    uuid = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
    yield "HEIC", heif() + box(b"uuid", uuid + bytes(4) + b"manifest\0" + bytes(8) + store)


def _others() -> Iterator[Case]:
    packet = xmp(CREATOR).encode()
    items = ((b"Exif", b"\0\0\0\6Exif\0\0" + exif(">")), (b"mime", packet))
    yield "HEIC", "heic", heif(*items), [*EXIF, *CREATED]
    yield "HEIC with wide numbers", "heic", heif(*items, wide=True), [*EXIF, *CREATED]
    yield "HEIC with items inside", "heic", heif(*items, inside=True), [*EXIF, *CREATED]
    texts = [chunk(b"tEXt", b"Author\0" + WHO.encode("latin-1"))]
    texts.append(chunk(b"zTXt", b"Copyright\0\0" + zlib.compress(NOTICE.encode("latin-1"))))
    texts.append(chunk(b"iTXt", b"Title\0\0\0en\0\0Pond"))
    told = [("PNG tEXt Author", WHO), ("PNG zTXt Copyright", NOTICE), ("PNG iTXt Title", "Pond")]
    yield "PNG texts", "png", png(*texts), told
    for name, line in (("exif", "exif"), ("APP1", "generic profile")):
        dump = png(profile(name, b"Exif\0\0" + exif(), line=line))
        yield f"EXIF in a raw profile {name}", "png", dump, EXIF


def cases() -> list[Case]:
    return [*_in_exif(), *_in_iptc(), *_in_xmp(), *_forms(), *_others()]
