"""The note about the last build: strict to read, and void where anything that goes in differs."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from moderation.model import IntegrityError, digest_of
from moderation.publish.folder import manifest_path
from moderation.publish.manifest import Origin, OutputFile, OutputManifest
from moderation.publish.site import load_site
from moderation.publish.unchanged import Built, inputs_digest, remembered, still_stands
from tests.publish.school import NOW, School, make_school

X = digest_of(b"x")
DAY = date(2026, 11, 21)
FILE = OutputFile(path="index.html", digest=X, size=1, origin=Origin.PAGE)
MADE = OutputManifest(files=(FILE,), content=(), kit=(), epoch=1)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_bytes(b"x")
    manifest_path(out).write_text(MADE.to_json())
    return out


def note(out: Path) -> Built:
    return Built(
        out=str(out),
        inputs=X,
        manifest=digest_of(MADE.to_json().encode()),
        theme="theme",
        until=int(NOW.timestamp()) + 60,
        answer="{}",
    )


def test_the_note_is_read_as_it_was_written(out: Path) -> None:
    assert Built.from_json(note(out).to_json(), source="built.json") == note(out)


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ({"version": 2}, "built.json: is not of version 1; build again"),
        ({"extra": 1}, "holds a field that this version does not know; update Schoolgate"),
        ({"inputs": "x"}, "inputs: is not written as it must be"),
        ({"until": -1}, "until: must be a whole number of at least 0"),
    ],
)
def test_a_note_of_another_form_is_refused(
    out: Path, change: dict[str, object], trouble: str
) -> None:
    body = json.loads(note(out).to_json()) | change
    with pytest.raises(IntegrityError) as error:
        Built.from_json(json.dumps(body).encode(), source="built.json")
    assert str(error.value).endswith(trouble)


def test_a_site_stands_as_long_as_it_is_what_was_built(out: Path) -> None:
    assert still_stands(note(out), out, now=NOW)
    assert still_stands(replace(note(out), until=0), out, now=NOW + timedelta(days=999))
    assert not still_stands(note(out), out, now=NOW + timedelta(seconds=60))
    assert not still_stands(note(out), out.with_name("other"), now=NOW)


def _gone(out: Path) -> None:
    manifest_path(out).unlink()


def _other_list(out: Path) -> None:
    manifest_path(out).write_text(replace(MADE, epoch=2).to_json())


def _page(out: Path) -> None:
    (out / "index.html").write_bytes(b"y")


def _more(out: Path) -> None:
    (out / "more.html").write_bytes(b"y")


@pytest.mark.parametrize("spoil", [_gone, _other_list, _page, _more])
def test_a_site_that_is_not_what_was_built_does_not_stand(
    out: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(out)
    assert not still_stands(note(out), out, now=NOW)


def test_a_list_that_cannot_be_read_is_none(out: Path) -> None:
    manifest_path(out).write_bytes(b"{}")
    damaged = replace(note(out), manifest=digest_of(b"{}"))
    assert not still_stands(damaged, out, now=NOW)


def test_the_site_stands_until_the_first_approval_ends(tmp_path: Path, out: Path) -> None:
    school = make_school(tmp_path / "school")
    soon = NOW + timedelta(hours=3)
    school.sign(school.write("a.md", "# A\n\nHello.\n"), expires_at=soon)
    school.sign(school.write("b.md", "# B\n\nHello.\n"), expires_at=NOW - timedelta(hours=1))
    site = load_site(school.root, now=NOW)
    kept = remembered(site, MADE, out, inputs=X, theme="theme", answer="{}", now=NOW)
    assert kept == replace(note(out), until=int(soon.astimezone(UTC).timestamp()))


def digest(school: School, **changes: object) -> str:
    given: dict[str, object] = {"theme": "theme", "days": (DAY,), "told": ""} | changes
    return inputs_digest(school.root, **given)  # type: ignore[arg-type]


def test_everything_that_goes_in_changes_the_digest(tmp_path: Path) -> None:
    school = make_school(tmp_path / "school")
    register = tmp_path / "consent.vault"
    register.write_bytes(b"1")
    first = digest(school)
    assert digest(school) == first
    seen = {
        first,
        digest(school, days=(DAY + timedelta(days=1),)),
        digest(school, told="1700000000"),
        digest(school, beside=(register,)),
        digest(school, theme=""),
    }
    for path in (
        *("mkdocs.yml", "content/index.md", "content/.hidden", "theme/main.html"),
        *(".schoolgate/policy.toml", ".schoolgate/approvals/000009.json", "content/new/a.md"),
    ):
        school.put(path, "other")
        seen.add(digest(school))
    (school.root / "content" / "index.md").unlink()
    (school.root / "content" / "index.md").symlink_to("news/fair.md")
    seen.add(digest(school))
    (school.root / "theme" / "main.html").rename(school.root / "theme" / "other.html")
    seen.add(digest(school))
    os.mkfifo(school.root / "content" / "pipe.md")
    seen.add(digest(school))
    assert len(seen) == 15
    school.put("mkdocs.yml", "")
    (school.root / "mkdocs.yml").unlink()
    os.mkfifo(school.root / "mkdocs.yml")
    assert digest(school) not in seen
