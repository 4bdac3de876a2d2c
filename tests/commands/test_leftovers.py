"""What killed commands left half written goes with the next command that changes something."""

import pytest

from moderation.registers.aside import PART
from tests.commands.conftest import School

NAME = f".killed{PART}"
PLACES = ("home", "home/keys", "home/registers", "school/.schoolgate/approvals", "school/content")


@pytest.mark.parametrize("words", [("queue",), ("build",)])
def test_a_half_written_file_goes_wherever_a_command_writes(
    school: School, words: tuple[str, ...]
) -> None:
    root = school.root.parent
    (root / "school/.schoolgate/approvals").mkdir(exist_ok=True)
    files = [root / place / NAME for place in PLACES]
    for file in files:
        file.write_bytes(b"half")
    school.run(*words, exits=0 if words == ("queue",) else 5)
    assert [file for file in files if file.exists()] == []


def test_a_command_that_only_reads_removes_nothing(school: School) -> None:
    left = school.root / "content" / NAME
    left.write_bytes(b"half")
    school.run("verify", exits=4)
    school.run("check", "content/index.md")
    assert left.exists()
