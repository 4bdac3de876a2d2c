"""``schoolgate check``: look, and change nothing."""

import os
from collections.abc import Collection
from pathlib import Path

import click

from moderation.checks.base import FAMILIES, all_rules
from moderation.checks.missing import not_run
from moderation.commands.consent_reminder import remind
from moderation.commands.output import in_ci
from moderation.commands.progress import Watched
from moderation.commands.reporting import FORMATS, Reporter
from moderation.commands.workspace import STATE, Workspace, find_workspace
from moderation.model import (
    ExitCode,
    IntegrityError,
    RunError,
    Severity,
    UsageError,
    Verdict,
    decide,
)
from moderation.pipeline.api import base_of, check_files
from moderation.pipeline.executors import Executor, Serial
from moderation.policy import Policy, default_policy
from moderation.policy.terms import Terms
from moderation.registers import Registers

_WITHOUT_SUMMARY = ("json", "sarif")
"""Formats that have no sentence for what was not looked for."""

_FOR_PEOPLE = ("terminal", "text")


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    show_default=True,
    help="terminal for people, text for screen readers, the others for programs.",
)
@click.option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
    default=Severity.REVIEW.value,
    show_default=True,
    help="Exit with 1 on findings at least this severe.",
)
@click.option(
    "--family",
    "families",
    type=click.Choice(FAMILIES),
    multiple=True,
    help="Run this family of rules only; may be repeated.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Processes to use.")
@click.option("--redact", is_flag=True, help="Leave out personal evidence; always on in CI.")
@click.option("--fix", is_flag=True, help="Clean pictures and downloads first.")
def command(
    paths: tuple[Path, ...],
    style: str,
    fail_on: str,
    families: tuple[str, ...],
    jobs: int,
    redact: bool,
    fix: bool,
) -> None:
    """Check pages and files, and change nothing, unless with --fix.

    PATHS are files or folders; the whole content folder if none is given. A page is checked
    together with the files it references. With --fix pictures, recordings and downloads are first
    cleaned; a copy of each original is kept outside the site.

    Exit codes: 0 clean, 1 findings, 2 usage, 4 tampered settings or list, 5 not checked.

    Example: schoolgate check content/news/sports-day.md
    """
    workspace = find_workspace(paths[0].parent if paths else None)
    chosen = paths or _everything(workspace)
    root = _root(workspace, chosen)
    policy = workspace.policy() if workspace else default_policy()
    registers = workspace.registers() if workspace else Registers()
    terms, trouble = _terms(workspace, policy)
    _fix(chosen if fix else (), root, workspace, policy)
    judged = check_files(
        chosen,
        root=root,
        families=families or None,
        policy=policy,
        registers=registers,
        terms=terms,
        executor=Watched(_executor(jobs)),
    )
    verdict = _troubled(judged, trouble)
    reporter = _reporter(workspace, policy, root, registers, families, redact=redact or in_ci())
    click.echo(reporter.render(verdict, style), nl=False)
    _note(registers, policy, style)
    raise SystemExit(ExitCode.INTEGRITY if trouble else _exit_code(verdict, Severity(fail_on)))


def _everything(workspace: Workspace | None) -> tuple[Path, ...]:
    if workspace is None:
        raise UsageError("no site here; name the files to check")
    return (workspace.content,)


def _note(registers: Registers, policy: Policy, style: str) -> None:
    if style in _FOR_PEOPLE:
        remind(registers.consents, policy)
    if style in _WITHOUT_SUMMARY and registers.roll is None and registers.keyed is None:
        click.echo("note: no roll here, so pupils' names were not looked for", err=True)


def _fix(paths: tuple[Path, ...], root: Path, workspace: Workspace | None, policy: Policy) -> None:
    if not paths:
        return
    from moderation.commands.fixing import fix_files

    fix_files([Path(os.path.abspath(path)) for path in paths], root, workspace, policy)  # noqa: PTH100 - must not follow links


def _terms(workspace: Workspace | None, policy: Policy) -> tuple[Terms, str]:
    """Return the school's own list, or an empty one with why it cannot be used."""
    try:
        return (workspace.terms(policy) if workspace else Terms()), ""
    except IntegrityError as error:
        return Terms(), str(error)


def _troubled(verdict: Verdict, trouble: str) -> Verdict:
    """Add to a verdict that it was made without the school's own list.

    Raises:
        UsageError: nothing was looked at

    """
    if not verdict.files and not verdict.errors:
        raise UsageError("there is no file to check; name a page, a file or a folder with some")
    if not trouble:
        return verdict
    told = f"was left out, so nothing is softened, allowed or added by it: {trouble}"
    errors = (*verdict.errors, RunError(f"{STATE}/terms", "terms", told))
    return decide(verdict.findings, errors, all_rules(), files=verdict.files)


def _reporter(
    workspace: Workspace | None,
    policy: Policy,
    root: Path,
    registers: Registers,
    families: Collection[str],
    *,
    redact: bool,
) -> Reporter:
    return Reporter(
        policy=policy,
        root=root,
        key=workspace.fingerprint_key() if workspace else os.urandom(32),
        redact=redact,
        prefix="content/" if workspace and root == workspace.content else "",
        roll=registers.roll,
        not_run=not_run(registers, families),
    )


def _executor(jobs: int) -> Executor:
    if jobs == 1:
        return Serial()
    from moderation.pipeline.executors.pool import Pool

    return Pool(jobs)


def _root(workspace: Workspace | None, paths: tuple[Path, ...]) -> Path:
    """Return the folder that paths in the verdict are relative to."""
    full = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - must not follow links
    if workspace and all(path.is_relative_to(workspace.content) for path in full):
        return workspace.content
    return base_of(full)


def _exit_code(verdict: Verdict, least: Severity) -> ExitCode:
    if verdict.errors:
        return ExitCode.NOT_CHECKED
    if any(finding.severity >= least for finding in verdict.findings):
        return ExitCode.FINDINGS
    return ExitCode.CLEAN
