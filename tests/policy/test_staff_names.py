from moderation.checks.base import all_rules
from moderation.policy import default_policy, load_policy, looser


def test_staff_are_named_in_small_letters_and_make_a_policy_looser() -> None:
    policy = load_policy('[school]\nstaff = ["Jane Castellanos", " Peter Oduya "]')
    assert policy.school.staff == frozenset({"jane castellanos", "peter oduya"})
    assert looser(policy, default_policy(), all_rules()) == ["school.staff"]
