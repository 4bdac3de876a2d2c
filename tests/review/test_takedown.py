"""Taking down: at once, by one person, with every page that has the file."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.attest.statement import Decision, Statement
from moderation.attest.verify import verify_log
from moderation.model import Asset, NotAllowedError, ReviewStatus, UsageError
from moderation.review.actions.takedown import log_after, readable_after
from moderation.review.memory import MemoryQueueStore
from tests.review.office import NOW, PAGE, PHOTO, TRUST, Office, page

OTHER = "news/harvest.md"


def test_a_photo_goes_with_every_page_that_has_it(office: Office) -> None:
    first = office.submit("p-1", page("one", PHOTO))
    second = office.submit("p-1", page("two", PHOTO, path=OTHER))
    third = office.submit("p-1", page("three", path="index.md"))
    for state in (first, second, third):
        office.approve("m-1", state)
    envelope = office.takedown("m-2", PHOTO.path, " a parent asked ")
    after = [office.load(state) for state in (first, second, third)]
    assert [(s.status, s.reason, s.approved_by) for s in after] == [
        (ReviewStatus.TAKEN_DOWN, "a parent asked", ()),
        (ReviewStatus.TAKEN_DOWN, "a parent asked", ()),
        (ReviewStatus.APPROVED, "", ("m-1",)),
    ]
    statement = Statement.from_payload(envelope.payload, source="it")
    assert (statement.decision, statement.page) == (Decision.TAKEDOWN, PHOTO.path)
    assert [ref.path for ref in statement.subjects] == [PHOTO.path]
    assert verify_log(office.log.read(), TRUST)[-1] == statement


def test_the_reason_stays_in_the_queue(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    envelope = office.takedown("m-2", PAGE, "a parent asked")
    assert b"parent" not in envelope.payload
    assert "parent" not in repr(list(office.queue.events()))
    last, _ = list(office.queue.events())[-1]
    assert (last.act, last.actor, last.submission, last.detail) == (
        "takedown",
        "m-2",
        state.id,
        "2",
    )


def test_a_page_that_waits_with_the_same_photo_is_returned(office: Office) -> None:
    office.approve("m-1", office.submit("p-1", page("one", PHOTO)))
    waiting = office.claim("m-1", office.submit("p-1", page("two", PHOTO, path=OTHER)))
    mended = office.submit("p-1", page("three", Asset(PHOTO.path, b"mended"), path="index.md"))
    office.takedown("m-2", PHOTO.path, "a parent asked")
    assert office.load(waiting) == replace(
        waiting,
        status=ReviewStatus.RETURNED,
        claimed_by="",
        reason="a parent asked",
        revision=3,
    )
    assert office.load(mended) == mended


def test_taking_down_again_changes_nothing(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    first = office.takedown("m-1", PAGE)
    before = office.load(state), office.acts
    assert office.takedown("m-2", PAGE) == first
    assert (office.load(state), office.acts) == before
    assert len(office.log.read()) == 2


def test_a_page_that_was_approved_again_can_be_taken_down_again(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    for _ in range(2):
        office.submit("p-1", page("one"), again=True)
        office.approve("m-1", state)
        office.takedown("m-1", PAGE)
    assert len(office.log.read()) == 4


def test_the_queue_need_not_know_of_it(office: Office) -> None:
    state = office.submit("p-1", page("one", PHOTO))
    office.approve("m-1", state)
    approved = office.load(state)
    fresh = Office(office.folder, MemoryQueueStore(), now=office.now)
    fresh.takedown("head", PHOTO.path, "a parent asked")
    assert fresh.load(state) == replace(
        approved,
        status=ReviewStatus.TAKEN_DOWN,
        submitted_at=NOW + timedelta(minutes=2),
        outcome="",
        approved_by=(),
        reason="a parent asked",
        revision=1,
    )
    assert fresh.acts == ["takedown head"]


def test_a_crash_before_the_queue_knew_is_made_good(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    elsewhere = Office(office.folder, MemoryQueueStore(), now=office.now)
    envelope = elsewhere.takedown("m-1", PAGE)
    assert office.load(state).status is ReviewStatus.APPROVED
    assert office.takedown("m-1", PAGE) == envelope
    assert office.load(state).status is ReviewStatus.TAKEN_DOWN
    assert len(office.log.read()) == 2


def test_an_old_version_is_taken_down_without_touching_the_new_one(office: Office) -> None:
    office.approve("m-1", office.submit("p-1", page("one", PHOTO)))
    new = office.submit("p-1", page("two"))
    office.approve("m-1", new)
    office.takedown("m-1", PHOTO.path)
    assert office.load(new).status is ReviewStatus.APPROVED
    assert office.acts[-1] == "takedown m-1"
    office.takedown("m-1", PHOTO.path)
    assert office.acts.count("takedown m-1") == 1


def test_an_editor_may_take_down_what_they_handed_in(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    office.takedown("p-1", PAGE)
    assert office.load(state).status is ReviewStatus.TAKEN_DOWN
    assert len(verify_log(office.log.read(), TRUST)) == 2


def test_others_are_told_who_may(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    with pytest.raises(NotAllowedError) as caught:
        office.takedown("p-2", PAGE)
    assert str(caught.value) == (
        f"{state.id}: takedown: p-2 may not do this; ask an executive, head, moderator or"
        " safeguarding lead, or p-1 who handed it in"
    )


def test_what_was_never_approved_is_not_there_to_take_down(office: Office) -> None:
    office.submit("p-1", page("one"))
    with pytest.raises(UsageError) as caught:
        office.takedown("m-1", PAGE)
    assert str(caught.value) == (
        "takedown: no approval covers this path, so it is not on the site; check its spelling"
        " against schoolgate verify"
    )


def test_a_takedown_is_signed_with_ones_own_key(office: Office) -> None:
    state = office.submit("p-1", page("one"))
    office.approve("m-1", state)
    own = office.signers["m-1"]
    office.signers["m-2"] = own
    with pytest.raises(NotAllowedError) as caught:
        office.takedown("m-2", PAGE)
    assert str(caught.value) == "m-2: signs with their own key only; open it and retry"
    office.signers["m-2"] = replace(own, person="m-2")
    with pytest.raises(NotAllowedError) as caught:
        office.takedown("m-2", PAGE)
    assert str(caught.value) == (
        "m-2: the site knows this key as another person's; ask the head for a new one"
    )
    assert len(office.log.read()) == 1


def readable(office: Office, who: str, path: str = PAGE) -> list[tuple[str, str, int]]:
    found = readable_after(
        path, actor=TRUST.person(who), log=office.log, trust=TRUST, now=office.now
    )
    return [(str(each.decision), each.page, each.seq) for each in found]


def test_on_a_full_disk_the_log_is_known_as_it_is_to_be(office: Office) -> None:
    office.approve("m-1", office.submit("p-1", page("one")))

    def after() -> tuple[Statement, ...]:
        who = TRUST.person("m-2")
        return log_after(PAGE, actor=who, log=office.log, trust=TRUST, now=office.now)

    thought_of = after()
    assert len(office.log.read()) == 1
    office.takedown("m-2", PAGE)
    assert after() == verify_log(office.log.read(), TRUST)
    assert [(s.decision, s.page, s.seq) for s in after()] == [
        (s.decision, s.page, s.seq) for s in thought_of
    ]


def test_behind_a_damaged_log_a_takedown_is_thought_of_and_never_signed(office: Office) -> None:
    office.approve("m-1", office.submit("p-1", page("one", PHOTO)))
    office.approve("m-1", office.submit("p-1", page("two", path=OTHER)))
    damaged = office.log.folder / "000001.json"
    damaged.write_text("{")
    wanted = [("approve", OTHER, 2), ("takedown", OTHER, 3)]
    assert readable(office, "m-2", OTHER) == readable(office, "p-1", OTHER) == wanted
    assert readable(office, "m-2", PHOTO.path)[1:] == [("takedown", PHOTO.path, 3)]
    with pytest.raises(NotAllowedError, match="the approval of this path cannot be read, and p-1"):
        readable(office, "p-1", PHOTO.path)
    with pytest.raises(NotAllowedError, match="p-2 may not do this; ask"):
        readable(office, "p-2", OTHER)
    assert {file.name for file in office.log.folder.iterdir()} == {"000001.json", "000002.json"}


def test_a_log_of_which_nothing_can_be_read_is_empty(office: Office) -> None:
    assert readable(office, "m-2") == [("takedown", PAGE, 1)]
    office.approve("m-1", office.submit("p-1", page("one")))
    entry = office.log.folder / "000001.json"
    entry.write_text(entry.read_text().replace('"payload":"', '"payload":"e30='))
    assert readable(office, "m-2") == [("takedown", PAGE, 1)]
    shutil.rmtree(office.log.folder)
    office.log.folder.symlink_to(office.folder)
    assert readable(office, "m-2") == [("takedown", PAGE, 1)]
