"""The domain model: plain frozen values, no input or output, standard library only."""

from moderation.model.asset import (
    Asset,
    AssetRef,
    Declaration,
    ReadSubmission,
    Submission,
    digest_of,
    submission_digest,
)
from moderation.model.credit import Credit, Term
from moderation.model.document import (
    Document,
    Element,
    ImageReference,
    LinkReference,
    Part,
    Piece,
)
from moderation.model.errors import (
    BuildError,
    ConflictError,
    ExitCode,
    ExtractionError,
    IntegrityError,
    NotAllowedError,
    NotAuthenticatedError,
    PolicyError,
    SchoolgateError,
    UsageError,
)
from moderation.model.finding import Finding, Fix
from moderation.model.levels import Confidence, Outcome, Severity
from moderation.model.location import VISIBLE, Carrier, Location, Region, Span
from moderation.model.person import DECIDERS, URGENT, Person, Role
from moderation.model.picture import Face, most_at_once
from moderation.model.publication import Publication
from moderation.model.review import (
    OPEN,
    Event,
    HandIn,
    ReviewState,
    ReviewStatus,
    SubmissionId,
    Waiver,
)
from moderation.model.rule import Rule, RuleId, Scope, Stage
from moderation.model.verdict import RunError, Verdict, decide

__all__ = [
    "DECIDERS",
    "OPEN",
    "URGENT",
    "VISIBLE",
    "Asset",
    "AssetRef",
    "BuildError",
    "Carrier",
    "Confidence",
    "ConflictError",
    "Credit",
    "Declaration",
    "Document",
    "Element",
    "Event",
    "ExitCode",
    "ExtractionError",
    "Face",
    "Finding",
    "Fix",
    "HandIn",
    "ImageReference",
    "IntegrityError",
    "LinkReference",
    "Location",
    "NotAllowedError",
    "NotAuthenticatedError",
    "Outcome",
    "Part",
    "Person",
    "Piece",
    "PolicyError",
    "Publication",
    "ReadSubmission",
    "Region",
    "ReviewState",
    "ReviewStatus",
    "Role",
    "Rule",
    "RuleId",
    "RunError",
    "SchoolgateError",
    "Scope",
    "Severity",
    "Span",
    "Stage",
    "Submission",
    "SubmissionId",
    "Term",
    "UsageError",
    "Verdict",
    "Waiver",
    "decide",
    "digest_of",
    "most_at_once",
    "submission_digest",
]
