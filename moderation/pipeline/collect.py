"""From a page to the unit it is handed in as: the page and every file it references."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from moderation.checks.base import Context
from moderation.extract.declarations import read_declarations
from moderation.model import (
    Asset,
    Document,
    RunError,
    SchoolgateError,
    Submission,
    Verdict,
    decide,
)
from moderation.pipeline.confined import read_document
from moderation.pipeline.paths import printable
from moderation.pipeline.plan import Plan
from moderation.pipeline.reading import elsewhere, read_file
from moderation.pipeline.run import check_assets, referenced
from moderation.pipeline.targets import resolve
from moderation.policy import Limits

_PAGE_ENDING = ".md"


@dataclass(frozen=True, slots=True)
class Collected:
    """A submission, what of it could not be read, and the paths of what is missing."""

    submission: Submission
    errors: tuple[RunError, ...] = ()
    missing: frozenset[str] = frozenset()


def collect(root: Path, page: str, limits: Limits) -> Collected:
    """Read *page* and every file it references.

    Args:
        root: the content folder
        page: path of the page below it
        limits: the most that is read

    Raises:
        ExtractionError: the page itself cannot be read; trouble with a file that it references is
            an error of the result

    """
    data = read_file(root, page, limits)
    document = read_document(page, data, limits)
    assets = {page: Asset(page, data)}
    errors: list[RunError] = []
    wanted = sorted(_wanted(document))
    if len(wanted) > limits.submission_files:
        trouble = f"references more than {limits.submission_files} files; split the page"
        return Collected(Submission(page=page, assets=(assets[page],)), (_error(page, trouble),))
    missing: set[str] = set()
    for path in wanted:
        try:
            _add(root, path, limits, assets)
        except SchoolgateError as error:
            missing.add(path)
            meant = elsewhere(root, page, path)
            hint = f"; there is {printable(meant)}" if meant else ""
            errors.append(_error(page, f"it references a file that cannot be used: {error}{hint}"))
    submission = Submission(page=page, assets=tuple(assets.values()))
    return Collected(submission, tuple(errors), frozenset(missing))


def check_collected(collected: Collected, context: Context, plan: Plan) -> Verdict:
    """Check a page together with its files; what could not be read is among the errors."""
    submission = collected.submission
    verdict = check_assets(submission.assets, context, plan, missing=collected.missing)
    errors = (*verdict.errors, *collected.errors)
    return decide(verdict.findings, errors, plan.known, files=verdict.files)


def _wanted(page: Document) -> set[str]:
    """Name every file of the site that the page shows, links to or declares."""
    resolved = (resolve(page.path, target) for target in referenced(page))
    return {path for path in (*resolved, *_declared(page)) if path and path != page.path}


def _declared(page: Document) -> tuple[str, ...]:
    try:
        return tuple(read_declarations(page))
    except SchoolgateError:
        return ()  # the run reports it; here it only means that nothing is declared


def _add(root: Path, path: str, limits: Limits, assets: dict[str, Asset]) -> None:
    data = read_file(root, path, limits)
    if PurePosixPath(path).suffix.lower() != _PAGE_ENDING:  # another page goes its own way
        assets[path] = Asset(path, data)


def _error(page: str, trouble: str) -> RunError:
    return RunError(page, "references", trouble)
