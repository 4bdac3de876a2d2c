"""The plugin ``schoolgate``: a plain ``mkdocs build`` or ``mkdocs serve`` refuses unapproved files.

It decides nothing itself: it asks the gate, compares what MkDocs is about to build with the answer
by path and by digest, and hands MkDocs the very bytes that were compared.

What comes out is a preview. Articles are not cleaned in it, no page has a security policy, nobody
looks at the output, and no manifest of it is written: that is the work of ``schoolgate build``.
"""

import logging
import os
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from moderation.attest.trust_chain import ANCHOR
from moderation.model import AssetRef, SchoolgateError, digest_of
from moderation.publish.manifest import Refusal
from moderation.publish.settings import CONFIG
from moderation.publish.site import examine, load_site

_LOG = logging.getLogger("mkdocs.plugins.schoolgate")
"""Below MkDocs' own, which prints what is told to it."""
PREVIEW = "schoolgate: this is a preview; only 'schoolgate build' makes what may be published"


class GateConfig(Config):  # type: ignore[no-untyped-call]  # untyped in MkDocs
    """The plugin has no settings: what it does is decided by the policy."""


class GatePlugin(BasePlugin[GateConfig]):  # type: ignore[no-untyped-call]  # likewise
    """Ask the gate before every build."""

    @event_priority(-100)  # after every plugin that could still add a file
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Abort unless every file of the content folder is approved, and pin the approved bytes."""
        now = datetime.now(UTC)
        try:
            root = _root(config)
            site = load_site(root, now=now, anchor=os.environ.get(ANCHOR, ""))
            _, manifest = examine(site, now=now)
        except SchoolgateError as error:
            raise PluginError(f"schoolgate: {error}") from None
        except OSError as error:
            raise PluginError(f"schoolgate: cannot read the site ({error.strerror})") from None
        refused = {refusal.path: refusal for refusal in manifest.refused}
        admitted = frozenset(manifest.admitted)
        _leave_out(files, {each.path for each in manifest.dated}, config)
        for file in files:
            refusal = _pin(file, admitted, config)
            if refusal:
                refused.setdefault(refusal.path, refusal)
        if refused:
            lines = "\n".join(f"  {refusal}" for _, refusal in sorted(refused.items()))
            raise PluginError(f"schoolgate: nothing was built, for these are not approved\n{lines}")
        _LOG.info(PREVIEW)
        return files


def _leave_out(files: Files, dated: Collection[str], config: MkDocsConfig) -> None:
    """Leave out the approved files that are published on other days than today."""
    for file in list(files):
        if file.src_uri in dated and file.src_dir == config.docs_dir:
            files.remove(file)


def _root(config: MkDocsConfig) -> Path:
    """Return the folder of the site, if MkDocs builds what the gate reads."""
    file = Path(config.config_file_path)
    if file.name != CONFIG:
        raise PluginError(f"schoolgate: {file.name}: build with {CONFIG}, which the gate checks")
    docs = Path(config.docs_dir)
    if docs != file.parent / "content":
        raise PluginError(f"schoolgate: {docs.name}: is not the content folder that the gate reads")
    return file.parent


def _pin(file: File, admitted: frozenset[AssetRef], config: MkDocsConfig) -> Refusal | None:
    """Give MkDocs the bytes that were approved, or say why there are none."""
    if file.src_dir is not None and file.src_dir != config.docs_dir:
        if file.src_dir in config.theme.dirs:
            return None
        return Refusal(file.src_uri, "comes from a folder that is neither content nor theme")
    if file.src_dir is not None and _is_left_out(file):
        return None
    try:
        data = file.content_bytes
    except OSError:
        return Refusal(file.src_uri, "cannot be read; check its permissions")
    if AssetRef(file.src_uri, digest_of(data), len(data)) not in admitted:
        return Refusal(file.src_uri, "is not what the gate read, or was made by another plugin")
    file.content_bytes = data
    return None


def _is_left_out(file: File) -> bool:
    """Say whether MkDocs leaves the file out as hidden, which the gate does not read."""
    hidden = any(part.startswith(".") for part in file.src_uri.split("/"))
    return hidden and file.inclusion is InclusionLevel.EXCLUDED
