"""``chosa labels``: how labels were matched, what is left over, and giving a label its id."""

from __future__ import annotations

import getpass
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chosa.corrections import LABEL_KINDS, Correction, append_corrections
from chosa.emit.read_back import read_rows
from chosa.errors import NothingThere
from chosa.tables import LABELS, LabelRow

SHOWN = 40  # unmatched labels printed; all of them are in labels.csv


@click.group(invoke_without_command=True, short_help="Show how labels were matched; propose and accept ids.")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
def command(ctx: click.Context, directory: Path) -> None:
    """How the labels in the tables of DIRECTORY were matched, and which are left over."""
    ctx.obj = directory
    if ctx.invoked_subcommand is None:
        _print_crosswalk(list(read_rows(directory, LABELS, LabelRow)), Console(highlight=False))


def _print_crosswalk(rows: list[LabelRow], console: Console) -> None:
    decided = Counter((row.kind, row.decided_by) for row in rows)
    for kind in LABEL_KINDS:
        counts = ", ".join(f"{n} {how}" for (of, how), n in sorted(decided.items()) if of == kind)
        console.print(f"{kind:9} {counts or 'none'}")
    left = sorted((r for r in rows if not r.id), key=lambda r: (-r.occurrences, r.kind, r.label))
    if not left:
        return
    console.print(f"\n{len(left)} without an id, most frequent first:")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("kind", "label", "rows", "nearest", "score", "why"):
        table.add_column(name, overflow="fold")
    for row in left[:SHOWN]:
        score = "" if row.runner_up_score is None else f"{row.runner_up_score:.0f}"
        table.add_row(
            row.kind, escape(row.label), str(row.occurrences), row.runner_up, score, escape(row.why)
        )
    console.print(table)


@command.command("accept")
@click.argument("label")
@click.argument("id")
@click.option("--kind", type=click.Choice(LABEL_KINDS), default="item", show_default=True)
@click.option("--why", default="", help="Kept with the decision.")
@click.pass_obj
def accept(directory: Path, label: str, id: str, kind: str, why: str) -> None:
    """Give LABEL the id ID wherever it stands, from the next run on."""
    known = {row.label for row in read_rows(directory, LABELS, LabelRow) if row.kind == kind}
    if label not in known:
        raise NothingThere(f"no {kind} is worded {label!r} here; labels are in {directory / 'labels.csv'}")
    decision = Correction(
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        who=person(),
        action="label",
        field=kind,
        before=label,
        after=id,
        why=why,
    )
    append_corrections(directory, [decision])
    click.echo(f"kept in {directory / 'corrections.csv'}; the next run into {directory} applies it")


def person() -> str:
    """The name decisions are signed with: the account's."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
