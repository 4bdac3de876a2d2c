"""Credits on a built site: under the pictures, on their own page, and nowhere unseen."""

import re
from pathlib import Path

import pytest

from moderation.attest import Decision
from moderation.model import Asset, BuildError
from moderation.publish.build import build
from moderation.publish.folder import read_folder
from moderation.publish.manifest import Origin, OutputManifest, Refusal
from moderation.publish.site import examine, load_site
from moderation.publish.verify import differences
from tests.publish.school import CONFIG, FAIR, NOW, PHOTO, School, make_school

WALK = """\
---
title: A walk
assets:
  photos/fair.jpg:
    people: []
    title: Green
    author: Wren Alder
    licence: CC-BY-4.0
    source: https://pictures.example/1
---

# A walk

![A green field](../photos/fair.jpg)
*In May*

Words, and the field again: ![A green field](../photos/fair.jpg "Green").
"""
CC = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'
LINE = f'<a href="https://pictures.example/1">“Green”</a> by Wren Alder, {CC}'
SAID = f'<span class="school-credit">{LINE}</span>'


def built(school: School, out: Path) -> OutputManifest:
    site = load_site(school.root, now=NOW)
    files, manifest = examine(site, now=NOW)
    limits = site.policy.limits
    return build(files, manifest, out, limits=limits, epoch=1_700_000_000, now=NOW, seconds=60)


def school_with(root: Path, page: str, path: str = "news/walk.md") -> School:
    school = make_school(root)
    school.sign(school.write(path, page), Asset("photos/fair.jpg", PHOTO))
    return school


@pytest.mark.parametrize("prefix", ["", "school/"])
def test_credits_stand_under_the_picture_and_on_a_page_of_their_own(
    tmp_path: Path, prefix: str
) -> None:
    school, out = school_with(tmp_path / "oak", WALK), tmp_path / "site"
    school.put("mkdocs.yml", CONFIG.replace("oak.example/", f"oak.example/{prefix}"))
    made = built(school, out)
    assert made.left_out == ()
    page = (out / "news/walk/index.html").read_text("utf-8")
    figure = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert figure == [
        '<figure class="school-figure"><img alt="A green field" src="../../photos/fair.jpg">'
        f"<figcaption><em>In May</em> {SAID}</figcaption></figure>"
    ]
    again = '<img alt="A green field" src="../../photos/fair.jpg" title="Green">'
    assert f"again: {again} {SAID}.</p>" in page
    listed = (out / "credits/index.html").read_text("utf-8")
    own = "fair.jpg</a>: by Oak School, own work of the school <small>"
    assert f'{own}(on <a href="../news/fair/">' in listed
    assert ">Green</a>: by Wren Alder, from <a" in listed
    assert [(f.origin, f.source) for f in made.files if f.path == "credits/index.html"] == [
        (Origin.GENERATED, "")
    ]
    assert differences(out, made) == ()
    assert f"https://oak.example/{prefix}credits/" in (out / "sitemap.xml").read_text("utf-8")
    assert b"Alder" not in (out / "search/search_index.json").read_bytes()


def test_the_policy_may_have_own_work_credited(tmp_path: Path) -> None:
    school, out = make_school(tmp_path / "oak"), tmp_path / "site"
    school.put(".schoolgate/policy.toml", '[rights]\ncredited = ["own-work"]\n')
    built(school, out)
    said = '<span class="school-credit">Picture by Oak School, own work of the school</span>'
    assert said in (out / "news/fair/index.html").read_text("utf-8")


def test_what_is_not_built_is_not_credited(tmp_path: Path) -> None:
    school, out = make_school(tmp_path / "oak"), tmp_path / "site"
    school.write("news/walk.md", WALK)  # never approved
    built(school, out)
    for path, data in read_folder(out).items():
        assert b"Wren Alder" not in data, path


def test_a_page_that_stands_where_the_credits_are_is_left_out(tmp_path: Path) -> None:
    reason = "stands where the build lists who made each file; rename it"
    for number, path in enumerate(("credits.md", "credits/index.md")):
        school, out = make_school(tmp_path / f"oak{number}", {path: "# Ours\n"}), tmp_path / "site"
        assert built(school, out).left_out == (Refusal(path, reason),)
        assert "Oak School, own work" in (out / "credits/index.html").read_text("utf-8")


def test_a_site_that_shows_no_file_has_no_page_of_credits(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak")
    fair, photo = Asset("news/fair.md", FAIR.encode()), Asset("photos/fair.jpg", PHOTO)
    school.sign(fair, photo, decision=Decision.TAKEDOWN)
    assert "credits/index.html" not in {file.path for file in built(school, tmp_path / "s").files}


THEME = """\
{% extends "base.html" %}
{% block content %}
{% if page.file.src_uri == "SOURCE" %}CHANGE{% else %}{{ page.content }}{% endif %}
{% endblock %}
"""


@pytest.mark.parametrize(
    ("source", "change", "place"),
    [
        ("credits.md", "{{ page.content | replace('Wren', 'Ben') }}", "credits/index.html"),
        ("credits.md", "<script src='https://evil.example/x.js'></script>", "credits/index.html"),
        ("news/walk.md", "{{ page.content | replace('Wren', 'Ben') }}", "news/walk.md"),
    ],
)
def test_a_theme_that_changes_the_credits_is_refused(
    tmp_path: Path, source: str, change: str, place: str
) -> None:
    school = school_with(tmp_path / "oak", WALK)
    school.put("theme/main.html", THEME.replace("SOURCE", source).replace("CHANGE", change))
    trouble = "the theme changes or leaves out the text; let it print page.content"
    if source == "credits.md":
        with pytest.raises(BuildError) as error:
            built(school, tmp_path / "site")
        assert str(error.value) == f"{place}: {trouble}"
    else:
        assert built(school, tmp_path / "site").left_out == (Refusal(place, trouble),)


def test_a_picture_of_another_site_beside_the_credits_is_refused(tmp_path: Path) -> None:
    school = school_with(tmp_path / "oak", WALK)
    change = "{{ page.content }}<img src='https://evil.example/x.png' alt=''>"
    school.put("theme/main.html", THEME.replace("SOURCE", "credits.md").replace("CHANGE", change))
    with pytest.raises(BuildError) as error:
        built(school, tmp_path / "site")
    trouble = "a img tag of the theme asks another site for a file"
    assert str(error.value) == f"credits/index.html: {trouble}"
