"""Rows about the review machine: its queue, its store of files, and who acknowledges what."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from moderation.attest import PAYLOAD_TYPE, verify_log
from moderation.attest.chain import chain, follow_chain
from moderation.attest.checkpoint import Checkpoint, last_row, require_since
from moderation.model import (
    Asset,
    Event,
    IntegrityError,
    ReviewState,
    ReviewStatus,
    SchoolgateError,
    Verdict,
    Waiver,
)
from moderation.publish.gate import permitted
from moderation.review.blobs import FileBlobStore
from tests.attacks.forging import key
from tests.attacks.scenario import AttackedSite, Group, Outcome, Scenario, Way
from tests.attacks.ways import answers
from tests.review.office import (
    ABUSE,
    CLEAN,
    KEY,
    NAMED,
    NOW,
    PLACE,
    TWO_PERSONS,
    Office,
    broken_verdict,
    finding,
    page,
    verdict,
)

PATH = "news/sports-day.md"
RUDE, NAME = finding(ABUSE, "one"), finding(NAMED, "two")
NO_DESK = "plain MkDocs has no queue: a reviewed pull request is what decides there"

Attack = Callable[[Office, str], object]


def office(attack: Attack) -> Way:
    """Return a way: the attack on an office, and then what the gate makes of it."""

    def way(_: Scenario, site: AttackedSite) -> Outcome:
        office = Office(site.elsewhere, blobs=FileBlobStore(site.elsewhere / "blobs"))
        told = ""
        try:
            attack(office, site.page())
        except SchoolgateError as error:
            told = str(error)
        try:
            statements = verify_log(office.log.read(), office.trust)
            files = [Asset(PATH, site.page().encode())]
            manifest = permitted(files, statements, office.trust, office.policy, now=office.now)
        except SchoolgateError as error:
            return Outcome(told=f"{told}\n{error}")
        through = tuple(ref.path for ref in manifest.admitted)
        return Outcome(through=through, told=f"{told}\n{answers(manifest)}")

    return way


def _written(office: Office, state: ReviewState, changed: ReviewState) -> ReviewState:
    """Write into the queue by hand, as whoever holds the database can."""
    event = Event(
        at=office.tick(), actor="m-1", act="approve", submission=state.id, digest=state.digest
    )
    return office.queue.save(changed, expected=state.revision, event=event)


def _waiver(by: str, fingerprint: str = "", *, rule: str = "abusive-word") -> Waiver:
    return Waiver(
        fingerprint=fingerprint or RUDE.fingerprint(KEY),
        rule=rule,
        by=by,
        reason="it is quoted",
        at=Office.now,
    )


def _waived(waivers: Sequence[Waiver], found: Verdict, *, who: str = "m-1") -> Attack:
    """Waivers are written into the queue, and the moderator approves."""

    def attack(office: Office, text: str) -> None:
        state = office.submit("p-1", page(text), found)
        forged = replace(state, waivers=tuple(waivers))
        office.approve(who, _written(office, state, forged), found)

    return attack


def _marked_approved(office: Office, text: str) -> None:
    state = office.submit("p-1", page(text))
    forged = replace(state, status=ReviewStatus.APPROVED, approved_by=("m-1", "m-2"))
    _written(office, state, forged)


def _other_files(office: Office, text: str) -> None:
    """The moderator saw one page, and the queue names another when they approve."""
    seen = office.submit("p-1", page("# Nothing new\n"))
    mine = page(text)
    office.blobs.put(mine.assets[0].data)
    changed = _written(office, seen, replace(seen, assets=mine.refs))
    office.approve("m-1", changed, prefix=seen.digest[:8])


def _other_bytes(office: Office, text: str) -> None:
    """The bytes in the store are swapped under the name of those that were handed in."""
    state = office.submit("p-1", page("# Nothing new\n"))
    digest = state.assets[0].digest
    stored = next(f for f in office.folder.rglob(digest) if f.is_file())
    stored.write_text(text, "utf-8")
    office.approve("m-1", state)


def _other_bytes_linked(office: Office, text: str) -> None:
    state = office.submit("p-1", page("# Nothing new\n"))
    stored = next(f for f in office.folder.rglob(state.assets[0].digest) if f.is_file())
    (office.folder / "mine").write_text(text, "utf-8")
    stored.unlink()
    stored.symlink_to(office.folder / "mine")
    office.approve("m-1", state)


def _old_database(office: Office, text: str) -> None:
    """The queue is restored from a copy of before the takedown, and says approved."""
    state = office.submit("p-1", page(text))
    office.approve("m-1", state)
    before = office.load(state)
    office.takedown("m-2", PATH)
    after = office.load(state)
    _written(office, after, replace(before, revision=after.revision))
    office.approve("m-1", office.load(state))


def _old_log(office: Office, text: str) -> None:
    """The log is restored from a copy of before; the trust file knows how far it went."""
    state = office.submit("p-1", page(text))
    office.approve("m-1", state)
    office.takedown("m-2", PATH)
    _, head = office.log.next()
    office.trust = replace(office.trust, log=(2, head))
    (office.log.folder / "000002.json").unlink()


def _by(who: str, *, with_key_of: str = "", found: Verdict = CLEAN) -> Attack:
    """Somebody approves what the publisher handed in."""

    def attack(office: Office, text: str) -> None:
        if with_key_of:
            office.signers[who] = office.signers[with_key_of]
        office.approve(who, office.submit("p-1", page(text), CLEAN), found)

    return attack


def _unknown_key(office: Office, text: str) -> None:
    office.signers["m-1"] = key("m-1", 8)
    office.approve("m-1", office.submit("p-1", page(text)))


def _editor_approves(office: Office, text: str) -> None:
    """The moderator mends the publisher's page, and the publisher hands in the last version."""
    office.submit("m-1", page("# First\n"))
    office.approve("m-1", office.submit("p-1", page(text)))


def _joins_and_approves(office: Office, text: str) -> None:
    """Two hand in the same bytes; one of them approves."""
    office.submit("p-1", page(text))
    office.approve("m-1", office.submit("m-1", page(text)))


def _claims_another_role(office: Office, text: str) -> None:
    """The caller says that the publisher is a head; the people of the site say otherwise."""
    from moderation.model import Person, Role

    state = office.submit("p-1", page(text))
    office.approve("p-2", state, claimed=Person("p-2", frozenset({Role.HEAD})))


def _twice(office: Office, text: str) -> None:
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page(text))
    office.approve("m-1", state)
    office.approve("m-1", office.load(state))


def _marked_once(office: Office, text: str) -> None:
    """Two must approve; one does, and the other's name is written into the queue."""
    office.policy = TWO_PERSONS
    state = office.submit("p-1", page(text))
    state = _written(office, state, replace(state, approved_by=("m-2",)))
    office.approve("m-1", state)


def _returned(office: Office, text: str) -> None:
    state = office.submit("p-1", page(text))
    office.return_("m-2", state)
    office.approve("m-1", office.load(state))


def _rejected(office: Office, text: str) -> None:
    state = office.submit("p-1", page(text))
    office.reject("m-2", state)
    office.approve("m-1", office.submit("p-1", page(text), again=True))


def _held(office: Office, text: str) -> None:
    state = office.submit("p-1", page(text))
    office.claim("m-2", state)
    office.approve("m-1", office.load(state))


def _guessed(prefix: str) -> Attack:
    def attack(office: Office, text: str) -> None:
        office.approve("m-1", office.submit("p-1", page(text)), prefix=prefix)

    return attack


def _nothing_known(office: Office, text: str) -> None:
    office.approve("m-1", office.submit("p-1", page(text)), kinds=frozenset())


def _unknown_rule(office: Office, text: str) -> None:
    odd = replace(RUDE, rule=type(RUDE.rule)("no-such-rule"))
    office.approve("m-1", office.submit("p-1", page(text)), replace(CLEAN, findings=(odd,)))


def _handed_in_broken(office: Office, text: str) -> None:
    office.submit("p-1", page(text), broken_verdict())


def _suspended(office: Office, text: str) -> None:
    state = office.submit("p-1", page(text))
    office.trust = office.trust.suspended("m-1")
    office.approve("m-1", state)


def _suspended_waiver(office: Office, text: str) -> None:
    found = verdict(RUDE)
    state = office.submit("p-1", page(text), found)
    office.acknowledge("m-2", state, RUDE)
    office.trust = office.trust.suspended("m-2")
    office.approve("m-1", office.load(state), found)


def _acknowledged_before(office: Office, text: str) -> None:
    """A finding of the version before was accepted; this version has another one."""
    old = office.submit("p-1", page("# First\n"), verdict(RUDE))
    office.acknowledge("m-1", old, RUDE)
    found = verdict(finding(ABUSE, "another"))
    office.approve("m-1", office.submit("p-1", page(text), found), found)


def _unsigned_entry(office: Office, text: str) -> None:
    """Whoever runs the machine writes an entry of the log with the machine's own key."""
    state = office.submit("p-1", page(text))
    office.approve("m-1", state)
    first = office.log.folder / "000001.json"
    payload = office.log.read()[0][1].payload
    first.write_text(key("m-1", 9).sign(payload, PAYLOAD_TYPE).text(), "utf-8")


# --- the log of events ----------------------------------------------------------------------------

Rows = list[tuple[Event, str]]


def audited(tamper: Callable[[Rows], Rows]) -> Way:
    """Return a way: the rows of the event log are tampered with, and audited with a checkpoint."""

    def way(_: Scenario, site: AttackedSite) -> Outcome:
        office = Office(site.elsewhere)
        state = office.submit("p-1", page(site.page()))
        office.claim("m-1", state)
        office.approve("m-1", office.load(state))
        office.takedown("m-2", PATH)
        rows = list(office.queue.events())
        before = Checkpoint(
            site="oak", at=NOW, events=last_row(follow_chain(rows)), decisions=last_row(())
        )
        try:
            events = follow_chain(tamper(rows))
            require_since(before, site="oak", events=events, decisions=(), source="checkpoint")
        except IntegrityError as error:
            return Outcome(told=str(error))
        return Outcome(through=("the log of events is believed",))

    return way


def _edited(rows: Rows) -> Rows:
    event, digest = rows[1]
    return [rows[0], (replace(event, actor="m-2"), digest), *rows[2:]]


def _dated_back(rows: Rows) -> Rows:
    event, digest = rows[2]
    return [*rows[:2], (replace(event, at=event.at - timedelta(days=30)), digest), *rows[3:]]


def _inserted(rows: Rows) -> Rows:
    event, _ = rows[1]
    return [*rows[:2], (event, chain(rows[1][1], event)), *rows[2:]]


def _rewritten(rows: Rows) -> Rows:
    """Every row from the second on is chained anew, so that all of them follow."""
    made = rows[:1]
    for event, _ in rows[1:]:
        other = replace(event, actor="m-2")
        made.append((other, chain(made[-1][1], other)))
    return made


# --- the table ------------------------------------------------------------------------------------


def _event_row(name: str, tamper: Callable[[Rows], Rows], said: str) -> Scenario:
    return Scenario(
        name=name,
        threat="T22",
        group=Group.LOG,
        act=_nothing,
        said=said,
        way=audited(tamper),
        not_plain=NO_DESK,
    )


def _nothing(_: AttackedSite) -> None:
    """Everything is done in the office."""


def _row(name: str, attack: Attack, said: str, threat: str = "T4") -> Scenario:
    return Scenario(
        name=name,
        threat=threat,
        group=Group.PEOPLE,
        act=_nothing,
        said=said,
        way=office(attack),
        not_plain=NO_DESK,
    )


UNANSWERED = "nobody accepted finding"
ROWS: tuple[Scenario, ...] = (
    _row(
        "a queue in which approved was written by hand",
        _marked_approved,
        "was never approved",
        "T23",
    ),
    _row("a second name written into the queue", _marked_once, "1 of them did", "T23"),
    _row("files exchanged in the queue", _other_files, "are not those that were handed in", "T23"),
    _row("bytes exchanged in the store", _other_bytes, "is damaged", "T23"),
    _row("bytes in the store that became a link", _other_bytes_linked, "stored file", "T8"),
    _row("a queue restored from an old backup", _old_database, "it is approved; schoolgate", "T18"),
    _row("a log restored from an old backup", _old_log, "the log was cut off", "T18"),
    _row(
        "an entry signed by the review machine itself",
        _unsigned_entry,
        "no valid signature of m-1",
        "T6",
    ),
    _row("a waiver of the publisher's own", _waived([_waiver("p-1")], verdict(RUDE)), UNANSWERED),
    _row("a waiver of somebody unknown", _waived([_waiver("ghost")], verdict(RUDE)), UNANSWERED),
    _row("a waiver of an auditor", _waived([_waiver("aud")], verdict(RUDE)), UNANSWERED),
    _row(
        "a moderator's waiver of what only the safeguarding lead may accept",
        _waived([_waiver("m-2", NAME.fingerprint(KEY), rule="pupil-named")], verdict(NAME)),
        UNANSWERED,
    ),
    _row(
        "a waiver of what nobody may accept",
        _waived(
            [_waiver("head", finding(PLACE).fingerprint(KEY), rule="location-in-photo")],
            verdict(finding(PLACE)),
        ),
        "location-in-photo",
    ),
    _row(
        "a waiver of another finding",
        _waived([_waiver("m-1", finding(ABUSE, "other").fingerprint(KEY))], verdict(RUDE)),
        UNANSWERED,
    ),
    _row(
        "a waiver under another key",
        _waived([_waiver("m-1", RUDE.fingerprint(bytes(32)))], verdict(RUDE)),
        UNANSWERED,
    ),
    _row("a waiver of somebody suspended since", _suspended_waiver, UNANSWERED),
    _row("an acknowledgement of the version before", _acknowledged_before, UNANSWERED),
    _row("a finding that nobody answered", _by("m-1", found=verdict(RUDE)), UNANSWERED, "T1"),
    _row(
        "a check that could not be done",
        _by("m-1", found=broken_verdict()),
        "could not be done",
        "T1",
    ),
    _row("a page handed in although a check failed", _handed_in_broken, "could not be done", "T1"),
    _row(
        "a finding of a rule that is unknown", _unknown_rule, "is not a rule of this version", "T1"
    ),
    _row("content of which nothing is known", _nothing_known, "is not known", "T1"),
    _row("a publisher approves another's page in the queue", _by("p-2"), "may not do this", "T3"),
    _row("an auditor approves in the queue", _by("aud"), "may not do this"),
    _row("a publisher who says to be a head", _claims_another_role, "may not do this", "T3"),
    _row("a moderator approves with another's key", _by("m-1", with_key_of="m-2"), "own key"),
    _row("a moderator approves with an unknown key", _unknown_key, "belongs to nobody"),
    _row("a moderator approves a version after their own", _editor_approves, "their own work"),
    _row("a moderator hands in the same bytes and approves", _joins_and_approves, "their own work"),
    _row("a moderator approves twice where two must", _twice, "1 of them did"),
    _row("somebody suspended approves in the queue", _suspended, "is suspended"),
    _row("a page that was returned is approved", _returned, "it was returned"),
    _row("rejected bytes handed in again", _rejected, "exactly these bytes were rejected"),
    _row("a page that another moderator holds", _held, "holds this submission"),
    _row("a digest that was not shown", _guessed("00000000"), "the digest is another one"),
    _row("a digest of too few characters", _guessed("a"), "quote at least 8 characters"),
    _event_row("a row of the event log edited", _edited, "event log: row 2"),
    _event_row("a row of the event log dated back", _dated_back, "event log: row 3"),
    _event_row("a row of the event log deleted", lambda r: [r[0], *r[2:]], "event log: row 2"),
    _event_row("the first row of the event log deleted", lambda r: r[1:], "event log: row 1"),
    _event_row("a row inserted into the event log", _inserted, "event log: row 4"),
    _event_row("rows of the event log reordered", lambda r: [r[1], r[0], *r[2:]], "log: row 1"),
    _event_row("the event log cut off at its end", lambda r: r[:-1], "its end was cut off"),
    _event_row("the event log emptied", lambda _: [], "event log: row 1 is missing"),
    _event_row("the event log written anew", _rewritten, "so the log was written anew"),
)
