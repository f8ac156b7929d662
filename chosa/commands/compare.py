"""``chosa compare``: one item across reports and years, as a table."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chosa.commands import output
from chosa.comparison import Comparison, Point, compare
from chosa.emit.cells import number
from chosa.emit.read_back import read_rows
from chosa.errors import NothingThere
from chosa.observation import OBSERVATIONS, Observation
from chosa.tables import DOCUMENTS, DocumentRow


@click.command(short_help="Follow one item across reports and years.")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--item", "item_id", required=True, help="Canonical id (item_id in observations.csv).")
@click.option("--segment", "segment_id", default=None, help="Only this canonical group; '' for everyone.")
def command(directory: Path, item_id: str, segment_id: str | None) -> int:
    """The item ITEM in all reports of DIRECTORY, with n and a 95 % interval."""
    found = compare(
        read_rows(directory, OBSERVATIONS, Observation),
        read_rows(directory, DOCUMENTS, DocumentRow),
        item_id,
        segment_id,
    )
    if not found.points:
        raise NothingThere(f"no row has item_id {item_id!r} here; ids are in {directory / 'labels.csv'}")
    print_comparison(found, output.console())
    return 0


def print_comparison(found: Comparison, console: Console) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("year", "publisher", "group", "question", "value", "n", "95 %", "status", "id"):
        table.add_column(name, justify="right" if name in ("value", "n") else "left", overflow="fold")
    for point in found.points:
        table.add_row(*map(escape, _cells(point)))
    console.print(table)
    for warning in found.warnings:
        console.print(f"[yellow]![/] {escape(warning)}", soft_wrap=True)


def _cells(point: Point) -> tuple[str, ...]:
    o, d = point.observation, point.document
    percent = o.unit == "percent"
    value = number(o.value) + (" %" if percent else f" {o.unit}")
    interval = f"{point.interval[0]} - {point.interval[1]}" if point.interval else ""
    group = o.segment or "全体"
    return (
        d.year,
        d.publisher,
        group,
        o.question,
        value,
        str(o.base_n or ""),
        interval,
        o.status,
        o.observation_id,
    )
