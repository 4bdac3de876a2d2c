"""The school's settings: what they are, how they are read, and which are looser than others."""

from moderation.policy.load import default_policy, load_policy
from moderation.policy.schema import (
    ApprovalRule,
    Clause,
    ContentKind,
    Limits,
    Policy,
    RuleSetting,
    looser,
)

__all__ = [
    "ApprovalRule",
    "Clause",
    "ContentKind",
    "Limits",
    "Policy",
    "RuleSetting",
    "default_policy",
    "load_policy",
    "looser",
]
