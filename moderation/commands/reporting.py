"""From a verdict to what a command prints, in the format that was asked for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from moderation.checks.base import all_rules
from moderation.commands.output import colour, width
from moderation.model import SchoolgateError, Verdict
from moderation.pipeline.reading import read_file
from moderation.policy import Policy
from moderation.registers import Roll

FORMATS = ("terminal", "text", "json", "sarif", "junit", "github")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """What every format needs.

    Args:
        policy: for the sentences that rules cite
        root: the folder that paths in the verdict are relative to
        key: for fingerprints
        redact: leave out personal evidence
        prefix: path of *root* in the repository, with a final slash, for CI
        roll: whose names are masked where evidence is left out
        not_run: ids of the rules that had no register to look in

    """

    policy: Policy
    root: Path
    key: bytes
    redact: bool
    prefix: str = ""
    roll: Roll | None = None
    not_run: Collection[str] = ()

    def render(self, verdict: Verdict, style: str) -> str:
        """Render *verdict*; a format's module is imported only when it is asked for."""
        if style in ("terminal", "text", "json"):
            return self._for_people(verdict, style, None)
        return self._for_ci(verdict, style)

    def render_stored(self, verdict: Verdict, style: str, files: Mapping[str, bytes]) -> str:
        """Render the verdict on *files* from the store, by path, as terminal, text or json."""
        return self._for_people(verdict, style, files)

    def _for_people(self, verdict: Verdict, style: str, files: Mapping[str, bytes] | None) -> str:
        rules, clauses = all_rules(), self.policy.clauses
        if style == "json":
            from moderation.reports import json_

            return json_.render(
                verdict,
                key=self.key,
                redact=self.redact,
                roll=self.roll,
                not_run=self.not_run,
            )
        if style == "text":
            from moderation.reports import text

            return text.render(
                verdict,
                rules=rules,
                clauses=clauses,
                redact=self.redact,
                roll=self.roll,
                not_run=self.not_run,
            )
        from moderation.reports import terminal

        return terminal.render(
            verdict,
            self._sources(verdict, files),
            rules=rules,
            clauses=clauses,
            width=width(),
            colour=colour(),
            redact=self.redact,
            roll=self.roll,
            not_run=self.not_run,
        )

    def _for_ci(self, verdict: Verdict, style: str) -> str:
        if style == "sarif":
            from moderation.reports import sarif

            return sarif.render(
                verdict,
                rules=all_rules(),
                clauses=self.policy.clauses,
                key=self.key,
                prefix=self.prefix,
                roll=self.roll,
            )
        if style == "junit":
            from moderation.reports import junit

            return junit.render(verdict, roll=self.roll, not_run=self.not_run)
        from moderation.reports import github

        return github.render(verdict, prefix=self.prefix, roll=self.roll, not_run=self.not_run)

    def _sources(self, verdict: Verdict, files: Mapping[str, bytes] | None) -> Mapping[str, str]:
        """Read the lines to show; a file that cannot be shown is simply not quoted."""
        from moderation.extract.decode import decode

        found: dict[str, str] = {}
        places = [place for f in verdict.findings for place in (f.primary, *f.related)]
        for path in {place.path for place in places if place.span}:
            try:
                data = (
                    read_file(self.root, path, self.policy.limits) if files is None else files[path]
                )
                found[path] = decode(path, data).text
            except (SchoolgateError, KeyError):
                continue
        return found
