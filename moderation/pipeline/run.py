"""One file in, findings and errors out; then one verdict for all."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar

from moderation.checks.base import Context
from moderation.extract.declarations import read_declarations
from moderation.extract.publication import read_publication
from moderation.model import (
    Asset,
    Document,
    ExtractionError,
    Finding,
    ReadSubmission,
    Rule,
    RunError,
    SchoolgateError,
    Scope,
    Verdict,
    decide,
)
from moderation.pipeline.confined import prepare, read_document
from moderation.pipeline.executors import Executor, Serial
from moderation.pipeline.look import read_and_look
from moderation.pipeline.plan import Plan
from moderation.pipeline.read_pictures import with_text
from moderation.pipeline.targets import resolve
from moderation.policy import Limits

T = TypeVar("T")
_PAGE = "text/markdown"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file; *document* is None where it could not be read."""

    document: Document | None
    findings: tuple[Finding, ...] = ()
    errors: tuple[RunError, ...] = ()


def check_assets(
    assets: Iterable[Asset],
    context: Context,
    plan: Plan,
    *,
    executor: Executor | None = None,
    missing: Collection[str] = (),
) -> Verdict:
    """Check files one by one, then each page together with the files it references.

    Args:
        assets: the files; a page's references are looked up among them
        context: policy, registers and date
        plan: which checks run
        executor: how the work is spread; in this process unless given
        missing: paths that pages reference and that could not be read; the caller has an error each

    """
    work = tuple(assets)
    spread = executor or Serial()
    if spread.is_here:
        prepare(work, context.policy.limits)
    check = partial(check_asset, context, plan)
    results = tuple(spread.map(check, work, lost=_lost))
    documents = {r.document.path: r.document for r in results if r.document}
    pages = [d for d in documents.values() if d.media_type == _PAGE]
    results += tuple(check_submission(context, plan, page, documents, missing) for page in pages)
    findings = [finding for result in results for finding in result.findings]
    errors = [error for result in results for error in result.errors]
    return decide(findings, errors, plan.known, files=len(work))


def check_asset(context: Context, plan: Plan, asset: Asset) -> FileResult:
    """Read one file and run every document check on it; a failure is an error, never silence."""
    documents, failed = _attempt(
        asset.path, "extract", lambda: [with_text(read_and_look(asset, context, plan), asset, plan)]
    )
    if failed:
        return FileResult(None, errors=tuple(failed))
    findings, errors = _run_checks(context, plan, Scope.DOCUMENT, asset.path, documents[0])
    return FileResult(documents[0], findings, errors)


def _lost(asset: Asset) -> FileResult:
    trouble = "could not be checked: the process that read it died; the file may be hostile"
    return FileResult(None, errors=(RunError(asset.path, "extract", trouble),))


def check_submission(
    context: Context,
    plan: Plan,
    page: Document,
    documents: Mapping[str, Document],
    missing: Collection[str] = (),
) -> FileResult:
    """Run every submission check on *page* with those of *documents* that it references."""
    if not (plan.modules(Scope.SUBMISSION) or page.front_matter or page.links or page.images):
        return FileResult(page)  # there is nothing to join it with, and nobody to look at it
    read, failed = _attempt(page.path, "front matter", lambda: [join(page, documents, missing)])
    if failed:
        return FileResult(page, errors=tuple(failed))
    return FileResult(page, *_run_checks(context, plan, Scope.SUBMISSION, page.path, read[0]))


def join(
    page: Document, documents: Mapping[str, Document], missing: Collection[str] = ()
) -> ReadSubmission:
    """Put a page together with those of *documents* that it references or declares.

    Raises:
        ExtractionError: the page's declarations are not of the form

    """
    targets: dict[str, str] = {}
    for target in referenced(page):
        path = resolve(page.path, target)
        if path is not None and path != page.path:
            targets[target] = path
    declarations = read_declarations(page)
    named = {*targets.values(), *declarations}  # what is only declared is handed in as well
    wanted = {path for path in named if PurePosixPath(path).suffix.lower() != ".md"}
    files = {path: documents[path] for path in sorted(wanted) if path in documents}
    return ReadSubmission(
        page=page,
        files=files,
        declarations=declarations,
        targets=targets,
        publication=read_publication(page),
        missing=frozenset(missing).difference(documents),
    )


def read_submission(page: str, assets: Iterable[Asset], limits: Limits) -> ReadSubmission:
    """Read a page with its files, without checking them.

    Raises:
        ExtractionError: one cannot be read, or the page is not among them

    """
    documents = {a.path: read_document(a.path, a.data, limits) for a in assets}
    if page not in documents:
        raise ExtractionError(f"{page}: is not among the files; hand it in with them")
    return join(documents[page], documents)


def referenced(page: Document) -> Iterator[str]:
    """Yield every target that *page* shows, links to or names as its picture, as written."""
    yield from (image.target for image in page.images)
    yield from (link.target for link in page.links)


def _run_checks(
    context: Context, plan: Plan, scope: Scope, path: str, subject: object
) -> tuple[tuple[Finding, ...], tuple[RunError, ...]]:
    findings: list[Finding] = []
    errors: list[RunError] = []
    for module in plan.modules(scope):
        rule = module.RULE
        got, failed = _attempt(path, rule.id, module.check, subject, context)
        if got or failed:
            findings += (_weighed(each, rule, context) for each in got)
            errors += failed
    return tuple(findings), tuple(errors)


def _weighed(finding: Finding, rule: Rule, context: Context) -> Finding:
    """Let the policy have its say, unless it had it before the school's list (checks.rulings)."""
    severity = context.policy.weigh(rule, finding.severity)
    if finding.term or severity is finding.severity:
        return finding
    return replace(finding, severity=severity)


def _attempt(
    path: str, subject: str, act: Callable[..., Iterable[T]], *arguments: object
) -> tuple[list[T], list[RunError]]:
    """Do *act* with its arguments; the only place where any exception at all is caught.

    An exception we did not raise ourselves may quote the file, so only its type is told.
    """
    try:
        return list(act(*arguments)), []
    except SchoolgateError as error:
        return [], [RunError(path, subject, str(error))]
    except Exception as error:  # noqa: BLE001 - whatever fails must fail closed
        return [], [RunError(path, subject, f"could not be checked ({type(error).__name__})")]
