"""Many processes at once: nothing is lost, nobody meets an error, one decision for each page."""

from collections import Counter
from pathlib import Path

import pytest

from moderation.attest.chain import verify_chain
from moderation.attest.standing import replay
from moderation.attest.verify import verify_log
from moderation.model import ReviewStatus
from tests.desk.crowd import Place, all_done, decide, hand_in, look, run, stock
from tests.review.office import TRUST

STATUS = {
    "approve": ReviewStatus.APPROVED,
    "reject": ReviewStatus.REJECTED,
    "return": ReviewStatus.RETURNED,
}


def handed_in(place: Place, publishers: int, each: int) -> list[str]:
    """Let so many publishers hand in so much, and return what went wrong."""
    _, told = run(hand_in, place, [(f"p-{n}", each) for n in range(publishers)])
    office = place.office()
    states = {s.id: s for s in office.queue.states()}
    wrong = [error for one in told for error in one.errors]
    wrong += ["somebody lost every race"] * sum(one.lost for one in told)
    if {key for _, key in all_done(told)} != states.keys():
        wrong.append("what was acknowledged is not what is there")
    if len(states) != publishers * each + 1:
        wrong.append("submissions are missing")
    shared = office.queue.states(page="shared.md")
    if [len(s.editors) for s in shared] != [publishers]:
        wrong.append("an editor of the shared page is missing")
    for state in states.values():
        office.blobs.get(state.assets[0].digest)
    rows = list(office.queue.events())
    verify_chain(rows)
    if Counter(event.submission for event, _ in rows) != {
        s.id: s.revision for s in states.values()
    }:
        wrong.append("events and revisions differ")
    office.queue.close()  # type: ignore[attr-defined]  # of the database
    return wrong


def decided(place: Place, items: int, *, claims: bool) -> list[str]:
    """Let two moderators decide on so many pages, and return what went wrong."""
    stock(place, items)
    _, told = run(decide, place, [("m-1", claims), ("m-2", claims)])
    office = place.office()
    too_late = ("cannot be done", "handed in before decision")
    wrong = [e for one in told for e in one.errors if not any(each in e for each in too_late)]
    states = {str(s.id): s for s in office.queue.states()}
    decisions = [(key, STATUS[name]) for name, key in all_done(told) if name in STATUS]
    if sorted(decisions) != sorted((key, s.status) for key, s in states.items()):
        wrong.append("a page was not decided on exactly once")
    log = verify_log(office.log.read(), TRUST)
    units = replay(log).units
    if any(len(unit.approvals) != 1 for unit in units):
        wrong.append("a page was approved twice")
    signed = {approval.submission for unit in units for approval in unit.approvals}
    if signed != {key for key, s in states.items() if s.status is ReviewStatus.APPROVED}:
        wrong.append("the log and the queue differ")
    verify_chain(office.queue.events())
    office.queue.close()  # type: ignore[attr-defined]  # of the database
    return wrong


def looked(place: Place, moderators: int, each: int) -> list[str]:
    """Let so many moderators look at a page so often, and return what went wrong."""
    stock(place, 1)
    _, told = run(look, place, [(f"m-{n}", each) for n in range(moderators)])
    office = place.office()
    wrong = [error for one in told for error in one.errors]
    if verify_chain(office.queue.events()) != 1 + moderators * each:
        wrong.append("an event is missing")
    office.queue.close()  # type: ignore[attr-defined]  # of the database
    return wrong


def test_publishers_hand_in_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    assert handed_in(Place(tmp_path), 10, 5) == []


@pytest.mark.parametrize("claims", [True, False])
def test_two_moderators_race_and_each_page_has_one_decision(tmp_path: Path, claims: bool) -> None:
    assert decided(Place(tmp_path), 30, claims=claims) == []


@pytest.mark.slow
def test_a_hundred_publishers_hand_in_ten_pages_each_and_nothing_is_lost(tmp_path: Path) -> None:
    assert handed_in(Place(tmp_path), 100, 9) == []


@pytest.mark.slow
def test_two_moderators_race_on_two_hundred_pages(tmp_path: Path) -> None:
    assert decided(Place(tmp_path), 200, claims=False) == []


def test_without_the_optimistic_lock_a_page_gets_two_decisions(tmp_path: Path) -> None:
    tries = (Place(tmp_path / str(number), "no lock") for number in range(3))
    assert any(decided(place, 15, claims=True) for place in tries), "chance, three times over"


def test_moderators_look_at_once_and_each_look_is_on_record(tmp_path: Path) -> None:
    assert looked(Place(tmp_path), 4, 20) == []


def test_with_deferred_transactions_a_look_is_lost(tmp_path: Path) -> None:
    tries = (Place(tmp_path / str(number), "deferred") for number in range(3))
    assert any(looked(place, 4, 20) for place in tries), "chance, three times over"


def test_a_desk_that_does_not_wait_for_others_loses_pages(tmp_path: Path) -> None:
    assert handed_in(Place(tmp_path, "impatient"), 10, 5) != []
