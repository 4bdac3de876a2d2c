"""From a page to the unit it is handed in as: the page and every file it references."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from moderation.checks.base import Context
from moderation.extract import extract
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
from moderation.pipeline.plan import Plan
from moderation.pipeline.reading import read_file
from moderation.pipeline.run import check_assets, referenced
from moderation.pipeline.targets import resolve
from moderation.policy import Limits

_PAGE_ENDING = ".md"


@dataclass(frozen=True, slots=True)
class Collected:
    """A submission, and what of it could not be read."""

    submission: Submission
    errors: tuple[RunError, ...] = ()


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
    document = extract(page, data, limits)
    assets = {page: Asset(page, data)}
    errors: list[RunError] = []
    wanted = sorted(_wanted(document))
    if len(wanted) > limits.submission_files:
        trouble = f"references more than {limits.submission_files} files; split the page"
        return Collected(Submission(page=page, assets=(assets[page],)), (_error(page, trouble),))
    for path in wanted:
        try:
            _add(root, path, limits, assets)
        except SchoolgateError as error:
            errors.append(_error(page, f"it references a file that cannot be used: {error}"))
    return Collected(Submission(page=page, assets=tuple(assets.values())), tuple(errors))


def check_collected(collected: Collected, context: Context, plan: Plan) -> Verdict:
    """Check a page together with its files; what could not be read is among the errors."""
    verdict = check_assets(collected.submission.assets, context, plan)
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
