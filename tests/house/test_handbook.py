"""The handbook builds, its links lead somewhere, and every command it shows is one that exists."""

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from moderation.checks.base import all_rules
from moderation.commands import COMMANDS, cli
from moderation.model import ExitCode
from moderation.reports import json_

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GENERATED = ("clauses.md", "commands.md", "language.md", "policy.md", "rules/")
PAGES = sorted([*DOCS.rglob("*.md"), *(ROOT / f"{n}.md" for n in ("README", "CONTRIBUTING"))])
PAGES.append(ROOT / "SECURITY.md")
WRITTEN = [
    page
    for page in PAGES
    if not page.relative_to(ROOT)
    .as_posix()
    .startswith(tuple(f"docs/reference/{g}" for g in GENERATED))
]
FENCE = re.compile(
    r"^(?P<mark>`{3,})(?P<word>[\w-]*)[^\n]*\n(?P<body>.*?)^(?P=mark)[ \t]*$", re.M | re.S
)
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
SHELL = ("sh", "console", "yaml")
# Nothing of these belongs in a handbook; a home folder is written with a tilde.
STRANGE = re.compile(
    r"/(?:work|root|home|tmp|opt|Users)/|\bpypi\b|\bgithub\.com/(?!secure-systems-lab/dsse\b)"
    r"|[\w.+-]+@[\w-]+\.[\w.]+|\b(?:\d{1,3}\.){3}\d{1,3}\b(?<!127\.0\.0\.1)",
    re.I,
)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _text(page: Path) -> str:
    return page.read_text("utf-8")


def _fences(page: Path, *words: str) -> Iterator[str]:
    for fence in FENCE.finditer(_text(page)):
        if fence["word"] in words:
            yield fence["body"]


def _command_lines(page: Path) -> Iterator[list[str]]:
    """Yield the words of each line that runs schoolgate, without what the shell does with it."""
    for body in _fences(page, *SHELL):
        for line in body.replace("\\\n", " ").splitlines():
            start = re.match(r"\s*(?:- run: |\$ )?(?:[A-Z_]+=\S+ )*schoolgate (?P<rest>.*)", line)
            words = (
                shlex.split(re.split(r"(?:^| )(?:\||>|&&|;)", start["rest"])[0]) if start else []
            )
            if words:
                yield words


SHOWN = [(_name(page), words) for page in WRITTEN for words in _command_lines(page)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the handbook as ``make handbook`` does, strictly."""
    out = tmp_path_factory.mktemp("handbook") / "out"
    config = ROOT / "site_templates" / "handbook.yml"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", out],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_the_handbook_builds_strictly_with_every_page(built: Path) -> None:
    made = {file.parent.relative_to(built).as_posix() for file in built.rglob("index.html")}
    sources = {page.relative_to(DOCS).with_suffix("").as_posix() for page in DOCS.rglob("*.md")}
    assert {re.sub(r"(^|/)index$", "", source) or "." for source in sources} <= made


def test_no_page_of_the_handbook_loads_anything_from_elsewhere(built: Path) -> None:
    loading = re.compile(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(?:https?:)?//")
    styling = re.compile(r"<link\b(?=[^>]*stylesheet|[^>]*preconnect)[^>]*href=\"?(?:https?:)?//")
    wrong = [
        file.relative_to(built).as_posix()
        for file in built.rglob("*.html")
        if loading.search(file.read_text("utf-8")) or styling.search(file.read_text("utf-8"))
    ]
    pictures = [file.name for file in built.rglob("*.svg") if "url(" in _outside(file)]
    assert (wrong, pictures) == ([], [])


def _outside(svg: Path) -> str:
    """Return what a picture would fetch: its addresses, without those within itself."""
    return re.sub(r"url\(#[^)]*\)", "", svg.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", _text(page)))
    targets = (link["target"].partition("#")[0] for link in LINK.finditer(prose))
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(
    ("page", "words"), SHOWN, ids=[f"{page}: {' '.join(words)[:60]}" for page, words in SHOWN]
)
def test_every_command_shown_exists_with_these_options(
    page: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A guide's files need not be on this machine; everything else of the line is held to.
    monkeypatch.setattr(click.Path, "convert", lambda self, value, parameter, context: value)
    command: click.Command = cli
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        found = command.get_command(click.Context(command), rest.pop(0))
        assert found is not None, f"{page}: schoolgate {' '.join(words)}: no such command"
        command = found
    try:
        command.make_context("schoolgate", rest)
    except click.exceptions.Exit as end:
        assert end.exit_code == 0
    except click.ClickException as error:
        pytest.fail(f"{page}: schoolgate {' '.join(words)}: {error.format_message()}")


def test_every_command_is_shown_in_a_guide() -> None:
    assert set(COMMANDS) - {words[0] for _, words in SHOWN} == set()


def test_every_command_rule_and_exit_code_is_in_the_reference() -> None:
    commands = _text(DOCS / "reference" / "commands.md")
    index = _text(DOCS / "reference" / "rules" / "index.md")
    missing = [name for name in COMMANDS if f"\n## schoolgate {name}\n" not in commands]
    missing += [rule for rule in all_rules() if f"[{rule}]({rule}.md)" not in index]
    for page in (commands, _text(DOCS / "how-to" / "continuous-integration.md")):
        missing += [code.name for code in ExitCode if f"\n| {code.value} | " not in page]
    assert missing == []


def test_every_make_command_of_the_readme_is_one_of_the_makefile() -> None:
    makefile = _text(ROOT / "Makefile")
    used = {
        word
        for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md")
        for word in re.findall(r"(?:^|`)make ([a-z]+)", _text(page), re.M)
    }
    assert {"demo", "test"} <= used
    assert [word for word in sorted(used) if not re.search(rf"^{word}:", makefile, re.M)] == []


def test_the_readme_asks_for_two_commands_and_nothing_before_them() -> None:
    first = next(_fences(ROOT / "README.md", "sh"))
    assert first == "make demo\nmake test\n"


def test_every_field_of_the_json_document_is_explained() -> None:
    schema = json.loads(json_.schema())
    fields = {*schema["properties"]}.union(
        *(schema["$defs"][name]["properties"] for name in ("finding", "related", "fix", "error"))
    )
    page = _text(DOCS / "reference" / "json.md")
    assert [field for field in sorted(fields) if f"`{field}`" not in page] == []


def test_the_example_of_the_json_document_fits_its_schema() -> None:
    import jsonschema

    example = json.loads(next(_fences(DOCS / "reference" / "json.md", "json")))
    jsonschema.validate(example, json.loads(json_.schema()))


def test_the_python_examples_do_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = DOCS / "reference" / "python.md"
    examples = "\n".join(_fences(page, "pycon"))
    test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
    assert len(test.examples) > 8
    told: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert results.failed == 0, "".join(told)


def test_every_environment_variable_is_explained() -> None:
    code = "".join(_text(file) for file in sorted((ROOT / "moderation").rglob("*.py")))
    page = _text(DOCS / "reference" / "files.md")
    known = set(
        re.findall(r"\"(SCHOOLGATE_[A-Z_]+|DATABASE_URL|SOURCE_DATE_EPOCH|NO_COLOR)\"", code)
    )
    assert len(known) >= 5
    assert [name for name in sorted(known) if f"| `{name}` |" not in page] == []


def test_every_runtime_dependency_is_justified() -> None:
    project = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]
    names = [re.match(r"[\w.-]+", each) for each in project["dependencies"]]
    page = _text(DOCS / "decisions" / "dependencies.md")
    assert [name[0] for name in names if name and f"\n| {name[0]} | " not in page] == []


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_no_page_names_a_person_a_machine_or_a_path_of_one(page: Path) -> None:
    assert [match[0] for match in STRANGE.finditer(_text(page))] == []
