"""What a check looks for, and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from moderation.model.levels import Severity
from moderation.model.person import Role

RuleId = NewType("RuleId", str)


class Stage(StrEnum):
    """How far a rule has come; findings of *evaluation* rules never block."""

    EVALUATION = "evaluation"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Scope(StrEnum):
    """What a check looks at: one file, or a page together with its files."""

    DOCUMENT = "document"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The identity card of a check.

    Args:
        id: a name a head teacher can read, unique and never reused
        family: language, people, images, rights, files, access or duties
        summary: one line, lower case, no full stop
        remedy: what the publisher can do, in plain English
        severity: unless the policy says otherwise
        since: version that brought the rule
        clauses: ids of the sentences of the agreements it enforces
        decided_by: role whose decision a finding needs
        waivable: False where no person may accept a finding, only mend it
        revision: goes up when the same file may get another answer
        stage: how far the rule has come
        scope: what the check looks at

    """

    id: RuleId
    family: str
    summary: str
    remedy: str
    severity: Severity
    since: str
    clauses: tuple[str, ...]
    decided_by: Role = Role.MODERATOR
    waivable: bool = True
    revision: int = 1
    stage: Stage = Stage.STABLE
    scope: Scope = Scope.DOCUMENT

    @property
    def deciders(self) -> frozenset[Role]:
        """The roles that may accept a finding of this rule; the head always may."""
        return frozenset({self.decided_by, Role.HEAD})
