"""The second build: what it says where it differs from the first."""

from datetime import datetime

from moderation.commands.output import show_rows
from moderation.commands.progress import waiting
from moderation.model import IntegrityError
from moderation.publish.manifest import OutputManifest
from moderation.publish.recheck import rebuild
from moderation.publish.site import Site


def require_same(
    site: Site, made: OutputManifest, name: str, style: str | None, *, moment: datetime
) -> None:
    """Build the site once more, apart, and refuse where one byte differs.

    Args:
        site: what was built
        made: what the first build made
        name: of the output folder
        style: how the rows are shown
        moment: aware time

    Raises:
        IntegrityError: the two builds differ; the files are listed first

    """
    with waiting("building a second time"):
        found = rebuild(site, made, now=moment)
    if not found:
        return
    if style != "json":
        rows = [{"path": f"{name}/{each.path}", "reason": each.reason} for each in found]
        show_rows(rows, ("path", "reason"), style, "")
    raise IntegrityError(
        f"{name}: {len(found)} files came out otherwise in a second build, so nobody can say which "
        "is right; do not deploy it, and tell the head"
    )
