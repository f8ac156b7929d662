"""The command line: which commands there are. Each is a file in ``chosa.commands``, loaded when called."""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from chosa.errors import ChosaError, UsageError

INTERRUPTED = 130
FAILED = 1
USAGE = 2

# Each command's module in chosa.commands and its line in --help (so that help loads none of them).
COMMANDS = {
    "run": "Read reports and write their numbers as tables.",
    "review": "Look at rows beside their pages, and decide.",
    "see": "Draw what was seen on a page over the page.",
    "explain": "Tell how one number was read and what confirms it.",
    "labels": "Show how labels were matched; propose and accept ids.",
    "compare": "Follow one item across reports and years.",
    "cache": "Where page readings are kept, how many; clear them.",
    "doctor": "Check that engines, fonts and libraries are there.",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"chosa.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from chosa.versions import chosa_version

        click.echo(f"chosa {chosa_version()}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version.",
)
def cli() -> None:
    """Turn Japanese survey reports into tidy tables in which every number carries its proof."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code (see ``run_command``)."""
    signal.signal(signal.SIGTERM, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal of another encoding shows ? rather than nothing
            stream.reconfigure(errors="replace")
    sys.exit(run_command(arguments))


def _interrupt(*_: object) -> None:
    """Being asked to end is an interruption like any other: workers are ended, the lock is given back."""
    raise KeyboardInterrupt


def run_command(arguments: list[str] | None = None) -> int:
    """0 all read, 1 something failed, 2 usage, 130 interrupted; what went wrong is one sentence."""
    try:
        answer: Any = cli.main(args=arguments, prog_name="chosa", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UsageError as error:
        click.echo(f"chosa: {error}", err=True)
        return USAGE
    except ChosaError as error:
        click.echo(f"chosa: {error}", err=True)
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo("chosa: interrupted; the same command goes on where it stopped", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return FAILED
    return answer if isinstance(answer, int) else 0
