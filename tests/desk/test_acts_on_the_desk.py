"""The acts, from handing in to taking down, on every kind of queue."""

from pathlib import Path

from moderation.attest.chain import verify_chain
from moderation.model import ReviewStatus
from moderation.review.store import QueueStore
from tests.review.office import ABUSE, PAGE, PHOTO, Office, finding, page, verdict

RUDE = finding(ABUSE, "rude")


def test_a_submission_goes_the_whole_way(queue: QueueStore, tmp_path: Path) -> None:
    office = Office(tmp_path, queue)
    first = office.submit("p-1", page("one", PHOTO), verdict(RUDE))
    office.return_("m-1", first, "mend it")
    state = office.submit("p-2", page("two", PHOTO), verdict(RUDE))
    office.claim("m-1", state)
    office.acknowledge("m-2", state, RUDE)
    office.approve("m-1", state, verdict(RUDE))
    office.takedown("head", PAGE)
    again = office.submit("p-1", page("two", PHOTO), again=True)
    office.reject("m-2", again)
    third = office.submit("p-1", page("three"))
    office.withdraw("p-1", third)
    assert {s.id: s.status for s in queue.states()} == {
        first.id: ReviewStatus.SUPERSEDED,
        state.id: ReviewStatus.REJECTED,
        third.id: ReviewStatus.WITHDRAWN,
    }
    acts = [act.split()[0] for act in office.acts]
    assert acts == [
        *("submit", "return", "supersede", "submit", "claim", "acknowledge", "sign", "approve"),
        *("takedown", "reopen", "reject", "submit", "withdraw"),
    ]
    assert verify_chain(queue.events()) == len(acts)
