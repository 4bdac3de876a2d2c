"""``add photo`` and ``check --fix`` write into a picture what its licence demands."""

import io
import json
from pathlib import Path

from bench.repair_files import drawn
from moderation.extract.credits import picture_credits
from moderation.model import Term
from tests.commands.conftest import School

PAGE = "---\ntitle: Bridge\ndescription: The old bridge.\n---\n\n# The bridge\n\nIt stands.\n"
BY = ("--author", "Wren Alder", "--licence", "CC-BY-4.0", "--source", "https://p.example/1")
DECLARED = """\
---
title: Bridge
description: The old bridge.
assets:
  photos/bridge.jpg: {people: [], title: Old bridge, author: AUTHOR, licence: LICENCE}
---

# The bridge

![A bridge](../photos/bridge.jpg)
"""


def photo() -> bytes:
    out = io.BytesIO()
    drawn("RGB").save(out, "JPEG")
    return out.getvalue()


def told(data: bytes) -> dict[Term, str]:
    return {credit.term: credit.value for credit in picture_credits(data)}


def declared(author: str = "Wren Alder", licence: str = "CC-BY-4.0") -> str:
    return DECLARED.replace("AUTHOR", author).replace("LICENCE", licence)


def originals(school: School) -> list[bytes]:
    return [file.read_bytes() for file in sorted(school.home.rglob("originals/*"))]


def test_a_photo_that_is_brought_in_says_who_made_it(school: School, tmp_path: Path) -> None:
    page, own = school.write("news/bridge.md", PAGE), tmp_path / "bridge.jpg"
    own.write_bytes(photo())
    words = ("add", "photo", str(page), str(own), "--nobody", *BY)
    named = ("--title", "Old bridge", "--holder", "Alder & Co")
    line = "![A bridge](../photos/bridge.jpg)"
    school.run(*words, *named)
    there = school.root / "content/photos/bridge.jpg"
    place = "https://creativecommons.org/licenses/by/4.0/"
    assert told(there.read_bytes()) == {
        Term.CREATOR: "Wren Alder",
        Term.COPYRIGHT_NOTICE: "© Alder & Co",
        Term.CREDIT_LINE: "Alder & Co",
        Term.SOURCE: "https://p.example/1",
        Term.USAGE_TERMS: "CC BY 4.0",
        Term.WEB_STATEMENT: place,
        Term.LICENCE: place,
    }
    assert own.read_bytes() == photo()
    page.write_text(f"{page.read_text()}\n{line}\n")
    asked = json.loads(school.run("check", str(page), "--format", "json", exits=1).output)
    # Somebody looks at whether the name is that of who made it, and of nobody who is shown.
    rules = {finding["rule"] for finding in asked["findings"]}
    assert rules == {"no-people-declared", "person-named-with-photo"}
    assert asked["errors"] == []
    written = there.read_bytes()
    school.run(*words, *named, "--replace")
    assert there.read_bytes() == written


def test_a_photo_whose_licence_demands_nothing_says_nothing(school: School, tmp_path: Path) -> None:
    page, own = school.write("news/bridge.md", PAGE), tmp_path / "bridge.jpg"
    own.write_bytes(photo())
    words = ("--nobody", "--author", "Ms Reed", "--licence", "own-work")
    school.run("add", "photo", str(page), str(own), *words)
    assert (school.root / "content/photos/bridge.jpg").read_bytes() == photo()


def test_a_photo_that_is_there_is_changed_only_when_asked(school: School) -> None:
    page, there = school.write("news/bridge.md", PAGE), school.write("photos/bridge.jpg", photo())
    words = ("add", "photo", str(page), str(there), "--nobody", *BY)
    school.run(*words)
    assert there.read_bytes() == photo()
    school.run(*words, "--replace")
    assert told(there.read_bytes())[Term.CREATOR] == "Wren Alder"
    assert originals(school) == [photo()]


def test_fix_writes_what_the_page_declares_once(school: School) -> None:
    page = school.write("news/bridge.md", declared())
    there = school.write("photos/bridge.jpg", photo())
    said = school.run("check", str(page), "--fix", exits=1).stderr
    assert "fixed: bridge.jpg: replaced (clean); the original is kept in" in said
    assert told(there.read_bytes())[Term.COPYRIGHT_NOTICE] == "© Wren Alder"
    assert originals(school) == [photo()]
    for path in (str(page), "content"):
        assert "fixed" not in school.run("check", path, "--fix", exits=1).stderr


def test_fix_writes_nothing_where_pages_disagree_or_cannot_be_read(school: School) -> None:
    for name, text in (
        ("one", declared()),
        ("two", declared("Ben Ash")),
        ("bad", declared().replace("title: Old", "titel: Old")),
    ):
        school.write(f"news/{name}.md", text)
    there = school.write("photos/bridge.jpg", photo())
    school.run("check", "content", "--fix", exits=5)
    assert there.read_bytes() == photo()
    (school.root / "content/news/two.md").unlink()
    school.run("check", "content", "--fix", exits=5)
    assert told(there.read_bytes())[Term.CREATOR] == "Wren Alder"


def test_fix_leaves_own_work_as_it_is(school: School) -> None:
    page = school.write("news/bridge.md", declared("Ms Reed", "own-work"))
    there = school.write("photos/bridge.jpg", photo())
    school.run("check", str(page), "--fix", exits=1)
    assert there.read_bytes() == photo()
