"""Which column of an export asks about which channel, and which says when: asked once, and kept.

What was answered is kept in the private folder, as headings only. It counts again wherever these
headings stand in row 1.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

import click

from moderation.commands.workspace import Workspace
from moderation.model import UsageError
from moderation.registers import Channel
from moderation.registers.consent_questions import guess_questions, is_turned
from moderation.registers.files import make_folder, write_atomically

_COLUMNS = "consent-columns.json"
_DATED = "date"
_USUAL = ("timestamp", "completion time", "date", "date given", "start time")
_NONE = "none of them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of an export say.

    Args:
        questions: the heading that asks about each channel; empty where several might and none does
        dated: the heading that says when; empty where none does

    """

    questions: Mapping[Channel, str] = field(default_factory=dict)
    dated: str = ""

    @property
    def rows(self) -> list[dict[str, object]]:
        """The same as rows of a table."""
        named = [(str(channel), heading) for channel, heading in self.questions.items()]
        dated = [(_DATED, self.dated)] if self.dated else []
        return [
            {"asks about": what, "heading": heading or "none"} for what, heading in (*named, *dated)
        ]


def columns_of(
    workspace: Workspace, text: str, source: str, headings: tuple[str, ...], named: Columns
) -> Columns:
    """Return what the columns say: as told now, as told before, by their words, or by asking.

    Raises:
        UsageError: it cannot be told, and nobody is there to be asked

    """
    before = remembered(workspace)
    kept = {c: h for c, h in before.questions.items() if h in headings}
    told = {**kept, **named.questions}
    guessed = guess_questions(text, source=source)
    questions = dict(told)
    for channel, found in guessed.items():
        if channel not in told and len(found) > 1:
            questions[channel] = _asked(channel, found, source)
        questions.setdefault(channel, found[0])
    if not any(questions.values()):
        raise UsageError(
            f"{source}: no column asks about {', '.join(Channel)}; say which one does with "
            "--column website=HEADING"
        )
    usual = next((name for name in _USUAL if name in headings), "")
    again = before.dated if before.dated in headings else ""
    return Columns(questions=questions, dated=named.dated or again or usual)


def named_columns(named: tuple[str, ...], dated: str, headings: tuple[str, ...]) -> Columns:
    """Read what was told on the command line.

    Raises:
        UsageError: a channel is not one, or a heading is not there

    """
    questions: dict[Channel, str] = {}
    for each in named:
        channel, _, heading = each.partition("=")
        if channel not in list(Channel) or heading.strip().lower() not in headings:
            raise UsageError(f"--column {each}: write CHANNEL=HEADING, a heading of row 1")
        if is_turned(heading):
            raise UsageError(
                f"--column {each}: yes may mean no there; turn the answers in the file round, and "
                "give it a heading to which yes means yes"
            )
        questions[Channel(channel)] = heading.strip().lower()
    if dated and dated.strip().lower() not in headings:
        raise UsageError(f"--dated {dated}: is no heading of row 1")
    return Columns(questions=questions, dated=dated.strip().lower())


def remembered(workspace: Workspace) -> Columns:
    """Return what was answered at earlier imports; nothing where that cannot be read."""
    try:
        found = json.loads((workspace.home / _COLUMNS).read_text("utf-8"))
        dated = str(found.pop(_DATED, ""))
        return Columns(questions={Channel(c): str(h) for c, h in found.items()}, dated=dated)
    except (OSError, ValueError, AttributeError, TypeError):
        return Columns()


def remember(workspace: Workspace, columns: Columns) -> None:
    """Keep what was answered for the next import, over what was answered before."""
    questions = {**remembered(workspace).questions, **columns.questions}
    kept = {str(channel): heading for channel, heading in questions.items() if heading}
    kept |= {_DATED: columns.dated} if columns.dated else {}
    make_folder(workspace.home)
    write_atomically(workspace.home / _COLUMNS, json.dumps(kept, indent=2).encode())


def forget(workspace: Workspace) -> None:
    """Ask anew at the next import."""
    (workspace.home / _COLUMNS).unlink(missing_ok=True)


def _asked(channel: Channel, found: tuple[str, ...], source: str) -> str:
    """Have somebody say which of several columns asks about a channel; empty if none does."""
    if not sys.stdin.isatty():
        raise UsageError(
            f"{source}: {len(found)} columns may ask about {channel}; say which one does with "
            f"--column {channel}=HEADING"
        )
    choices = click.Choice([*found, _NONE])
    answer: str = click.prompt(f"Which column asks about {channel}?", type=choices, err=True)
    return "" if answer == _NONE else answer
