"""A plain ``mkdocs build`` refuses unapproved files, saying which and why."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import File, Files, InclusionLevel, get_files

from moderation.mkdocs_plugin.gate import GatePlugin
from tests.publish.school import CONFIG, FAIR, PHOTO, School, make_school, picture

DOWN = "  news/old.md: was taken down on 2026-11-20"
HEAD = "schoolgate: nothing was built, for these are not approved"


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A site on which everything is approved; last year's fair is gone."""
    school = make_school(tmp_path / "oak", config=CONFIG.replace("  - Gone: news/old.md\n", ""))
    (school.root / "content/news/old.md").unlink()
    return school


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("mkdocs").setLevel(logging.NOTSET)


def configured(school: School) -> MkDocsConfig:
    return load_config(str(school.root / "mkdocs.yml"), site_dir=str(school.root / "site"))


def refusal(school: School, change: Callable[[Files, MkDocsConfig], None] | None = None) -> str:
    """Return why the plugin refuses; *change* meddles after MkDocs read the folder."""
    config = configured(school)
    files = get_files(config)
    if change:
        change(files, config)
    with pytest.raises(PluginError) as error:
        GatePlugin().on_files(files, config=config)
    return str(error.value)


def test_a_site_on_which_everything_is_approved_is_built(school: School) -> None:
    home = school.write("index.md", "# Welcome\n\n[The fair](news/fair.md)\n")
    school.sign(home)
    build(configured(school))
    assert "Thank you" in (school.root / "site/news/fair/index.html").read_text("utf-8")
    assert (school.root / "site/photos/fair.jpg").read_bytes() == PHOTO


def test_a_build_says_that_it_is_a_preview(
    school: School, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = get_files(configured(school))
    told = logging.getLogger("mkdocs.plugins.schoolgate")
    # whatever earlier builds in this process did to MkDocs' logging
    monkeypatch.setattr(told, "handlers", [caplog.handler])
    monkeypatch.setattr(told, "propagate", False)
    monkeypatch.setattr(told, "disabled", False)
    with caplog.at_level(logging.INFO, logger=told.name):
        GatePlugin().on_files(files, config=configured(school))
    assert caplog.messages == [
        "schoolgate: this is a preview; only 'schoolgate build' makes what may be published"
    ]


def test_a_page_outside_its_days_is_left_out_with_its_files(school: School) -> None:
    school.sign(school.write("index.md", "# Welcome\n"))
    page = "---\npublish: 2999-12-24\n---\n\n# Soon\n\n![Red](../photos/soon.jpg)\n"
    files = school.write("news/soon.md", page), school.write("photos/soon.jpg", picture("red"))
    school.sign(*files, actor="dsl")
    build(configured(school))
    built = {p.name for p in (school.root / "site").rglob("*")}
    assert "fair.jpg" in built
    assert not {"soon", "soon.jpg"} & built


def test_a_build_with_an_unapproved_page_stops_before_anything_is_written(school: School) -> None:
    school.write("news/new.md", "# New\n")
    with pytest.raises(Abort):
        build(configured(school))
    assert not list((school.root / "site").rglob("*.html"))


def test_every_unapproved_file_is_listed_with_its_reason(school: School) -> None:
    school.write("news/new.md", "# New\n")
    school.write("news/fair.md", FAIR + "More.\n")
    school.write("photos/other.jpg", picture("red"))
    school.write("news/old.md", "# Last year\n\nIt rained.\n")
    assert refusal(school).split("\n") == [
        HEAD,
        "  news/fair.md: changed since it was approved on 2026-11-20; hand it in again",
        "  news/new.md: was never approved; hand it in",
        DOWN,
        "  photos/fair.jpg: was approved together with news/fair.md, which has changed since",
        "  photos/other.jpg: was never approved; hand it in",
    ]


def test_a_file_that_mkdocs_would_leave_out_is_refused_too(school: School) -> None:
    school.write("templates/page.md", "# Page\n")
    assert refusal(school).split("\n") == [
        HEAD,
        "  templates/page.md: was never approved; hand it in",
    ]


def test_mkdocs_gets_the_bytes_that_were_compared(school: School) -> None:
    config = configured(school)
    files = get_files(config)
    GatePlugin().on_files(files, config=config)
    school.write("news/fair.md", "# Swapped\n")
    school.write("photos/fair.jpg", b"swapped")
    got = {file.src_uri: file.content_bytes for file in files}
    assert (got["news/fair.md"], got["photos/fair.jpg"]) == (FAIR.encode(), PHOTO)


NOT_READ = "is not what the gate read, or was made by another plugin"


def test_a_file_that_another_plugin_made_is_refused(school: School) -> None:
    def make(files: Files, config: MkDocsConfig) -> None:
        made = File("news/made.md", None, config.site_dir, use_directory_urls=True)
        made.content_string = "# Made\n"
        files.append(made)

    assert refusal(school, make).split("\n") == [HEAD, f"  news/made.md: {NOT_READ}"]


def test_a_file_that_another_plugin_changed_is_refused(school: School) -> None:
    def change(files: Files, config: MkDocsConfig) -> None:
        for file in files:
            if file.src_uri == "news/fair.md":
                file.content_string = "# Changed\n"

    assert refusal(school, change).split("\n") == [HEAD, f"  news/fair.md: {NOT_READ}"]


def test_a_file_from_another_folder_is_refused(school: School, tmp_path: Path) -> None:
    def add(files: Files, config: MkDocsConfig) -> None:
        files.append(File("x.md", str(tmp_path), config.site_dir, use_directory_urls=True))

    assert refusal(school, add).split("\n") == [
        HEAD,
        "  x.md: comes from a folder that is neither content nor theme",
    ]


def test_a_file_that_went_away_is_refused(school: School) -> None:
    def add(files: Files, config: MkDocsConfig) -> None:
        files.append(File("x.md", config.docs_dir, config.site_dir, use_directory_urls=True))

    assert refusal(school, add).split("\n") == [
        HEAD,
        "  x.md: cannot be read; check its permissions",
    ]


def test_files_of_the_theme_pass(school: School) -> None:
    config = configured(school)
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    count = len(files)
    assert len(GatePlugin().on_files(files, config=config)) == count > 40


def test_hidden_files_are_left_to_mkdocs_which_leaves_them_out(school: School) -> None:
    school.write(".notes.md", "# Notes\n")
    config = configured(school)
    files = GatePlugin().on_files(get_files(config), config=config)
    (hidden,) = (file for file in files if file.src_uri == ".notes.md")
    assert hidden.inclusion is InclusionLevel.EXCLUDED


def test_a_hidden_file_that_would_be_built_is_refused(school: School) -> None:
    school.write(".notes.md", "# Notes\n")

    def include(files: Files, config: MkDocsConfig) -> None:
        for file in files:
            if file.src_uri == ".notes.md":
                file.inclusion = InclusionLevel.INCLUDED

    assert refusal(school, include).split("\n") == [HEAD, f"  .notes.md: {NOT_READ}"]


def test_another_configuration_is_refused(school: School) -> None:
    school.put("other.yml", CONFIG.replace("  - Gone: news/old.md\n", ""))
    config = load_config(str(school.root / "other.yml"))
    with pytest.raises(PluginError) as error:
        GatePlugin().on_files(get_files(config), config=config)
    assert str(error.value) == (
        "schoolgate: other.yml: build with mkdocs.yml, which the gate checks"
    )


def test_another_content_folder_is_refused(school: School) -> None:
    (school.root / "other").mkdir()
    config = configured(school)
    config.docs_dir = str(school.root / "other")
    with pytest.raises(PluginError) as error:
        GatePlugin().on_files(get_files(config), config=config)
    assert str(error.value) == ("schoolgate: other: is not the content folder that the gate reads")


def test_a_setting_that_the_gate_refuses_stops_a_plain_build_too(school: School) -> None:
    school.put("mkdocs.yml", CONFIG.replace("  - Gone: news/old.md\n", "") + "draft_docs: x\n")
    assert refusal(school) == (
        "schoolgate: mkdocs.yml: draft_docs: is decided by approval; leave the page unapproved "
        "instead"
    )


def test_a_damaged_approval_stops_a_plain_build(school: School) -> None:
    school.put(".schoolgate/approvals/000002.json", b"{}")
    assert refusal(school) == (
        "schoolgate: .schoolgate/approvals/000002.json: signatures: is missing; restore the file"
        " from a copy"
    )


def test_a_folder_that_cannot_be_read_stops_a_plain_build(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(school)
    files = get_files(config)

    def closed(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(PluginError) as error:
        GatePlugin().on_files(files, config=config)
    assert str(error.value) == "schoolgate: the folder cannot be read (Permission denied)"


def test_approvals_that_cannot_be_read_stop_a_plain_build(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(school)
    files = get_files(config)

    def closed(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", closed)
    with pytest.raises(PluginError) as error:
        GatePlugin().on_files(files, config=config)
    assert str(error.value) == "schoolgate: cannot read the site (Permission denied)"
