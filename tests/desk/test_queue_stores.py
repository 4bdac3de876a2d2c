"""What every queue does, in memory or in a database."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest

from moderation.attest.chain import chain, verify_chain
from moderation.model import (
    ConflictError,
    IntegrityError,
    ReviewStatus,
    SubmissionId,
    UsageError,
)
from moderation.review.store import QueueStore
from tests.desk.samples import NOW, event, state, waiver


def test_what_is_saved_can_be_loaded_whole(queue: QueueStore) -> None:
    full = replace(
        state(),
        status=ReviewStatus.CLAIMED,
        claimed_by="m-1",
        waivers=(waiver("b", "two\nlines"), waiver("a", "Grüße")),
        approved_by=("m-2", "m-1"),
        reason="why",
        supersedes="s-older",
    )
    saved = queue.save(full, expected=0, event=event(full))
    assert saved == replace(full, revision=1)
    assert queue.load(full.id) == saved
    fewer = replace(saved, waivers=saved.waivers[1:], reason="")
    assert queue.save(fewer, expected=1, event=event(full)) == replace(fewer, revision=2)
    assert queue.load(full.id) == replace(fewer, revision=2)


def test_an_unknown_submission_is_an_error(queue: QueueStore) -> None:
    with pytest.raises(UsageError) as caught:
        queue.load(SubmissionId("s-gone"))
    assert str(caught.value) == "s-gone: is not in the queue; schoolgate queue lists what is"


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_a_state_is_saved_only_over_the_revision_it_was_read_at(
    queue: QueueStore, expected: int
) -> None:
    first = queue.save(state(), expected=0, event=event(state()))
    second = queue.save(first, expected=1, event=event(first))
    with pytest.raises(ConflictError) as caught:
        queue.save(replace(second, reason="late"), expected=expected, event=event(first))
    assert str(caught.value) == (
        f"{first.id}: somebody else changed it, or its page, at the same moment; nothing was"
        " saved; look at it again and retry"
    )
    assert queue.load(first.id) == second
    assert len(list(queue.events())) == 2


def test_a_submission_that_is_not_there_cannot_be_changed(queue: QueueStore) -> None:
    with pytest.raises(ConflictError):
        queue.save(state(), expected=1, event=event(state()))
    assert (queue.states(), list(queue.events())) == ((), [])


def test_several_states_are_saved_together_or_not_at_all(queue: QueueStore) -> None:
    one, two = state("one.md"), state("two.md")
    saved = queue.save_all([(one, 0, event(one)), (two, 0, event(two))])
    assert saved == (replace(one, revision=1), replace(two, revision=1))
    with pytest.raises(ConflictError):
        queue.save_all(
            [
                (replace(saved[0], reason="new"), 1, event(one)),
                (replace(saved[1], reason="new"), 7, event(two)),
            ]
        )
    assert set(queue.states()) == set(saved)
    assert len(list(queue.events())) == 2


def test_of_one_page_one_submission_is_pending(queue: QueueStore) -> None:
    old, new = state(text="one"), state(text="two")
    saved = queue.save(old, expected=0, event=event(old))
    with pytest.raises(ConflictError):
        queue.save(new, expected=0, event=event(new))
    gone = replace(saved, status=ReviewStatus.SUPERSEDED)
    queue.save_all([(gone, 1, event(old)), (new, 0, event(new))])
    with pytest.raises(ConflictError):
        queue.save(replace(gone, status=ReviewStatus.RETURNED), expected=2, event=event(old))
    assert queue.load(old.id).status is ReviewStatus.SUPERSEDED


def test_states_are_listed_by_status_and_page_oldest_first(queue: QueueStore) -> None:
    late = replace(state("a.md"), submitted_at=NOW + timedelta(seconds=1))
    soon = replace(state("b.md"), waivers=(waiver("a", "why"),))
    done = replace(state("b.md", "two"), status=ReviewStatus.APPROVED, submitted_at=NOW)
    saved = {
        each.id: queue.save(each, expected=0, event=event(each)) for each in (late, soon, done)
    }
    first, second = sorted([soon.id, done.id])
    assert queue.states() == (saved[first], saved[second], saved[late.id])
    assert queue.states(ReviewStatus.SUBMITTED) == (saved[soon.id], saved[late.id])
    assert queue.states(page="b.md") == (saved[first], saved[second])
    assert queue.states(ReviewStatus.APPROVED, page="a.md") == ()
    assert queue.states(ReviewStatus.APPROVED, ReviewStatus.CLAIMED) == (saved[done.id],)


def test_events_form_a_chain(queue: QueueStore) -> None:
    assert list(queue.events()) == []
    first, second = event(state()), event(state(), "claim", "m-2")
    queue.record(first)
    queue.save(state(), expected=0, event=second)
    link = chain("", first)
    rows = list(queue.events())
    assert rows == [(first, link), (second, chain(link, second))]
    assert verify_chain(rows) == 2


def test_the_time_of_an_event_is_kept_in_utc(queue: QueueStore) -> None:
    summer = timezone(timedelta(hours=1))
    queue.record(replace(event(state()), at=NOW.astimezone(summer)))
    rows = list(queue.events())
    assert [row.at.tzinfo for row, _ in rows] == [UTC]
    assert rows == [(event(state()), chain("", event(state())))]


def test_files_other_than_those_handed_in_are_not_saved(queue: QueueStore) -> None:
    saved = queue.save(state(), expected=0, event=event(state()))
    for wrong in (
        replace(saved, page="other.md"),
        replace(saved, assets=saved.assets[:1]),
        replace(saved, assets=(replace(saved.assets[0], size=4), saved.assets[1])),
    ):
        with pytest.raises(IntegrityError) as caught:
            queue.save(wrong, expected=1, event=event(saved))
        assert str(caught.value) == (
            f"{saved.id}: the files in the queue are not those that were handed in; restore the"
            " queue from a backup, or hand the page in again"
        )
    assert queue.load(saved.id) == saved
