"""The school's settings: what they are, how they are read, and which are looser than others."""

from moderation.policy.load import default_policy, load_policy
from moderation.policy.media import Admission, Media
from moderation.policy.schema import (
    ApprovalRule,
    Clause,
    ContentKind,
    Limits,
    Policy,
    RuleSetting,
    School,
    looser,
)

__all__ = [
    "Admission",
    "ApprovalRule",
    "Clause",
    "ContentKind",
    "Limits",
    "Media",
    "Policy",
    "RuleSetting",
    "School",
    "default_policy",
    "load_policy",
    "looser",
]
