"""A school's own list: what is genuine, what is in force, and what nobody can slip in."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from moderation.attest import Envelope, Signer, Trust
from moderation.attest.canonical import parse
from moderation.attest.log import SignedFolder
from moderation.attest.term_statement import PAYLOAD_TYPE, TermStatement
from moderation.attest.terms import Standing, in_force, read_terms, sign_step, verify_steps
from moderation.model import (
    ConflictError,
    IntegrityError,
    NotAllowedError,
    Role,
    Rule,
    RuleId,
    Severity,
    digest_of,
)
from moderation.policy import default_policy
from moderation.policy.terms import Act, Listed, Term, Terms
from tests.attest.school import HEAD, LEAD, MODERATOR, NOW, PUBLISHER, SECOND, STRANGER, TRUST


def _rule(name: str, decided_by: Role, *, waivable: bool = True) -> Rule:
    return Rule(
        id=RuleId(name),
        family="language",
        summary="s",
        remedy="r",
        severity=Severity.BLOCK,
        since="0.1",
        clauses=(),
        decided_by=decided_by,
        waivable=waivable,
    )


RULES = {
    "abusive-word": _rule("abusive-word", Role.MODERATOR),
    "slur-used": _rule("slur-used", Role.HEAD),
    "never": _rule("never", Role.MODERATOR, waivable=False),
}
UNTIL = date(2027, 7, 31)
ALLOW = Term(act=Act.ALLOW, word="ass", reason="A donkey", rule="abusive-word", until=UNTIL)
SLUR = replace(ALLOW, word="faggot", rule="slur-used")
ADD = Term(
    act=Act.ADD, word="brook rat", reason="Ours", category="insult", severity=Severity.REVIEW
)
WHERE = Standing(trust=TRUST, policy=default_policy(), rules=RULES, now=NOW)

Entries = list[tuple[str, Envelope]]


def _list(*steps: tuple[Signer, Term | int], **changes: object) -> Entries:
    """Return a list in which each step says something of a term, or takes a number out."""
    entries: Entries = []
    for seq, (by, what) in enumerate(steps, start=1):
        statement = TermStatement(
            seq=seq,
            prev=digest_of(entries[-1][1].payload) if entries else "",
            actor=by.person,
            issued_at=NOW,
            site=TRUST.origin,
            term=what if isinstance(what, Term) else None,
            removes="" if isinstance(what, Term) else digest_of(entries[what - 1][1].payload),
        )
        statement = replace(statement, **changes)  # type: ignore[arg-type]
        entries.append((f"{seq:06}.json", by.sign(statement.to_payload(), PAYLOAD_TYPE)))
    return entries


def _judged(entries: Entries, standing: Standing = WHERE) -> Terms:
    return in_force(verify_steps(entries, standing.trust), standing)


def _told(terms: Terms) -> tuple[list[str], list[str]]:
    return [each.id for each in terms.entries], sorted(terms.ended.values())


def test_a_list_is_read_as_it_was_signed(tmp_path: Path) -> None:
    folder = SignedFolder(tmp_path / "terms")
    assert read_terms(folder, WHERE) == Terms()
    first = sign_step(folder, MODERATOR, WHERE, term=ALLOW)
    second = sign_step(folder, HEAD, WHERE, term=ADD)
    assert read_terms(folder, WHERE) == second
    assert second.entries == (
        Listed(1, first.head, "m-1", ALLOW),
        Listed(2, second.head, "head", ADD),
    )
    third = sign_step(folder, LEAD, WHERE, removes=first.head)
    assert read_terms(folder, WHERE) == third
    assert _told(third) == (["T-2"], ["T-1 was taken out of the school's list"])
    assert third.signed == {first.head, second.head, third.head}


@pytest.mark.parametrize(
    ("by", "term", "why"),
    [
        (PUBLISHER, ALLOW, r"T-1 of the school's list no longer counts \(p-1 is no moderator\)"),
        (MODERATOR, SLUR, r"m-1 does not decide slur-used"),
        (LEAD, ALLOW, r"dsl does not decide abusive-word"),
        (HEAD, replace(ALLOW, rule="never"), "is about never, of which nobody may accept"),
        (HEAD, replace(ALLOW, rule="gone"), "is about gone, of which nobody may accept"),
        (
            HEAD,
            replace(ALLOW, until=NOW.date() + timedelta(days=367)),
            "lasts longer than the 366 days that the policy allows",
        ),
    ],
)
def test_what_would_not_count_is_not_signed(
    tmp_path: Path, by: Signer, term: Term, why: str
) -> None:
    folder = SignedFolder(tmp_path / "terms")
    with pytest.raises(NotAllowedError, match=f"{why}.*, so it was not signed"):
        sign_step(folder, by, WHERE, term=term)
    assert folder.read() == ()
    assert _judged(_list((by, term))).entries == ()


def test_nobody_signs_with_a_key_that_is_not_theirs(tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError, match="m-1: signs with their own key only"):
        sign_step(SignedFolder(tmp_path), SECOND, WHERE, term=ADD)
    with pytest.raises(NotAllowedError, match="m-9"):
        sign_step(SignedFolder(tmp_path), STRANGER, WHERE, term=ADD)


def test_a_publisher_takes_no_added_term_out(tmp_path: Path) -> None:
    folder = SignedFolder(tmp_path / "terms")
    terms = sign_step(folder, MODERATOR, WHERE, term=ADD)
    with pytest.raises(NotAllowedError, match="p-1: may not take this entry out"):
        sign_step(folder, PUBLISHER, WHERE, removes=terms.head)
    assert read_terms(folder, WHERE) == terms
    assert _told(_judged(_list((MODERATOR, ADD), (PUBLISHER, 1)))) == (["T-1"], [])


def test_two_who_sign_at_the_same_moment_do_not_both_get_the_number(tmp_path: Path) -> None:
    folder = SignedFolder(tmp_path / "terms")
    sign_step(folder, MODERATOR, WHERE, term=ADD)
    name, envelope = folder.read()[0]
    assert name == "000001.json"
    with pytest.raises(ConflictError, match=r"000001\.json: somebody else signed"):
        folder.add(envelope, 1, "")


def test_an_entry_holds_through_its_last_day() -> None:
    entries = _list((MODERATOR, ALLOW), (MODERATOR, replace(ADD, until=UNTIL)))
    last = replace(WHERE, now=NOW.replace(year=2027, month=7, day=31))
    after = replace(WHERE, now=NOW.replace(year=2027, month=8, day=1))
    assert _told(_judged(entries, last)) == (["T-1", "T-2"], [])
    assert _told(_judged(entries, after)) == (
        [],
        [f"T-{n} of the school's list ended on 2027-07-31" for n in (1, 2)],
    )


def test_an_entry_from_the_future_does_not_count() -> None:
    early = replace(WHERE, now=NOW - timedelta(days=2))
    assert _told(_judged(_list((MODERATOR, ALLOW)), early)) == (
        [],
        ["T-1 of the school's list was signed in the future"],
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda trust: trust.suspended("m-1"), "m-1 is suspended"),
        (
            lambda trust: trust.without_key("m-1", MODERATOR.key.keyid, after=9),
            "the key of m-1 that signed it is retired",
        ),
        (
            lambda trust: trust.with_person("m-1", frozenset({Role.PUBLISHER})),
            "m-1 is no moderator",
        ),
        (
            lambda trust: trust.with_person("m-1", frozenset({Role.EXECUTIVE})),
            "m-1 does not decide abusive-word",
        ),
    ],
    ids=["suspended", "key retired", "publisher now", "executive now"],
)
def test_what_opens_ends_with_its_signer_and_what_closes_stays(change: object, why: str) -> None:
    trust: Trust = change(TRUST)  # type: ignore[operator]
    entries = _list((MODERATOR, ALLOW), (MODERATOR, ADD), (HEAD, ALLOW), (MODERATOR, 3))
    assert _told(_judged(entries, replace(WHERE, trust=trust))) == (
        ["T-2"],
        [
            f"T-1 of the school's list no longer counts ({why})",
            "T-3 was taken out of the school's list",
        ],
    )


def test_an_added_term_comes_back_when_whoever_took_it_out_is_suspended() -> None:
    entries = _list((HEAD, ADD), (MODERATOR, 1))
    assert _told(_judged(entries)) == ([], ["T-1 was taken out of the school's list"])
    trusted = replace(WHERE, trust=TRUST.suspended("m-1"))
    assert _told(_judged(entries, trusted)) == (["T-1"], [])


GOOD = _list((MODERATOR, ALLOW), (HEAD, SLUR), (MODERATOR, 1))


def _forged(**changes: object) -> Envelope:
    """Return the first entry with other words under the moderator's old signature."""
    envelope = GOOD[0][1]
    statement = TermStatement.from_payload(envelope.payload, source="a")
    return replace(envelope, payload=replace(statement, **changes).to_payload())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entries", "trouble"),
    [
        (GOOD[1:], r"terms/000001\.json: is missing or out of order"),
        ([GOOD[0], GOOD[2]], r"terms/000002\.json: is missing or out of order"),
        (
            [("000001.json", _forged(term=replace(ALLOW, word="wider"))), *GOOD[1:]],
            r"terms/000001\.json: carries no valid signature of m-1",
        ),
        (
            [("000001.json", GOOD[1][1]), ("000002.json", GOOD[0][1])],
            r"terms/000001\.json: was signed for another place in the list",
        ),
        (
            _list((MODERATOR, ADD), (MODERATOR, ALLOW), prev="", seq=1),
            r"terms/000002\.json: was signed for another place in the list",
        ),
        (
            _list((STRANGER, ALLOW), actor="m-1"),
            r"terms/000001\.json: carries no valid signature of m-1",
        ),
        (_list((STRANGER, ALLOW)), r"terms/000001\.json: m-9 is nobody on this site"),
        (
            [("000001.json", replace(GOOD[0][1], payload_type="text/plain"))],
            r"terms/000001\.json: is signed as something else",
        ),
        (
            [*GOOD, *_list(*[(MODERATOR, ADD)] * 3, (MODERATOR, 2))[3:]],
            r"terms/000004\.json: ",
        ),
        (
            _list((MODERATOR, ADD), (MODERATOR, 1), (MODERATOR, 2)),
            r"terms/000003\.json: takes out an entry that is not there",
        ),
    ],
    ids=[
        *("first cut off", "one taken out", "word widened", "two swapped", "one replaced"),
        *("signed by a stranger", "stranger", "other type", "from another list", "remove a remove"),
    ],
)
def test_what_was_tampered_with_breaks_the_list(entries: Entries, trouble: str) -> None:
    with pytest.raises(IntegrityError, match=trouble):
        verify_steps(entries, TRUST)


def test_an_entry_that_another_sound_one_replaced_breaks_the_list() -> None:
    entries = [_list((MODERATOR, SLUR))[0], *GOOD[1:]]
    with pytest.raises(
        IntegrityError, match=r"^terms/000002\.json: was signed for another place in the list"
    ):
        verify_steps(entries, TRUST)


def test_no_changed_character_of_an_entry_passes(tmp_path: Path) -> None:
    folder = SignedFolder(tmp_path / "terms")
    terms = sign_step(folder, MODERATOR, WHERE, term=ALLOW)
    file = tmp_path / "terms" / "000001.json"
    good = file.read_bytes()
    for at in range(0, len(good), 7):
        for other in (b"A", b"}", b" "):
            file.write_bytes(good[:at] + other + good[at + 1 :])
            try:
                assert read_terms(folder, WHERE) == terms
            except IntegrityError:
                continue
            assert parse(file.read_text(), source="a") == parse(good.decode(), source="a")


def test_a_retired_key_still_proves_where_a_step_stands() -> None:
    trust = TRUST.with_key("m-1", SECOND.key).without_key("m-1", MODERATOR.key.keyid, after=0)
    steps = verify_steps(GOOD, trust)
    assert [(step.id, step.current) for step in steps] == [
        ("T-1", False),
        ("T-2", True),
        ("T-3", False),
    ]
