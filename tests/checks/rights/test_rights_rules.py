"""What the examples of the rules of rights leave out: severities, remedies, downloads, places."""

import dataclasses
from datetime import date

from moderation.checks.base import Context
from moderation.checks.rights import (
    agency_notice,
    licence_forbids,
    press_cutting,
    rights_missing,
    trust_document,
)
from moderation.extract import extract
from moderation.model import Carrier, Document, Finding, Piece, ReadSubmission, Role, Severity
from moderation.pipeline.run import join
from moderation.policy import default_policy, load_policy
from tests.extract.rights_files import iim, jpeg, resource, saved, segment

POLICY = default_policy()
TODAY = date(2026, 11, 21)


def _read(text: str, **files: Document) -> ReadSubmission:
    documents = {document.path: document for document in files.values()}
    return join(extract("news/a.md", text.encode()), documents)


def _page(licence: str, path: str = "photos/a.jpg", shown: str = "![A tent](/photos/a.jpg)") -> str:
    return f"---\nassets:\n  {path}:\n    author: Jo\n    licence: {licence}\n---\n{shown}\n"


def _agency(submission: ReadSubmission) -> list[Finding]:
    return list(agency_notice.check(submission, Context(policy=POLICY, today=TODAY)))


def test_a_credit_blocks_own_work_and_asks_about_free_licences() -> None:
    block = segment(0xED, b"Photoshop 3.0\0" + resource(iim((110, b"Getty Images"))))
    picture = extract("photos/a.jpg", jpeg(block))
    found = {each: _agency(_read(_page(each), a=picture)) for each in ("own-work", "CC0-1.0")}
    assert [(f.severity, [r.field for r in f.related]) for f in found["own-work"]] == [
        (Severity.BLOCK, ["IPTC Credit"])
    ]
    assert [f.severity for f in found["CC0-1.0"]] == [Severity.REVIEW]
    assert _agency(_read("![A tent](/photos/a.jpg)\n", a=picture))[0].severity is Severity.BLOCK


def test_a_title_may_speak_of_a_newspaper_and_a_source_may_not() -> None:
    plain = extract("photos/a.jpg", saved("JPEG"))
    told = [
        bool(_agency(_read(_page(f"own-work\n    {said}"), a=plain)))
        for said in ("title: A day at the Daily Mail", "source: Daily Mail", "holder: Anna Getty")
    ]
    assert told == [False, True, False]


def test_a_credit_far_below_belongs_to_something_else() -> None:
    plain = extract("photos/a.jpg", saved("JPEG"))
    far = _page("own-work") + "\nOne.\n\nTwo.\n\nThree.\n\nPhoto: Getty Images\n"
    other = _page("own-work") + "![B](/photos/b.jpg)\nPhoto: Getty Images\n"
    found = [[f.primary.field for f in _agency(_read(text, a=plain))] for text in (far, other)]
    assert found == [[], ["assets.photos/b.jpg"]]


def test_the_remedy_of_a_declaration_that_is_not_used_is_to_take_it_out() -> None:
    read = _read(_page("own-work", shown="Nothing."), a=extract("photos/a.jpg", saved("JPEG")))
    found = list(rights_missing.check(read, Context(policy=POLICY, today=TODAY)))
    assert [(f.severity, f.remedy) for f in found] == [
        (Severity.NOTE, "Take the declaration out, or show the file on the page.")
    ]


def test_a_forbidding_licence_is_told_once_and_always() -> None:
    read = _read(_page("CC-BY-NC-4.0"))
    off = load_policy("[rules.licence-forbids]\nenabled = false")
    told = [
        len(list(check.check(read, Context(policy=policy, today=TODAY))))
        for check, policy in (
            *((licence_forbids, POLICY), (rights_missing, POLICY)),
            (rights_missing, off),
        )
    ]
    assert told == [1, 0, 1]


def _letter(text: str, carrier: Carrier, field: str) -> Document:
    made = extract("downloads/a.txt", b"x")
    return dataclasses.replace(
        made,
        text=text,
        media_type="application/pdf",
        pieces=(Piece(0, len(text), carrier, field=field),),
    )


def _trust(document: Document, policy: str = "") -> list[str]:
    read = _read("[a paper](/downloads/a.txt)\n", a=document)
    context = Context(policy=load_policy(policy), today=TODAY)
    return [f"{f.primary.field}: {f.message}" for f in trust_document.check(read, context)]


def test_markings_count_in_headers_and_in_their_fields_only() -> None:
    marked = "the document is marked: confidential"
    assert [
        _trust(_letter("Fees\nMinutes | Confidential | 3", Carrier.HEADER, "page 1")),
        _trust(_letter("Confidential", Carrier.PROPERTY, "office category")),
        _trust(_letter("Confidential", Carrier.PROPERTY, "PDF Title")),
        _trust(_letter("a\n" * 9 + "CONFIDENTIAL\n" + "b\n" * 9, Carrier.BODY, "page 1")),
    ] == [[f"page 1: {marked}"], [f"office category: {marked}"], [], []]


def test_the_trust_is_known_by_company_notice_and_declaration() -> None:
    policy = '[rights]\ntrust = ["Fernlea Learning Trust"]'
    company = _letter("FERNLEA LEARNING TRUST", Carrier.PROPERTY, "Company")
    said = _letter("Fernlea Learning Trust runs us", Carrier.BODY, "page 1")
    owned = "the document is the trust's own, and its executive has not released it"
    assert [_trust(company, policy), _trust(said, policy)] == [[f"Company: {owned}"], []]
    text = _page("own-work", "downloads/a.txt", "[a](/downloads/a.txt)")
    read = _read(text.replace("Jo", "Fernlea Learning Trust"), a=said)
    found = list(trust_document.check(read, Context(policy=load_policy(policy), today=TODAY)))
    assert [f.message for f in found] == [owned]
    assert trust_document.RULE.decided_by is Role.EXECUTIVE


def test_a_song_in_a_letter_is_found_where_it_stands() -> None:
    lines = ["We carry lanterns through the lane", "And every step becomes a song"] * 6
    text = "Dear families,\n" + "\n".join(lines)
    pieces = (
        Piece(0, 14, Carrier.BODY, field="page 1"),
        Piece(15, len(text), Carrier.BODY, field="page 2"),
    )
    letter = dataclasses.replace(_letter(text, Carrier.BODY, ""), pieces=pieces)
    context = Context(policy=POLICY, today=TODAY)
    read = _read("[a paper](/downloads/a.txt)\n", a=letter)
    found = list(press_cutting.check(read, context))
    assert [(f.primary.path, f.primary.field, f.evidence) for f in found] == [
        ("downloads/a.txt", "page 2", "")
    ]
    settled = _page("permission", "downloads/a.txt", "[a](/downloads/a.txt)")
    assert list(press_cutting.check(_read(settled, a=letter), context)) == []
