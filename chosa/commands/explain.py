"""``chosa explain``: how one number was read and what confirms or disputes it."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chosa.commands import output
from chosa.emit.cells import number
from chosa.emit.read_back import read_rows
from chosa.errors import NothingThere
from chosa.observation import OBSERVATIONS, Observation
from chosa.tables import DOCUMENTS, LABELS, NOTES, READINGS, DocumentRow, LabelRow, NoteRow, ReadingRow
from extract.weigh.model import fitted

# What a witness that disputes a number has to say.
DISPUTES = {
    "label": "its reader doubts one of its characters",
    "geometry": "its mark has another length",
    "arithmetic": "no number of respondents gives it",
    "sum": "the parts make more than a whole",
    "format": "the chart's other labels are printed otherwise",
    "echo": "a chart gives this number to another group",
    "range": "no share can be that",
    "chart": "labels of the chart contradict their marks",
    "binding": "its names are no names, or another number claims them too",
    "names": "a letter of its names is doubtful",
    "repair": "it was printed otherwise and read again",
}


def decision(o: Observation) -> str:
    """Why the row has its status, in words."""
    if o.status not in ("accepted", "review"):
        return f"{o.status} by a person"
    agreeing, *disputes = o.witnesses.split("!")
    vouching = [name for name in agreeing.split("+")[1:] if name]
    if disputes:
        return "review: " + "; ".join(f"{name}: {DISPUTES.get(name, 'disputes it')}" for name in disputes)
    by = " and ".join(vouching) or "nothing else"
    vouch = "vouch" if len(vouching) > 1 else "vouches"
    if o.status == "accepted":
        return f"accepted: nothing disputes it, {by} {vouch} for it"
    return f"review: nothing disputes it; {by} {vouch} for it, too little (accepted from {fitted().accept})"


@click.command(short_help="Tell how one number was read and what confirms it.")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("observation_id")
def command(directory: Path, observation_id: str) -> int:
    """Every witness and candidate of the row OBSERVATION_ID in the tables of DIRECTORY.

    The first characters of the id are enough.
    """
    rows = [
        o
        for o in read_rows(directory, OBSERVATIONS, Observation)
        if o.observation_id.startswith(observation_id)
    ]
    if len(rows) != 1:
        found = f"{len(rows)} rows begin so" if rows else "no row has this id"
        raise NothingThere(f"{observation_id}: {found}; ids are in {directory / 'observations.csv'}")
    console = output.console()
    _print_row(directory, rows[0], console)
    _print_witnesses(directory, rows[0], console)
    console.print(f"\nDecision: {escape(decision(rows[0]))}", highlight=False)
    _print_labels(directory, rows[0], console)
    _print_notes(directory, rows[0], console)
    return 0


def _print_row(directory: Path, o: Observation, console: Console) -> None:
    document = next(d for d in read_rows(directory, DOCUMENTS, DocumentRow) if d.document_id == o.document_id)
    where = f"page {o.page}" if o.page else o.image or "text"
    base = f", n={o.base_n} ({o.base_n_source})" if o.base_n else ""
    console.print(
        f"[bold]{number(o.value)} {o.unit}[/] ({o.qualifier}){base}  {o.status}, confidence {o.confidence}"
    )
    console.print(f"  question  {escape(o.question)}\n  segment   {escape(o.segment or '(everyone)')}")
    console.print(f"  item      {escape(o.item)} {escape(o.item_alt)}".rstrip())
    console.print(f"  stands in {escape(document.file)}, {where}, {o.source} {escape(o.chart_id)}")
    if o.x0 is not None:
        console.print(f"  box       {o.x0} {o.y0} {o.x1} {o.y1}")
    if o.snippet:
        console.print(f"  printed   {escape(o.snippet)}")


def _print_witnesses(directory: Path, o: Observation, console: Console) -> None:
    console.print(f"\nWitnesses: {escape(o.witnesses or 'none')}")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("method", "engine", "value", "off by", "text", "confidence", "slack", "why"):
        table.add_column(name)
    for r in read_rows(directory, READINGS, ReadingRow):
        if r.observation_id == o.observation_id:
            cells = (
                r.method,
                r.engine,
                _maybe(r.value),
                "" if r.value is None or r.method == "label" else f"{r.value - o.value:+.2f}",
                r.text,
                _maybe(r.confidence),
                _maybe(r.slack),
                r.why,
            )
            table.add_row(*(escape(cell) for cell in cells))
    if table.row_count:
        console.print(table)


def _maybe(value: float | None) -> str:
    return "" if value is None else number(value)


def _print_labels(directory: Path, o: Observation, console: Console) -> None:
    worded = {("item", o.item), ("segment", o.segment), ("question", o.question)}
    console.print("\nLabels:")
    for row in read_rows(directory, LABELS, LabelRow):
        if (row.kind, row.label) in worded:
            other = f"; next {row.runner_up} {_maybe(row.runner_up_score)}" if row.runner_up else ""
            decision = f"{row.id} {_maybe(row.score)} ({row.decided_by})" if row.id else f"no id: {row.why}"
            console.print(f"  {row.kind:9} {escape(row.label)} -> {escape(decision)}{escape(other)}")


def _print_notes(directory: Path, o: Observation, console: Console) -> None:
    """Doubts about the page that touch the number's box, or the whole page."""
    for note in read_rows(directory, NOTES, NoteRow):
        same = (note.document_id, note.page, note.image) == (o.document_id, o.page, o.image)
        if same and note.code != "label-unmatched" and _touches(note, o):
            console.print(f"\nNote {note.code}: {escape(note.message)}\n  {escape(note.remedy)}")


def _touches(note: NoteRow, o: Observation) -> bool:
    """Whether the boxes meet; what has no box concerns the whole page."""
    if note.x0 is None or note.y0 is None or note.x1 is None or note.y1 is None:
        return True
    if o.x0 is None or o.y0 is None or o.x1 is None or o.y1 is None:
        return True
    return note.x0 <= o.x1 and o.x0 <= note.x1 and note.y0 <= o.y1 and o.y0 <= note.y1
