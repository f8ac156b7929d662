"""Garble the taxonomy forward: what a wrong-language OCR makes of each Japanese label (a command).

    python -m normalize.garble --font NotoSansCJK-Regular.ttc [--font ...] [--out FILE]

A scan read with the wrong language model leaves a text layer like ``HRARI—H 7L ZX8E`` for カスタマーサクセス.
Going back from such text is hopeless, but the way there can be walked: draw each label, read it with
Tesseract's English model, and compare garbled with garbled. The result is data (tables/garbled.csv, one row
per wording and distinct reading), made again only when the taxonomy changes. Needs ``tesseract`` and Pillow;
matching itself needs neither.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from normalize.fold import plain
from normalize.taxonomy import KINDS, Kind, load_taxonomy

SIZES = (
    18,
    22,
    27,
    33,
    40,
)  # pixels of the em: 8 to 20 pt at 150 dpi, the sizes of body text and chart labels
LINES = 30  # labels drawn on one image, far enough apart that the reader takes each as a line of its own
LEADING = 2.6  # line pitch in ems
MARGIN = 40  # pixels
EDITOR_WORDINGS = 0  # wordings by the editor are left out: they have not been seen in print


def wordings() -> list[tuple[Kind, str, str]]:
    """(kind, id, wording) of what may be met in print: labels, and aliases seen in reports; English reads
    itself."""
    taxonomy = load_taxonomy()
    chosen: dict[tuple[Kind, str], tuple[Kind, str, str]] = {}
    for kind in KINDS:
        for concept in taxonomy.concepts[kind].values():
            chosen.setdefault((kind, concept.label_ja), (kind, concept.id, concept.label_ja))
    for alias in taxonomy.aliases:
        if alias.source != "editor":
            chosen.setdefault((alias.kind, alias.text), (alias.kind, alias.id, alias.text))
    return [row for row in chosen.values() if not plain(row[2]).isascii()]


def garbled(texts: list[str], font_file: Path) -> Iterator[tuple[str, str]]:
    """(text, reading) for every text and size."""
    from PIL import ImageFont

    for size in SIZES:
        font = ImageFont.truetype(str(font_file), size)
        for start in range(0, len(texts), LINES):
            batch = texts[start : start + LINES]
            yield from zip(batch, _readings(batch, font, size), strict=True)


def _readings(texts: list[str], font, size: int) -> list[str]:  # type: ignore[no-untyped-def]
    from PIL import Image, ImageDraw

    pitch = int(LEADING * size)
    width = int(max(font.getlength(text) for text in texts)) + 2 * MARGIN
    image = Image.new("L", (width, pitch * len(texts) + 2 * MARGIN), 255)
    draw = ImageDraw.Draw(image)
    for i, text in enumerate(texts):
        draw.text((MARGIN, MARGIN + i * pitch), text, font=font, fill=40)
    png = io.BytesIO()
    image.save(png, "PNG")
    run = ["tesseract", "stdin", "stdout", "-l", "eng", "--psm", "6", "tsv"]
    tsv = subprocess.run(run, input=png.getvalue(), capture_output=True, check=True).stdout.decode("utf-8")
    lines: dict[int, list[str]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and row["text"].strip():
            middle = int(row["top"]) + int(row["height"]) / 2 - MARGIN
            lines[round((middle - size * 0.6) / pitch)].append(row["text"])
    return [" ".join(lines.get(i, [])) for i in range(len(texts))]


def rows(fonts: Iterable[Path]) -> list[tuple[str, str, str, str]]:
    """(kind, id, wording, reading) with every distinct reading once, sorted."""
    chosen = wordings()
    texts = list(dict.fromkeys(text for _, _, text in chosen))
    read: dict[str, set[str]] = defaultdict(set)
    for font in fonts:
        for text, reading in garbled(texts, font):
            if reading:
                read[text].add(reading)
    return sorted((kind, i, text, reading) for kind, i, text in chosen for reading in read[text])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--font", type=Path, action="append", required=True, help="a font file with Japanese glyphs"
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "tables" / "garbled.csv")
    options = parser.parse_args(arguments)
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        file.write("# what tesseract -l eng reads of each label; made by python -m normalize.garble\n")
        writer.writerow(("kind", "id", "wording", "garbled"))
        writer.writerows(rows(options.font))
    return 0


if __name__ == "__main__":
    sys.exit(main())
