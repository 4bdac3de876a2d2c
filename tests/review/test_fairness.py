"""The order of the queue: in turns, oldest first."""

from datetime import timedelta

from moderation.model import ReviewState, ReviewStatus, SubmissionId
from moderation.review.fairness import in_turns
from tests.review.office import NOW


def state(number: int, publisher: str, minutes: int = 0) -> ReviewState:
    return ReviewState(
        id=SubmissionId(f"s-{number:05}"),
        page=f"news/page-{number}.md",
        assets=(),
        publisher=publisher,
        editors=frozenset({publisher}),
        status=ReviewStatus.SUBMITTED,
        submitted_at=NOW + timedelta(minutes=minutes or number),
        outcome="review",
    )


def test_the_oldest_comes_first_where_everybody_handed_in_one() -> None:
    states = [state(3, "p-3"), state(1, "p-1"), state(2, "p-2")]
    assert [each.publisher for each in in_turns(states)] == ["p-1", "p-2", "p-3"]


def test_everybody_s_first_comes_before_anybody_s_second() -> None:
    flood = [state(number, "p-1") for number in range(1, 5)]
    others = [state(8, "p-2"), state(9, "p-2"), state(7, "p-3")]
    ids = [each.id for each in in_turns([*flood, *others])]
    numbers = [int(each.removeprefix("s-")) for each in ids]
    assert numbers == [1, 7, 8, 2, 9, 3, 4]


def test_what_came_in_the_same_minute_is_ordered_by_its_id() -> None:
    states = [state(2, "p-1", 5), state(1, "p-1", 5)]
    assert [each.id for each in in_turns(states)] == ["s-00001", "s-00002"]


def test_nothing_waits_in_no_order() -> None:
    assert in_turns([]) == ()
