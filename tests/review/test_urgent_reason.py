"""The reason of an urgent page: signed, and not to be guessed from the public log."""

from pathlib import Path

from moderation.attest.statement import Statement
from moderation.review.actions.urgent import publish_urgently
from tests.review.office import CLEAN, PEOPLE, RULES, TEXT, Office, page


def reason_digest(office: Office, key: bytes, reason: str) -> str:
    state = office.submit("head", page("closed"))
    envelope = publish_urgently(
        state.id,
        CLEAN,
        fingerprint_key=key,
        rules=RULES,
        kinds=TEXT,
        page=office.page_of(state),
        reason=reason,
        actor=PEOPLE["head"],
        signer=office.signers["head"],
        log=office.log,
        trust=office.trust,
        policy=office.policy,
        queue=office.queue,
        now=office.tick(),
    )
    return Statement.from_payload(envelope.payload, source="it").reason_digest


def test_the_digest_of_a_reason_depends_on_the_secret_of_the_school(tmp_path: Path) -> None:
    first, again, other = (b"a" * 32, "no heating"), (b"a" * 32, "no heating"), b"b" * 32
    cases = (first, again, (other, first[1]), (first[0], "a burst pipe"))
    found = [reason_digest(Office(tmp_path / str(n)), *case) for n, case in enumerate(cases)]
    assert found[0] == found[1]
    assert len(set(found[1:])) == len(found[1:])
