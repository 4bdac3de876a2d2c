"""What each room imports, and that every library it needs is declared."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "moderation"
NOT_IMPORTED = {
    "better-profanity": "the peer that the benchmarks measure beside, asked for by the user",
    "mkdocs-material": "the theme, named in mkdocs.yml",
}


def _imports(folder: Path) -> set[str]:
    found: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.partition(".")[0])
    return found - {"moderation"} - sys.stdlib_module_names


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_the_model_imports_the_standard_library_only() -> None:
    assert _imports(PACKAGE / "model") == set()


def test_every_library_that_is_imported_is_declared_and_the_other_way_round() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {_name(each) for each in project["dependencies"]}
    owners = packages_distributions()
    imported = {_name(owners[module][0]) for module in _imports(PACKAGE)}
    extras = project["optional-dependencies"]
    optional = {_name(each) for extra in extras if extra != "dev" for each in extras[extra]}
    assert (imported - optional) | NOT_IMPORTED.keys() == declared


def test_every_declared_library_has_its_line_of_justification() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (ROOT / "docs" / "decisions" / "dependencies.md").read_text("utf-8").lower()
    lines = {
        _name(cells[1].strip()) for line in page.splitlines() if len(cells := line.split("|")) > 3
    }
    assert {_name(each) for each in project["dependencies"]} <= lines


def test_everything_is_caught_in_two_places_only() -> None:
    places = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in _ALL))
    }
    assert places == {"pipeline/run.py", "commands/lazy.py"}


_ALL = {"Exception", "BaseException"}
