"""``chosa compare``: one item across reports and years, as a table."""

from __future__ import annotations

from html import escape as escape_html
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chosa.commands.output import console
from chosa.comparison import Comparison, Point, compare
from chosa.emit.cells import number
from chosa.emit.read_back import read_rows
from chosa.errors import NothingThere, OutputFailed, UsageError
from chosa.observation import OBSERVATIONS, Observation
from chosa.tables import DOCUMENTS, DocumentRow

COLUMNS = ("year", "publisher", "group", "question", "value", "n", "95 %", "status", "id")

STYLE = (
    "body { font: 14px sans-serif; margin: 2em } "
    "td, th { text-align: left; padding: 2px 10px 2px 0; vertical-align: top }"
)


@click.command(short_help="Follow one item across reports and years.")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--item", "item_id", required=True, help="Canonical id (item_id in observations.csv).")
@click.option("--segment", "segment_id", default=None, help="Only this canonical group; '' for everyone.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Also draw it: an SVG file, or an HTML page with the table.",
)
def command(directory: Path, item_id: str, segment_id: str | None, output: Path | None) -> int:
    """The item ITEM in all reports of DIRECTORY, with n and a 95 % interval."""
    found = compare(
        read_rows(directory, OBSERVATIONS, Observation),
        read_rows(directory, DOCUMENTS, DocumentRow),
        item_id,
        segment_id,
    )
    if not found.points:
        raise NothingThere(f"no row has item_id {item_id!r} here; ids are in {directory / 'labels.csv'}")
    print_comparison(found, console())
    if output:
        drawing = _drawn(found, item_id, output)
        try:
            output.write_text(drawing, encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutputFailed(f"{output}: {error.strerror}; choose another file with -o") from error
        click.echo(f"drawn in {output}")
    return 0


def _drawn(found: Comparison, title: str, path: Path) -> str:
    """SVG, or a page with the drawing, the warnings and the table."""
    from chosa.plot import comparison_svg

    if path.suffix.lower() == ".svg":
        return comparison_svg(found, title)
    if path.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{path.name}: comparisons are drawn as .svg or .html")
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape_html(c)}</td>' for c in _cells(p))}</tr>" for p in found.points
    )
    head = "".join(f"<th>{name}</th>" for name in COLUMNS)
    warnings = "".join(f"<p>! {escape_html(w)}</p>" for w in found.warnings)
    return (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{escape_html(title)}</title>'
        f"<style>{STYLE}</style>"
        f"{comparison_svg(found, title)}{warnings}<table><tr>{head}</tr>{rows}</table></html>\n"
    )


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
