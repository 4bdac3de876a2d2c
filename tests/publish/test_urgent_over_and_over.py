"""Urgent pages at the gate once more: what gives no more time, and what covers no picture."""

from dataclasses import replace
from datetime import timedelta

from moderation.model import Asset
from tests.publish.school import statement
from tests.publish.test_urgent_at_the_gate import (
    END,
    NEWER,
    PAGE,
    PICTURE,
    START,
    ask,
    urgent,
)

BEFORE = Asset(PAGE.path, b"# Open\n\n![Stalls](../photos/fair.jpg)\n")


def test_one_approval_of_two_that_are_needed_is_not_the_second_look() -> None:
    half = statement(2, PAGE, publisher="head", editors=("head",), lacking=("text",))
    late = replace(urgent(3, NEWER), issued_at=START + timedelta(days=3))
    log = [urgent(1, PAGE), half, replace(late, urgent_until=START + timedelta(days=9))]
    assert ask([NEWER], log, now=END - timedelta(hours=1))[0] == {PAGE.path}
    assert ask([NEWER], log, now=END)[0] == set()


def test_the_end_that_was_signed_first_holds_for_what_follows() -> None:
    log = [urgent(1, PAGE, days=1), urgent(2, NEWER)]
    assert ask([NEWER], log, now=START + timedelta(hours=23))[0] == {PAGE.path}
    assert ask([NEWER], log, now=START + timedelta(days=1, hours=1))[0] == set()


def test_a_picture_of_which_somebody_else_is_still_lacking_is_not_covered() -> None:
    half = statement(1, BEFORE, PICTURE, actor="head", lacking=("text",))
    log = [half, urgent(2, PAGE, PICTURE)]
    assert ask([PAGE, PICTURE], log)[1][PAGE.path] == (
        "was published as urgent with photos/fair.jpg, which is not approved on its own"
    )
