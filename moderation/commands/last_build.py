"""The last build on this machine: kept in its private folder, so that an unchanged site stays."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, cast

from moderation.commands.workspace import Workspace
from moderation.model import IntegrityError, SchoolgateError
from moderation.pipeline.reading import read_file
from moderation.policy import default_policy, load_policy
from moderation.publish.build import EPOCH
from moderation.publish.manifest import OutputManifest
from moderation.publish.settings import CONFIG, read_settings
from moderation.publish.site import Site
from moderation.publish.unchanged import Built, inputs_digest, remembered, still_stands
from moderation.registers.files import make_folder, write_atomically

_NAME = "built.json"
_REGISTER = Path("registers") / "consent.vault"


class Answer(TypedDict):
    """What a build says of itself, for programs."""

    files: int
    admitted: int
    refused: list[dict[str, str]]
    dated: list[dict[str, str]]
    next_day: str | None
    faulty: list[dict[str, str]]
    notes: list[str]


@dataclass(slots=True)
class LastBuild:
    """The last build on this machine, as seen before a new one.

    Args:
        workspace: the site
        out: where the new build is to stand
        moment: aware time
        anchor: see :func:`moderation.publish.site.load_site`

    """

    workspace: Workspace
    out: Path
    moment: datetime
    anchor: str = ""
    _before: str = ""

    def answer(self) -> Answer | None:
        """Return what the last build said, where a new one would come out the same."""
        try:
            built = Built.from_json((self.workspace.home / _NAME).read_bytes(), source=_NAME)
        except (OSError, IntegrityError):
            return None  # no note, or a damaged one: the site is built
        if not still_stands(built, self.out, now=self.moment):
            return None
        if self._inputs(built.theme) != built.inputs:
            return None
        return cast("Answer", json.loads(built.answer))

    def begin(self) -> None:
        """Note what goes in before any of it is read."""
        self._before = self._inputs(self._theme())

    def keep(self, site: Site, made: OutputManifest, answer: Answer) -> None:
        """Keep what was built, unless something changed or could not be asked meanwhile.

        Args:
            site: what was built
            made: what it became
            answer: what is said of it

        """
        theme = self._theme()
        asked = (site.witness is not None) == self._register.is_file()
        if not asked or not self._before or self._inputs(theme) != self._before:
            return
        kept = remembered(
            site,
            made,
            self.out,
            inputs=self._before,
            theme=theme,
            answer=json.dumps(answer),
            now=self.moment,
        )
        make_folder(self.workspace.home)
        write_atomically(self.workspace.home / _NAME, kept.to_json())

    @property
    def _register(self) -> Path:
        return self.workspace.home / _REGISTER

    def _theme(self) -> str:
        try:
            data = read_file(self.workspace.root, CONFIG, default_policy().limits)
            return read_settings(data).theme_dir
        except SchoolgateError:
            return ""  # the build says what is wrong

    def _inputs(self, theme: str) -> str:
        """Digest everything that goes in; empty where something cannot be read."""
        policy = load_policy(self.workspace.policy_text())
        days = (policy.day(self.moment), self.moment.astimezone(UTC).date())
        beside = (self._register,) if self._register.is_file() else ()
        told = f"{os.environ.get(EPOCH, '')} {self.anchor}"
        root = self.workspace.root
        try:
            return inputs_digest(root, theme=theme, days=days, told=told, beside=beside)
        except (OSError, ImportError):
            return ""  # the build says what is missing
