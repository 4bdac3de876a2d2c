"""Whose the files are: shown from wherever it is said, and written where it counts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from moderation.extract import extract
from moderation.extract.declarations import read_declarations
from moderation.model import Declaration
from tests.commands.conftest import School
from tests.extract.rights_files import NOTICE, WHO, exif, jpeg, saved, segment

PAGE = "---\ntitle: Fete\n---\n\n![A tent](../photos/tent.jpg)\n"
TENT = "photos/tent.jpg"


@pytest.fixture
def site(school: School) -> School:
    school.write(TENT, saved("JPEG"))
    school.write("news/fete.md", PAGE)
    return school


def _rows(school: School, *words: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(school.run("rights", *words, "--format=json").stdout)
    return rows


def _said(school: School, page: str = "news/fete.md") -> dict[str, Declaration]:
    data = (school.root / "content" / page).read_bytes()
    return dict(read_declarations(extract(page, data)))


def test_a_file_that_nobody_speaks_of_lacks_everything(site: School) -> None:
    row = _rows(site, "content/photos/tent.jpg")[0]
    assert {key: row[key] for key in ("file", "page", "author", "missing", "read_from")} == {
        **{"file": TENT, "page": "news/fete.md", "author": ""},
        **{"missing": ["author", "licence"], "read_from": []},
    }


def test_what_is_set_stands_on_the_page_and_everything_else_stays(site: School) -> None:
    words = ("--author", "The office", "--licence", "own-work", "--made-by", "ai")
    told = site.run("rights", "set", f"content/{TENT}", *words, "--until", "2027-08-31")
    assert told.output == f"news/fete.md: declares {TENT}\n"
    text = (site.root / "content/news/fete.md").read_text()
    assert text.startswith("---\ntitle: Fete\nassets:\n")
    assert text.endswith(PAGE.partition("title: Fete\n")[2])
    site.run("rights", "set", f"content/{TENT}", "--title", "Tent")
    said = _said(site)[TENT]
    assert (said.author, said.licence, said.title, said.made_by, str(said.until), said.people) == (
        *("The office", "own-work", "Tent", "ai", "2027-08-31", None),
    )
    again = site.run("rights", "set", f"content/{TENT}", "--title", "Tent")
    assert again.output == "news/fete.md: says so already; nothing was changed\n"


def test_it_says_what_is_still_missing(site: School) -> None:
    words = ("--author", "Jo Roe", "--licence", "CC-BY-4.0")
    told = site.run("rights", "set", f"content/{TENT}", *words)
    assert told.output == f"news/fete.md: declares {TENT}; still missing: title, source\n"


def test_the_page_counts_more_than_what_stands_beside_and_in_the_file(site: School) -> None:
    site.write(TENT, jpeg(segment(0xE1, b"Exif\0\0" + exif())))
    (site.root / "REUSE.toml").write_text(
        'version = 1\n[[annotations]]\npath = "content/photos/**"\n'
        'SPDX-FileCopyrightText = "2026 The Trust"\nSPDX-License-Identifier = "CC0-1.0"\n'
    )
    row = _rows(site, "content/news/fete.md")[0]
    assert (row["author"], row["licence"], row["holder"]) == ("The Trust", "CC0-1.0", _one(NOTICE))
    assert row["read_from"] == ["REUSE.toml", "the file itself"]
    assert row["contradicted"] == ["author: REUSE.toml and the file itself"]
    beside = ("--sidecar", "--author", "Jo Roe", "--licence", "own-work")
    site.run("rights", "set", f"content/{TENT}", *beside)
    assert _rows(site, "content")[0]["author"] == "Jo Roe"
    site.run("rights", "set", f"content/{TENT}", "--author", "The office")
    row = _rows(site, f"content/{TENT}")[0]
    assert (row["author"], row["licence"], row["missing"]) == (
        "The office",
        "own-work",
        ["licence"],
    )


def _one(text: str) -> str:
    return " ".join(f"{text}\n Reedham Gazette".split())


def test_what_overrides_in_reuse_counts_more_than_a_sidecar(site: School) -> None:
    site.write(f"{TENT}.license", "SPDX-FileCopyrightText: Jo Roe\nSPDX-License-Identifier: MIT\n")
    site.write(
        "REUSE.toml",
        'version = 1\n[[annotations]]\npath = "photos/*"\nprecedence = "override"\n'
        'SPDX-FileCopyrightText = "The Trust"\nSPDX-License-Identifier = "CC0-1.0"\n',
    )
    row = _rows(site, f"content/{TENT}")[0]
    assert (row["author"], row["licence"]) == ("The Trust", "CC0-1.0")


def test_what_was_found_is_taken_over(site: School) -> None:
    site.write(
        f"{TENT}.license",
        f"SPDX-FileCopyrightText: 2026 {WHO}\nSPDX-License-Identifier: LicenseRef-parent-photo\n",
    )
    site.run("rights", "set", f"content/{TENT}", "--found")
    said = _said(site)[TENT]
    assert (said.author, said.licence) == (WHO, "parent-photo")


def test_the_credit_is_written_into_the_picture_and_the_original_kept(site: School) -> None:
    words = ("--author", "Jo Roe", "--licence", "CC-BY-4.0", "--title", "Tent", "--source", "here")
    before = (site.root / "content" / TENT).read_bytes()
    told = site.run("rights", "set", f"content/{TENT}", *words, "--write")
    assert "tent.jpg: replaced (credited)" in told.output
    row = _rows(site, f"content/{TENT}")[0]
    assert row["read_from"] == ["the page", "the file itself"]
    assert before in [file.read_bytes() for file in (site.home / "originals").iterdir()]
    again = site.run("rights", "set", f"content/{TENT}", "--write")
    assert f"{TENT}: its fields say so already" in again.output


def test_files_of_licence_are_not_looked_at_as_downloads(site: School) -> None:
    site.write(f"{TENT}.license", "SPDX-FileCopyrightText: Jo\nSPDX-License-Identifier: MIT\n")
    told = site.run("check", "content", "--family", "files", exits=0)
    assert "tent.jpg.license" not in told.output


def test_in_ci_what_a_file_says_of_itself_is_not_told(
    site: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write(TENT, jpeg(segment(0xE1, b"Exif\0\0" + exif())))
    monkeypatch.setenv("CI", "true")
    assert WHO not in site.run("rights", f"content/{TENT}", "--format", "text").output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "say what to declare"),
        (("--licence", "found it"), "--licence: is not one of"),
        (("--until", "soon"), "--until: write a day such as 2027-08-31"),
        (("--author", "a\nb"), "--author: write one line"),
        (("--sidecar", "--author", "Jo"), "--sidecar: needs --author and --licence"),
        (("--sidecar", "--title", "Jo"), "--title: a .license file has no place for it"),
        (
            ("--sidecar", "--page", "content/news/fete.md", "--author", "Jo"),
            "say --sidecar, or one of --page",
        ),
    ],
)
def test_bad_input_changes_nothing(site: School, words: tuple[str, ...], message: str) -> None:
    before = _tree(site.root / "content")
    told = site.run("rights", "set", f"content/{TENT}", *words, exits=2)
    assert message in told.output
    assert _tree(site.root / "content") == before


def test_a_file_on_several_pages_or_none_needs_the_page(site: School) -> None:
    site.write("news/other.md", PAGE)
    words = ("--author", "Jo", "--licence", "own-work")
    told = site.run("rights", "set", f"content/{TENT}", *words, exits=2)
    assert "2 pages show it; name the page with --page" in told.output
    site.run("rights", "set", f"content/{TENT}", *words, "--page", "content/news/other.md")
    assert (TENT in _said(site, "news/other.md"), TENT in _said(site)) == (True, False)
    site.write("photos/lost.jpg", saved("JPEG"))
    told = site.run("rights", "set", "content/photos/lost.jpg", *words, exits=2)
    assert "no page shows it" in told.output
    told = site.run("rights", "set", "content/news/fete.md", *words, exits=2)
    assert "is no picture or download" in told.output


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_site_that_says_everything_passes_reuse_lint(site: School) -> None:
    told = site.run("rights", "reuse", "--holder", "Fernlea", exits=2)
    assert f"{TENT}: news/fete.md does not say its author, licence" in told.output
    words = ("--author", 'Jo "Roe"', "--licence", "parent-photo")
    site.run("rights", "set", f"content/{TENT}", *words)
    told = site.run("rights", "reuse", "--holder", "Fernlea")
    assert "REUSE.toml: names the rights of" in told.output
    lint = [sys.executable, "-m", "reuse", "--root", str(site.root), "lint", "--quiet"]
    assert subprocess.run(lint, check=False, capture_output=True).returncode == 0
    assert _rows(site, f"content/{TENT}")[0]["contradicted"] == []
    told = site.run("rights", "reuse", "--holder", "Fernlea", exits=2)
    assert "is there already; replace it with --replace" in told.output
    site.run("rights", "reuse", "--holder", " ", exits=2)
    (site.root / "mkdocs.yml").rename(site.root / "REUSE.toml")
    assert subprocess.run(lint, check=False, capture_output=True).returncode != 0


ENTRY = f"  {TENT}: {{author: The office, licence: own-work}}\n"
OTHER = "  photos/other.jpg: # seen\n    author: A # b\n    licence: own-work\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("assets: # list\n{other}\n# end\n", "assets: # list\n{other}{entry}\n# end\n"),
        ("assets: {{}}\n", "assets:\n{entry}"),
        ("assets:\nlang: en\n", "assets:\n{entry}lang: en\n"),
        (
            "assets:\n  '{tent}':\n    title: >\n      A\n\n      b\n    author: B\n\n{other}",
            "assets:\n  {tent}: {{author: The office, licence: own-work, title: 'A\n"
            "\n      b'}}\n\n{other}",
        ),
        ("'assets':\n  {tent}: {{author: B}}\n", "'assets':\n{entry}"),
    ],
)
def test_only_the_entry_of_the_file_is_written(site: School, before: str, after: str) -> None:
    words = {"tent": TENT, "entry": ENTRY, "other": OTHER}
    page = site.write("news/fete.md", f"---\n{before.format(**words)}---\n\n![A](../{TENT})\n")
    told = ("--author", "The office", "--licence", "own-work")
    site.run("rights", "set", f"content/{TENT}", *told)
    assert page.read_text() == f"---\n{after.format(**words)}---\n\n![A](../{TENT})\n"


def test_deep_indents_windows_lines_and_a_mark_stay(site: School) -> None:
    lines = f"\ufeff---\r\nassets:\r\n    {TENT}: {{author: B}}\r\n---\r\n\r\n![A](../{TENT})"
    page = site.write("news/fete.md", lines)
    site.run("rights", "set", f"content/{TENT}", "--author", "The office")
    assert page.read_bytes().decode() == lines.replace("author: B", "author: The office")


def test_what_cannot_be_changed_safely_is_left_with_the_true_reason(site: School) -> None:
    text = f"---\nassets: {{{TENT}: {{author: B}}}}\n---\n\n![A](../{TENT})\n"
    page = site.write("news/fete.md", text)
    told = site.run("rights", "set", f"content/{TENT}", "--author", "C", exits=2)
    assert "its front matter is written unusually; add the entry by hand" in told.output
    assert page.read_text() == text
