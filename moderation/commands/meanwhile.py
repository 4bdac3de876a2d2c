"""What was taken down while a site was being built or copied: it leaves again at once."""

from pathlib import Path

import click

from moderation.attest.log import ApprovalLog
from moderation.attest.verify import verify_log
from moderation.publish.site import STATE, Site
from moderation.publish.strike import strike


def strike_meanwhile(site: Site, out: Path) -> None:
    """Strike *out* where the log has grown since *site* was read.

    A build takes seconds to minutes. A takedown in between strikes the site that still stands, and
    the build then puts the file back that was just taken away. Whoever signs first, one of the two
    strikes what the build put there: the takedown looks at the folder after it has signed, and the
    build at the log after the folder is in its place.

    Args:
        site: as it was read before
        out: what was put in place since

    Raises:
        IntegrityError: the log was damaged meanwhile

    """
    log = ApprovalLog(site.root / STATE / "approvals")
    statements = verify_log(log.read(), site.trust)
    if len(statements) == len(site.statements):
        return
    struck = strike(out, statements)
    if struck.removed or struck.left:
        click.echo(
            f"what was taken down meanwhile has left {out.name}/ again; files gone: "
            f"{len(struck.removed)}",
            err=True,
        )
    for each in struck.left:
        click.echo(f"{out.name}/{each}", err=True)
