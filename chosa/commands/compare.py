"""``chosa compare``: one item across reports and years, as a table and as a picture."""

from __future__ import annotations

import csv
import io
from html import escape as escape_html
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chosa import comparison
from chosa.commands.output import console
from chosa.comparison import Comparison, Point, cells_of, comparable, compare, group_of
from chosa.emit.cells import cell
from chosa.emit.read_back import read_rows
from chosa.errors import NothingThere, OutputFailed, UsageError
from chosa.observation import OBSERVATIONS, Observation
from chosa.tables import DOCUMENTS, DocumentRow

COLUMNS = ("year", "publisher", "group", "question", "value", "n", "95 %", "status", "id")

MOST_LISTED = 40
STYLE = (
    "body { font: 14px sans-serif; margin: 2em } "
    "td, th { text-align: left; padding: 2px 10px 2px 0; vertical-align: top }"
)


@click.command(short_help="Follow one item across reports and years.")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--item", "item_id", default=None, help="Canonical id (item_id in observations.csv); none lists them."
)
@click.option("--segment", "segment_id", default=None, help="Only this canonical group; '' for everyone.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Also draw it: PNG or SVG, an HTML page with the table, or the table as CSV.",
)
def command(directory: Path, item_id: str | None, segment_id: str | None, output: Path | None) -> int:
    """One item in all reports of DIRECTORY, with n and a 95 % interval; without --item: which there are."""
    if item_id is None:
        return _list(directory)
    found = compare(
        read_rows(directory, OBSERVATIONS, Observation),
        read_rows(directory, DOCUMENTS, DocumentRow),
        item_id,
        segment_id,
    )
    if not found.points:
        raise NothingThere(f"no row has item_id {item_id!r} here; `chosa compare {directory}` lists the ids")
    print_comparison(found, console())
    if output:
        content = _content(found, output)
        try:
            output.write_bytes(content)
        except OSError as error:
            raise OutputFailed(f"{output}: {error.strerror}; choose another file with -o") from error
        click.echo(f"written to {output}")
    return 0


def _list(directory: Path) -> int:
    """The items that stand in most reports."""
    items = comparable(
        read_rows(directory, OBSERVATIONS, Observation), read_rows(directory, DOCUMENTS, DocumentRow)
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("item id", "worded", "reports", "rows"):
        table.add_column(name, justify="right" if name in ("reports", "rows") else "left", overflow="fold")
    for c in items[:MOST_LISTED]:
        table.add_row(escape(c.item_id), escape(c.wording), str(c.reports), str(c.rows))
    console().print(table)
    more = f"; the {MOST_LISTED} in most reports are shown" if len(items) > MOST_LISTED else ""
    click.echo(f"{len(items)} items have an id{more}. Compare one: chosa compare {directory} --item ID")
    return 0


def _content(found: Comparison, path: Path) -> bytes:
    """The file that the path's ending asks for. Raises UsageError."""
    from chosa.plot.drawing import comparison_drawing
    from chosa.plot.png import as_png
    from chosa.plot.svg import as_svg

    kind = path.suffix.lower()
    if kind == ".png":
        return as_png(comparison_drawing(found))
    if kind == ".svg":
        return as_svg(comparison_drawing(found)).encode()
    if kind in (".html", ".htm"):
        return _page(found, as_svg(comparison_drawing(found))).encode()
    if kind == ".csv":
        return _csv(found).encode("utf-8-sig")  # with the mark that makes Excel read it as UTF-8
    raise UsageError(f"{path.name}: comparisons are written as .png, .svg, .html or .csv")


def _page(found: Comparison, drawing: str) -> str:
    """The drawing, the warnings and the table."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape_html(c)}</td>' for c in _cells(p))}</tr>" for p in found.points
    )
    head = "".join(f"<th>{name}</th>" for name in COLUMNS)
    title = escape_html(found.points[0].observation.item_id)
    return (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style>{drawing}<table><tr>{head}</tr>{rows}</table></html>\n"
    )


def _csv(found: Comparison) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(comparison.COLUMNS)
    writer.writerows(map(cell, cells_of(point)) for point in found.points)
    return text.getvalue()


def print_comparison(found: Comparison, to: Console) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in COLUMNS:
        table.add_column(name, justify="right" if name in ("value", "n") else "left", overflow="fold")
    for point in found.points:
        table.add_row(*map(escape, _cells(point)))
    to.print(table)
    for warning in found.warnings:
        to.print(f"[yellow]![/] {escape(warning)}", soft_wrap=True)


def _cells(point: Point) -> tuple[str, ...]:
    o, d = point.observation, point.document
    interval = f"{point.interval[0]} - {point.interval[1]}" if point.interval else ""
    figures = (point.value, str(o.base_n or ""), interval)
    return (d.year, d.publisher, group_of(point), o.question, *figures, o.status, o.observation_id)
