"""The same site with MkDocs and with the programs that stand in for it; or none."""

import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from moderation.extract import extract
from moderation.model import Asset
from moderation.policy import default_policy
from moderation.publish import recorder
from moderation.publish.child import Child, run_mkdocs
from moderation.publish.effective import Export, effective_config
from moderation.publish.folder import read_folder
from moderation.publish.kit import load_kit
from moderation.publish.layout import lay_out
from moderation.publish.output import Expected, OutputError, check_output, guarded
from moderation.publish.settings import read_settings
from tests.publish.school import CONFIG, FAIR, PHOTO

GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')
HOME = "# Welcome\n\nRead about [the fair](news/fair.md).\n"
PAGES = {"index.md": HOME, "news/fair.md": FAIR}


def exported(root: Path) -> Export:
    """Write what the build gives to MkDocs."""
    root.mkdir()
    export = Export(root=root)
    config = effective_config(
        read_settings(CONFIG.encode()), export, admitted=PAGES, known={"news/old.md"}
    )
    files = {
        export.config: config,
        export.hook: Path(recorder.__file__).read_text("utf-8"),
        export.theme / "main.html": '{% extends "base.html" %}\n',
        root / recorder.ABSENT: "{}",
        root / recorder.CREDITED: '{"captions": {}, "pages": {}, "prefix": "/"}',
        **{export.docs / path: text for path, text in PAGES.items()},
    }
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (export.docs / "photos").mkdir()
    (export.docs / "photos/fair.jpg").write_bytes(PHOTO)
    return export


def made(root: Path, program: str) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """Return the output, but for the line that names the program, and the articles kept aside."""
    export = exported(root)
    run_mkdocs(export, Child(epoch=1_700_000_000, seconds=60, program=program), paths=())
    site = {path: GENERATOR.sub(b"", data) for path, data in read_folder(export.site).items()}
    return site, read_folder(export.root / recorder.RENDERED)


def test_properdocs_makes_the_same_bytes_as_mkdocs(tmp_path: Path) -> None:
    site, articles = made(tmp_path / "mkdocs", "mkdocs")
    assert (site, articles) == made(tmp_path / "properdocs", "properdocs")
    assert sorted(articles) == ["index.md.html", "news/fair.md.html"]


def refusals(site: Mapping[str, bytes], articles: Mapping[str, bytes]) -> list[str]:
    """Return why the output check refuses what a program made."""
    limits = default_policy().limits
    assets = {path: Asset(path, text.encode()) for path, text in PAGES.items()}
    assets["photos/fair.jpg"] = Asset("photos/fair.jpg", PHOTO)
    pages = {path: extract(path, assets[path].data, limits) for path in PAGES}
    expected = Expected(
        assets=assets,
        pages=pages,
        articles={path.removesuffix(".html"): data.decode() for path, data in articles.items()},
        laid=lay_out(assets, directory_urls=True),
        kit=load_kit((Asset("main.html", b'{% extends "base.html" %}\n'),)),
        site_url="https://oak.example/",
        words=CONFIG,
    )
    try:
        check_output(guarded(site, expected), expected)
    except OutputError as error:
        return str(error).split("\n")
    return []


NOT_RENDERED = [f"{path}: MkDocs did not render it; build again" for path in sorted(PAGES)]


def test_a_program_that_runs_no_hook_makes_nothing_that_is_published(tmp_path: Path) -> None:
    export = exported(tmp_path / "export")
    config = export.config.read_text("utf-8")
    assert "hooks:" in config
    export.config.write_text(re.sub(r"hooks:\n- .*\n", "", config), encoding="utf-8")
    run_mkdocs(export, Child(epoch=1_700_000_000, seconds=60), paths=())
    assert set(NOT_RENDERED) <= set(refusals(read_folder(export.site), {}))


def test_the_same_output_with_the_hook_is_not_refused(tmp_path: Path) -> None:
    site, articles = made(tmp_path / "export", "mkdocs")
    assert refusals(site, articles) == []


@pytest.mark.skipif(find_spec("zensical") is None, reason="zensical is not installed here")
def test_zensical_which_runs_no_hook_makes_nothing_that_is_published(tmp_path: Path) -> None:
    export = exported(tmp_path / "export")
    config = export.config.read_text("utf-8").replace(f"{export.root}/", "")  # it wants it so
    export.config.write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--config-file", str(export.config)]
    done = subprocess.run(command, cwd=export.root, capture_output=True, check=False, timeout=120)
    site = read_folder(export.site) if export.site.is_dir() else {}
    assert done.returncode or set(NOT_RENDERED) <= set(refusals(site, {}))
    assert not (export.root / recorder.RENDERED).exists()
