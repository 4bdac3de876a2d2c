"""One grammar for paths, and one meaning for a target."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.model import UsageError
from moderation.pipeline.paths import check_path, printable, same_name, suggest
from moderation.pipeline.targets import is_external, resolve
from moderation.policy import default_policy

ENDINGS = default_policy().endings


@pytest.mark.parametrize(
    "path", ["index.md", "news/sports-day.md", "a/b/c/d/e/f.jpg", "photos/2026-06-12.jpeg"]
)
def test_a_good_path_is_accepted(path: str) -> None:
    assert check_path(path, ENDINGS) == path


@pytest.mark.parametrize(
    ("path", "offer"),
    [
        ("News/Sports Day.MD", "news/sports-day.md"),
        ("news/sports_day.md", "news/sports-day.md"),
        ("../x.md", "x.md"),
        ("a/b/c/d/e/f/g.md", "a/b/c/d/e/g.md"),
        ("con.md", "con-file.md"),
        ("news/nul/a.md", "news/nul-file/a.md"),
        ("caf\u00e9.md", "cafe.md"),
        (".htaccess", "htaccess.md"),
        ("a", "a.md"),
        ("", "page.md"),
        ("x..md", "x.md"),
        ("-a.md", "a.md"),
        ("\u4e2d.jpg", "file.jpg"),
    ],
)
def test_a_bad_path_is_refused_with_an_offer(path: str, offer: str) -> None:
    with pytest.raises(UsageError, match="a path of the site has lower-case letters"):
        check_path(path, ENDINGS)
    assert suggest(path) == offer
    assert check_path(offer, ENDINGS) == offer


@given(st.text(max_size=40))
def test_every_offer_is_a_good_path(text: str) -> None:
    offer = suggest(text)
    ending = f".{offer.rpartition('.')[2]}"
    assert len(offer) > 200 or check_path(offer, {ending}) == offer


def test_a_path_cannot_steer_a_terminal() -> None:
    with pytest.raises(UsageError) as caught:
        check_path("a\x1b[2J.md", ENDINGS)
    assert "\x1b" not in str(caught.value)
    assert printable("a\u202e.md") == "a\\u202e.md"


def test_spellings_that_a_disk_takes_for_one_collide() -> None:
    assert same_name("Caf\u00e9.md") == same_name("cafe\u0301.MD")


@pytest.mark.corpus
def test_no_hostile_file_name_is_accepted() -> None:
    folder = os.environ.get("SCHOOLGATE_CORPORA")
    if not folder:
        pytest.skip("SCHOOLGATE_CORPORA is not set")
    data = json.loads((Path(folder) / "security" / "paths_dev.json").read_text("utf-8"))
    names = _strings(data)
    accepted = [name for name in names if _accepts(name)]
    print(f"{len(names)} hostile names, {len(accepted)} accepted")
    assert len(names) > 1000
    assert accepted == []


def _strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for value in values for text in _strings(value)]


def _accepts(name: str) -> bool:
    try:
        return check_path(name, ENDINGS) == name
    except UsageError:
        return False


@pytest.mark.parametrize(
    ("page", "target", "path"),
    [
        ("news/a.md", "../photos/b.jpg", "photos/b.jpg"),
        ("news/a.md", "b.jpg#x", "news/b.jpg"),
        ("index.md", "news/?page=2", "news"),
        ("news/a.md", "/photos/b.jpg", "photos/b.jpg"),
        ("news/a.md", "sports%20day.jpg", "news/sports day.jpg"),
        ("news/a.md", "../../b.jpg", "../b.jpg"),
        ("a.md", "cafe\u0301.jpg", "caf\u00e9.jpg"),
        ("a.md", "#top", None),
        ("a.md", "", None),
        ("a.md", "https://school.example/a.jpg", None),
        ("a.md", "//cdn.example/a.jpg", None),
        ("a.md", "mailto:office@school.example", None),
        ("a.md", " JavaScript:x", None),
    ],
)
def test_a_target_means_a_file_or_something_outside(
    page: str, target: str, path: str | None
) -> None:
    assert resolve(page, target) == path


def test_schemes_and_hosts_are_outside() -> None:
    targets = ["a.jpg", "data:x", "//h/x", "tel:01632"]
    assert [is_external(target) for target in targets] == [False, True, True, True]
