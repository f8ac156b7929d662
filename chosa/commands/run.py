"""``chosa run``: read reports and write their numbers as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from chosa.errors import UsageError
from chosa.settings import FORMATS, PAGE_SECONDS, WORKER_MEMORY_MIB, RunSettings, default_jobs
from extract.settings import Settings


@click.command(short_help="Read reports and write their numbers as tables.")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Directory of the tables.",
)
@click.option(
    "--pages", default="", metavar="3-8,11", help="Only these pages (1-based) of documents that have pages."
)
@click.option(
    "--ocr",
    type=click.Choice(["rapid", "tesseract"]),
    default="rapid",
    show_default=True,
    help="Engine for pictures and pages without a legible text layer.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=None, help="Worker processes; default one per core."
)
@click.option(
    "--executor",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="Where pages are read: worker processes here, or an existing Dask cluster.",
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Of the Dask cluster, like tcp://host:8786.")
@click.option(
    "--taxonomy",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with concepts and aliases of your own, added to the built-in ones.",
)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Passwords for encrypted files, one per line.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Outputs beside CSV; may be repeated.",
)
@click.option("--no-cache", is_flag=True, help="Read everything anew and keep nothing for later runs.")
@click.option(
    "--page-seconds",
    type=click.FloatRange(1),
    default=PAGE_SECONDS,
    show_default=True,
    help="A page that takes longer is given up.",
)
@click.option(
    "--memory",
    type=click.IntRange(512),
    default=WORKER_MEMORY_MIB,
    show_default=True,
    help="MiB a worker may use.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
def command(**options: Any) -> int:
    """Read reports (PDF, saved web page, picture, text) and write their numbers as tables.

    INPUTS are files or folders. Pictures beside a web page belong to that page.
    """
    from chosa.commands.watching import watching
    from chosa.pipeline import run_pipeline

    settings = _settings(options)
    out: Path = options["output"]
    with watching(options["quiet"]) as progress:
        report = run_pipeline(options["inputs"], out, settings, progress)
    if not options["quiet"]:
        from chosa.commands.summary import print_summary

        print_summary(report)
    return report.exit_code


def _settings(options: dict[str, Any]) -> RunSettings:
    from chosa.places import default_cache

    if (options["executor"] == "dask") != bool(options["scheduler"]):
        raise UsageError("--executor dask and --scheduler ADDRESS belong together")
    return RunSettings(
        extract=Settings(
            ocr=options["ocr"],
            passwords=_passwords(options["password_file"]),
            pages=page_numbers(options["pages"]),
        ),
        jobs=options["jobs"] or default_jobs(),
        scheduler=options["scheduler"],
        taxonomy=options["taxonomy"],
        cache=None if options["no_cache"] else default_cache(),
        formats=tuple(options["formats"]),
        page_seconds=options["page_seconds"],
        worker_memory_mib=options["memory"],
    )


def _passwords(path: Path | None) -> tuple[str, ...]:
    """The lines of the file; a password may begin or end with a space, so only the line end goes."""
    if path is None:
        return ()
    return tuple(line for line in path.read_text(encoding="utf-8-sig").splitlines() if line)


def page_numbers(text: str) -> tuple[int, ...]:
    """``3-8,11`` as numbers, sorted, each once. Raises UsageError."""
    numbers: set[int] = set()
    for part in filter(None, (p.strip() for p in text.split(","))):
        first, dash, last = part.partition("-")
        try:
            low = int(first)
            high = int(last) if dash else low
        except ValueError:
            raise UsageError(f"--pages {text!r}: {part!r} is no page or range of pages, like 3-8") from None
        if low < 1 or high < low or high - low > 100_000:
            raise UsageError(f"--pages {text!r}: {part!r} is no range of pages; they start at 1")
        numbers.update(range(low, high + 1))
    return tuple(sorted(numbers))
