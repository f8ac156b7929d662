"""``chosa see``: what was seen on a page, drawn over the page."""

from __future__ import annotations

from pathlib import Path

import click

from extract.errors import ExtractError
from extract.settings import Settings


@click.command(short_help="Draw what was seen on a page over the page.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--page",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Page, or nth picture + 1 of a web page.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("seen.png"),
    show_default=True,
)
@click.option("--charts", is_flag=True, help="Also the charts and the numbers read.")
@click.option("--ocr", type=click.Choice(["rapid", "tesseract"]), default="rapid", show_default=True)
def command(file: Path, page: int, output: Path, charts: bool, ocr: str) -> int:
    """Words, marks and pictures of one page of FILE as boxes over its picture."""
    from extract.draw import draw_page

    settings = Settings(ocr="tesseract" if ocr == "tesseract" else "rapid")
    try:
        draw_page(file, page - 1, settings, output, charts=charts)
    except ExtractError as error:
        click.echo(f"chosa: {error}", err=True)
        return 1
    click.echo(output)
    return 0
