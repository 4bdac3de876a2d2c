"""No pupil's name leaves the moderator's own screen.

A thousand invented names are on the roll and stand in every carrier of every type of file. All that
Schoolgate prints where others read along, and all that it writes, is searched for them. Only the
publisher's own files and the draft store may hold a name.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from moderation.commands import cli
from tests.commands.conftest import School
from tests.extract.planted.plant import plants
from tests.extract.planted.tables import TABLES

FORMATS = ("terminal", "text", "json", "sarif", "junit", "github")
PAGE = "---\ntitle: Sports day\ndescription: Who won.\n---\n\n# Sports day\n\n{}\n"
WAYS: tuple[Callable[[str], str], ...] = (
    lambda name: f"Well done, {name}!",
    lambda name: f"**{name.split()[0]}** *{name.split()[1]}* won.",
    lambda name: f"Well done, {name.split()[1].upper()}, {name.split()[0]}.",
    lambda name: f"[the winner](mailto:{name.replace(' ', '.').lower()}@example.org)",
    lambda name: f"<!-- ask {name} -->",
    lambda name: f"Thank you #{name.replace(' ', '')}",
    lambda name: f"| Name | House |\n|---|---|\n| {name} | Oak |",
    lambda name: f"Ring {name} on 07700 900123 or write to {name}, 4 Mill Lane, PE12 7AB.",
    lambda name: f"{name} is a stupid bitch and nobody likes {name}.",
    lambda name: f"{name} has autism and was born on 4 May 2017.",
)


def _names(count: int) -> list[str]:
    """Return names of nobody; every forename and every surname stands in one only."""
    draw = random.Random(7)  # noqa: S311 - names, no secrets
    heads, middles = (
        ["Bl", "Cr", "Dr", "Fl", "Gr", "Kl", "Pr", "Qu", "Sk", "Sp", "St", "Thr", "Tr", "Vr", "Zw"],
        ["abe", "olu", "ira", "une", "ewo"],
    )
    tails = ["mick", "ndle", "rrow", "stock", "vell", "xley", "zzard", "thwick", "gnell", "ptock"]
    made: dict[str, None] = {}
    while len(made) < 2 * count:
        made[
            draw.choice(heads) + draw.choice(middles) + draw.choice(middles) + draw.choice(tails)
        ] = None
    words = list(made)
    return [f"{words[2 * at]} {words[2 * at + 1]}" for at in range(count)]


def _part(number: int) -> str:
    """Return the folder of a file: each format of a report tells of one."""
    return f"part{number // 30 % len(FORMATS)}"


def _plant(school: School, names: list[str]) -> list[str]:
    """Write a file for each name, by turns in every carrier and in every way; return the pages."""
    files = [plant for ending, table in TABLES.items() for plant in plants(ending, table)]
    random.Random(7).shuffle(files)  # noqa: S311
    pages = []
    for number, name in enumerate(names):
        if number % 3:
            plant = files[number % len(files)]
            school.write(f"{_part(number)}/f{number}{plant.ending}", plant.make(name))
        elif number % 30:
            way = WAYS[number % len(WAYS)]
            pages.append(f"content/{_part(number)}/p{number}.md")
            school.write(f"{_part(number)}/p{number}.md", PAGE.format(way(name)))
        else:
            slug = name.lower().replace(" ", "-")
            school.write(f"{_part(number)}/{slug}.md", PAGE.format("A page."))
            school.write(f"{_part(number)}/{slug}.jpg", b"\xff\xd8no picture")
    return pages


def _outputs(school: School, pages: list[str], tmp_path: Path, names: list[str]) -> Iterator[str]:
    """Yield what is printed where others read along, by every way to come to it."""
    for part, style in enumerate(FORMATS):
        yield _run("check", f"content/part{part}", "--format", style)
    for words in (
        *(("submit", page, "--as", "S-04") for page in pages[:20]),
        ("queue",),
        ("queue", "--format", "json"),
        ("status",),
        ("build", "--out", str(tmp_path / "site")),
        ("verify",),
        ("audit", "show"),
        ("audit", "show", "--format", "json"),
        ("audit", "verify"),
        ("roll", "show"),
        ("consent", "coverage"),
        ("people", "list"),
        ("rules",),
    ):
        yield _run(*words)
    for row in json.loads(_run("queue", "--format", "json") or "[]"):
        for words in (
            ("review", row["id"], "--as", "S-02"),
            ("approve", row["id"], "--as", "S-02"),
        ):
            yield _run(*words)
    yield from _errors(school, tmp_path, names)


def _errors(school: School, tmp_path: Path, names: list[str]) -> Iterator[str]:
    """Yield what is said of input that cannot be used, each with a name in it."""
    name = names[0]
    forename, surname = name.split()
    bad = tmp_path / "bad.csv"
    for text in (
        f"reference,forename,surname\n{name},{forename},{surname}\n",
        f"forename,surname\n{forename},{surname}\n{forename},{surname}\n",
        f"forename,surname\n{forename},{surname},{name}\n",
        f'forename,surname\n"{forename},{surname}\n' + "x" * 200_000,
        f"{forename},{surname}\nb,c\n",
        f"name,website\n{name},{name}\n",
        f"name,website\n{name} {name},yes\n",
        f"reference,channel,state\n{name},{name},{name}\n",
    ):
        bad.write_text(text)
        yield _run("roll", "import", str(bad), "--yes", "--dry-run")
        yield _run("consent", "import", str(bad))
    for number, text in enumerate(
        (
            f"---\ntitle: {name}\ntitle: {name}\n---\n",
            f"---\nassets:\n  {name}: {name}\n---\n",
            f"---\nassets:\n  a.jpg:\n    people: [{name}]\n---\n",
            f"---\n{name}: !!python/object {name}\n---\n",
            f"![{name}]({name.replace(' ', '-')}.jpg)\n",
            f"[TOC]\n\n<div markdown>{name}</div>\n",
        )
    ):
        school.write(f"bad/e{number}.md", text)
        yield _run("check", f"content/bad/e{number}.md", "--format", "json")
        yield _run("submit", f"content/bad/e{number}.md", "--as", "S-04")
    for ending, table in TABLES.items():
        data = next(plants(ending, table)).make(name)
        school.write(f"bad/half{ending}", data[: len(data) // 2])
        yield _run("check", f"content/bad/half{ending}", "--format", "text")


def _run(*words: str) -> str:
    result = CliRunner().invoke(cli, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), words
    return result.output


def _leaks(data: bytes, names: list[str]) -> set[str]:
    """Return the parts of names that stand in *data*, in any of the usual encodings."""
    parts = {part.lower() for name in names for part in name.split()}
    found: set[str] = set()
    for text in (data.decode("latin-1"), data[::2].decode("latin-1"), data[1::2].decode("latin-1")):
        found |= parts.intersection(re.findall("[a-z]+", text.lower()))
    return found


def _written(school: School, *more: Path) -> Iterator[Path]:
    """Yield every file that Schoolgate wrote, the draft store left out."""
    drafts = {school.home / "blobs", school.home / "review", school.root / "content"}
    for folder in (school.root, school.home, *more):
        for path in folder.rglob("*"):
            if path.is_file() and not any(path.is_relative_to(draft) for draft in drafts):
                yield path


def _search(school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    names = _names(count)
    rows = (f"P-{n:04},{name.replace(' ', ',')},4B" for n, name in enumerate(names, start=1))
    listed = tmp_path / "list.csv"
    listed.write_text("reference,forename,surname,class\n" + "\n".join(rows) + "\n")
    school.run("roll", "import", str(listed), "--yes")
    listed.unlink()
    pages = _plant(school, names)
    monkeypatch.setenv("CI", "true")
    said = list(_outputs(school, pages, tmp_path, names))
    found = set(re.findall(r"P-\d{4}", "".join(said[: len(FORMATS)])))
    assert len(found) > count * 0.9, "the names were not even found"
    lines = [line for text in said for line in text.splitlines()]
    assert [line for line in lines if _leaks(line.encode(), names)] == []
    leaks = {
        str(path.relative_to(tmp_path)): leak
        for path in _written(school, tmp_path / "site")
        if (leak := _leaks(path.read_bytes(), names))
    }
    assert leaks == {}


def test_a_few_names_are_nowhere_but_in_the_drafts(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _search(school, tmp_path, monkeypatch, 60)


@pytest.mark.slow
def test_a_thousand_names_are_nowhere_but_in_the_drafts(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _search(school, tmp_path, monkeypatch, 1000)


def test_a_crash_tells_no_name(
    school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (name,) = _names(1)
    school.write("news/p.md", PAGE.format(name))

    def crash(*_: object, **__: object) -> None:
        raise ValueError(name)

    for place in ("moderation.pipeline.look.extract", "moderation.commands.check.check_files"):
        with monkeypatch.context() as patch:
            patch.setattr(place, crash)
            said = _run("check", "content/news/p.md")
        assert _leaks((said + caplog.text).encode(), [name]) == set()
        assert said


def test_the_search_finds_a_name_that_leaks() -> None:
    (name,) = _names(1)
    part = name.split()[0].lower()
    for data in (name.encode(), name.encode("utf-16-le"), name.upper().encode("utf-16-be")):
        assert part in _leaks(b'{"x": "' + data + b'"}', [name])
    assert _leaks(b"nothing", [name]) == set()
