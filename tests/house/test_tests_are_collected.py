"""No test lies where pytest does not look."""

import ast
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
FILES = sorted(TESTS.rglob("*.py"))


def test_every_file_with_tests_is_named_as_one() -> None:
    astray = [
        str(file.relative_to(TESTS))
        for file in FILES
        if not file.name.startswith("test_")
        and any(
            isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            for node in ast.parse(file.read_text("utf-8")).body
        )
    ]
    assert astray == []


def test_no_folder_is_one_that_pytest_leaves_out(pytestconfig: pytest.Config) -> None:
    left_out = [
        str(file.relative_to(TESTS))
        for file in FILES
        for part in file.relative_to(TESTS).parts[:-1]
        if any(fnmatch(part, pattern) for pattern in pytestconfig.getini("norecursedirs"))
    ]
    assert left_out == []


def test_no_two_files_share_a_name() -> None:
    counts = Counter(file.name for file in TESTS.rglob("test_*.py"))
    assert [name for name, count in counts.items() if count > 1] == []
