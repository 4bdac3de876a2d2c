"""Check text and files from Python: what ``moderation.check_text`` and ``check_files`` do."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from moderation.checks.base import Context
from moderation.model import Asset, RunError, SchoolgateError, Verdict, decide
from moderation.pipeline.collect import collect
from moderation.pipeline.confined import read_document
from moderation.pipeline.executors import Executor
from moderation.pipeline.paths import printable
from moderation.pipeline.plan import Plan, make_plan
from moderation.pipeline.reading import read_file, read_tree
from moderation.pipeline.run import check_assets, referenced
from moderation.pipeline.targets import resolve
from moderation.policy import Limits, Policy, default_policy
from moderation.policy.terms import Terms
from moderation.registers import Registers

_PAGE_ENDING = ".md"


def check_text(
    text: str,
    *,
    path: str = "page.md",
    families: Collection[str] | None = None,
    policy: Policy | None = None,
    registers: Registers | None = None,
    terms: Terms | None = None,
    today: date | None = None,
) -> Verdict:
    """Check the text of one page, without a workspace and without touching the disk.

    Args:
        text: the source of the page; Markdown unless *path* ends otherwise
        path: where the page would stand, relative to the content folder
        families: run these families of rules only; all if None
        policy: the school's settings; the defaults if None
        registers: roll and consents; rules that need one find nothing, or block, without it
        terms: the school's own list; empty if None
        today: the day on which consents must hold; by the clock if None

    Raises:
        PolicyError: the policy names a rule that is not there
        UsageError: a family is not there

    """
    asset = Asset(path, text.encode("utf-8", "surrogatepass"))
    settings = policy or default_policy()
    return check_assets(
        (asset,), _context(settings, registers, terms, today), make_plan(settings, families)
    )


def check_files(
    paths_or_assets: str | Path | Asset | Iterable[str | Path | Asset],
    *,
    root: str | Path | None = None,
    families: Collection[str] | None = None,
    policy: Policy | None = None,
    registers: Registers | None = None,
    terms: Terms | None = None,
    today: date | None = None,
    executor: Executor | None = None,
) -> Verdict:
    """Check files, each page together with the files it references.

    Args:
        paths_or_assets: files, folders (every file below them), or files in memory
        root: the folder that paths in the verdict are relative to; by :func:`base_of` if None
        families: run these families of rules only; all if None
        policy: the school's settings; the defaults if None
        registers: roll and consents; rules that need one find nothing, or block, without it
        terms: the school's own list; empty if None
        today: the day on which consents must hold; by the clock if None
        executor: how the work is spread; in this process if None

    Returns:
        the verdict; a file that cannot be read, also one that a page references, is an error

    Raises:
        PolicyError, UsageError: the policy or *families* names what is not there

    """
    settings = policy or default_policy()
    if isinstance(paths_or_assets, str | Path | Asset):
        paths_or_assets = [paths_or_assets]
    gathered = _gather(tuple(paths_or_assets), root, settings.limits)
    context = _context(settings, registers, terms, today)
    plan = make_plan(settings, families)
    work, missing = gathered.assets.values(), gathered.missing
    verdict = check_assets(work, context, plan, executor=executor, missing=missing)
    return _with_errors(verdict, gathered, plan)


def _with_errors(verdict: Verdict, gathered: "_Gathered", plan: Plan) -> Verdict:
    errors = {*verdict.errors, *gathered.errors}
    files = verdict.files + len({error.path for error in errors} - set(gathered.assets))
    return decide(verdict.findings, errors, plan.known, files=files)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What was read, by path, and what could not be."""

    assets: dict[str, Asset]
    errors: list[RunError]
    missing: set[str] = field(default_factory=set)

    def add_page(self, root: Path, page: str, limits: Limits) -> None:
        """Read a page with the files it references."""
        collected = collect(root, page, limits)
        self.errors.extend(collected.errors)
        self.missing.update(collected.missing)
        for asset in collected.submission.assets:
            self.assets.setdefault(asset.path, asset)

    def add(self, root: Path, path: str, limits: Limits) -> None:
        """Read one file, a page with what it references; what cannot be read is an error."""
        try:
            if path.lower().endswith(_PAGE_ENDING):
                self.add_page(root, path, limits)
            else:
                self.assets.setdefault(path, Asset(path, read_file(root, path, limits)))
        except SchoolgateError as error:
            self.errors.append(RunError(path, "read", str(error)))

    def add_tree(self, root: Path, folder: str, limits: Limits) -> None:
        """Read every file below a folder."""
        from moderation.extract.licensing import is_licensing  # one page needs it not

        tree = read_tree(root / folder, limits)
        prefix = "" if folder == "." else f"{folder}/"
        for asset in tree.assets:
            if is_licensing(asset.path):
                continue  # it says whose a file is, and is never published itself
            self.add(root, prefix + asset.path, limits)
        for trouble in tree.unreadable:
            self.errors.append(RunError(prefix + trouble.path, "read", trouble.reason))


def _gather(
    given: Sequence[str | Path | Asset], root: str | Path | None, limits: Limits
) -> _Gathered:
    gathered = _Gathered({a.path: a for a in given if isinstance(a, Asset)}, [])
    paths = [Path(os.path.abspath(each)) for each in given if not isinstance(each, Asset)]  # noqa: PTH100 - must not follow links
    base = Path(os.path.abspath(root)) if root is not None else base_of(paths)  # noqa: PTH100
    for asset in tuple(gathered.assets.values()):
        gathered.errors.extend(_not_handed_in(asset, gathered.assets, limits))
    for path in paths:
        if not path.is_relative_to(base):
            trouble = "lies outside the content folder; copy the file into it"
            gathered.errors.append(RunError(printable(path.name), "read", trouble))
        elif path.is_dir() and not path.is_symlink():
            gathered.add_tree(base, path.relative_to(base).as_posix(), limits)
        else:
            gathered.add(base, path.relative_to(base).as_posix(), limits)
    return gathered


def base_of(paths: Sequence[Path]) -> Path:
    """Return the folder that paths in a verdict are relative to, where none is given.

    It is the current folder where all of *paths* (absolute) lie below it, and else the deepest
    folder that holds them all.
    """
    here = Path.cwd()
    if all(path.is_relative_to(here) for path in paths):
        return here
    folders = [path if path.is_dir() else path.parent for path in paths]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # different drives; the files of the others are told to lie outside
        return folders[0]


def _not_handed_in(page: Asset, assets: dict[str, Asset], limits: Limits) -> Iterator[RunError]:
    """Yield an error for each file that a page in memory references and that is not there."""
    if not page.path.lower().endswith(_PAGE_ENDING):
        return
    try:
        document = read_document(page.path, page.data, limits)
    except SchoolgateError:
        return  # the run reports it
    paths = {resolve(page.path, target) for target in referenced(document)} - {None}
    for path in sorted(str(path) for path in paths):
        name = path.rpartition("/")[2]
        if path not in assets and "." in name and not name.lower().endswith(_PAGE_ENDING):
            trouble = f"it references {printable(path)}, which was not handed in; add the file"
            yield RunError(page.path, "references", trouble)


def _context(
    policy: Policy, registers: Registers | None, terms: Terms | None, today: date | None
) -> Context:
    return Context(
        policy=policy,
        today=today or policy.day(datetime.now(UTC)),
        registers=registers or Registers(),
        terms=terms or Terms(),
    )
