"""Approving: what must hold before anything is signed, and what a crash leaves behind."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from moderation.attest.keys import Signer
from moderation.attest.log import ApprovalLog
from moderation.attest.quorum import outstanding
from moderation.attest.statement import PAYLOAD_TYPE, Decision, Statement
from moderation.attest.verify import verify_log
from moderation.model import (
    Asset,
    ConflictError,
    Event,
    ExtractionError,
    IntegrityError,
    NotAllowedError,
    Person,
    ReviewState,
    ReviewStatus,
    Role,
    Severity,
    Submission,
    UsageError,
    digest_of,
)
from moderation.pipeline.rendering import rendered_digest
from moderation.policy import ContentKind
from moderation.policy.terms import Act, Term, Terms
from moderation.policy.tightening import Tolerance
from moderation.registers.consent_snapshot import Snapshot
from moderation.review.memory import MemoryQueueStore
from moderation.review.signed_log import read_verified
from moderation.review.store import Change
from tests.review.office import (
    ABUSE,
    KEY,
    NAMED,
    PAGE,
    PHOTO,
    PLACE,
    SIGNERS,
    TRIAL,
    TRUST,
    TWO_PERSONS,
    Office,
    broken_verdict,
    finding,
    page,
    policy_with,
    verdict,
)

RUDE, NAME = finding(ABUSE, "rude"), finding(NAMED, "a name")
PEOPLE_AND_TEXT = frozenset({ContentKind.TEXT, ContentKind.PHOTO, ContentKind.PEOPLE})


def statements(office: Office) -> tuple[Statement, ...]:
    """Return the log, verified."""
    return verify_log(office.log.read(), TRUST)


def test_an_approval_is_signed_logged_and_told_to_the_queue(office: Office) -> None:
    found = verdict(RUDE)
    state = office.submit("p-1", page("one", PHOTO), found)
    office.submit("p-2", page("one", PHOTO), found)
    state = office.acknowledge("m-2", office.claim("m-1", state), RUDE)
    envelope = office.approve("m-1", state, found)
    issued = office.now
    assert Statement.from_payload(envelope.payload, source="it") == Statement(
        decision=Decision.APPROVE,
        page=PAGE,
        subjects=state.assets,
        submission=state.id,
        publisher="p-1",
        editors=("p-1", "p-2"),
        actor="m-1",
        policy=office.policy.digest,
        findings=digest_of(RUDE.fingerprint(KEY).encode()),
        waivers=(RUDE.fingerprint(KEY),),
        seq=1,
        prev="",
        issued_at=issued,
        expires_at=issued + timedelta(days=800),
        site=TRUST.origin,
        rendered=digest_of(b"<p>one</p>"),
        handed_in=state.handed_in,
        rules=(Tolerance("abusive-word", ("default", "note", "review")),),
    )
    assert office.log.read() == (("000001.json", envelope),)
    assert office.load(state) == replace(
        state, status=ReviewStatus.APPROVED, claimed_by="", approved_by=("m-1",), revision=6
    )
    assert office.acts[-2:] == ["sign m-1", "approve m-1"]
    last, _ = list(office.queue.events())[-1]
    assert last == Event(
        at=issued,
        actor="m-1",
        act="approve",
        submission=state.id,
        digest=state.digest,
        detail="1",
    )


def test_a_submission_nobody_claimed_can_be_approved(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state, prefix=state.digest.upper())
    assert office.load(state).status is ReviewStatus.APPROVED


def test_approving_again_returns_the_same_envelope_and_changes_nothing(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    first = office.approve("m-1", state)
    before = office.load(state), office.acts
    assert office.approve("m-1", state) == first
    assert (office.load(state), office.acts) == before


def test_a_second_moderator_is_told_that_it_is_approved(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    with pytest.raises(UsageError) as caught:
        office.approve("m-2", state)
    assert str(caught.value) == (
        f"{state.id}: approve: cannot be done; it is approved; schoolgate takedown removes it"
        " from the site"
    )


@pytest.mark.parametrize("who", ["p-2", "aud"])
def test_only_those_who_decide_approve(office: Office, who: str) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(NotAllowedError) as caught:
        office.approve(who, state)
    assert str(caught.value) == (
        f"{state.id}: approve: {who} may not do this; ask an executive, head, moderator or"
        " safeguarding lead"
    )


@pytest.mark.parametrize("who", ["m-1", "m-2"])
def test_no_editor_of_any_version_approves(office: Office, who: str) -> None:
    office.submit("m-1", page("one"))
    state = office.submit("m-2", page("two"))
    with pytest.raises(NotAllowedError) as caught:
        office.approve(who, state)
    assert str(caught.value) == (
        f"{state.id}: approve: {who} handed in this page or a version it replaces, and nobody"
        " decides on their own work; ask another moderator"
    )
    assert office.log.read() == ()


def test_another_moderators_claim_is_respected(office: Office) -> None:
    state = office.claim("m-1", office.submit("p-1", page("one")))
    with pytest.raises(ConflictError) as caught:
        office.approve("m-2", state)
    assert str(caught.value) == (
        f"{state.id}: approve: m-1 holds this submission; ask m-1, or take it over with"
        " schoolgate review --take-over"
    )


def test_somebody_the_site_does_not_trust_signs_nothing(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.trust = TRUST.suspended("m-1")
    with pytest.raises(NotAllowedError, match="m-1: is suspended"):
        office.approve("m-1", state)
    office.trust = TRUST
    office.signers["m-1"] = Signer.from_seed("m-1", bytes(range(32)))
    with pytest.raises(NotAllowedError, match="belongs to nobody on this site"):
        office.approve("m-1", state)
    office.signers["m-1"] = SIGNERS["m-2"]
    with pytest.raises(NotAllowedError) as caught:
        office.approve("m-1", state)
    assert str(caught.value) == "m-1: signs with their own key only; open it and retry"
    assert (office.log.read(), office.load(state)) == ((), state)


@pytest.mark.parametrize(
    ("kind", "cut", "trouble"),
    [
        (
            UsageError,
            slice(0, 7),
            "quote at least 8 characters of the digest that schoolgate review shows",
        ),
        (
            IntegrityError,
            slice(1, 12),
            "the digest is another one, so other bytes were shown; review the submission again",
        ),
    ],
)
def test_the_digest_that_was_shown_is_quoted(
    office: Office, kind: type[Exception], cut: slice, trouble: str
) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(kind) as caught:
        office.approve("m-1", state, prefix=state.digest[cut])
    assert str(caught.value) == f"{state.id}: approve: {trouble}"


def test_the_digest_of_the_version_before_approves_nothing(office: Office) -> None:
    old = office.submit("p-1", page("one"))
    new = office.submit("p-1", page("two"))
    with pytest.raises(IntegrityError, match="other bytes were shown"):
        office.approve("m-1", new, prefix=old.digest)
    with pytest.raises(UsageError, match="a newer version was handed in"):
        office.approve("m-1", old)


def test_what_could_not_be_checked_is_not_approved(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(ExtractionError) as caught:
        office.approve("m-1", state, broken_verdict())
    assert str(caught.value) == (
        f"{state.id}: approve: 1 of its checks could not be done, first extract; schoolgate check"
        " shows them, and the publisher mends the page"
    )


def test_what_is_not_known_to_contain_anything_is_not_approved(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(UsageError) as caught:
        office.approve("m-1", state, kinds=frozenset())
    assert str(caught.value) == (
        f"{state.id}: approve: what it contains is not known; check it again"
    )


def test_every_finding_needs_an_answer(office: Office) -> None:
    found = verdict(RUDE, NAME)
    state = office.submit("p-1", page("one"), found)
    office.acknowledge("dsl", state, NAME)
    with pytest.raises(NotAllowedError) as caught:
        office.approve("m-1", state, found)
    assert str(caught.value) == (
        f"{state.id}: approve: nobody accepted finding {RUDE.fingerprint(KEY)[:8]}"
        " (abusive-word) yet; a head or moderator may accept it with schoolgate ack and a reason,"
        " or send the page back with schoolgate return"
    )
    office.acknowledge("m-2", state, RUDE)
    office.approve("m-1", state, found)
    assert office.load(state).status is ReviewStatus.APPROVED


def test_notes_and_rules_on_trial_need_no_answer(office: Office) -> None:
    found = verdict(finding(PLACE, severity=Severity.NOTE), finding(TRIAL))
    state = office.submit("p-1", page("one"), found)
    office.approve("m-1", state, found)
    assert statements(office)[0].waivers == ()


def test_a_waiver_counts_while_its_person_may_accept_the_finding(office: Office) -> None:
    found = verdict(NAME)
    state = office.submit("p-1", page("one"), found)
    office.acknowledge("dsl", state, NAME)
    for trust in (
        TRUST.suspended("dsl"),
        TRUST.with_person("dsl", frozenset({Role.MODERATOR})),
    ):
        office.trust = trust
        with pytest.raises(NotAllowedError, match="nobody accepted finding"):
            office.approve("m-1", state, found)
    office.trust = TRUST
    office.approve("m-1", state, found)


def test_a_waiver_of_an_editor_or_for_another_rule_counts_for_nothing(office: Office) -> None:
    found = verdict(RUDE)
    state = office.submit("p-1", page("one"), found)
    accepted = office.acknowledge("m-2", state, RUDE)
    event, _ = next(iter(office.queue.events()))
    planted = replace(accepted, editors=accepted.editors | {"m-2"})
    office.queue.save(planted, expected=2, event=event)
    with pytest.raises(NotAllowedError, match="nobody accepted finding"):
        office.approve("m-1", state, found)
    wrong = tuple(replace(waiver, rule="pupil-named") for waiver in accepted.waivers)
    office.queue.save(replace(accepted, waivers=wrong), expected=3, event=event)
    with pytest.raises(NotAllowedError, match="nobody accepted finding"):
        office.approve("m-1", state, found)


def test_somebody_whose_role_fits_nothing_in_it_is_told_who_may(office: Office) -> None:
    office.policy = policy_with(ContentKind.TEXT, 1, Role.HEAD)
    state = office.submit("p-1", page("one"))
    with pytest.raises(NotAllowedError) as caught:
        office.approve("m-1", state)
    assert str(caught.value) == f"{state.id}: approve: m-1 may not do this; ask a head"


def test_the_roles_that_the_site_knows_count_and_not_those_that_a_caller_claims(
    office: Office,
) -> None:
    office.policy = policy_with(ContentKind.TEXT, 1, Role.HEAD)
    state = office.submit("p-1", page("one"))
    with pytest.raises(NotAllowedError) as caught:
        office.approve("m-1", state, claimed=Person("m-1", frozenset({Role.HEAD})))
    assert str(caught.value) == f"{state.id}: approve: m-1 may not do this; ask a head"
    assert office.log.read() == ()


def test_the_consents_that_were_looked_at_are_signed(office: Office) -> None:
    seen = Snapshot(digest=digest_of(b"where they stood"), end=date(2027, 7, 31))
    office.approve("m-1", office.submit("p-1", page("one")), consents=seen)
    (signed,) = statements(office)
    assert (signed.consents, signed.consents_end) == (seen.digest, seen.end)


@pytest.mark.parametrize("other", [Asset(PAGE, b"two"), Asset("news/two.md", b"one")])
def test_a_page_other_than_the_one_handed_in_is_not_approved(office: Office, other: Asset) -> None:
    state = office.submit("p-1", page("one"))
    with pytest.raises(IntegrityError) as caught:
        office.approve("m-1", state, shown=other)
    assert str(caught.value) == (
        f"{state.id}: approve: the page is not the one that was handed in; review the submission"
        " again"
    )
    assert office.log.read() == ()


def test_an_approval_of_what_read_otherwise_does_not_count_beside_another(office: Office) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page("one"))
    seen = Statement.from_payload(office.approve("m-1", state).payload, source="it")
    (office.folder / "approvals" / "000001.json").unlink()
    otherwise = replace(seen, rendered=digest_of(b"<p>another article</p>"))
    office.log.append(SIGNERS["m-1"].sign(otherwise.to_payload(), PAYLOAD_TYPE), 1)
    office.approve("m-2", state)
    waits = office.load(state)
    assert (waits.status, waits.approved_by) == (ReviewStatus.SUBMITTED, ("m-2",))


def test_two_persons_approve_where_the_policy_says_so(office: Office) -> None:
    office.policy = TWO_PERSONS
    state = office.claim("m-1", office.submit("p-1", page("one")))
    office.approve("m-1", state)
    waiting = office.load(state)
    assert (waiting.status, waiting.approved_by) == (ReviewStatus.CLAIMED, ("m-1",))
    office.approve("m-1", state)
    assert office.load(state) == waiting, "the same person counts once"
    office.approve("m-2", state)
    done = office.load(state)
    assert (done.status, done.approved_by) == (ReviewStatus.APPROVED, ("m-1", "m-2"))


def test_an_approval_says_what_it_lacks_and_the_older_version_stands_until_nothing_is(
    office: Office,
) -> None:
    office.policy = TWO_PERSONS
    old = office.submit("p-1", page("Old."))
    for who in ("m-1", "m-2"):
        office.approve(who, old)
    new = office.submit("p-1", page("New."))
    office.approve("m-1", new)
    signed = read_verified(office.log, TRUST)
    assert [each.lacking for each in signed.statements] == [("text",), (), ("text",)]
    assert [each.actor for each in signed.standing(old)] == ["m-1", "m-2"]
    assert office.queue.load(old.id).status is ReviewStatus.APPROVED
    office.approve("m-2", new)
    after = read_verified(office.log, TRUST)
    assert (after.standing(old), len(after.standing(new))) == ((), 2)
    assert office.queue.load(old.id).status is ReviewStatus.SUPERSEDED


def test_each_kind_of_content_needs_its_own_roles(office: Office) -> None:
    state = office.submit("p-1", page("one", PHOTO))
    office.approve("m-1", state, kinds=PEOPLE_AND_TEXT)
    assert office.load(state).status is ReviewStatus.SUBMITTED
    office.approve("m-2", state, kinds=PEOPLE_AND_TEXT)
    assert office.load(state).status is ReviewStatus.SUBMITTED
    office.approve("dsl", state, kinds=PEOPLE_AND_TEXT)
    assert office.load(state).status is ReviewStatus.APPROVED


def test_what_is_outstanding_is_listed_by_kind(office: Office) -> None:
    moderator = Person("m-1", frozenset({Role.MODERATOR}))
    head = Person("head", frozenset({Role.HEAD}))
    assert outstanding([], PEOPLE_AND_TEXT, office.policy) == (
        ContentKind.PEOPLE,
        ContentKind.PHOTO,
        ContentKind.TEXT,
    )
    assert outstanding([moderator], PEOPLE_AND_TEXT, office.policy) == (ContentKind.PEOPLE,)
    assert outstanding([head], PEOPLE_AND_TEXT, office.policy) == ()


def test_the_version_that_was_on_the_site_is_superseded(office: Office) -> None:
    old = office.submit("p-1", page("one"))
    office.approve("m-1", old)
    new = office.submit("p-1", page("two"))
    office.approve("m-2", new)
    assert office.load(old).status is ReviewStatus.SUPERSEDED
    assert office.load(new).status is ReviewStatus.APPROVED
    assert office.acts[-2:] == ["supersede m-2", "approve m-2"]
    back = office.submit("p-1", page("one"), again=True)
    office.approve("m-1", back)
    assert [s.decision for s in statements(office)] == [Decision.APPROVE] * 3
    assert office.load(new).status is ReviewStatus.SUPERSEDED


def test_an_approval_that_ran_out_is_given_again(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    office.now += timedelta(days=800)
    office.submit("p-1", page("one"), again=True)
    office.approve("m-1", state)
    assert len(statements(office)) == 2
    assert office.load(state).status is ReviewStatus.APPROVED


def test_an_approval_under_another_policy_is_given_again(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    office.policy = replace(office.policy, digest=digest_of(b"a stricter one"))
    office.approve("m-1", state)
    assert [s.policy for s in statements(office)][1] == office.policy.digest
    assert office.load(state).status is ReviewStatus.APPROVED


def _terms(*words: str) -> Terms:
    """Return a school's list that allows *words*; its head is the last of them."""
    until = date(2027, 7, 31)
    terms = Terms.of(
        *(
            Term(act=Act.ALLOW, word=word, reason="r", rule="abusive-word", until=until)
            for word in words
        )
    )
    return replace(terms, head=terms.entries[-1].digest)


def test_an_approval_says_which_entries_of_the_list_it_rests_on(office: Office) -> None:
    office.terms = _terms("ass", "bloody")
    found = verdict(replace(finding(ABUSE, "ass", severity=Severity.NOTE), term="T-1"))
    state = office.submit("p-1", page("one"), found)
    first = office.approve("m-1", state, found)
    said = statements(office)[0]
    assert said.terms == (office.terms.entries[0].digest,)
    assert said.terms_head == office.terms.head
    assert office.load(state).status is ReviewStatus.APPROVED
    office.terms = _terms("ass", "bloody", "arse")
    assert office.approve("m-1", state, found) == first


def test_an_approval_whose_entry_ended_does_not_count_beside_another(office: Office) -> None:
    office.policy, office.terms = TWO_PERSONS, _terms("ass")
    found = verdict(replace(finding(ABUSE, "ass", severity=Severity.NOTE), term="T-1"))
    state = office.submit("p-1", page("one"), found)
    office.approve("m-1", state, found)
    office.terms = Terms()
    office.approve("m-2", state)
    waiting = office.load(state)
    assert (waiting.status, waiting.approved_by) == (ReviewStatus.SUBMITTED, ("m-2",))


def test_a_verdict_made_by_another_list_is_not_approved(office: Office) -> None:
    found = verdict(replace(finding(ABUSE, "ass", severity=Severity.NOTE), term="T-1"))
    state = office.submit("p-1", page("one"), found)
    with pytest.raises(UsageError, match="T-1: is not in force in the school's list"):
        office.approve("m-1", state, found)
    assert statements(office) == ()


def test_an_approval_that_ran_out_does_not_count_beside_another(office: Office) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    office.now += timedelta(days=800)
    office.approve("m-2", state)
    waiting = office.load(state)
    assert (waiting.status, waiting.approved_by) == (ReviewStatus.SUBMITTED, ("m-2",))


def test_the_approval_of_somebody_who_became_an_editor_does_not_count(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    office.submit("m-1", page("one"), again=True)
    office.policy = TWO_PERSONS
    office.approve("m-2", state)
    waiting = office.load(state)
    assert (waiting.status, waiting.approved_by) == (ReviewStatus.SUBMITTED, ("m-2",))


def test_approvals_given_before_a_takedown_do_not_count_after_it(office: Office) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    office.takedown("head", PAGE)
    office.submit("p-1", page("one"), again=True)
    office.approve("m-2", state)
    assert office.load(state).approved_by == ("m-2",)


def test_an_approval_without_a_last_day_runs_by_the_policy(office: Office) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page("one"))
    by_hand = Statement(
        decision=Decision.APPROVE,
        page=PAGE,
        subjects=state.assets,
        submission=state.id,
        publisher="p-1",
        editors=("p-1",),
        actor="head",
        policy=office.policy.digest,
        findings=digest_of(b""),
        waivers=(),
        seq=1,
        prev="",
        issued_at=office.now,
        expires_at=None,
        site=TRUST.origin,
        rendered=rendered_digest(office.page_of(state)),
        lacking=(ContentKind.TEXT,),
        handed_in=state.handed_in,
    )
    envelope = SIGNERS["head"].sign(by_hand.to_payload(), PAYLOAD_TYPE)
    office.log.append(envelope, 1)
    office.approve("m-1", state)
    assert office.load(state).approved_by == ("head", "m-1")


def test_a_broken_log_takes_no_approval(office: Office) -> None:
    office.approve("m-1", office.submit("p-1", page("one")))
    state = office.submit("p-1", page("two"))
    file = office.folder / "approvals" / "000001.json"
    file.write_text(file.read_text().replace("sig", "gis"))
    with pytest.raises(IntegrityError):
        office.approve("m-1", state)
    assert office.load(state) == state


def test_a_log_with_an_entry_that_somebody_forged_takes_no_approval(office: Office) -> None:
    envelope = office.approve("m-1", office.submit("p-1", page("one")))
    state = office.submit("p-1", page("two"))
    forged = SIGNERS["p-1"].sign(envelope.payload, PAYLOAD_TYPE)
    (office.folder / "approvals" / "000001.json").write_text(forged.text())
    with pytest.raises(IntegrityError, match=r"000001\.json: carries no valid signature of m-1"):
        office.approve("m-1", state)
    assert office.load(state) == state


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_approved(office: Office) -> None:
    (office.folder / "state").write_text("in the way")
    office.log = ApprovalLog(office.folder / "state" / "approvals")
    state = office.submit("p-1", page("one"))
    with pytest.raises(UsageError) as caught:
        office.approve("m-1", state)
    assert str(caught.value) == (
        "000001.json: the approval could not be written (File exists); make room or mend the"
        " folder's permissions, then retry"
    )
    assert office.load(state).status is ReviewStatus.SUBMITTED


class CrashError(BaseException):
    """The process was killed."""


class _Crashing(MemoryQueueStore):
    """A queue whose process is killed when the event *act* is to be saved."""

    def __init__(self, act: str) -> None:
        super().__init__()
        self.act = act

    def save_all(self, changes: Sequence[Change]) -> tuple[ReviewState, ...]:
        if any(event.act == self.act for _, _, event in changes):
            self.act = ""
            raise CrashError
        return super().save_all(changes)


@pytest.mark.parametrize("act", ["sign", "approve"])
@pytest.mark.parametrize("persons", [1, 2])
def test_after_a_crash_the_next_call_goes_on(office: Office, act: str, persons: int) -> None:
    office.policy = policy_with(ContentKind.TEXT, persons)
    office.queue = _Crashing(act)
    state = office.submit("p-1", page("one"))
    with pytest.raises(CrashError):
        office.approve("m-1", state)
    assert office.load(state).status is ReviewStatus.SUBMITTED
    office.approve("m-1", state)
    assert office.acts == ["submit p-1", "sign m-1", "approve m-1"]
    assert office.load(state).approved_by == ("m-1",)
    assert len(statements(office)) == 1
    assert (office.load(state).status is ReviewStatus.APPROVED) == (persons == 1)


def test_an_approval_lost_in_a_crash_counts_when_the_next_person_approves(office: Office) -> None:
    office.policy = TWO_PERSONS
    office.queue = _Crashing("approve")
    state = office.submit("p-1", page("one"))
    with pytest.raises(CrashError):
        office.approve("m-1", state)
    office.approve("m-2", state)
    done = office.load(state)
    assert (done.status, done.approved_by) == (ReviewStatus.APPROVED, ("m-1", "m-2"))


class _Interrupted(MemoryQueueStore):
    """A queue in which something else happens just after an approval was announced."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office

    def save(self, state: ReviewState, *, expected: int, event: Event) -> ReviewState:
        saved = super().save(state, expected=expected, event=event)
        if event.act == "sign":
            self.office.withdraw("p-1", state)
        return saved


def test_a_withdrawal_in_the_middle_of_an_approval_wins(office: Office) -> None:
    office.queue = _Interrupted(office)
    state = office.submit("p-1", page("one"))
    with pytest.raises(UsageError, match="it was withdrawn"):
        office.approve("m-1", state)
    assert office.load(state).status is ReviewStatus.WITHDRAWN
    assert [s.decision for s in statements(office)] == [Decision.WITHDRAW]


def test_two_moderators_who_sign_at_the_same_moment_both_succeed(office: Office) -> None:
    first = office.submit("p-1", page("one"))
    second = office.submit("p-1", page("two", path="index.md"))

    class Meanwhile(_Interrupted):
        def save(self, state: ReviewState, *, expected: int, event: Event) -> ReviewState:
            saved = MemoryQueueStore.save(self, state, expected=expected, event=event)
            if (event.act, event.actor) == ("sign", "m-1") and not office.log.read():
                office.approve("m-2", second)
            return saved

    queue = Meanwhile(office)
    event, _ = next(iter(office.queue.events()))
    for state in office.queue.states():
        queue.save(state, expected=0, event=event)
    office.queue = queue
    office.approve("m-1", first)
    assert [s.actor for s in statements(office)] == ["m-2", "m-1"]
    assert {s.status for s in office.queue.states()} == {ReviewStatus.APPROVED}


def test_an_approval_that_rests_on_a_consent_taken_back_since_is_not_counted(
    office: Office,
) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page("one"))
    then = Snapshot(digest=digest_of(b"granted"))
    today = Snapshot(digest=digest_of(b"withdrawn"), doubtful=True)
    office.approve("m-1", state, consents=then)
    office.approve("m-2", state, consents=today)
    assert office.load(state).status is ReviewStatus.SUBMITTED
    assert office.load(state).approved_by == ("m-2",)
    office.approve("m-1", state, consents=today)
    assert office.load(state).status is ReviewStatus.APPROVED


def _licensed(until: str) -> Submission:
    front = f"---\nassets:\n  {PHOTO.path}:\n    until: {until}\n---\n\none\n"
    return page(front, PHOTO)


def test_a_second_person_does_not_rest_on_an_approval_that_ended_with_a_licence(
    office: Office,
) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", _licensed("2026-12-31"))
    office.approve("m-1", state)
    office.now += timedelta(days=60)
    envelope = office.approve("m-2", office.load(state))
    assert Statement.from_payload(envelope.payload, source="it").lacking == ("text",)
    assert office.load(state).status is not ReviewStatus.APPROVED
    office.approve("m-1", office.load(state))
    assert office.load(state).status is ReviewStatus.APPROVED


def test_a_second_person_does_not_rest_on_an_approval_of_what_read_otherwise(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an upgrade of what renders pages."""
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    monkeypatch.setattr("moderation.pipeline.rendering.sanitised", lambda article: f"{article}!")
    envelope = office.approve("m-2", office.load(state))
    assert Statement.from_payload(envelope.payload, source="it").lacking == ("text",)
    office.approve("m-1", office.load(state))
    assert office.load(state).status is ReviewStatus.APPROVED
