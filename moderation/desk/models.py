"""The tables of the queue. Rows are turned into values and back in ``rows.py``, nowhere else."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from moderation.model import ReviewStatus

_PENDING = [ReviewStatus.SUBMITTED.value, ReviewStatus.CLAIMED.value, ReviewStatus.RETURNED.value]


class SubmissionRow(models.Model):
    """One submission; free text stands in ``reason`` alone."""

    id: "models.CharField[str, str]" = models.CharField(primary_key=True, max_length=32)
    page: "models.CharField[str, str]" = models.CharField(max_length=1024)
    assets: "models.JSONField[list[list[str | int]], list[list[str | int]]]" = models.JSONField()
    publisher: "models.CharField[str, str]" = models.CharField(max_length=64)
    editors: "models.JSONField[list[str], list[str]]" = models.JSONField()
    status: "models.CharField[str, str]" = models.CharField(max_length=16, db_index=True)
    submitted_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    outcome: "models.CharField[str, str]" = models.CharField(max_length=16)
    claimed_by: "models.CharField[str, str]" = models.CharField(max_length=64)
    approved_by: "models.JSONField[list[str], list[str]]" = models.JSONField()
    hand_in_key: "models.CharField[str, str]" = models.CharField(max_length=64, default="")
    hand_in_signature: "models.CharField[str, str]" = models.CharField(max_length=128, default="")
    hand_in_after: "models.BigIntegerField[int, int]" = models.BigIntegerField(default=0)
    supersedes: "models.CharField[str, str]" = models.CharField(max_length=32)
    revision: "models.BigIntegerField[int, int]" = models.BigIntegerField()
    reason: "models.TextField[str, str]" = models.TextField()

    class Meta:
        """Of one page at most one submission is pending."""

        db_table = "desk_submission"
        indexes = (models.Index(fields=["page"], name="desk_submission_page"),)
        constraints = (
            models.UniqueConstraint(
                fields=["page"], condition=Q(status__in=_PENDING), name="desk_one_pending_a_page"
            ),
        )


class WaiverRow(models.Model):
    """One accepted finding; free text stands in ``reason`` alone."""

    submission: "models.ForeignKey[SubmissionRow, SubmissionRow]" = models.ForeignKey(
        SubmissionRow, on_delete=models.CASCADE, related_name="waivers"
    )
    submission_id: str
    place: "models.IntegerField[int, int]" = models.IntegerField()
    fingerprint: "models.CharField[str, str]" = models.CharField(max_length=64)
    rule: "models.CharField[str, str]" = models.CharField(max_length=64)
    by: "models.CharField[str, str]" = models.CharField(max_length=64)
    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    reason: "models.TextField[str, str]" = models.TextField()

    class Meta:
        """A finding is accepted once."""

        db_table = "desk_waiver"
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "fingerprint"], name="desk_one_waiver_a_finding"
            ),
        )


class EventRow(models.Model):
    """One row of the append-only log: opaque ids and digests, no free text."""

    number: "models.BigIntegerField[int, int]" = models.BigIntegerField(primary_key=True)
    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    actor: "models.CharField[str, str]" = models.CharField(max_length=64)
    act: "models.CharField[str, str]" = models.CharField(max_length=32)
    submission: "models.CharField[str, str]" = models.CharField(max_length=32)
    digest: "models.CharField[str, str]" = models.CharField(max_length=64)
    detail: "models.CharField[str, str]" = models.CharField(max_length=255)
    link: "models.CharField[str, str]" = models.CharField(max_length=64)

    class Meta:
        """The log is read by number."""

        db_table = "desk_event"


class LogHead(models.Model):
    """The last link of the log: one row, locked while the log grows; a cut tail shows here."""

    id: "models.IntegerField[int, int]" = models.IntegerField(primary_key=True)
    number: "models.BigIntegerField[int, int]" = models.BigIntegerField()
    link: "models.CharField[str, str]" = models.CharField(max_length=64)

    class Meta:
        """One row, made when the log begins."""

        db_table = "desk_log_head"
