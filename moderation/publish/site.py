"""What a site's own repository says: settings, people, approvals; all of it verified.

The MkDocs plugin and every command that builds come through here, so that there is one answer to
what may be published.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from moderation.attest import ApprovalLog, Statement, Trust, read_trust, verify_log
from moderation.attest.log import SignedFolder
from moderation.attest.terms import FOLDER, Standing, read_terms
from moderation.checks.base import all_rules
from moderation.model import Asset, IntegrityError, UsageError
from moderation.pipeline.reading import read_file, read_tree
from moderation.policy import Policy, default_policy, load_policy, looser
from moderation.policy.terms import Terms
from moderation.publish.gate import permitted
from moderation.publish.manifest import Manifest, Refusal
from moderation.publish.settings import CONFIG, CONTENT, Settings, read_settings

STATE = ".schoolgate"
_POLICY = f"{STATE}/policy.toml"
_TRUST = f"{STATE}/trust.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's state in git, verified.

    Args:
        root: the folder with ``mkdocs.yml`` and ``.schoolgate``
        content: the folder of pages and files
        policy: the school's settings
        trust: who may decide
        statements: every decision, in the order of the log
        terms: the school's own list, as it is in force

    """

    root: Path
    content: Path
    policy: Policy
    trust: Trust
    statements: tuple[Statement, ...]
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFiles:
    """Everything a build is made from, read once and kept as bytes.

    Args:
        settings: the checked ``mkdocs.yml``
        content: every file of the content folder that could be read, admitted or not
        theme: every file of the site's own theme, by path below its folder
        formerly: paths that were approved once, whether or not they are still there

    """

    settings: Settings
    content: tuple[Asset, ...]
    theme: tuple[Asset, ...] = ()
    formerly: frozenset[str] = frozenset()


def load_site(root: Path, *, now: datetime) -> Site:
    """Read and verify a site's state in git.

    Args:
        root: the folder with ``mkdocs.yml`` and ``.schoolgate``
        now: aware time

    Raises:
        IntegrityError: people, approvals or the school's list are damaged or expired, or the
            policy is looser than the defaults and the head did not sign it
        PolicyError: the policy cannot be used
        UsageError: the content folder is missing

    """
    policy = load_policy(_text(root, _POLICY, default_policy()) or "", source=_POLICY)
    trust_text = _text(root, _TRUST, default_policy())
    if trust_text is None:
        raise IntegrityError(f"{_TRUST}: is missing; restore it from git, or use schoolgate init")
    trust = read_trust(trust_text, source=_TRUST, today=now.date())
    _refuse_looser(policy, trust)
    entries = ApprovalLog(root / STATE / "approvals").read()
    if not (root / CONTENT).is_dir() or (root / CONTENT).is_symlink():
        raise UsageError(f"{CONTENT}: is not a folder; put the pages there, not a link to them")
    statements = verify_log(entries, trust)
    standing = Standing(trust=trust, policy=policy, rules=all_rules(), now=now)
    terms = read_terms(SignedFolder(root / STATE / FOLDER), standing)
    _refuse_shorter(terms, statements)
    return Site(
        root=root,
        content=root / CONTENT,
        policy=policy,
        trust=trust,
        statements=statements,
        terms=terms,
    )


def examine(site: Site, *, now: datetime) -> tuple[SiteFiles, Manifest]:
    """Read every file of *site* once and say which may be built.

    Args:
        site: see :func:`load_site`
        now: aware time

    Raises:
        PolicyError: ``mkdocs.yml`` has a setting that it must not have
        ExtractionError: ``mkdocs.yml`` or a file of the theme cannot be read

    """
    limits = site.policy.limits
    settings = read_settings(read_file(site.root, CONFIG, limits))
    tree = read_tree(site.content, limits)
    manifest = permitted(
        tree.assets, site.statements, site.trust, site.policy, now=now, terms=site.terms
    )
    unreadable = (Refusal(u.path, u.reason.removeprefix(f"{u.path}: ")) for u in tree.unreadable)
    files = SiteFiles(
        settings=settings,
        content=tree.assets,
        theme=_theme(site, settings),
        formerly=frozenset(ref.path for each in site.statements for ref in each.subjects),
    )
    return files, manifest.refusing(unreadable)


def _theme(site: Site, settings: Settings) -> tuple[Asset, ...]:
    if not settings.theme_dir:
        return ()
    folder = site.root / settings.theme_dir
    if not folder.is_dir() or folder.is_symlink():
        raise UsageError(f"{CONFIG}: theme.custom_dir: {settings.theme_dir} is not a folder")
    tree = read_tree(folder, site.policy.limits)
    for each in tree.unreadable:
        raise UsageError(f"{settings.theme_dir}: {each.reason}")
    return tree.assets


def _text(root: Path, path: str, base: Policy) -> str | None:
    """Return a file of the state, or None where it is not there."""
    if not (root / path).exists() and not (root / path).is_symlink():
        return None
    try:
        return read_file(root, path, base.limits).decode("utf-8")
    except UnicodeDecodeError as error:
        trouble = f"{path}: byte {error.start + 1} is not UTF-8; restore the file from git"
        raise IntegrityError(trouble) from None


def _refuse_shorter(terms: Terms, statements: Sequence[Statement]) -> None:
    """Refuse a list without an entry that was there when somebody approved."""
    if not {each.terms_head for each in statements} - {""} <= terms.signed:
        raise IntegrityError(
            f"{STATE}/{FOLDER}: lacks an entry that an approval has seen; restore the folder"
            " from git"
        )


def _refuse_looser(policy: Policy, trust: Trust) -> None:
    loose = looser(policy, default_policy(), all_rules())
    if loose and trust.relaxed_policy != policy.digest:
        raise IntegrityError(
            f"{_POLICY}: is looser than the defaults in {', '.join(loose)}; make it stricter, or "
            "have the head sign it (schoolgate policy sign)"
        )
