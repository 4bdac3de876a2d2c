"""What is said after a submission was ended: whether something must follow on the site."""

import json

from tests.commands.conftest import School

PAGE = "# Fete\n\nCakes, a band and a raffle on the field.\n"
NEXT = "commit .schoolgate and build the site: this version is published no more\n"


def handed_in(school: School) -> tuple[str, str]:
    school.write("news/fete.md", PAGE)
    school.run("submit", "content/news/fete.md", "--as", "S-04")
    row = json.loads(school.run("queue", "--format", "json").output)[0]
    school.run("review", row["id"], "--as", "S-03")
    return row["id"], row["digest"][:16]


def test_a_page_that_was_published_leaves_with_the_next_build(school: School) -> None:
    submission, digest = handed_in(school)
    school.run("approve", submission, "--digest", digest, "--as", "S-03")
    told = school.run("withdraw", submission, "--as", "S-04", "--format", "text").output
    assert told == f"{submission}: news/fete.md is withdrawn\n{NEXT}"
    again = school.run("withdraw", submission, "--as", "S-04", "--format", "text").output
    assert again == told  # for whoever was interrupted


def test_a_program_reads_the_state_alone(school: School) -> None:
    submission, digest = handed_in(school)
    school.run("approve", submission, "--digest", digest, "--as", "S-03")
    result = school.run("withdraw", submission, "--as", "S-04", "--format", "json")
    assert json.loads(result.stdout)["status"] == "withdrawn"
    assert result.stderr == NEXT


def test_what_was_never_published_asks_for_no_build(school: School) -> None:
    submission, _ = handed_in(school)
    words = (submission, "--reason", "Say when", "--as", "S-03", "--format", "text")
    assert school.run("return", *words).output == f"{submission}: news/fete.md is returned\n"
