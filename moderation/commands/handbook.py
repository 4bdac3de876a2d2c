"""The generated pages of the handbook: rules, clauses, commands, policy."""

from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import click

from moderation.checks.base import all_checks
from moderation.model import ExitCode
from moderation.policy import default_policy
from moderation.registers.files import make_folder, write_atomically
from moderation.reports.pages import all_pages

_WRITTEN = "*This page is generated from the code; `make pages` writes it anew.*"
_EXITS = {
    ExitCode.CLEAN: "clean",
    ExitCode.FINDINGS: "findings at or above `--fail-on`, or something must be mended first",
    ExitCode.USAGE: "usage or configuration",
    ExitCode.NOT_ALLOWED: "not authenticated or not allowed",
    ExitCode.INTEGRITY: "integrity failure: approval, digest, register or log",
    ExitCode.NOT_CHECKED: "something could not be checked, or an internal error",
}


def pages(specs: Path) -> Mapping[str, str]:
    """Compose every generated page, by its path below ``docs/reference/``.

    Args:
        specs: the folder of specs, whose examples the rules' pages show

    """
    texts = {file.stem: file.read_text("utf-8") for file in sorted(specs.glob("*/*.md"))}
    composed = dict(all_pages(all_checks().values(), texts, default_policy().clauses))
    return {**composed, "commands.md": command_page(), "policy.md": policy_page()}


def write_pages(folder: Path) -> list[str]:
    """Write the generated pages below *folder* and return their names.

    Run in a checkout, whose ``tests/specs`` hold the examples.
    """
    written = pages(Path("tests") / "specs")
    for name, text in written.items():
        make_folder((folder / name).parent, mode=0o755)
        write_atomically(folder / name, text.encode(), mode=0o644)
    return list(written)


def command_page() -> str:
    """Compose the reference of commands, from their own help."""
    from moderation.commands import cli

    context = click.Context(cli, info_name="schoolgate", max_content_width=88)
    sections = ["# Commands", _WRITTEN, _exit_table()]
    for words, command in _commands(cli, context, ("schoolgate",)):
        inner = click.Context(  # as wide and with the same names whoever writes the page
            command,
            info_name=" ".join(words),
            terminal_width=88,
            help_option_names=cli.context_settings["help_option_names"],
        )
        sections.append(f"## {' '.join(words)}\n\n```text\n{command.get_help(inner).strip()}\n```")
    return "\n\n".join(sections) + "\n"


def policy_page() -> str:
    """Compose the reference of settings, from the defaults as they ship."""
    defaults = (resources.files("moderation.policy") / "defaults.toml").read_text("utf-8")
    return (
        f"# Policy\n\n{_WRITTEN}\n\nA school's own settings stand in `.schoolgate/policy.toml`. "
        "It names only what it changes, over these defaults. What is stricter counts at once; what "
        "is looser counts only when the head has signed the file with `schoolgate policy sign`. A "
        "JSON Schema for editors is published as [policy.schema.json](policy.schema.json)."
        "\n\n"
        f"```toml\n{defaults.strip()}\n```\n\nThe sentences of the two agreements that rules cite "
        "are listed under [Clauses](clauses.md); a school that signed another wording puts it "
        "under `[clauses.ID]` with `agreement` and `sentence`.\n"
    )


def _exit_table() -> str:
    rows = [f"| {code.value} | {meaning} |" for code, meaning in _EXITS.items()]
    rows.append("| 130 | stopped by the user; the step under way changed nothing |")
    return "\n".join(["| Exit code | Meaning |", "|---|---|", *rows])


def _commands(
    group: click.Group, context: click.Context, words: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield (*words, name), command
            yield from _commands(command, context, (*words, name))
        elif command is not None:
            yield (*words, name), command
