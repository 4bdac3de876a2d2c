from dataclasses import replace
from datetime import date

import pytest

from moderation.attest import RetiredKey, Trust, TrustedPerson
from moderation.attest.envelope import Envelope
from moderation.model import NotAllowedError, Person, Role, UsageError, digest_of
from tests.attest.school import HEAD, LEAD, MODERATOR, PUBLISHER, SECOND, STRANGER, TRUST

TYPE = "t"


def test_a_person_is_known_with_their_roles() -> None:
    assert TRUST.person("m-1") == Person("m-1", frozenset({Role.MODERATOR}))
    assert TRUST.person_of_key(HEAD.key.keyid) == Person("head", frozenset({Role.HEAD}))


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ("m-9", "m-9: is nobody on this site; ask the head to add them"),
        ("\x1b[2J", "this id: is nobody on this site; ask the head to add them"),
        ("m-1", "m-1: is suspended; ask the head to reinstate them"),
    ],
)
def test_who_is_unknown_or_suspended_may_not_act(person: str, message: str) -> None:
    with pytest.raises(NotAllowedError) as caught:
        TRUST.suspended("m-1").person(person)
    assert str(caught.value) == message


def test_a_key_of_nobody_is_refused() -> None:
    with pytest.raises(NotAllowedError) as caught:
        TRUST.person_of_key(STRANGER.key.keyid)
    assert str(caught.value) == (
        f"key {STRANGER.key.keyid[:12]}: belongs to nobody on this site; ask the head to add it"
    )


def test_a_retired_key_is_nobody_s_current_key() -> None:
    trust = TRUST.without_key("m-1", MODERATOR.key.keyid, after=5)
    with pytest.raises(NotAllowedError):
        trust.person_of_key(MODERATOR.key.keyid)
    assert trust.persons["m-1"] == TrustedPerson(
        id="m-1",
        roles=frozenset({Role.MODERATOR}),
        retired=(RetiredKey(MODERATOR.key, 5),),
    )
    assert trust.persons["m-1"].every_key == (MODERATOR.key,)
    assert [trust.persons["m-1"].keys_at(seq) for seq in (5, 6)] == [(MODERATOR.key,), ()]


def test_two_signatures_of_one_person_count_once() -> None:
    trust = TRUST.with_key("m-1", SECOND.key)
    signatures = tuple(
        signature
        for each in (MODERATOR, SECOND, STRANGER)
        for signature in each.sign(b"{}", TYPE).signatures
    )
    envelope = Envelope(payload=b"{}", payload_type=TYPE, signatures=signatures)
    assert trust.signers(envelope, payload_type=TYPE) == {"m-1"}
    assert trust.signers(envelope, payload_type="other") == frozenset()
    assert trust.suspended("m-1").signers(envelope, payload_type=TYPE) == frozenset()


def test_every_edit_is_a_new_version_and_leaves_the_old_one() -> None:
    before = TRUST
    roles = frozenset({Role.PUBLISHER, Role.MODERATOR})
    edited = [
        TRUST.with_person("m-9", roles),
        TRUST.with_person("m-1", roles),
        TRUST.with_key("m-1", SECOND.key),
        TRUST.without_key("m-1", MODERATOR.key.keyid, after=0),
        TRUST.suspended("m-1"),
        TRUST.suspended("m-1").reinstated("m-1"),
        TRUST.renewed(date(2027, 12, 1)),
        TRUST.with_policy(digest_of(b"policy")),
    ]
    m_1 = TRUST.persons["m-1"]
    assert [trust.version for trust in edited] == [2, 2, 2, 2, 2, 3, 2, 2]
    assert [trust.persons.get("m-1") for trust in edited[:6]] == [
        m_1,
        replace(m_1, roles=roles),
        replace(m_1, keys=tuple(sorted((MODERATOR.key, SECOND.key)))),
        replace(m_1, keys=(), retired=(RetiredKey(MODERATOR.key, 0),)),
        replace(m_1, suspended=True),
        m_1,
    ]
    assert edited[0].persons["m-9"] == TrustedPerson(id="m-9", roles=roles)
    assert (edited[6].expires, edited[7].policy) == (
        date(2027, 12, 1),
        digest_of(b"policy"),
    )
    assert before == TRUST


NO_HEAD = "no head with a key would be left; name another head and give them a key first"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda: TRUST.suspended("head"), NO_HEAD),
        (lambda: TRUST.with_person("head", frozenset({Role.MODERATOR})), NO_HEAD),
        (lambda: TRUST.without_key("head", HEAD.key.keyid, after=3), NO_HEAD),
        (lambda: replace(TRUST, persons={}), NO_HEAD),
        (
            lambda: TRUST.with_key("p-1", MODERATOR.key),
            f"m-1 and p-1 have the same key {MODERATOR.key.keyid[:12]}; "
            "make a new one for each person and device",
        ),
        (
            lambda: TRUST.with_key("m-1", MODERATOR.key),
            f"m-1 and m-1 have the same key {MODERATOR.key.keyid[:12]}; "
            "make a new one for each person and device",
        ),
        (
            lambda: TRUST.without_key("m-1", MODERATOR.key.keyid, after=1).with_key(
                "p-1", MODERATOR.key
            ),
            f"m-1 and p-1 have the same key {MODERATOR.key.keyid[:12]}; "
            "make a new one for each person and device",
        ),
        *(
            (edit, "site or version is not usable; write an id without spaces and count from 1")
            for edit in (
                lambda: replace(TRUST, site="St Example's"),
                lambda: replace(TRUST, version=0),
            )
        ),
        (
            lambda: TRUST.with_policy("mine"),
            "the policy or the version before is not named by its digest; sign it again",
        ),
        (
            lambda: TRUST.with_person("M-1", frozenset({Role.MODERATOR})),
            "two persons have ids that differ only in capitals; choose another id for one",
        ),
        *(
            (edit, "a person's id is not usable; write letters, digits and hyphens, no name")
            for edit in (
                lambda: TRUST.with_person("Mrs Example", frozenset()),
                lambda: replace(TRUST, persons={**TRUST.persons, "x": TRUST.persons["m-1"]}),
            )
        ),
    ],
)
def test_an_edit_that_would_break_the_file_is_refused(edit: object, message: str) -> None:
    assert callable(edit)
    with pytest.raises(UsageError) as caught:
        edit()
    assert str(caught.value) == f"people of the site: {message}"


def test_a_head_may_go_once_another_leads() -> None:
    trust = TRUST.with_person("dsl", frozenset({Role.HEAD})).suspended("head")
    assert [person.id for person in trust.persons.values() if person.leads] == ["dsl"]


def test_a_key_that_is_not_theirs_cannot_be_retired() -> None:
    with pytest.raises(UsageError) as caught:
        TRUST.without_key("m-1", LEAD.key.keyid, after=1)
    assert str(caught.value) == (
        f"m-1: has no key {LEAD.key.keyid[:12]}; list theirs and choose one"
    )


@pytest.mark.parametrize(
    "edit",
    [
        lambda: TRUST.with_key("m-9", STRANGER.key),
        lambda: TRUST.without_key("m-9", STRANGER.key.keyid, after=1),
        lambda: TRUST.suspended("m-9"),
        lambda: TRUST.reinstated("m-9"),
    ],
)
def test_nobody_can_be_edited_who_is_not_there(edit: object) -> None:
    assert callable(edit)
    with pytest.raises(NotAllowedError, match="m-9: is nobody on this site"):
        edit()


def test_people_cannot_be_changed_behind_the_back_of_the_value() -> None:
    persons = dict(TRUST.persons)
    trust = Trust(site="a", version=1, expires=date(2027, 1, 1), persons=persons)
    del persons["m-1"]
    assert "m-1" in trust.persons
    assert PUBLISHER.person in trust.persons
