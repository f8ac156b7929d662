"""What ``chosa run`` says at the end: what was read, where the tables are, what needs a person."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from chosa.commands import output
from chosa.commands.watching import duration
from chosa.emitting import DocumentCount
from chosa.notes import ALL_CODES
from chosa.pipeline import Report
from chosa.tables import TABLES

MOST_SHOWN = 40  # documents; of more only those that failed are listed
_MARKS = {
    "ok": "[green]ok[/]",
    "partial": "[yellow]partial[/]",
    "empty": "[yellow]empty[/]",
    "error": "[red]error[/]",
}


def print_summary(report: Report, console: Console | None = None) -> None:
    """The summary on stdout; plain text where stdout is no terminal."""
    console = console or output.console()
    console.print(_documents(report))
    _print_failures(report, console)
    _print_totals(report, console)
    _print_attention(report, console)
    _print_places(report, console)


def _documents(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("document", overflow="ellipsis", max_width=34, no_wrap=True)
    table.add_column("survey", overflow="ellipsis", max_width=44, no_wrap=True)
    for name in ("pages", "charts", "numbers", "accepted", "review"):
        table.add_column(name, justify="right")
    table.add_column("")
    shown = report.emitted.documents
    if len(shown) > MOST_SHOWN:
        shown = tuple(d for d in shown if d.row.status != "ok")[:MOST_SHOWN]
    names = {d.row.document_id: _name(d.row.file) for d in report.emitted.documents}
    for document in shown:
        table.add_row(*_cells(document, names))
    return table


def _cells(d: DocumentCount, names: Mapping[str, str]) -> tuple[Text | str, ...]:
    row = d.row
    survey = " ".join(filter(None, (row.survey_name or row.title, row.edition))) or "-"
    twin = f" = {escape(names.get(row.same_report_as, row.same_report_as))}" if row.same_report_as else ""
    figures = (d.pages, d.charts, d.observations, d.accepted, d.review)
    return (Text(_name(row.file)), Text(survey), *map(str, figures), _MARKS[row.status] + twin)


def _name(file: str) -> str:
    return file.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _print_failures(report: Report, console: Console) -> None:
    for d in report.emitted.documents:
        if d.row.error:
            name = _name(d.row.file)
            where = "" if name in d.row.error else f"{name}: "
            console.print(f"[red]![/] {escape(where + d.row.error)}", soft_wrap=True)


def _print_totals(report: Report, console: Console) -> None:
    e = report.emitted
    kept = f", {report.pages_kept} known from earlier" if report.pages_kept else ""
    console.print(
        f"\n[bold]{e.observations}[/] numbers from {len(e.documents)} documents: "
        f"[green]{e.accepted} accepted[/], [yellow]{e.review} to review[/] "
        f"({report.pages_read} pages read{kept}, {duration(report.seconds)})"
    )
    if e.corrections_applied or e.corrections_stale:
        stale = f"; {e.corrections_stale} fit no row any more (notes.csv)" if e.corrections_stale else ""
        console.print(f"{e.corrections_applied} corrections applied{stale}")


def _print_attention(report: Report, console: Console) -> None:
    """Doubts worth a look, worst first; what is only information stays in notes.csv."""
    serious = [(ALL_CODES[code], n) for code, n in report.emitted.notes if ALL_CODES[code].severity != "info"]
    if serious:
        console.print("\nWhat needs attention (notes.csv):")
    for code, count in sorted(serious, key=lambda s: (s[0].severity != "error", -s[1])):
        console.print(f"  {count:5} x {code.title}: {code.remedy}", soft_wrap=True)


def _print_places(report: Report, console: Console) -> None:
    tables = ", ".join(t.name for t in TABLES if t.name != "observations")
    console.print(
        f"\nTables: [bold]{escape(str(report.out / 'observations.csv'))}[/] (beside it {tables})",
        soft_wrap=True,
    )
    if (report.out / "review.html").exists():
        console.print(f"To look at: {escape(str(report.out / 'review.html'))}", soft_wrap=True)
    out = escape(str(report.out))
    if report.emitted.review:
        console.print(f"To decide:  chosa review {out}", soft_wrap=True)
    if report.emitted.observations:
        console.print(f"To compare: chosa compare {out}", soft_wrap=True)
