"""``import moderation``: what other programs use."""

import importlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import moderation
from moderation.model import RunError
from tests.spec_files import picture

ROLL = moderation.Registers(roll=moderation.Roll.from_names(["Amelia Hart"]))
PHOTO = picture('format = "jpeg"')
DECLARED = """\
---
assets:
  photos/race.jpg:
    people: [P-0001]
    author: the school office
    licence: parent-photo
---
![Children run](../photos/race.jpg)
"""


def _site(root: Path) -> Path:
    for name, data in {
        "news/race.md": DECLARED.encode(),
        "news/fete.md": b"The fete is on Saturday.\n",
        "photos/race.jpg": PHOTO,
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    return root


def _granted(until: str) -> moderation.Registers:
    text = f"reference,channel,state,until\nP-0001,website,granted,{until}\n"
    return moderation.Registers(consents=moderation.Consents.from_csv(text))


def test_every_public_name_is_there_and_nothing_else() -> None:
    assert all(getattr(moderation, name) for name in moderation.__all__)
    assert set(moderation.__all__) <= set(dir(moderation))
    with pytest.raises(AttributeError, match="has no attribute 'check_everything'"):
        moderation.check_everything  # type: ignore[attr-defined]  # noqa: B018 - that is the test


def test_importing_it_imports_nothing_of_it() -> None:
    code = "import sys, moderation; print([m for m in sys.modules if m.startswith('moderation.')])"
    root = Path(moderation.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_text_without_a_finding_passes() -> None:
    verdict = moderation.check_text("# Hello\n\nThe fete is on Saturday.\n")
    assert verdict == moderation.Verdict(outcome=moderation.Outcome.PASS, files=1)


def test_text_tells_the_place_of_a_finding() -> None:
    (found,) = moderation.check_text("Hello\n\nAmelia **Hart**!", registers=ROLL).findings
    place = (found.path, found.line, found.column, found.end_line, found.end_column, found.carrier)
    assert place == ("page.md", 3, 1, 3, 14, "body")
    assert (found.rule, found.severity, found.evidence) == ("pupil-named", "review", "Amelia Hart")


def test_families_choose_the_rules() -> None:
    text = "![](a.jpg) Amelia Hart"
    rules = {f.rule for f in moderation.check_text(text, registers=ROLL).findings}
    people = moderation.check_text(text, registers=ROLL, families=["people"]).findings
    assert rules >= {
        *("pupil-named-with-photo", "alt-text-missing", "rights-missing", "consent-missing")
    }
    assert {f.family for f in people} == {"people"}
    assert moderation.check_text(text, registers=ROLL, families=[]).findings == ()


def test_a_family_that_is_not_there_is_refused() -> None:
    usage_error = importlib.import_module("moderation.model").UsageError
    with pytest.raises(usage_error, match='"poetry" is not a family of rules'):
        moderation.check_text("Hello", families=["poetry"])


def test_the_policy_of_the_school_holds() -> None:
    policy = moderation.load_policy('[rules.pupil-named]\nseverity = "note"')
    verdict = moderation.check_text("It was Amelia Hart.", registers=ROLL, policy=policy)
    assert {f.severity for f in verdict.findings if f.rule == "pupil-named"} == {"note"}


def test_text_that_no_file_can_hold_is_an_error() -> None:
    verdict = moderation.check_text("lone \ud800 surrogate")
    assert (verdict.outcome, [e.subject for e in verdict.errors]) == ("block", ["extract"])


@pytest.mark.parametrize(("until", "outcome"), [("2026-11-21", "review"), ("2026-11-20", "block")])
def test_a_page_is_checked_with_the_files_it_references(
    until: str, outcome: str, tmp_path: Path
) -> None:
    verdict = moderation.check_files(
        [_site(tmp_path) / "news/race.md"],
        root=tmp_path,
        registers=_granted(until),
        today=date(2026, 11, 21),
    )
    assert (verdict.outcome, verdict.errors, verdict.files) == (outcome, (), 2)


def test_paths_are_relative_to_this_folder_or_to_what_holds_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _site(tmp_path) / "news/fete.md"
    page.write_text("Amelia Hart", "utf-8")
    monkeypatch.chdir(tmp_path)
    inside = moderation.check_files(["news/fete.md"], registers=ROLL)
    monkeypatch.chdir(tmp_path / "photos")
    outside = moderation.check_files([str(page)], registers=ROLL)
    assert [inside.findings[0].path, outside.findings[0].path] == ["news/fete.md", "fete.md"]


def test_a_folder_means_every_file_below_it(tmp_path: Path) -> None:
    verdict = moderation.check_files([_site(tmp_path)], registers=_granted(""), families=["images"])
    assert (verdict.outcome, verdict.files) == ("review", 3)


def test_a_missing_file_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (_site(tmp_path) / "photos/race.jpg").unlink()
    (tmp_path / "link.md").symlink_to(tmp_path / "news/fete.md")
    verdict = moderation.check_files(
        [tmp_path / "news/race.md", tmp_path / "gone.md", tmp_path / "link.md"],
        root=tmp_path,
        registers=_granted(""),
    )
    assert (verdict.outcome, verdict.files) == ("block", 3)
    assert verdict.errors == (
        RunError("gone.md", "read", "gone.md: does not exist; add the file or correct the name"),
        RunError(
            "link.md",
            "read",
            "link.md: is or lies behind a link; copy the file itself into the site",
        ),
        RunError(
            "news/race.md",
            "references",
            "it references a file that cannot be used: photos/race.jpg: does not exist; add the "
            "file or correct the name",
        ),
    )


def test_a_link_in_a_folder_is_an_error(tmp_path: Path) -> None:
    (_site(tmp_path) / "photos/copy.jpg").symlink_to(tmp_path / "photos/race.jpg")
    verdict = moderation.check_files([tmp_path / "photos"], root=tmp_path)
    assert [(e.path, e.subject) for e in verdict.errors] == [("photos/copy.jpg", "read")]


def test_a_path_outside_the_root_is_an_error(tmp_path: Path) -> None:
    verdict = moderation.check_files([_site(tmp_path) / "news/fete.md"], root=tmp_path / "photos")
    assert verdict.errors == (
        RunError("fete.md", "read", "lies outside the content folder; copy the file into it"),
    )


def test_files_in_memory_are_checked_together() -> None:
    page, photo = (
        moderation.Asset("news/race.md", DECLARED.encode()),
        moderation.Asset("photos/race.jpg", PHOTO),
    )
    whole = moderation.check_files([page, photo], registers=_granted(""))
    assert (whole.outcome, whole.errors, whole.files) == ("review", (), 2)
    alone = moderation.check_files([page], registers=_granted(""))
    assert alone.errors == (
        RunError(
            "news/race.md",
            "references",
            "it references photos/race.jpg, which was not handed in; add the file",
        ),
    )


def test_a_page_in_memory_that_cannot_be_read_is_an_error() -> None:
    verdict = moderation.check_files([moderation.Asset("page.md", b"\xff")])
    assert (verdict.outcome, [e.subject for e in verdict.errors]) == ("block", ["extract"])


def test_a_picture_that_is_only_declared_is_looked_at_with_the_page(tmp_path: Path) -> None:
    page = _site(tmp_path) / "news/race.md"
    page.write_text(DECLARED.replace("![Children run](../photos/race.jpg)", "Hello."), "utf-8")
    verdict = moderation.check_files([page], root=tmp_path, registers=_granted("2000-01-01"))
    assert [(f.rule, f.severity) for f in verdict.findings] == [
        ("consent-expired", "block"),
        ("declared-not-seen", "review"),
        ("rights-missing", "note"),
    ]
    assert verdict.files == 2
