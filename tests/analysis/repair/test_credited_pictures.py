"""What is declared of a picture is written into it, and nothing that was there is lost."""

import io
import json
import shutil
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from bench.repair import shown
from bench.repair_files import Sample, drawn, samples, segment
from moderation.analysis.repair.clean import clean_picture
from moderation.analysis.repair.credited import credited, declared_credit, demanded_credit
from moderation.extract import extract
from moderation.extract.credits import picture_credits
from moderation.model import Credit, Declaration, ExtractionError, Term

BRIDGE = Declaration(
    path="photos/bridge.jpg",
    author="Zoë (Wren) Alder",
    holder="Alder & Co",
    licence="CC-BY-SA-4.0",
    source="https://www.pictures.example/42?a=1&b=2",
)
TOLD = declared_credit(BRIDGE)
PLACE = "https://creativecommons.org/licenses/by-sa/4.0/"
KINDS = ("JPEG", "PNG", "WEBP")


def saved(kind: str, mode: str = "RGB", **settings: object) -> bytes:
    out = io.BytesIO()
    drawn(mode).save(out, kind, **settings)
    return out.getvalue()


def terms(data: bytes) -> dict[Term, set[str]]:
    """Return what a file tells of its rights."""
    found: dict[Term, set[str]] = {}
    for credit in picture_credits(data):
        found.setdefault(credit.term, set()).add(credit.value)
    return found


def test_what_a_declaration_says_of_rights() -> None:
    assert TOLD == (
        (Term.CREATOR, "Zoë (Wren) Alder"),
        (Term.COPYRIGHT_NOTICE, "© Alder & Co"),
        (Term.CREDIT_LINE, "Alder & Co"),
        (Term.SOURCE, "https://www.pictures.example/42?a=1&b=2"),
        (Term.USAGE_TERMS, "CC BY-SA 4.0"),
        (Term.WEB_STATEMENT, PLACE),
        (Term.LICENCE, PLACE),
    )
    lent = dict(declared_credit(replace(BRIDGE, licence="permission", permission="letter")))
    assert lent[Term.CREDIT_LINE] == "by kind permission of Alder & Co"
    bought = dict(declared_credit(replace(BRIDGE, licence="stock", invoice="17")))
    assert bought[Term.CREDIT_LINE] == "Zoë (Wren) Alder / Alder & Co"
    assert not {"17", "letter"} & {*lent.values(), *bought.values()}
    council = dict(declared_credit(replace(BRIDGE, licence="OGL-UK-3.0")))
    assert council[Term.USAGE_TERMS] == (
        "Contains public sector information licensed under the Open Government Licence v3.0."
    )
    assert Term.COPYRIGHT_NOTICE not in dict(declared_credit(replace(BRIDGE, licence="CC0-1.0")))
    own = replace(BRIDGE, licence="own-work", source="")
    assert dict(declared_credit(own)) == dict(TOLD[:3])
    assert demanded_credit(own) == ()
    assert demanded_credit(BRIDGE) == TOLD


@pytest.mark.parametrize("licence", ["pupil-work", "parent-photo", ""])
def test_the_names_of_pupils_and_families_stay_out_of_files(licence: str) -> None:
    assert declared_credit(replace(BRIDGE, licence=licence)) == ()


def test_what_is_more_than_words_is_not_written() -> None:
    assert declared_credit(Declaration(path="a", author="<script>", licence="own-work")) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_fields_are_written_and_read_back(kind: str) -> None:
    plain = saved(kind)
    made = credited(plain, TOLD)
    assert terms(made) == {term: {text} for term, text in TOLD}
    assert shown(made) == shown(plain)
    assert credited(made, TOLD) == credited(made, TOLD, replacing=True) == made
    assert clean_picture(made) == made
    assert not {part.kind for part in extract("a", made).parts}


@pytest.mark.parametrize("settings", [{}, {"lossless": True}])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_simple_webp_becomes_one_with_a_place_for_them(
    mode: str, settings: dict[str, object]
) -> None:
    plain = saved("WEBP", mode, **settings)
    made = credited(plain, TOLD)
    assert made[12:16] == b"VP8X"
    with Image.open(io.BytesIO(plain)) as before, Image.open(io.BytesIO(made)) as after:
        assert (after.mode, after.size, after.tobytes()) == (
            before.mode,
            before.size,
            before.tobytes(),
        )


def test_a_webp_without_pixels_to_speak_of_is_refused() -> None:
    plain = bytearray(saved("WEBP"))
    assert plain[12:16] == b"VP8 "
    plain[26:30] = bytes(4)  # no width and no height
    with pytest.raises(ExtractionError):
        credited(bytes(plain), TOLD)


def test_a_gif_is_only_cleaned_and_so_is_a_picture_of_which_nothing_is_told() -> None:
    for kind, told in (("GIF", TOLD), ("JPEG", ())):
        plain = saved(kind, "L")
        assert credited(plain, told) == clean_picture(plain)


SAMPLES = tuple(s for s in samples(40, seed=15) if s.data[:3] != b"GIF")


@pytest.mark.parametrize("sample", SAMPLES, ids=[s.name for s in SAMPLES])
def test_what_is_private_goes_and_the_picture_stays(sample: Sample) -> None:
    made = credited(sample.data, TOLD)
    assert shown(made) == shown(clean_picture(sample.data))
    assert credited(made, TOLD) == made == clean_picture(made)
    assert terms(clean_picture(sample.data)).items() <= terms(made).items()
    assert terms(made)[Term.CREATOR] == {"Zoë (Wren) Alder"}


def agency(name: str = "Kestrel Pictures") -> bytes:
    """Return a JPEG that says it belongs to somebody else, in EXIF and IIM."""
    exif = Image.Exif()
    exif[0x8298] = f"(c) {name}"
    bare = saved("JPEG", exif=exif)
    text = name.encode()
    record = struct.pack(">BBBH", 0x1C, 2, 110, len(text)) + text
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + bytes(len(record) % 2)
    return bare[:2] + segment(0xED, b"Photoshop 3.0\0" + block) + bare[2:]


def test_a_notice_of_somebody_else_is_kept_unless_it_is_replaced() -> None:
    made = terms(credited(agency(), TOLD))
    assert made[Term.COPYRIGHT_NOTICE] == {"(c) Kestrel Pictures"}
    assert made[Term.CREDIT_LINE] == {"Kestrel Pictures"}
    assert made[Term.CREATOR] == {"Zoë (Wren) Alder"}
    again = credited(agency(), TOLD, replacing=True)
    assert terms(again) == {term: {text} for term, text in TOLD}
    assert b"Kestrel" not in again


def test_the_notice_of_a_known_agency_is_never_replaced() -> None:
    """Or a picture of theirs would pass for the school's own after one command."""
    made = terms(credited(agency("Getty Images"), TOLD, replacing=True))
    assert made[Term.COPYRIGHT_NOTICE] == {"(c) Getty Images"}
    assert made[Term.CREDIT_LINE] == {"Getty Images"}
    assert made[Term.CREATOR] == {"Zoë (Wren) Alder"}


def test_texts_of_a_png_are_replaced_with_the_other_fields() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Somebody else")
    plain = saved("PNG", pnginfo=info)
    assert terms(credited(plain, TOLD))[Term.CREATOR] == {"Somebody else"}
    assert terms(credited(plain, TOLD, replacing=True))[Term.CREATOR] == {"Zoë (Wren) Alder"}


def test_texts_of_a_png_stay_when_it_is_made_smaller() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Łucja")
    info.add_text("Copyright", "© Fernlea")
    small = clean_picture(saved("PNG", pnginfo=info), longest=20)
    assert terms(small) == {Term.CREATOR: {"Łucja"}, Term.COPYRIGHT_NOTICE: {"© Fernlea"}}
    assert clean_picture(small, longest=20) == small


def test_a_long_name_stands_where_there_is_room() -> None:
    told = declared_credit(replace(BRIDGE, author="A" * 40, holder="B" * 200))
    made = picture_credits(credited(saved("JPEG"), told))
    assert {c.place for c in made if c.term is Term.CREATOR} == {"EXIF Artist", "XMP dc:creator"}
    assert Credit(Term.COPYRIGHT_NOTICE, f"© {'B' * 200}", "XMP dc:rights") in made


STRUCTURED = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:cc="http://creativecommons.org/ns#"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:c="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><rdf:Description rdf:about=""
 photoshop:Instructions="Not for resale"><cc:license rdf:resource="https://l.example/"/>
<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>One</plus:LicensorName>
<plus:LicensorURL>https://one.example</plus:LicensorURL>
<plus:LicensorEmail>desk@one.example</plus:LicensorEmail></rdf:li>LAST</rdf:Seq></plus:Licensor>
<plus:CopyrightOwner><rdf:Seq><rdf:li plus:CopyrightOwnerName="Owner"/></rdf:Seq>
</plus:CopyrightOwner><c:CreatorContactInfo c:CiUrlWork="https://me.example" c:CiTelWork="01632"/>
<e:PersonInImage><rdf:Bag><rdf:li>Ada Oak</rdf:li></rdf:Bag></e:PersonInImage>
<e:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia
</e:DigitalSourceType></rdf:Description></rdf:RDF></x:xmpmeta>"""
TWO = b"<rdf:li><rdf:Description plus:LicensorName='Two'/></rdf:li>"
SAYS = {
    Term.LICENCE: {"https://l.example/"},
    Term.INSTRUCTIONS: {"Not for resale"},
    Term.LICENSOR: {"One"},
    Term.LICENSOR_URL: {"https://one.example"},
    Term.COPYRIGHT_OWNER: {"Owner"},
    Term.CONTACT: {"https://me.example"},
    Term.DIGITAL_SOURCE_TYPE: {
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    },
}


@pytest.mark.parametrize(("last", "names"), [(b"", {"One"}), (TWO, {"One", "Two"})])
def test_structures_of_iptc_and_plus_are_kept_without_persons_and_mailboxes(
    last: bytes, names: set[str]
) -> None:
    bare = saved("JPEG")
    packet = b"http://ns.adobe.com/xap/1.0/\0" + STRUCTURED.replace(b"LAST", last)
    clean = clean_picture(bare[:2] + segment(0xE1, packet) + bare[2:])
    assert terms(clean) == SAYS | {Term.LICENSOR: names}
    assert clean_picture(clean) == clean
    for private in (b"desk@", b"01632", b"Ada"):
        assert private not in clean


def exiftool(path: Path) -> dict[str, object]:
    """Return what ExifTool reads, by group and name."""
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("no exiftool on this machine")
    ask = [program, "-j", "-G1", "-a", "-charset", "iptc=UTF8", str(path)]
    run = subprocess.run(ask, capture_output=True, check=True)
    read: dict[str, object] = json.loads(run.stdout)[0]
    return read


XMP_READ = {
    "XMP-dc:Creator": "Zoë (Wren) Alder",
    "XMP-dc:Rights": "© Alder & Co",
    "XMP-photoshop:Credit": "Alder & Co",
    "XMP-photoshop:Source": BRIDGE.source,
    "XMP-xmpRights:UsageTerms": "CC BY-SA 4.0",
    "XMP-xmpRights:WebStatement": PLACE,
    "XMP-cc:License": PLACE,
    "IFD0:Artist": "Zoë (Wren) Alder",
    "IFD0:Copyright": "© Alder & Co",
}
IIM_READ = {
    "IPTC:By-line": "Zoë (Wren) Alder",
    "IPTC:CopyrightNotice": "© Alder & Co",
    "IPTC:Credit": "Alder & Co",
}


@pytest.mark.parametrize("kind", KINDS)
def test_exiftool_reads_the_same(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind.lower()}"
    path.write_bytes(credited(saved(kind), TOLD))
    read = exiftool(path)
    wanted = XMP_READ | (IIM_READ if kind == "JPEG" else {})
    assert {name: read.get(name) for name in wanted} == wanted
    assert not [name for name in read if "Warning" in name or "Error" in name]


def test_exiftool_reads_the_structures_that_are_kept(tmp_path: Path) -> None:
    bare, path = saved("JPEG"), tmp_path / "a.jpg"
    packet = b"http://ns.adobe.com/xap/1.0/\0" + STRUCTURED.replace(b"LAST", TWO)
    path.write_bytes(clean_picture(bare[:2] + segment(0xE1, packet) + bare[2:]))
    read = exiftool(path)
    assert read["XMP-plus:LicensorName"] == ["One", "Two"]
    assert read["XMP-plus:LicensorURL"] == "https://one.example"
    assert read["XMP-plus:CopyrightOwnerName"] == "Owner"
    assert read["XMP-iptcCore:CreatorWorkURL"] == "https://me.example"
    assert "Warning" not in "".join(read)
