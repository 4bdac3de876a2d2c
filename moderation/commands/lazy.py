"""A group of commands that imports each only when it is run, and one way out for errors."""

import difflib
import importlib
import keyword
import os
import sys
import traceback
from collections.abc import Mapping, Sequence

import click

from moderation.model.errors import ExitCode, SchoolgateError

_INTERRUPTED = 130


class LazyGroup(click.Group):
    """A table of contents: name -> one line; the module of the same name holds ``command``."""

    def __init__(
        self, name: str, *, contents: Mapping[str, str], package: str, help: str, epilog: str = ""
    ) -> None:
        """Keep the table; nothing is imported yet."""
        super().__init__(
            name,
            help=help,
            epilog=epilog,
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        )
        self._contents = contents
        self._package = package
        self.params.append(
            click.Option(
                ["--version"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_print_version,
                help="Show the version and exit.",
            )
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        return list(self._contents)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the module of a command."""
        if name not in self._contents:
            return None
        stem = f"{name}_" if keyword.iskeyword(name) else name
        module = importlib.import_module(f"{self._package}.{stem}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, and offer the nearest one for a slip of the pen."""
        if args[0] not in self._contents and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self._contents, n=1)
            hint = f"Did you mean {near[0]}?" if near else "schoolgate --help lists them."
            ctx.fail(f"No such command {args[0][:40]!r}. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._contents.items()))

    def main(  # type: ignore[override]  # always ends the process, as a console script does
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: object,
    ) -> None:
        """Run, and turn every way out into one of the documented exit codes."""
        extra.pop("standalone_mode", None)
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)  # type: ignore[call-overload]
            sys.exit(code if isinstance(code, int) else 0)
        except click.exceptions.NoArgsIsHelpError as shown:
            click.echo(shown.format_message())
            sys.exit(ExitCode.CLEAN)
        except click.ClickException as error:
            error.show()
            sys.exit(ExitCode.USAGE)
        except (click.Abort, KeyboardInterrupt):
            click.echo("stopped; nothing was changed by the step that was under way", err=True)
            sys.exit(_INTERRUPTED)
        except SchoolgateError as error:
            click.echo(f"schoolgate: {_shown(str(error))}", err=True)
            sys.exit(error.exit_code)
        except OSError as error:
            place = _shown(_place_of(error))
            click.echo(f"schoolgate: {place}; nothing else was changed", err=True)
            sys.exit(ExitCode.USAGE)
        except Exception as error:  # noqa: BLE001 - an internal error must still exit with 5
            _tell(error)
            sys.exit(ExitCode.NOT_CHECKED)


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version  # slow, and no other command needs it

        click.echo(f"schoolgate {version('schoolgate')}")
        ctx.exit()


def _shown(message: str) -> str:
    """Return a message whose file names and settings cannot steer the terminal."""
    from moderation.reports.display import safe

    return "\n".join(safe(line) for line in message.split("\n"))


def _place_of(error: OSError) -> str:
    """Say what the system refused, and where; for a full disk or a folder without permission."""
    place = f"{error.filename}: " if isinstance(error.filename, str) else ""
    return f"{place}cannot be read or written ({error.strerror}); see to the disk or permissions"


def _tell(error: Exception) -> None:
    """Say where an internal error arose; its message may quote a file, so it is not shown."""
    from moderation.commands.output import in_ci

    if os.environ.get("SCHOOLGATE_DEBUG") and not in_ci():
        traceback.print_exception(error)
        return
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
    click.echo(
        f"schoolgate: internal error ({type(error).__name__} in {place}); nothing was published; "
        "please report it, and set SCHOOLGATE_DEBUG=1 to see all of it on your own screen",
        err=True,
    )
