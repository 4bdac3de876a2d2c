"""Rows about bytes that nobody approved, or not for this place, or not for this day."""

import os
from collections.abc import Callable
from datetime import timedelta

from moderation.attest import Decision
from tests.attacks.forging import slug_of
from tests.attacks.scenario import Act, AttackedSite, Group, Scenario
from tests.publish.school import FAIR, PHOTO, picture

NEVER = "was never approved; hand it in"
CHANGED = "changed since it was approved on 2026-11-20"


READ_ONCE = "the site is built from the bytes that the gate read; the next gate sees the others"


def _row(
    name: str,
    act: Act,
    said: str,
    *,
    threat: str = "T5",
    not_plain: str = "",
    group: Group = Group.UNAPPROVED,
    silent: str = "",
) -> Scenario:
    return Scenario(
        name=name,
        threat=threat,
        act=act,
        said=said,
        group=group,
        silent=silent,
        not_plain=not_plain,
    )


def _writes(path: str, data: Callable[[AttackedSite], str | bytes] | None = None) -> Act:
    """Write a file of the content folder; a page with the canary unless told otherwise."""

    def act(site: AttackedSite) -> None:
        site.school.write(path.replace("SLUG", site.slug), data(site) if data else site.page())

    return act


def _photo(site: AttackedSite) -> bytes:
    return picture("red") + site.canary.encode()


def _behind(path: str) -> Act:
    """Put the canary behind the bytes of a file that was approved."""

    def act(site: AttackedSite) -> None:
        file = site.content / path
        file.write_bytes(file.read_bytes() + b"\n" + site.canary.encode() + b"\n")

    return act


def _instead(path: str, old: str, new: str) -> Act:
    """Replace words of a page that was approved."""

    def act(site: AttackedSite) -> None:
        file = site.content / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new.replace("CANARY", site.canary)), "utf-8")

    return act


def _moved(source: str, target: str) -> Act:
    """Copy an approved file to another place, with a link there that shows it was taken."""

    def act(site: AttackedSite) -> None:
        target_path = target.replace("SLUG", site.slug).replace("CANARY", site.canary)
        site.school.write(target_path, (site.content / source).read_bytes())

    return act


def _signed(decision: Decision | None, *, back: bool = False) -> Act:
    """Approve a page and decide otherwise; or approve a second version and put the first back."""

    def act(site: AttackedSite) -> None:
        page = site.school.write(f"news/{site.slug}.md", site.page())
        site.school.sign(page)
        if back:
            site.school.sign(site.school.write(page.path, "# News\n\nThe word is gone.\n"))
            site.school.write(page.path, page.data)
        elif decision is not None:
            actor = "p-1" if decision is Decision.WITHDRAW else "m-1"
            site.school.sign(page, decision=decision, actor=actor)

    return act


def _days(line: str) -> Act:
    def act(site: AttackedSite) -> None:
        page = f"---\n{line}\n---\n\n{site.page()}"
        site.school.sign(site.school.write(f"news/{site.slug}.md", page))

    return act


def _lapsed(site: AttackedSite) -> None:
    page = site.school.write(f"news/{site.slug}.md", site.page())
    site.school.sign(page, expires_at=site.now - timedelta(minutes=1))


def _too_low(path: str) -> Act:
    """Let a moderator alone approve what needs somebody else."""

    def act(site: AttackedSite) -> None:
        site.school.sign(site.school.write(path.replace("SLUG", site.slug), site.page()))

    return act


def _undeclared_photo(site: AttackedSite) -> None:
    page = site.school.write(
        f"news/{site.slug}.md", site.page(f"![A hall](../photos/{site.slug}.jpg)")
    )
    site.school.sign(page, site.school.write(f"photos/{site.slug}.jpg", picture("blue")))


def _incomplete(site: AttackedSite) -> None:
    """Approve a page with its photo, and swap the photo."""
    text = FAIR.replace("photos/fair.jpg", f"photos/{site.slug}.jpg") + site.page()
    page = site.school.write(f"news/{site.slug}.md", text)
    site.school.sign(page, site.school.write(f"photos/{site.slug}.jpg", PHOTO))
    site.school.write(f"photos/{site.slug}.jpg", _photo(site))


def _only_the_photo(site: AttackedSite) -> None:
    """Sign for a photo without any page."""
    photo = site.school.write(f"photos/{site.slug}.jpg", _photo(site))
    site.school.sign(photo, page=f"news/{site.slug}.md")


def _twice_a_name(site: AttackedSite) -> None:
    """Approve two pages that MkDocs would write to one place."""
    for path in (f"news/{site.slug}.md", f"news/{site.slug}/index.md"):
        site.school.sign(site.school.write(path, site.page(path)))


def _credits(site: AttackedSite) -> None:
    site.school.sign(site.school.write("credits.md", site.page()))


def _swapped(*paths: str) -> Act:
    """Swap files after the gate has read them, and before they are built."""

    def act(site: AttackedSite) -> None:
        def swap() -> None:
            for path in paths:
                (site.root / path).write_text(site.page(), "utf-8")

        site.between = swap

    return act


def _swapped_for_a_link(site: AttackedSite) -> None:
    def swap() -> None:
        (site.elsewhere / "page.md").write_text(site.page(), "utf-8")
        (site.content / "index.md").unlink()
        (site.content / "index.md").symlink_to(site.elsewhere / "page.md")

    site.between = swap


def _added_later(site: AttackedSite) -> None:
    site.between = lambda: site.school.write(f"news/{site.slug}.md", site.page())


def _same_length_and_time(site: AttackedSite) -> None:
    """Swap bytes for as many others, and forge the time of the change."""
    file = site.content / "index.md"
    before = file.stat()
    data = f"# W\n\n{site.canary}".encode()
    file.write_bytes(data.ljust(before.st_size, b" ")[: before.st_size])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


ROWS: tuple[Scenario, ...] = (
    _row("a page that nobody approved", _writes("news/SLUG.md"), NEVER),
    _row("a page in a new folder", _writes("SLUG/more/page.md"), NEVER),
    _row("an index of a folder", _writes("news/index.md"), NEVER),
    _row("a read-me as the home of a folder", _writes("classes/README.md"), NEVER),
    _row("a page with the long ending", _writes("news/SLUG.markdown"), NEVER),
    _row("a page with another ending for Markdown", _writes("news/SLUG.mkd"), NEVER),
    _row("a page of HTML", _writes("SLUG.html"), NEVER),
    _row(
        "a page that is HTML below a page's name",
        _writes("news/fair/index.html"),
        NEVER,
        not_plain="MkDocs writes its own page over it",
    ),
    _row("a page for what is not found", _writes("404.md"), NEVER),
    _row("a style sheet", _writes("stylesheets/SLUG.css"), NEVER),
    _row("a program of the browser", _writes("javascripts/SLUG.js"), NEVER),
    _row("a style sheet in the place of the theme's", _writes("assets/stylesheets/x.css"), NEVER),
    _row("a drawing of vectors", _writes("photos/SLUG.svg"), NEVER, threat="T13"),
    _row("an instruction to robots", _writes("robots.txt"), NEVER),
    _row("an address of another domain", _writes("CNAME"), NEVER),
    _row("a table of redirects", _writes("_redirects"), NEVER),
    _row("headers for the web server", _writes("_headers"), NEVER),
    _row(
        "an index of the search",
        _writes("search/more.json", lambda site: f'{{"docs": ["{site.canary}"]}}'),
        NEVER,
    ),
    _row("a photo that nobody approved", _writes("photos/SLUG.jpg", _photo), NEVER),
    _row("a download that nobody approved", _writes("downloads/SLUG.pdf"), NEVER),
    _row("a packed site map", _writes("SLUG.xml.gz"), NEVER),
    _row("a word behind an approved page", _behind("index.md"), CHANGED),
    _row("a word behind an approved photo", _behind("photos/fair.jpg"), CHANGED),
    _row("a word behind an approved download", _behind("downloads/menu.pdf"), CHANGED),
    _row("other words in an approved page", _instead("news/fair.md", "Cakes", "CANARY"), CHANGED),
    _row(
        "another title in the front matter",
        _instead("news/fair.md", "title: ", "author: CANARY\ntitle: "),
        CHANGED,
    ),
    _row(
        "another description in the front matter",
        _instead("news/fair.md", "Stalls, cakes and a band", "CANARY"),
        CHANGED,
    ),
    _row(
        "another link in an approved page",
        _instead("index.md", "news/old.md", "https://evil.example/CANARY"),
        CHANGED,
    ),
    _row(
        "another photo in an approved page",
        _instead("news/fair.md", "![Stalls on the green](", "![CANARY]("),
        CHANGED,
    ),
    _row("bytes of the same length and time", _same_length_and_time, CHANGED, threat="T17"),
    _row(
        "an approved page in another place",
        _moved("news/fair.md", "news/CANARY.md"),
        "was approved for another path (news/fair.md)",
        threat="T19",
    ),
    _row(
        "an approved photo in another place",
        _moved("photos/fair.jpg", "photos/CANARY.jpg"),
        "was approved for another path (photos/fair.jpg)",
        threat="T19",
    ),
    _row(
        "an approved download in another place",
        _moved("downloads/menu.pdf", "downloads/CANARY.pdf"),
        "was approved for another path (downloads/menu.pdf)",
        threat="T19",
    ),
    _row(
        "an approved photo under the name of a page",
        _moved("photos/fair.jpg", "photos/CANARY.md"),
        "was approved for another path",
        threat="T19",
        not_plain="MkDocs cannot read a picture as a page, and stops",
    ),
    _row(
        "a page put back that was taken down",
        _signed(Decision.TAKEDOWN),
        # the page itself, for one of the stage is told as well
        f"{slug_of('a page put back that was taken down')}.md: was taken down on",
    ),
    _row("a page put back that was rejected", _signed(Decision.REJECT), "was rejected on"),
    _row("a page put back that was withdrawn", _signed(Decision.WITHDRAW), "was withdrawn on"),
    _row("an older version put back", _signed(None, back=True), "is an older version"),
    _row(
        "a page before its day",
        _days("publish: 2026-12-24"),
        "is approved, but not before 2026-12-24",
    ),
    _row(
        "a page after its last day",
        _days("expires: 2026-11-19"),
        "is approved, but only up to 2026-11-19",
    ),
    _row(
        "a page whose days cannot be read",
        _days("publish: when it rains"),
        "cannot be read",
    ),
    _row("a page whose approval has expired", _lapsed, "has expired; hand it in again"),
    _row("a statutory page by a moderator", _too_low("policies/SLUG.md"), "needs approval by exec"),
    _row("a photo of which nothing is declared", _undeclared_photo, "needs approval by head or"),
    _row("a page whose photo was swapped", _incomplete, "which has changed since"),
    _row("a photo that was approved alone", _only_the_photo, "approved without its page"),
    _row(
        "two pages for one place",
        _twice_a_name,
        "rename one",
        threat="T10",
    ),
    _row("a page in the place of the credits", _credits, "rename it", threat="T10"),
    _row(
        "a page swapped after the gate",
        _swapped("content/index.md"),
        "",
        threat="T17",
        silent=READ_ONCE,
    ),
    _row(
        "every file swapped after the gate",
        _swapped("content/index.md", "content/photos/fair.jpg", "theme/main.html", "mkdocs.yml"),
        "",
        threat="T17",
        silent=READ_ONCE,
        not_plain="MkDocs cannot read the page in the place of its settings, and stops",
    ),
    _row(
        "a page swapped for a link after the gate",
        _swapped_for_a_link,
        "",
        threat="T17",
        silent=READ_ONCE,
    ),
    _row("a page added after the gate", _added_later, "", threat="T17", silent=READ_ONCE),
)
