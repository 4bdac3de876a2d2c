"""Licences, markings and generators, by the words that stand for them."""

import pytest

from moderation.analysis.rights.generators import made_by_program
from moderation.analysis.rights.licences import Limits, lacking, limits_in, wants_credit
from moderation.analysis.rights.markings import marking_in, marking_inside
from moderation.extract import extract
from moderation.model import Declaration
from tests.extract.rights_files import AI, chunk, jpeg, png, saved, segment, xmp


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("CC-BY-NC-ND-4.0", Limits(commercial=True, changes=True)),
        ("https://creativecommons.org/licenses/by-nc/4.0/", Limits(commercial=True)),
        ("Creative Commons Attribution-NonCommercial", Limits(commercial=True)),
        ("Not for commercial use", Limits(commercial=True)),
        ("The picture may not be cropped", Limits(changes=True)),
        ("Editorial use only", Limits(editorial=True)),
        ("NO INTERNET", Limits(publishing=True)),
        ("For personal use only", Limits(publishing=True)),
        ("All rights reserved", Limits()),
        ("CC BY\u2011NC 4.0", Limits(commercial=True)),
        ("CC BY–NC", Limits(commercial=True)),
        ("CCBYNC", Limits(commercial=True)),
        ("by-nc-nd/4.0", Limits(commercial=True, changes=True)),
        ("\u0421\u0421 BY-NC", Limits(commercial=True)),
        ("stand by-and-by", Limits()),
        ("CC-BY-SA-4.0", Limits()),
        ("", Limits()),
    ],
)
def test_what_words_forbid(text: str, limits: Limits) -> None:
    assert limits_in(text) == limits


def test_what_a_licence_demands_beside_the_work() -> None:
    names = ("CC-BY-4.0", "OGL-UK-3.0", "CC0-1.0", "own-work", "stock", "", "MIT")
    assert [wants_credit(name) for name in names] == [
        *(("author", "title", "source"), ("author", "source"), (), (), (), ()),
        ("author", "title", "source"),
    ]
    assert lacking(Declaration(path="a.jpg", author="Jo", licence="stock")) == ("invoice",)


@pytest.mark.parametrize(
    ("line", "alone", "inside"),
    [
        *(("OFFICIAL - SENSITIVE", "official-sensitive", "official-sensitive"),),
        *(("Private and Confidential", "confidential", "confidential"), ("Draft", "", "draft")),
        *(("DRAFT v0.3", "draft", "draft"), ("For internal use only", "internal", "internal")),
        *(("Minutes | CONFIDENTIAL | 3", "", "confidential"), ("OFFICIAL", "", "")),
        *(("Classification: Restricted", "", "restricted"), ("Confidentiality policy", "", "")),
        *(("We keep this confidential", "", ""), ("Draft policy on homework", "", "")),
        *(("", "", ""), ("CONFIDENTIAL " * 9, "", "")),
    ],
)
def test_a_marking_is_a_line_of_its_own(line: str, alone: str, inside: str) -> None:
    assert (marking_in(line), marking_inside(line)) == (alone, inside)


_XMP = b"http://ns.adobe.com/xap/1.0/\0"


@pytest.mark.parametrize(
    ("ending", "data", "field"),
    [
        ("png", png(chunk(b"tEXt", b"parameters\0a cat")), "PNG tEXt parameters"),
        (
            "png",
            png(chunk(b"tEXt", b'prompt\0{"3": {"class_type": "KSampler"}}')),
            "PNG tEXt prompt",
        ),
        ("png", png(chunk(b"tEXt", b"Software\0NovelAI")), "PNG tEXt Software"),
        ("png", png(chunk(b"tEXt", b"Comment\0a fair --ar 16:9 --v 6.0")), "PNG tEXt Comment"),
        (
            "jpg",
            jpeg(
                segment(
                    0xE1, _XMP + xmp(f"<e:DigitalSourceType>{AI}</e:DigitalSourceType>").encode()
                )
            ),
            "XMP Iptc4xmpExt:DigitalSourceType",
        ),
        (
            "jpg",
            jpeg(segment(0xE1, _XMP + xmp("<p:Credit>Made with Google AI</p:Credit>").encode())),
            "XMP photoshop:Credit",
        ),
        ("png", png(chunk(b"tEXt", b"Software\0Firefly")), "PNG tEXt Software"),
        ("png", png(chunk(b"tEXt", b"Title\0A firefly on a stable, seed: beech")), ""),
        (
            "jpg",
            jpeg(
                segment(
                    0xE1,
                    _XMP
                    + xmp(
                        "<e:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/"
                        "digitalCapture</e:DigitalSourceType>"
                    ).encode(),
                )
            ),
            "",
        ),
        ("png", saved("PNG"), ""),
    ],
)
def test_a_picture_says_that_a_program_made_it(ending: str, data: bytes, field: str) -> None:
    piece = made_by_program(extract(f"photos/a.{ending}", data))
    assert (piece.field if piece else "") == field
