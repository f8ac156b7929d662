"""``chosa labels``: how labels were matched, what is left over, and giving a label its id."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chosa.commands import output
from chosa.corrections import LABEL_KINDS, Correction, append_corrections
from chosa.emit.read_back import read_rows
from chosa.errors import NothingThere, UsageError
from chosa.observation import OBSERVATIONS, Observation
from chosa.tables import LABELS, LabelRow

if TYPE_CHECKING:
    from normalize.proposals import Proposal

SHOWN = 40  # labels or proposals printed; all labels are in labels.csv
_TAXONOMY = click.option(
    "--taxonomy",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Your own taxonomy folder, as for chosa run.",
)


@click.group(invoke_without_command=True, short_help="Show how labels were matched; propose and accept ids.")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
def command(ctx: click.Context, directory: Path) -> None:
    """How the labels in the tables of DIRECTORY were matched, and which are left over."""
    ctx.obj = directory
    if ctx.invoked_subcommand is None:
        _print_crosswalk(list(read_rows(directory, LABELS, LabelRow)), output.console())


def _print_crosswalk(rows: list[LabelRow], console: Console) -> None:
    decided = Counter((row.kind, row.decided_by) for row in rows)
    for kind in LABEL_KINDS:
        counts = ", ".join(f"{n} {how}" for (of, how), n in sorted(decided.items()) if of == kind)
        console.print(f"{kind:9} {counts or 'none'}")
    left = sorted((r for r in rows if not r.id), key=lambda r: (-r.occurrences, r.kind, r.label))
    if not left:
        return
    console.print(f"\n{len(left)} without an id, most frequent first:")
    _print_table(
        ("kind", "label", "rows", "nearest", "score"),
        ((r.kind, r.label, str(r.occurrences), r.runner_up, _score(r.runner_up_score)) for r in left[:SHOWN]),
        console,
    )


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.0f}"


def _print_table(names: Iterable[str], rows: Iterable[Iterable[str]], console: Console) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    console.print(table)


@command.command("propose")
@_TAXONOMY
@click.pass_obj
def propose(directory: Path, taxonomy: Path | None) -> None:
    """Group the labels without an id; those found in most documents first."""
    found = _proposals(directory, taxonomy)
    console = output.console()
    rows = (
        (
            p.kind,
            p.id,
            " | ".join(p.examples),
            str(len(p.documents)),
            str(p.occurrences),
            f"{p.nearest.id} {p.nearest.score:.0f}" if p.nearest else "",
        )
        for p in found[:SHOWN]
    )
    _print_table(("kind", "proposed id", "wordings", "documents", "rows", "nearest"), rows, console)
    how = f"chosa labels {directory} accept WORDING ID --taxonomy FOLDER"
    console.print(f"{len(found)} proposals. Keep one: {escape(how)}", soft_wrap=True)


def _proposals(directory: Path, taxonomy: Path | None) -> list[Proposal]:
    from chosa.taxonomy import matcher_for
    from chosa.unknown import unknown_labels
    from normalize.proposals import propose as grouped

    known = taxonomy.absolute() if taxonomy and taxonomy.exists() else None
    return grouped(unknown_labels(read_rows(directory, OBSERVATIONS, Observation)), matcher_for(known))


@command.command("accept")
@click.argument("label")
@click.argument("id")
@click.option("--kind", type=click.Choice(LABEL_KINDS), default="item", show_default=True)
@click.option("--why", default="", help="Kept with the decision.")
@_TAXONOMY
@click.pass_obj
def accept(directory: Path, label: str, id: str, kind: str, why: str, taxonomy: Path | None) -> None:
    """Give LABEL the id ID wherever it stands, from the next run on.

    With --taxonomy the label and all wordings grouped with it go into that folder, for every run that uses
    it: as aliases of ID, or as a new concept when there is no such id. Without, the decision is kept in
    DIRECTORY for runs into it.
    """
    known = {row.label for row in read_rows(directory, LABELS, LabelRow) if row.kind == kind}
    if label not in known:
        raise NothingThere(f"no {kind} is worded {label!r} here; labels are in {directory / 'labels.csv'}")
    if taxonomy:
        click.echo(_into_taxonomy(directory, label, id, kind, taxonomy))
        return
    now = datetime.now(UTC).isoformat(timespec="seconds")
    append_corrections(
        directory, [Correction(now, person(), "label", field=kind, before=label, after=id, why=why)]
    )
    click.echo(f"kept in {directory / 'corrections.csv'}; the next run into {directory} applies it")


def _into_taxonomy(directory: Path, label: str, id: str, kind: str, taxonomy: Path) -> str:
    """Write the label's proposal into the user's taxonomy; what was done, as a sentence."""
    from chosa.taxonomy import matcher_for
    from normalize.errors import NormalizeError
    from normalize.proposals import accept_as_alias, accept_as_new

    meant = [p for p in _proposals(directory, taxonomy) if p.kind == kind and label in p.labels]
    if not meant:
        raise NothingThere(f"{kind} {label!r} has an id already; see {directory / 'labels.csv'}")
    known = matcher_for(taxonomy.absolute() if taxonomy.exists() else None).taxonomy.concepts[meant[0].kind]
    try:
        if id in known:
            accept_as_alias(meant[0], id, taxonomy)
            return f"{len(meant[0].labels)} wordings are aliases of {id} in {taxonomy} now"
        accept_as_new(meant[0], taxonomy, concept_id=id)
    except NormalizeError as error:
        raise UsageError(str(error)) from error
    return f"{id} is a new concept in {taxonomy}; say there what it means (label_en, definition)"


def person() -> str:
    """The name decisions are signed with: the account's."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
