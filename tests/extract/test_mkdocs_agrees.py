"""The whole way: MkDocs itself reads and renders the pages."""

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, get_files
from mkdocs.structure.pages import Page

from moderation.policy.markdown import EXTENSION_CONFIGS, EXTENSIONS
from tests.extract.nasty_pages import NASTY
from tests.extract.rendering import read, visible

_TOP = "---\ntitle: A title\ntags: [a, b]\n---\n\n"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    root = tmp_path_factory.mktemp("site")
    (root / "docs").mkdir()
    for number, page in enumerate(NASTY.values()):
        (root / "docs" / f"{number}.md").write_text(_TOP + page, "utf-8")
    (root / "mkdocs.yml").write_text("site_name: S\n", "utf-8")
    config = load_config(
        str(root / "mkdocs.yml"),
        markdown_extensions=[{name: dict(EXTENSION_CONFIGS.get(name, {}))} for name in EXTENSIONS],
    )
    files = get_files(config)
    made = {Path(file.src_path).stem: _page(file, config) for file in files.documentation_pages()}
    for each in made.values():
        each.render(config, files)
    return {name: made[str(number)] for number, name in enumerate(NASTY)}


def _page(file: File, config: object) -> Page:
    page = Page(None, file, config)  # type: ignore[arg-type] # MkDocs types it as its own
    page.read_source(config)  # type: ignore[arg-type] # likewise
    return page


@pytest.mark.parametrize("name", NASTY)
def test_mkdocs_shows_what_the_document_says(rendered: dict[str, Page], name: str) -> None:
    document = read(_TOP + NASTY[name])
    assert visible(rendered[name].content or "") == document.visible_text.split()
    assert rendered[name].meta == document.front_matter
