"""Credits as visitors see them: beside their pictures, in any light, without a barrier."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from moderation.model import Asset, AssetRef
from moderation.pipeline.reading import read_tree
from moderation.pipeline.rendering import rendered_digest
from moderation.policy import default_policy
from moderation.publish.build import build
from moderation.publish.manifest import Manifest
from moderation.publish.settings import read_settings
from moderation.publish.site import SiteFiles
from tests.browser.axe import bring_axe
from tests.browser.served import BUILT_ON, ROOT, Site, serve
from tests.browser.test_every_page import VIEWS, View, Visits, visit, watch

pytestmark = pytest.mark.browser

OWN = """\
    author: Quillbrook Primary School
    licence: own-work
    source: drawn for the example site
"""
OTHERS = (
    "author: Wren Alder\n    licence: CC-BY-SA-4.0\n    title: The old way in\n"
    "    source: https://www.pictures.example/2026/a-very-long-address-of-a-picture\n",
    "author: Fenshire County Council\n    licence: OGL-UK-3.0\n",
    "author: R. Reed\n    holder: Kestrel Pictures\n    licence: stock\n    invoice: 2026-17\n",
    "author: The Village Museum\n    licence: permission\n    permission: a letter\n",
)
GALLERY, CREDITS = "gallery/", "credits/"


@pytest.fixture(scope="module")
def credited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example school, with pictures of other people in its gallery."""
    limits = default_policy().limits
    settings = read_settings((ROOT / "mkdocs.yml").read_bytes())
    content = [_changed(asset) for asset in read_tree(ROOT / "content", limits).assets]
    theme = read_tree(ROOT / settings.theme_dir, limits).assets
    files = SiteFiles(settings=settings, content=tuple(content), theme=theme)
    admitted = sorted(AssetRef(a.path, a.digest, len(a.data)) for a in content)
    out = tmp_path_factory.mktemp("credited") / "site"
    now = datetime.fromtimestamp(BUILT_ON, UTC)
    pages = (asset for asset in content if asset.path.endswith(".md"))
    articles = frozenset((page.path, rendered_digest(page)) for page in pages)
    manifest = Manifest(admitted=tuple(admitted), articles=articles)
    made = build(files, manifest, out, limits=limits, epoch=BUILT_ON, now=now)
    assert made.left_out == ()
    with serve(out) as served:
        yield served


def _changed(asset: Asset) -> Asset:
    if asset.path != "gallery.md":
        return asset
    text = asset.data.decode()
    for each in OTHERS:
        text = text.replace(OWN, f"    {each}", 1)
    return replace(asset, data=text.encode())


@pytest.mark.parametrize("view", VIEWS)
def test_credits_have_no_barrier_and_are_not_too_wide(
    view: str, credited: Site, browser: Browser
) -> None:
    seen = Visits()
    looks: View = VIEWS[view]
    with browser.new_context(**looks) as context:
        bring_axe(context)
        for path in (GALLERY, CREDITS):
            page = context.new_page()
            watch(page, credited.address, seen)
            visit(credited.address, {path: page}, seen)
    assert seen == Visits(pages=[GALLERY, CREDITS])


def test_each_credit_stands_under_its_picture(credited: Site, browser: Browser) -> None:
    with browser.new_context(**VIEWS["desk"]) as context:
        page = context.new_page()
        page.goto(credited.address + GALLERY)
        figures = page.locator("figure.school-figure")
        assert [text.split("\n")[-1] for text in figures.all_inner_texts()] == [
            "“The old way in” by Wren Alder, CC BY-SA 4.0",
            "Picture by Fenshire County Council. Contains public sector information licensed "
            "under the Open Government Licence v3.0.",
            "Photo: R. Reed / Kestrel Pictures",
            "Picture by The Village Museum, by kind permission of The Village Museum",
        ]
        for figure in figures.all():
            picture = figure.locator("img").bounding_box()
            credit = figure.locator(".school-credit").bounding_box()
            assert picture is not None
            assert credit is not None
            assert credit["y"] >= picture["y"] + picture["height"]
            assert credit["width"] <= picture["width"] + 1


def test_the_footer_of_every_page_leads_to_the_credits(credited: Site, browser: Browser) -> None:
    with browser.new_context(**VIEWS["phone"]) as context:
        page = context.new_page()
        for path in ("", "news/pumpkins/", "404.html"):
            page.goto(credited.address + path)
            page.get_by_role("contentinfo").get_by_role("link", name="Credits").click()
            page.wait_for_url(credited.address + CREDITS)
            assert page.get_by_role("heading", level=1).inner_text() == "Credits"


def test_the_credits_can_be_printed(credited: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(credited.address + GALLERY)
        page.emulate_media(media="print")
        assert page.locator(".school-credit").first.is_visible()
