"""Strikes where the easy cut is not enough: a cut uncovers a link, a page has another name."""

from moderation.attest import Decision
from moderation.publish.folder import manifest_path
from moderation.publish.strike import strike
from tests.publish.test_strike import PAGE, Site, made, site

__all__ = ["made", "site"]  # fixtures


def test_a_page_in_which_a_cut_uncovers_another_link_goes_as_a_whole(site: Site) -> None:
    nested = '<p><<a href="news/fair/">a href="news/fair/">the fair</p>'
    (site.out / "index.html").write_text(nested)
    site.school.sign(PAGE, decision=Decision.TAKEDOWN)
    struck = strike(site.out, site.log)
    assert "index.html" in struck.removed
    assert not (site.out / "index.html").exists()


def test_without_a_manifest_a_page_that_is_no_folder_goes_too(site: Site) -> None:
    manifest_path(site.out).unlink()
    (site.out / "news/fair/index.html").rename(site.out / "news/fair.html")
    site.school.sign(PAGE, decision=Decision.TAKEDOWN)
    assert "news/fair.html" in strike(site.out, site.log).removed
    assert not (site.out / "news/fair.html").exists()
