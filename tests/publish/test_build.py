"""A whole build with MkDocs in its own process: what comes out, and what leaves no trace."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from moderation.model import Asset, BuildError, SchoolgateError, UsageError, digest_of
from moderation.publish.build import build, build_epoch
from moderation.publish.folder import manifest_path, read_folder
from moderation.publish.kit import PROGRAMS
from moderation.publish.manifest import Origin, OutputManifest, Refusal
from moderation.publish.site import examine, load_site
from moderation.publish.verify import differences
from tests.publish.school import CONFIG, FAIR, NOW, PHOTO, School, make_school, statement

EPOCH = 1_700_000_000


@dataclass(frozen=True)
class Built:
    """A school, what was built of it, and where."""

    school: School
    out: Path
    made: OutputManifest

    def page(self, path: str) -> str:
        return (self.out / path).read_text("utf-8")


def build_school(school: School, out: Path, *, seconds: float = 60) -> OutputManifest:
    site = load_site(school.root, now=NOW)
    files, manifest = examine(site, now=NOW)
    limits = site.policy.limits
    return build(files, manifest, out, limits=limits, epoch=EPOCH, now=NOW, seconds=seconds)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("oak")
    school = make_school(root / "oak")
    return Built(school, root / "site", build_school(school, root / "site"))


def test_the_site_holds_the_admitted_pages_and_files(built: Built) -> None:
    assert "Come and see <em>us</em>." in built.page("index.html")
    assert (built.out / "photos/fair.jpg").read_bytes() == PHOTO
    made = {f.path: f.source for f in built.made.files if f.origin in (Origin.PAGE, Origin.ASSET)}
    assert made == {
        "index.html": "index.md",
        "news/fair/index.html": "news/fair.md",
        "photos/fair.jpg": "photos/fair.jpg",
    }


def test_a_page_that_shows_entities_is_built(tmp_path: Path) -> None:
    page = "# Signs\n\nWrite `&lt;b&gt;` for a tag, and `&amp;amp;` for a sign. I'm &notit.\n"
    school = make_school(tmp_path / "oak", {"news/signs.md": page})
    assert build_school(school, tmp_path / "site").left_out == ()
    shown = (tmp_path / "site/news/signs/index.html").read_text("utf-8")
    assert "<code>&amp;lt;b&amp;gt;</code>" in shown


def test_nothing_of_a_page_that_was_taken_down_is_left(built: Built) -> None:
    for path, data in read_folder(built.out).items():
        assert b"It rained" not in data, path
        assert b"news/old" not in data, path
    assert "and <a>last year</a>." in built.page("index.html")


def test_front_matter_is_printed_as_words(built: Built) -> None:
    page = built.page("news/fair/index.html")
    assert re.findall("<title>(.*?)</title>", page) == [
        "The &#34;summer&#34; fair &amp; more - Oak School"
    ]
    assert '<meta name="description" content="Stalls, cakes and a band">' in page


def test_the_output_is_what_its_manifest_says(built: Built) -> None:
    text = manifest_path(built.out).read_text("utf-8")
    assert OutputManifest.from_json(text, source="x") == built.made
    assert differences(built.out, built.made) == ()
    assert {f.path: f.digest for f in built.made.files} == {
        path: digest_of(data) for path, data in read_folder(built.out).items()
    }


def test_the_manifest_locks_what_shaped_the_output(built: Built) -> None:
    names = [each.path.split(" ")[0] for each in built.made.kit]
    assert names == sorted([*PROGRAMS, "mkdocs.yml", "theme/main.html"])
    assert [ref.path for ref in built.made.content] == [
        "index.md",
        "news/fair.md",
        "photos/fair.jpg",
    ]


def test_two_builds_are_the_same_byte_for_byte(built: Built, tmp_path: Path) -> None:
    school = make_school(tmp_path / "another folder")
    assert build_school(school, tmp_path / "out") == built.made
    assert read_folder(tmp_path / "out") == read_folder(built.out)


HEADING = "# A &lt;/title&gt;&lt;script&gt;harm()&lt;/script&gt;\n\nText.\n"


BAD = Refusal("news/bad.md", "a script is not the theme's own; put it into a file of the theme")


def test_a_page_that_comes_out_otherwise_than_approved_is_left_out_and_the_rest_built(
    tmp_path: Path, built: Built
) -> None:
    school, out = make_school(tmp_path / "oak", {"news/bad.md": HEADING}), tmp_path / "site"
    school.write("news/fair.md", FAIR.replace("go [home]", "see [more](bad.md), [home]"))
    school.sign(
        Asset("news/fair.md", (school.root / "content/news/fair.md").read_bytes()),
        Asset("photos/fair.jpg", PHOTO),
    )
    made = build_school(school, out)
    assert made.left_out == (BAD,)
    assert [file.path for file in made.files] == [file.path for file in built.made.files]
    assert [ref.path for ref in made.content] == ["index.md", "news/fair.md", "photos/fair.jpg"]
    assert differences(out, made) == ()
    assert "see <a>more</a>" in (out / "news/fair/index.html").read_text("utf-8")
    for path, data in read_folder(out).items():
        assert b"harm()" not in data, path


def test_a_fault_of_most_pages_leaves_the_old_site(tmp_path: Path) -> None:
    school, out = make_school(tmp_path / "oak"), tmp_path / "site"
    build_school(school, out)
    old = read_folder(out)
    school.put("theme/main.html", '{% extends "base.html" %}{% block content %}{% endblock %}')
    with pytest.raises(BuildError) as error:
        build_school(school, out)
    assert str(error.value).split("\n")[:3] == [
        f"{page}: the theme changes or leaves out the text; let it print page.content"
        for page in ("credits/index.html", "index.md", "news/fair.md")
    ]
    assert read_folder(out) == old
    assert sorted(p.name for p in tmp_path.iterdir()) == ["oak", "site", "site.manifest.json"]


def test_a_template_that_fails_is_named(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak")
    school.put("theme/main.html", '{% extends "base.html" %}\n{% block content %}{{ a.b.c }}\n')
    with pytest.raises(BuildError) as error:
        build_school(school, tmp_path / "site")
    assert re.search(r"main\.html failed at line \d+ \(\w+\); mend it", str(error.value))
    assert [p.name for p in tmp_path.iterdir()] == ["oak"]


def test_a_page_at_which_mkdocs_stops_is_left_out_and_the_rest_built(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak", {"news/a.md": "# Stop\n\nHere.\n"})
    school.put(
        "theme/main.html",
        '{% extends "base.html" %}\n'
        '{% block content %}{% if page.title == "Stop" %}{{ a.b.c }}{% endif %}{{ super() }}'
        "{% endblock %}",
    )
    made = build_school(school, tmp_path / "site")
    assert [(each.path, each.reason[:30]) for each in made.left_out] == [
        ("news/a.md", "mkdocs: error building page ne")
    ]
    assert "news/a.md" not in [ref.path for ref in made.content]
    assert differences(tmp_path / "site", made) == ()


def test_a_build_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as error:
        build_school(make_school(tmp_path / "oak"), tmp_path / "site", seconds=0.01)
    assert str(error.value) == (
        "mkdocs: took longer than 0.01 seconds and was stopped; take the page that was approved "
        "last down and build again"
    )


PAGES = {
    "a link to nowhere": (
        "# A\n\nSee [b](nowhere.md).\n",
        "3:5-20: links to no file of the site; write the path of the file, such as news/index.md",
    ),
    "a tag in the front matter": (
        "---\ntitle: A <b>\nlist:\n  - one: <!-- two\n---\n\n# A\n",
        "front matter: title: holds a tag; write plain words\n"
        "front matter: list.one: holds a tag; write plain words",
    ),
    "a template of Material": (
        "---\ntemplate: redirect.html\nlocation: https://a.example\n---\n\n# A\n",
        "front matter: template: asks for a template, which the theme chooses; remove the line",
    ),
}


@pytest.mark.parametrize(("page", "trouble"), PAGES.values(), ids=PAGES)
def test_a_page_that_cannot_be_built_is_left_out_and_the_rest_built(
    tmp_path: Path, built: Built, page: str, trouble: str
) -> None:
    school = make_school(tmp_path / "oak", {"news/a.md": page})
    made = build_school(school, tmp_path / "site")
    assert made.left_out == tuple(Refusal("news/a.md", line) for line in trouble.split("\n"))
    assert (made.files, made.content) == (built.made.files, built.made.content)
    text = manifest_path(tmp_path / "site").read_text("utf-8")
    assert OutputManifest.from_json(text, source="x") == made


def test_a_site_none_of_whose_pages_can_be_built_is_not_built(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak")
    for path in ("index.md", "news/fair.md"):
        school.sign(school.write(path, "# A\n\nSee [b](nowhere.md).\n"))
    with pytest.raises(BuildError) as error:
        build_school(school, tmp_path / "site")
    assert str(error.value).split("\n") == [
        f"{path}:3:5-20: links to no file of the site; write the path of the file, such as "
        "news/index.md"
        for path in ("index.md", "news/fair.md")
    ]
    assert not (tmp_path / "site").exists()


NAV = {
    "  - Other: news/never.md\n": (
        "mkdocs.yml: nav: news/never.md: is not a file of the site; correct or remove the line"
    ),
    "  - Other: javascript:harm()\n": (
        "mkdocs.yml: nav: javascript:harm(): must begin with https://"
    ),
    "  - {A: index.md, B: index.md}\n": (
        "mkdocs.yml: nav: write each page on its own line, with a hyphen"
    ),
    "  - A: 3\n": "mkdocs.yml: nav: must be a list of pages",
}


@pytest.mark.parametrize(("line", "trouble"), NAV.items(), ids=range(len(NAV)))
def test_a_navigation_that_cannot_be_built(tmp_path: Path, line: str, trouble: str) -> None:
    school = make_school(tmp_path / "oak", config=CONFIG + line)
    with pytest.raises(SchoolgateError) as error:
        build_school(school, tmp_path / "site")
    assert str(error.value) == trouble


def test_a_file_that_changed_after_the_gate_is_not_built(tmp_path: Path) -> None:
    school = make_school(tmp_path / "oak")
    site = load_site(school.root, now=NOW)
    _, manifest = examine(site, now=NOW)
    school.write("news/fair.md", FAIR + "More.\n")
    files, _ = examine(site, now=NOW)
    with pytest.raises(BuildError) as error:
        build(files, manifest, tmp_path / "site", limits=site.policy.limits, epoch=EPOCH, now=NOW)
    assert str(error.value) == ("news/fair.md: changed after the gate looked at it; build again")


def test_a_site_without_an_approved_page_is_not_built(tmp_path: Path) -> None:
    school = School(tmp_path)
    school.put("mkdocs.yml", CONFIG)
    school.put("theme/main.html", "")
    school.trust()
    school.write("index.md", "# Home\n")
    with pytest.raises(BuildError) as error:
        build_school(school, tmp_path / "site")
    assert str(error.value) == "no page is approved yet; approve the home page first"


def test_a_place_that_must_not_be_replaced_is_found_before_the_build(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    school = make_school(tmp_path / "oak")
    with pytest.raises(UsageError):
        build_school(school, tmp_path / "site")


@pytest.mark.parametrize("name", ["content", "theme", ".schoolgate/new", "."])
def test_a_folder_of_the_school_is_found_before_the_build(tmp_path: Path, name: str) -> None:
    school = make_school(tmp_path / "oak")
    site = load_site(school.root, now=NOW)
    files, manifest = examine(site, now=NOW)
    out, limits = school.root / name, site.policy.limits
    with pytest.raises(UsageError, match="holds or lies in files that the school works with"):
        build(files, manifest, out, limits=limits, epoch=EPOCH, now=NOW, root=school.root)


def test_the_time_that_the_output_shows() -> None:
    page = Asset("a.md", b"a")
    log = [statement(1, page), statement(2, page)]
    assert build_epoch({"SOURCE_DATE_EPOCH": "42"}, log) == 42
    assert build_epoch({}, log) == int(log[1].issued_at.timestamp())
    assert build_epoch({}, []) == 315_532_800
    for wrong in ("-1", "1.5", "٤", "9" * 12):
        with pytest.raises(UsageError) as error:
            build_epoch({"SOURCE_DATE_EPOCH": wrong}, log)
        assert str(error.value) == "SOURCE_DATE_EPOCH: must be a number of seconds since 1970"


def test_a_site_without_a_theme_navigation_or_search_is_built(tmp_path: Path) -> None:
    config = "site_name: Oak\ndocs_dir: content\ntheme: {name: material, font: false}\n"
    school = make_school(tmp_path / "oak", config=config + "use_directory_urls: false\n")
    made = build_school(school, tmp_path / "site")
    pages = [file.path for file in made.files if file.origin is Origin.PAGE]
    assert pages == ["index.html", "news/fair.html"]
    assert "search/search_index.json" not in {file.path for file in made.files}


def test_a_page_that_takes_a_name_of_the_theme_is_left_out(tmp_path: Path) -> None:
    """A script of the theme that looks for its own element would take the page's for it."""
    school = make_school(tmp_path / "oak", {"news/bad.md": "# Bad\n\n## Key dates\n"})
    school.put(
        "theme/main.html",
        '{% extends "base.html" %}{% block footer %}<p id="key-dates"></p>{% endblock %}\n',
    )
    made = build_school(school, tmp_path / "site")
    assert [each.path for each in made.left_out] == ["news/bad.md"]
    assert "key-dates" in made.left_out[0].reason
