"""Downloads that a clean copy is made of: which they are, and what is said of it."""

from collections.abc import Sequence
from pathlib import PurePosixPath

import click

from moderation.extract.sniff import sniff
from moderation.model import Asset, Verdict

_DOWNLOADS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
)
_ENDINGS = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"})
_CURED = frozenset(
    {
        *("hidden-data", "tracked-changes", "author-in-properties", "pivot-cache"),
        *("macro-in-document", "embedded-file", "external-link", "pdf-active-content"),
    }
)
"""Rules whose findings a clean copy does away with, most often."""
_MOST_LINES = 12


def is_download(asset: Asset) -> bool:
    """Say whether a file is an office file or a PDF, which can be cleaned."""
    return sniff(asset.path, asset.data).startswith(_DOWNLOADS)


def offer(verdict: Verdict) -> tuple[str, ...]:
    """Return the downloads in which something was found that cleaning may take out."""
    paths = {
        finding.primary.path
        for finding in verdict.findings
        if finding.rule in _CURED and PurePosixPath(finding.primary.path).suffix.lower() in _ENDINGS
    }
    return tuple(sorted(paths))


def say(done: Sequence[str]) -> None:
    """Say what is no longer in a clean copy, a line each."""
    for each in done[:_MOST_LINES]:
        click.echo(f"   {each}", err=True)
    if len(done) > _MOST_LINES:
        click.echo(f"   and {len(done) - _MOST_LINES:,} more", err=True)
