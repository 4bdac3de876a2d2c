"""Functions and modules stay short, and names come from the glossary."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "moderation"
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_MODULE = 300
FORBIDDEN = {
    *("alert", "issue", "violation", "plugin", "scanner", "recogniser", "recognizer", "ticket"),
    *("problem", "signoff", "util", "helper", "manager", "handler", "common", "misc"),
}
# What MkDocs itself calls the class it loads, and the key of its settings.
ALLOWED = {"mkdocs_plugin", "GatePlugin", "plugins", "PLUGINS"}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _modules() -> Iterator[tuple[Path, ast.Module, int]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in file.parts:
            text = file.read_text("utf-8")
            yield file.relative_to(ROOT), ast.parse(text), len(text.splitlines())


def test_no_module_is_longer_than_300_lines() -> None:
    long = {str(file): lines for file, _, lines in _modules() if lines > MOST_LINES_OF_A_MODULE}
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{file}:{node.lineno} {node.name}": lines
        for file, tree, _ in _modules()
        for node in ast.walk(tree)
        if isinstance(node, _FUNCTIONS)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_names_come_from_the_glossary() -> None:
    wrong = {
        (str(file), name)
        for file, tree, _ in _modules()
        for name in (*file.with_suffix("").parts, *_names(tree))
        for word in _WORD.findall(name)
        if word.lower().removesuffix("s") in FORBIDDEN and name not in ALLOWED
    }
    assert wrong == set()


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            yield node.name
        if isinstance(node, _FUNCTIONS):
            yield from (a.arg for a in (*node.args.args, *node.args.kwonlyargs))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
