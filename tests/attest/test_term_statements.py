"""What is signed for a school's own list is written one way and read strictly."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from moderation.attest.canonical import canonical
from moderation.attest.term_statement import TERM_TYPE, TermStatement
from moderation.model import IntegrityError, Severity, UsageError, digest_of
from moderation.policy.reach import Reach
from moderation.policy.terms import Act, Forms, Term
from tests.attest.school import NOW

ALLOW = Term(
    act=Act.ALLOW,
    word="faggot",
    reason="A dish",
    rule="slur-used",
    until=date(2027, 7, 31),
    reach=Reach(path="menus/**", page_type="news", pages=("news/",), phrase="faggots and peas"),
)
ADD = Term(
    act=Act.ADD,
    word="brook rat",
    reason="Said of our neighbours",
    category="insult",
    severity=Severity.BLOCK,
    forms=Forms.NOUN,
)
SITE = digest_of(b"the first version")
FIRST = TermStatement(seq=1, prev="", actor="head", issued_at=NOW, site=SITE, term=ALLOW)
SECOND = TermStatement(seq=2, prev=digest_of(b"1"), actor="m-1", issued_at=NOW, site=SITE, term=ADD)
REMOVAL = TermStatement(
    seq=3, prev=digest_of(b"2"), actor="m-1", issued_at=NOW, site=SITE, removes=digest_of(b"1")
)


@pytest.mark.parametrize("statement", [FIRST, SECOND, REMOVAL], ids=["allow", "add", "remove"])
def test_what_is_written_is_read(statement: TermStatement) -> None:
    assert TermStatement.from_payload(statement.to_payload(), source="a") == statement


def test_the_payload_is_what_it_says() -> None:
    assert FIRST.to_payload() == canonical(
        {
            "_type": TERM_TYPE,
            "seq": 1,
            "prev": "",
            "actor": "head",
            "issuedAt": "2026-11-21T09:30:00Z",
            "removes": "",
            "site": SITE,
            "term": {
                "act": "allow",
                "word": "faggot",
                "reason": "A dish",
                "until": "2027-07-31",
                "rule": "slur-used",
                "category": "",
                "severity": "",
                "forms": "exact",
                "path": "menus/**",
                "pageType": "news",
                "pages": ["news/"],
                "phrase": "faggots and peas",
            },
        }
    )


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"term": None}, "must either say something of a term or take an entry out"),
        ({"removes": digest_of(b"1")}, "must either say something"),
        ({"seq": 0}, "seq: must count from 1"),
        ({"prev": digest_of(b"1")}, "seq: must count from 1"),
        ({"seq": 2}, "seq: must count from 1, and only the first has nothing before it"),
        ({"issued_at": NOW.replace(tzinfo=None)}, "issuedAt: must be in UTC"),
        ({"issued_at": NOW.astimezone(timezone(timedelta(hours=1)))}, "issuedAt: must be in UTC"),
        ({"issued_at": NOW.replace(microsecond=1)}, "issuedAt: must be in UTC and whole seconds"),
        ({"issued_at": datetime(2027, 8, 1, tzinfo=NOW.tzinfo)}, "until: lies in the past"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], flaw: str) -> None:
    with pytest.raises(UsageError, match=flaw):
        replace(FIRST, **changes)  # type: ignore[arg-type]  # the wrong values are the test


PAYLOAD = FIRST.to_payload()


@pytest.mark.parametrize(
    ("payload", "trouble"),
    [
        (b"", "is not valid JSON"),
        (PAYLOAD.replace(b"term/v1", b"term/v2"), "_type: is not .*term/v1; update Schoolgate"),
        (PAYLOAD.replace(b'"seq":1', b'"seq":1,"more":1'), "holds a field that this version"),
        (PAYLOAD.replace(b'"word"', b'"more":1,"word"'), "holds a field that this version"),
        (PAYLOAD.replace(b'"seq":1', b'"seq": 1'), "is not in canonical form"),
        (PAYLOAD.replace(b"2027-07-31", b"2027-07-41"), "term.until: is not a date"),
        (PAYLOAD.replace(b"T09:30:00Z", b"T09:30:61Z"), "issuedAt: is not a date and time"),
        (PAYLOAD.replace(b'"allow"', b'"excuse"'), "term.act: is not one of add, soften, allow"),
        (PAYLOAD.replace(b"slur-used", b""), "a: rule: .*; restore the file from git"),
        (PAYLOAD.replace(b"A dish", b"A dish" * 4000), "is longer than 20000 characters"),
    ],
)
def test_a_payload_that_is_not_one_is_refused(payload: bytes, trouble: str) -> None:
    with pytest.raises(IntegrityError, match=trouble):
        TermStatement.from_payload(payload, source="a")
