"""``chosa cache``: where page readings are kept, how many, and clearing them."""

from __future__ import annotations

import click

from chosa.places import CACHE_VARIABLE, default_cache
from chosa.settings import MIB
from chosa.store import Store


@click.group(invoke_without_command=True, short_help="Where page readings are kept, how many; clear them.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Where page readings are kept, how many there are and how big."""
    if ctx.invoked_subcommand is None:
        store = Store(default_cache())
        count, size = store.size()
        click.echo(f"{store.root}: {count} entries, {size / MIB:.1f} MiB (move it with {CACHE_VARIABLE})")


@command.command("clear")
@click.option(
    "--older-than", type=click.FloatRange(0), default=None, metavar="DAYS", help="Only what is older."
)
def clear(older_than: float | None) -> None:
    """Forget what was read; the next run reads it again."""
    click.echo(f"{Store(default_cache()).clear(older_than)} entries cleared")
