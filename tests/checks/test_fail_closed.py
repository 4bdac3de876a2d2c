"""What could not be checked never passes, and no error quotes the file."""

from collections.abc import Iterator
from datetime import date

import pytest

from moderation.checks.base import Context, all_checks
from moderation.model import Asset, Document, Finding, Outcome, RunError, UsageError
from moderation.pipeline.plan import Plan, make_plan
from moderation.pipeline.run import check_assets
from moderation.policy import default_policy
from tests.spec_files import pdf, picture

CONTEXT = Context(policy=default_policy(), today=date(2026, 11, 21))
SECRET = "Amelia Hart"
PAGE = Asset("page.md", f"{SECRET} says hello.\n".encode())


def _explode(subject: object, context: Context) -> Iterator[Finding]:
    raise ZeroDivisionError(SECRET)


def _explode_late(subject: object, context: Context) -> Iterator[Finding]:
    yield from ()
    raise KeyError(SECRET)


def _lack(subject: object, context: Context) -> Iterator[Finding]:
    raise UsageError("the register is damaged; restore it")


@pytest.mark.parametrize("rule", sorted(all_checks()))
@pytest.mark.parametrize(
    ("act", "message"),
    [
        (_explode, "could not be checked (ZeroDivisionError)"),
        (_explode_late, "could not be checked (KeyError)"),
        (_lack, "the register is damaged; restore it"),
    ],
)
def test_a_check_that_fails_is_an_error_and_blocks(
    rule: str, act: object, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_checks()[rule], "check", act)
    verdict = check_assets([PAGE], CONTEXT, Plan((rule,)))
    assert verdict.outcome is Outcome.BLOCK
    assert verdict.errors == (RunError("page.md", rule, message),)


def test_a_check_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_checks()["pupil-named"], "check", _explode)
    page = Asset("page.md", b"![](photos/a.jpg)\n")
    verdict = check_assets([page], CONTEXT, make_plan(default_policy()))
    assert {f.rule for f in verdict.findings} >= {"alt-text-missing", "rights-missing"}
    assert [error.subject for error in verdict.errors] == ["pupil-named"]


# Those of pictures and documents fail in another process: see tests/pipeline/confined.
def _no_extractor(*args: object, **more: object) -> Document:
    raise RecursionError(SECRET)


@pytest.mark.parametrize(
    ("module", "asset"),
    [
        ("moderation.extract.markdown", PAGE),
        ("moderation.extract.html", Asset("page.html", b"<!doctype html><p>Hello</p>")),
        ("moderation.extract.text", Asset("notes.txt", b"Hello\n")),
    ],
)
def test_an_extractor_that_fails_is_an_error_and_blocks(
    module: str, asset: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{module}.extract", _no_extractor)
    verdict = check_assets([asset], CONTEXT, make_plan(default_policy()))
    assert verdict.outcome is Outcome.BLOCK
    assert verdict.errors == (
        RunError(asset.path, "extract", "could not be checked (RecursionError)"),
    )


@pytest.mark.parametrize(
    "asset",
    [
        Asset("page.md", b""),
        Asset("page.md", f"{SECRET} caf\xe9".encode("latin-1")),
        Asset("page.md", b"---\ntitle: Amelia Hart\n"),
        Asset("page.md", b"---\nassets: [Amelia Hart]\n---\nHello\n"),
        Asset("page.md", b"---\nassets:\n  a.jpg: {people: [Amelia Hart]}\n---\nHello\n"),
        Asset("page.md", SECRET.encode() * 100_000),
        Asset("a.jpg", picture('format = "jpeg"')[:200]),
        Asset("a.pdf", pdf('text = ["Amelia Hart"]')[:200]),
        Asset("a.bin", SECRET.encode("utf-32")),
    ],
    ids=lambda asset: f"{asset.path} {len(asset.data)} bytes",
)
def test_a_file_that_cannot_be_read_is_an_error_and_blocks(asset: Asset) -> None:
    verdict = check_assets([asset], CONTEXT, make_plan(default_policy()))
    assert verdict.outcome is Outcome.BLOCK
    assert [error.path for error in verdict.errors] == [asset.path]
    assert not any(word in error.message for error in verdict.errors for word in SECRET.split())
